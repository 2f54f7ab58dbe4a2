"""The panes and bars: handed records, they paint them and post messages; they never ask the store."""
