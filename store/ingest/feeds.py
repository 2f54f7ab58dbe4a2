"""RSS and Atom: each entry is an article, its content as plain paragraphs."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from store.ingest.article import make_article
from store.ingest.html.fragment import markup_text
from store.ingest.metadata import outlet_of_url
from store.ingest.unit import Part, Unit
from store.records import Article, Failure, Original


def parse_feed(unit: Unit, part: Part) -> list[Article | Failure]:
    """The entries of a feed, in its order."""
    import feedparser

    # As bytes: feedparser would take a string for an address and fetch it.
    feed = feedparser.parse(
        part.data, response_headers={"content-type": "application/xml"}, sanitize_html=False
    )
    if not feed.entries:
        return [Failure(unit.name, "The feed holds no entries: check that it is RSS or Atom.")]
    site = outlet_of_url(feed.feed.get("link"))
    found: list[Article | Failure] = []
    for number, entry in enumerate(feed.entries, 1):
        body = "\n\n".join(filter(None, map(markup_text, _contents(entry))))
        title = markup_text(entry.get("title", ""))
        where = f"{unit.url or unit.name}:{number}"
        if not body and not title:
            found.append(
                Failure(where, "The entry holds no text: nothing to import, leave it out.")
            )
            continue
        link = entry.get("link")
        found.append(
            make_article(
                ref=link or entry.get("id") or where,
                body=body,
                title=title,
                raw_date=_date(entry),
                source=site or outlet_of_url(link),
                url=link,
                original=Original(part.data, unit.media_type, unit.name, f"entry {number}"),
            )
        )
    return found


def links(data: bytes) -> list[str]:
    """The addresses of the entries, in the feed's order."""
    import feedparser

    entries = feedparser.parse(data, response_headers={"content-type": "application/xml"}).entries
    return [entry["link"] for entry in entries if entry.get("link")]


def _contents(entry: object) -> list[str]:
    """The full content where the feed carries it, else the summary."""
    get = entry.get  # type: ignore[attr-defined]
    contents = [item.get("value", "") for item in get("content") or ()]
    full = max(contents, key=len, default="")
    summary = get("summary") or ""
    return [full if len(full) >= len(summary) else summary]


def _date(entry: object) -> str | None:
    """The raw date, else the one that feedparser understood (which is UTC)."""
    get = entry.get  # type: ignore[attr-defined]
    raw = get("published") or get("updated") or get("created")
    parsed = get("published_parsed") or get("updated_parsed")
    if parsed and isinstance(parsed, time.struct_time):
        return datetime(*parsed[:6], tzinfo=UTC).isoformat()
    return str(raw) if raw else None
