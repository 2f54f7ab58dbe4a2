"""The tables that ship: data files beside the code that reads them.

Read by path and not by importlib.resources, and by rows of cells and not by csv.DictReader: some
twenty tables are read at a start, and this way they cost half.
"""

from __future__ import annotations

import csv
from pathlib import Path

_HOME = Path(__file__).parent


def table_bytes(name: str) -> bytes:
    """The bytes of a shipped file, named from this folder (``kb/countries.csv``)."""
    return (_HOME / name).read_bytes()


def table_text(name: str) -> str:
    """The text of a shipped file."""
    return table_bytes(name).decode("utf-8")


def table_rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped CSV or TSV file (by its ending) under its header.

    In TSV a quotation mark is a character like any other.
    """
    lines = table_text(name).splitlines()
    if name.endswith(".tsv"):
        header, *cells = (line.split("\t") for line in lines)
    else:
        header, *cells = csv.reader(lines)
    return [dict(zip(header, row, strict=True)) for row in cells if row]
