"""Records as Markdown, JSON and CSV: pure functions, no files, no SQL.

``forms`` are the JSON objects of the command line, ``markdown`` the note, ``tables`` the CSV.
Every statement carries the offsets (code points into the stored text) it was read from.
"""

from __future__ import annotations

from store.export.markdown import markdown
from store.export.tables import csv_text, json_text

__all__ = ["csv_text", "json_text", "markdown"]
