"""Plain text files: the body is the decoded file, untouched; a headline line becomes the title."""

from __future__ import annotations

import re

from store import boilerplate
from store.boilerplate.datelines import find_dateline
from store.dates import parse_date
from store.ingest.article import make_article
from store.ingest.encoding import decode
from store.ingest.unit import Part, Unit
from store.records import Article, Failure, Original, Span

# Longer first lines are paragraphs; the longest headlines of the press stay below.
_LONGEST_HEADLINE = 200
# Two words alone are a place, a rubric or a name.
_FEWEST_WORDS = 3
# A second sentence, a byline, a credit, a dateline without its dash ("JAKARTA, KOMPAS.com").
_NO_HEADLINE = re.compile(
    r"[.?!]\s+[A-Z]|\A(?:oleh|laporan|penulis|reporter|editor|foto)\b\s*:?|\((?:foto|dok|ist)\b|"
    r"\A[\w ,.-]{2,40}\.(?:com|co\.id|id)\Z",
    re.IGNORECASE,
)
_SCAN = 4000
_HEADER = re.compile(
    r"(?P<key>judul|title|headline|tanggal|date|published|tgl|sumber|source|outlet|media|url|link|tautan)\s*[:=]\s*(?P<value>\S.*)",
    re.IGNORECASE,
)
_FIELD = {
    "judul": "title", "title": "title", "headline": "title",
    "tanggal": "date", "date": "date", "published": "date", "tgl": "date",
    "sumber": "source", "source": "source", "outlet": "source", "media": "source",
    "url": "url", "link": "url", "tautan": "url",
}  # fmt: skip


def parse_text(unit: Unit, part: Part, ref: str) -> Article | Failure:
    """The one article of a text file."""
    body = decode(part.data, unit.charset)
    if body is None:
        return Failure(
            unit.name, "It is not text (binary data): convert it to text, or leave it out."
        )
    if not body.strip():
        return Failure(unit.name, "It is empty: nothing to import, leave it out.")
    return text_article(unit, part, ref, body)


def text_article(unit: Unit, part: Part, ref: str, body: str) -> Article:
    """An article from decoded text, its leading lines read for title, date, outlet and link."""
    fields = leading_fields(body)
    return make_article(
        ref=ref,
        body=body,
        title=fields.get("title"),
        raw_date=fields.get("date"),
        source=fields.get("source"),
        url=unit.url or fields.get("url"),
        name=unit.name,
        original=Original(part.data, unit.media_type, unit.name, part.locator),
    )


def leading_fields(body: str) -> dict[str, str]:
    """What the lines before the first paragraph say: ``title``, ``date``, ``source``, ``url``."""
    head = body[:_SCAN]
    spans = boilerplate.find(head)
    lines = [line for line in _lines(head, spans) if line]
    fields: dict[str, str] = {}
    for at, line in enumerate(lines):
        header = _HEADER.fullmatch(line)
        if header:
            fields.setdefault(_FIELD[header["key"].lower()], header["value"].strip("\"'"))
        elif re.fullmatch(r"https?://\S+", line):
            fields.setdefault("url", line)
        elif len(line) <= 80 and parse_date(line) and _is_date_line(line):
            fields.setdefault("date", line)
        elif "title" not in fields and at + 1 < len(lines) and _is_headline(line):
            fields["title"] = line
        elif line != fields.get("title"):
            break
    return fields


def _lines(head: str, spans: tuple[Span, ...]) -> list[str]:
    """The stripped lines of ``head``, those that are clutter as a whole left out."""
    starts = {span.start: span.end for span in spans}
    lines: list[str] = []
    at, skip_to = 0, 0
    for line in head.split("\n"):
        stripped = line.strip()
        begin = at + (line.index(stripped[0]) if stripped else 0)
        if begin in starts:
            skip_to = max(skip_to, starts[begin])
        if begin + len(stripped) > skip_to:
            lines.append(stripped)
        at += len(line) + 1
    return lines


def _is_date_line(line: str) -> bool:
    """A line that is a date with little else ("Kamis, 27 Juni 2019 10:00 WIB")."""
    words = re.findall(r"[A-Za-z']+", line)
    return len(words) <= 7 and not line.endswith(".")


def _is_headline(line: str) -> bool:
    """A title rather than a paragraph: one sentence at most, no full stop, no dateline, no credit."""
    return (
        8 <= len(line) <= _LONGEST_HEADLINE
        and line[-1] not in ".,;:-–—*"
        and len(line.split()) >= _FEWEST_WORDS
        and _NO_HEADLINE.search(line) is None
        and find_dateline(line) is None
    )
