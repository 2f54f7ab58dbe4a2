"""CSV and TSV, record by record, through the readers of sqlite-utils."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import BinaryIO

from store.ingest.columns import known_fields
from store.ingest.encoding import decode
from store.ingest.rows import parse_row
from store.ingest.unit import MAX_RECORD, UNIT_BYTES, UNIT_PARTS, Part, Unit
from store.records import Article, Failure

_DELIMITERS = "\t;|,"
_LONGEST_HEADER = 64 * 1024
_SHOWN = 24
"""Characters of a column's name in a message: a table without a header has texts in its place."""


def scan_table(stream: BinaryIO, name: str) -> Iterator[Unit | Failure]:
    """Units of some dozens of whole records, each unit with the header line.

    A record ends at the line end after an even number of quotes (RFC 4180), so a quoted text may
    hold line breaks.
    """
    header = stream.readline(_LONGEST_HEADER + 1)
    if len(header) > _LONGEST_HEADER:
        yield Failure(
            name, "Its first line names no columns: write the names of the columns there."
        )
        return
    columns = _columns_of(header)
    if columns and known_fields(columns).isdisjoint(("body", "title")):
        named = ", ".join(column[:_SHOWN] for column in columns[:8])
        yield Failure(
            name, f"None of its columns is a text ({named}): call one body, content, text or isi."
        )
        return
    parts: list[Part] = []
    size = 0
    for number, record in enumerate(_records(stream), 1):
        if record is None:
            yield Failure(
                f"{name}:{number}",
                f"The record is longer than {MAX_RECORD // 2**20} MB: check its quotes.",
            )
            continue
        if not record.strip():
            continue
        parts.append(Part(record, f"row {number}", number))
        size += len(record)
        if size >= UNIT_BYTES or len(parts) >= UNIT_PARTS:
            yield Unit(name, "csv", tuple(parts), header, "text/csv")
            parts, size = [], 0
    if parts:
        yield Unit(name, "csv", tuple(parts), header, "text/csv")


def _columns_of(header: bytes) -> list[str]:
    """The names in the header line; none where it cannot be told."""
    text = decode(header) or ""
    try:
        return next(csv.reader([text], dialect=_dialect(text)), [])
    except csv.Error:
        return []


def _records(stream: BinaryIO) -> Iterator[bytes | None]:
    """Each record; None for one that is too long, after which the next line begins a new one."""
    record = bytearray()
    quotes = 0
    while line := stream.readline(MAX_RECORD):
        record += line
        quotes += line.count(b'"')
        if len(record) > MAX_RECORD or len(line) == MAX_RECORD:
            while line and not line.endswith(b"\n"):
                line = stream.readline(2**20)
            yield None
        elif quotes % 2 == 0:
            yield bytes(record)
        else:
            continue
        record.clear()
        quotes = 0
    if record:
        yield bytes(record)


def parse_table(unit: Unit, refs: list[str]) -> list[Article | Failure]:
    """The articles of a unit's records; ``refs`` are their names where a row brings none."""
    from sqlite_utils.utils import Format, rows_from_file

    text = decode(unit.header + b"".join(part.data for part in unit.parts))
    if text is None:
        return [Failure(unit.name, "It is not text (binary data): save the table as CSV in UTF-8.")]
    # The limit is per process; texts are longer than the 128 KB that the module allows by itself.
    csv.field_size_limit(MAX_RECORD)
    try:
        rows, _ = rows_from_file(
            io.BytesIO(text.encode("utf-8", "surrogatepass")),
            format=Format.CSV,
            dialect=_dialect(text),
            encoding="utf-8",
            ignore_extras=True,
        )
        read = list(rows)
    except (csv.Error, ValueError) as error:
        where = f"{unit.name}:{unit.parts[0].number}"
        return [
            Failure(where, f"The table cannot be read from here on ({error}): check its quotes.")
        ]
    if len(read) != len(unit.parts):
        # A quote that closes nothing: rows and records differ, so each row keeps the whole as proof.
        whole = Part(b"".join(part.data for part in unit.parts), unit.parts[0].locator, None)
        first = unit.parts[0].number or 1
        return [
            parse_row(dict(row), unit, whole, f"{unit.name}:{first + at}")
            for at, row in enumerate(read)
        ]
    return [
        parse_row(dict(row), unit, part, ref)
        for row, part, ref in zip(read, unit.parts, refs, strict=True)
    ]


def _dialect(text: str) -> type[csv.Dialect]:
    """Comma, semicolon, tab or bar: whichever the header line has most of."""
    header = text.partition("\n")[0]

    class Found(csv.excel):
        delimiter = max(_DELIMITERS, key=header.count)

    return Found
