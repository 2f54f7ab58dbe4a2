"""One way to make an article, so that every format fills the same gaps in the same way."""

from __future__ import annotations

import re

from store import boilerplate
from store.dates import parse_date
from store.ingest import metadata, publication
from store.records import Article, Original

# A half of a surrogate pair cannot be stored; a mark of the same length keeps every offset.
_SURROGATE = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """``text`` with lone surrogates replaced, one for one."""
    return _SURROGATE.sub("\ufffd", text)


def make_article(
    *,
    ref: str,
    body: str,
    title: str | None = None,
    raw_date: str | None = None,
    source: str | None = None,
    url: str | None = None,
    name: str | None = None,
    original: Original | None = None,
) -> Article:
    """An article from what the source gave; ``name`` is a file name that may tell more.

    ``raw_date`` is any date string. What is missing is looked for in the text, the address, the name.
    """
    body = storable(body)
    spans = boilerplate.find(body)
    title = " ".join(storable(title).split()) if title else ""
    derived = not title
    url = url.strip() or None if url else None
    return Article(
        ref=storable(ref),
        title=title or metadata.derive_title(body, spans),
        body=body,
        date=_date(body, raw_date, url, name),
        source=(source and " ".join(storable(source).split())) or _outlet(body, url, name),
        url=storable(url) if url else None,
        title_derived=derived,
        boilerplate=spans,
        original=original,
    )


def _date(body: str, raw: str | None, url: str | None, name: str | None) -> str | None:
    if raw:
        day = parse_date(raw)
        if day:
            return day
    near = raw if raw and re.fullmatch(r"(?:19|20)\d\d(?:-[01]\d)?", raw) else None
    return (
        (publication.date_of_name(url) if url else None)
        or (publication.date_of_name(name) if name else None)
        or publication.date_of_text(body, near=near)
    )


def _outlet(body: str, url: str | None, name: str | None) -> str | None:
    return (
        metadata.outlet_of_url(url)
        or metadata.outlet_of_text(body)
        or (metadata.outlet_of_name(name) if name else None)
    )
