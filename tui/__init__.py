"""The screen and the command line of bilat-tui; all knowledge of SQL and text lives in ``store``."""
