"""Raw units → articles: the expensive half, to be run wherever there is a free processor."""

from __future__ import annotations

import hashlib

from store.errors import InputError
from store.ingest.lines import parse_line
from store.ingest.text import parse_text
from store.ingest.unit import FORMATS, Part, Unit
from store.records import Article, Failure

_PARSERS = {"text": parse_text, "jsonl": parse_line}


def parse(unit: Unit) -> list[Article | Failure]:
    """The articles of one unit, in order; what cannot be read is a ``Failure`` in its place."""
    parser = _PARSERS.get(unit.format, parse_text)
    return [parser(unit, part, ref_of(unit, part)) for part in unit.parts]


def ref_of(unit: Unit, part: Part) -> str:
    """The name of an article that brings none: its address, else its path, with the line or row.

    What came through a pipe has no path; it is named after its content, so that the same text
    piped in again is the same article.
    """
    if unit.name == "stdin":
        return f"stdin:{hashlib.sha256(part.data).hexdigest()[:12]}"
    name = unit.url or unit.name
    return f"{name}:{part.number}" if part.number is not None else name


def check_format(format: str) -> None:
    """Raise InputError unless ``format`` is one of ``FORMATS``."""
    if format not in FORMATS:
        raise InputError("There is no such format", format, f"Choose one of {', '.join(FORMATS)}")
