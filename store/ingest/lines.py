"""JSON Lines, line by line: nothing but one line is ever held, whatever the file's size."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import BinaryIO

from store.ingest.encoding import decode
from store.ingest.rows import parse_row
from store.ingest.unit import MAX_RECORD, UNIT_BYTES, UNIT_PARTS, Part, Unit
from store.records import Article, Failure


def scan_lines(stream: BinaryIO, name: str) -> Iterator[Unit | Failure]:
    """Units of some dozens of lines each; a line over ``MAX_RECORD`` bytes is a failure."""
    parts: list[Part] = []
    size = 0
    for number, line in _numbered(stream):
        if line is None:
            yield Failure(
                f"{name}:{number}",
                f"The line is longer than {MAX_RECORD // 2**20} MB: split it into articles.",
            )
            continue
        if not line.strip():
            continue
        parts.append(Part(line, f"line {number}", number))
        size += len(line)
        if size >= UNIT_BYTES or len(parts) >= UNIT_PARTS:
            yield Unit(name, "jsonl", tuple(parts), media_type="application/x-ndjson")
            parts, size = [], 0
    if parts:
        yield Unit(name, "jsonl", tuple(parts), media_type="application/x-ndjson")


def _numbered(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Each line with its number; None for one that is too long, which is skipped in pieces."""
    number = 0
    while line := stream.readline(MAX_RECORD + 1):
        number += 1
        if len(line) <= MAX_RECORD or line.endswith(b"\n"):
            yield number, line.removesuffix(b"\n").removesuffix(b"\r")
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(2**20)
        yield number, None


def parse_line(unit: Unit, part: Part, ref: str) -> Article | Failure:
    """The article of one line."""
    where = f"{unit.name}:{part.number}" if part.number else unit.name
    text = decode(part.data)
    if text is None:
        return Failure(where, "It is not text (binary data): take it out.")
    try:
        row = json.loads(text)
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        return Failure(where, f"It is not JSON ({reason}): mend or remove the line.")
    if not isinstance(row, dict):
        return Failure(
            where, "It is not a JSON object with named fields: write one {…} per article."
        )
    return parse_row(row, unit, part, ref)
