"""Anything a person has → articles, with title, date, outlet and link filled from wherever they are.

Reading (``scan``: cheap, streaming, one process) is apart from parsing (``parse``: expensive, any
process); ``read_source`` is both. Bad input never raises: each piece that cannot be read becomes a
``Failure`` with one sentence that ends in the next step. Nothing is written to disk, ever.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import BinaryIO

from store.ingest import sources
from store.ingest.parse import check_format, parse
from store.ingest.unit import FORMATS, Part, Unit
from store.records import Article, Failure

__all__ = ["FORMATS", "Part", "Unit", "parse", "read_bytes", "read_file", "read_source", "scan"]


def scan(
    source: str,
    *,
    format: str = "auto",
    stdin: BinaryIO | None = None,
) -> Iterator[Unit | Failure]:
    """The raw units of a file, folder, glob, archive, address or ``-``, in a fixed order.

    Raises InputError for a ``format`` that does not exist; anything wrong with the source itself is
    a ``Failure``.
    """
    check_format(format)
    return sources.scan(source, format=format, stdin=stdin)


def read_source(
    source: str,
    *,
    format: str = "auto",
    stdin: BinaryIO | None = None,
) -> Iterator[Article | Failure]:
    """The articles of one source, in a fixed order."""
    return _parsed(scan(source, format=format, stdin=stdin))


def read_file(path: str, format: str = "auto") -> Iterator[Article | Failure]:
    """The articles of one file."""
    check_format(format)
    return _parsed(sources.scan_file(path, format))


def read_bytes(data: bytes, name: str, format: str = "auto") -> Iterator[Article | Failure]:
    """The articles in ``data``; ``name`` is what refs and failures call it."""
    check_format(format)
    return _parsed(sources.scan_stream(io.BytesIO(data), name, format))


def _parsed(units: Iterable[Unit | Failure]) -> Iterator[Article | Failure]:
    for unit in units:
        if isinstance(unit, Failure):
            yield unit
        else:
            yield from parse(unit)
