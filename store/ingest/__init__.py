"""Anything a person has → articles, with title, date, outlet and link filled from wherever they are.

Reading (``scan``: cheap, streaming, one process) is apart from parsing (``parse``: expensive, any
process); ``read_source`` is both. Bad input never raises: each piece that cannot be read becomes a
``Failure`` with one sentence that ends in the next step. Nothing is written to disk, ever.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO

from store.ingest.parse import check_format, parse
from store.ingest.sources import Scanner
from store.ingest.unit import FORMATS, Part, Unit
from store.ingest.weigh import weigh
from store.records import Article, Failure

__all__ = [
    "FORMATS",
    "Part",
    "Unit",
    "parse",
    "read_bytes",
    "read_file",
    "read_source",
    "scan",
    "weigh",
]


def scan(
    source: str,
    *,
    format: str = "auto",
    stdin: BinaryIO | None = None,
    follow: bool = False,
) -> Iterator[Unit | Failure]:
    """The raw units of a file, folder, glob, archive, address or ``-``, in a fixed order.

    ``follow``: instead of a feed's entries, the pages that they link to. Raises InputError for a
    ``format`` that does not exist; anything wrong with the source itself is a ``Failure``.
    """
    check_format(format)
    return Scanner(format, follow).source(source, stdin)


def read_source(
    source: str,
    *,
    format: str = "auto",
    stdin: BinaryIO | None = None,
    follow: bool = False,
) -> Iterator[Article | Failure]:
    """The articles of one source, in a fixed order."""
    return _parsed(scan(source, format=format, stdin=stdin, follow=follow))


def read_file(path: str, format: str = "auto") -> Iterator[Article | Failure]:
    """The articles of one file."""
    check_format(format)
    return _parsed(Scanner(format).file(path))


def read_bytes(data: bytes, name: str, format: str = "auto") -> Iterator[Article | Failure]:
    """The articles in ``data``; ``name`` is what refs and failures call it."""
    check_format(format)
    return _parsed(Scanner(format).data(data, name))


def _parsed(units: Iterable[Unit | Failure]) -> Iterator[Article | Failure]:
    for unit in units:
        if isinstance(unit, Failure):
            yield unit
        else:
            yield from parse(unit)
