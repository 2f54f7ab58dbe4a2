"""Markdown notes: front matter for the facts, the first heading for the title, the rest as the body."""

from __future__ import annotations

import re

from store.ingest.article import make_article
from store.ingest.encoding import decode
from store.ingest.rows import pick_fields
from store.ingest.text import leading_fields
from store.ingest.unit import Part, Unit
from store.records import Article, Failure, Original

_FRONT = re.compile(r"\A---[ \t]*\r?\n(?P<head>.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_TOML = re.compile(r"\A\+\+\+[ \t]*\r?\n(?P<head>.*?)^\+\+\+[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_HEADING = re.compile(r"^#\s+(?P<text>.+?)\s*#*\s*$|^(?P<under>\S[^\n]{3,200})\n=+[ \t]*$", re.M)
_FIELD = re.compile(r"^(?P<key>[\w .-]{1,40}?)\s*[:=]\s*(?P<value>.*)$")


def parse_markdown(unit: Unit, part: Part, ref: str) -> Article | Failure:
    """The one article of a note. The body is the file without its front matter, else untouched."""
    text = decode(part.data, unit.charset)
    if text is None:
        return Failure(
            unit.name, "It is not text (binary data): convert it to text, or leave it out."
        )
    front = _FRONT.match(text) or _TOML.match(text)
    body = text[front.end() :] if front else text
    if not body.strip():
        return Failure(unit.name, "It holds no text: nothing to import, leave it out.")
    fields = pick_fields(_front_matter(front["head"])) if front else {}
    heading = _HEADING.search(body[:4000])
    title = fields.get("title") or (heading and (heading["text"] or heading["under"]))
    leading = {} if title else leading_fields(body)
    return make_article(
        ref=fields.get("url") or ref,
        body=body,
        title=title or leading.get("title"),
        raw_date=fields.get("date") or leading.get("date"),
        source=fields.get("source") or leading.get("source"),
        url=fields.get("url") or unit.url or leading.get("url"),
        name=unit.name,
        original=Original(part.data, unit.media_type, unit.name, part.locator),
    )


def _front_matter(head: str) -> dict[str, object]:
    """The ``key: value`` lines of YAML or TOML front matter that hold one plain value.

    Nested values and lists tell nothing that an article has a place for and are passed over.
    """
    found: dict[str, object] = {}
    for line in head.splitlines():
        match = _FIELD.match(line)
        if match is None:
            continue
        value = match["value"].strip()
        if value[:1] in "\"'" and len(value) >= 2 and value[-1] == value[0]:
            value = value[1:-1]
        elif value[:1] in ("[", "{", "|", ">", "&", "*"):
            continue
        found[match["key"].strip()] = value
    return found
