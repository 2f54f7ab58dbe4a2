"""Raw units → articles: the expensive half, to be run wherever there is a free processor."""

from __future__ import annotations

from store.errors import InputError
from store.ingest.lines import parse_line
from store.ingest.unit import FORMATS, MAX_TEXT, Part, Unit, too_long
from store.records import Article, Failure


def parse(unit: Unit) -> list[Article | Failure]:
    """The articles of one unit, in order; what cannot be read is a ``Failure`` in its place."""
    return [_bounded(item) for item in _parsed(unit)]


def _bounded(item: Article | Failure) -> Article | Failure:
    if isinstance(item, Failure) or len(item.body) <= MAX_TEXT:
        return item
    return too_long(item.ref)


def _parsed(unit: Unit) -> list[Article | Failure]:
    if unit.format == "csv":
        from store.ingest.tables import parse_table

        return parse_table(unit, [ref_of(unit, part) for part in unit.parts])
    if unit.format == "feed":
        from store.ingest.feeds import parse_feed

        return [item for part in unit.parts for item in parse_feed(unit, part)]
    return [_parse_one(unit, part, ref_of(unit, part)) for part in unit.parts]


def _parse_one(unit: Unit, part: Part, ref: str) -> Article | Failure:
    """Formats whose parts are one article each; their readers are imported when first met."""
    match unit.format:
        case "jsonl" | "json":
            return parse_line(unit, part, ref)
        case "html":
            from store.ingest.html import parse_html

            return parse_html(unit, part, ref)
        case "markdown":
            from store.ingest.markdown import parse_markdown

            return parse_markdown(unit, part, ref)
        case "pdf":
            from store.ingest.documents import parse_pdf

            return parse_pdf(unit, part, ref)
        case "docx":
            from store.ingest.documents import parse_docx

            return parse_docx(unit, part, ref)
        case _:
            from store.ingest.text import parse_text

            return parse_text(unit, part, ref)


def ref_of(unit: Unit, part: Part) -> str:
    """The name of an article that brings none: its address, else its path, with the line or row.

    What came through a pipe has no path; it is named after its content, so that the same text
    piped in again is the same article.
    """
    if unit.name == "stdin":
        import hashlib  # loads OpenSSL

        return f"stdin:{hashlib.sha256(part.data).hexdigest()[:12]}"
    name = unit.url or unit.name
    return f"{name}:{part.number}" if part.number is not None else name


def check_format(format: str) -> None:
    """Raise InputError unless ``format`` is one of ``FORMATS``."""
    if format not in FORMATS:
        raise InputError("There is no such format", format, f"Choose one of {', '.join(FORMATS)}")
