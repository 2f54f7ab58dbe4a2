"""The library behind bilat-tui: import, extraction, matching, search and export.

Nothing in this package knows of a screen; ``tui`` is one user of it, the command line another.
All text offsets are half-open ``[start, end)`` ranges of Unicode code points into stored text.
"""

__version__ = "0.1.0"
