"""The screens: they hold the state, send workers to the store, and hand what comes back to widgets."""
