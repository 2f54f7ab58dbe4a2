"""Whether an article is in the library already, by the rules of CONTRACT.md (Identity)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from store.archive.prepared import Identity


@dataclass(frozen=True, slots=True)
class Found:
    """``id``: the article of that identity, None where there is none. ``known``: its content is
    there, in whatever version."""

    id: int | None
    known: bool


def find(connection: sqlite3.Connection, asked: Identity) -> Found:
    """The article that ``asked`` is: by name, else by address with the same body, else by content.

    An address alone does not decide: index pages and live pages change under theirs, and two
    crawls of one are two articles.
    """
    named = _ids(connection, "SELECT id FROM articles WHERE ref = ? ORDER BY id", asked.ref)
    if named:
        known = _holder(connection, named, "content_hash", asked.content)
        return Found(known or named[-1], known is not None)
    if asked.url:
        there = _ids(connection, "SELECT id FROM articles WHERE url = ? ORDER BY id", asked.url)
        known = _holder(connection, there, "content_hash", asked.content)
        if known is not None:
            return Found(known, True)
        same_body = _holder(connection, there, "body_hash", asked.body)
        if same_body is not None:
            return Found(same_body, False)
    return _by_content(connection, asked.content)


def _by_content(connection: sqlite3.Connection, content: bytes) -> Found:
    row = connection.execute(
        "SELECT id FROM articles WHERE content_hash = ?1"
        " UNION ALL SELECT article_id FROM versions WHERE content_hash = ?1 LIMIT 1",
        (content,),
    ).fetchone()
    return Found(row[0], True) if row else Found(None, False)


def _holder(
    connection: sqlite3.Connection, ids: list[int], column: str, digest: bytes
) -> int | None:
    """The first of ``ids`` that has ``digest`` in any version."""
    for at in ids:
        row = connection.execute(
            f"SELECT 1 FROM articles WHERE id = ?1 AND {column} = ?2"  # noqa: S608 - our own names
            f" UNION ALL SELECT 1 FROM versions WHERE article_id = ?1 AND {column} = ?2 LIMIT 1",
            (at, digest),
        ).fetchone()
        if row:
            return at
    return None


def _ids(connection: sqlite3.Connection, sql: str, value: str) -> list[int]:
    return [row[0] for row in connection.execute(sql, (value,))]
