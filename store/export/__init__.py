"""Records as Markdown, JSON and CSV: pure functions, no files, no SQL.

``forms`` are the JSON objects of the command line, ``note`` is the Markdown, ``sheet`` the CSV and
the JSON of a selection. Every statement carries the offsets (code points into the stored text) it
was read from.
"""
