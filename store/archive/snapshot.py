"""The text of an article with all that is known of it, as JSON that can become an article again."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from store.archive import codec, reading
from store.archive.prepared import Prepared, prepare
from store.records import Article

_KEPT = {
    "docid": "docid",
    "original_sha256": "original_sha256",
    "original_name": "original_name",
    "locator": "locator",
    "analysis": "(SELECT analysis_id FROM analysed WHERE article_id = articles.id)",
}
"""What a ``Prepared`` keeps of a row, and the SQL that says it."""


def snapshot(connection: sqlite3.Connection, at: int) -> codec.Json:
    """The present text of article ``at``, its metadata and what was found in it."""
    stored = reading.article(connection, at)
    kept = connection.execute(
        f"SELECT {', '.join(_KEPT.values())} FROM articles WHERE id = ?",  # noqa: S608 - our own names
        (at,),
    ).fetchone()
    return {
        "article": {
            "ref": stored.ref,
            "title": stored.title,
            "body": stored.body,
            "date": stored.date,
            "source": stored.source,
            "url": stored.url,
            "title_derived": stored.title_derived,
        },
        "extraction": stored.extraction,
        "kept": dict(zip(_KEPT, kept, strict=True)),
    }


def prepared_of(item: Mapping[str, Any]) -> Prepared:
    """A snapshot ready to be written again; the original stays where it is."""
    extraction = codec.extraction_of(item["extraction"])
    article = Article(**item["article"], boilerplate=extraction.boilerplate)
    return replace(prepare(article, extraction), **item["kept"])
