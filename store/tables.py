"""The tables that ship: data files beside the code that reads them.

Read by path and not by importlib.resources, and by rows of cells and not by csv.DictReader: some
twenty tables are read at a start, and this way they cost half.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from operator import itemgetter, methodcaller
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
    header, *rows = _cells(name)
    return [dict(zip(header, row, strict=True)) for row in rows]


def table_columns(name: str, *wanted: str) -> Iterator[tuple[str, ...]]:
    """The cells of these columns, row by row: what a table of thousands is read by."""
    header, *rows = _cells(name)
    return map(itemgetter(*map(header.index, wanted)), rows)


def _cells(name: str) -> list[list[str]]:
    """The rows that are not empty, the header first."""
    lines = table_text(name).splitlines()
    rows = map(_TABS, lines) if name.endswith(".tsv") else csv.reader(lines)
    return [row for row in rows if row]


_TABS = methodcaller("split", "\t")
