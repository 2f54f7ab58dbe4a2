"""Whether an article is in the library already, by the rules of CONTRACT.md (Identity)."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from store.archive.prepared import Identity


@dataclass(frozen=True, slots=True)
class Found:
    """What the library knows of an input.

    ``id``: the article that it is, None for a new one. ``known``: its content is there, in whatever
    version. ``named``: the article goes by the input's ref, or its
    content came in under that before.
    """

    id: int | None
    known: bool
    named: bool = False


def find(connection: sqlite3.Connection, asked: Identity) -> Found:
    """The article that ``asked`` is: by name, else by address with the same body, else by content.

    An address alone does not decide: index pages and live pages change under theirs, and two
    crawls of one are two articles. Nor does a further name (``remember``), which only says that
    the content came in under it: another text of that name is an article of its own, so that two
    pages that were once alike do not overwrite each other.
    """
    own = _ids(connection, "SELECT id FROM articles WHERE ref = ? ORDER BY id", asked.ref)
    known = _holder(connection, own, "content_hash", asked.content)
    if known is not None:
        return Found(known, True, True)
    further = connection.execute(
        "SELECT article_id FROM names WHERE ref = ? AND content_hash = ?",
        (asked.ref, asked.content),
    ).fetchone()
    if further:
        return Found(further[0], True, True)
    if own:
        return Found(own[-1], False, True)
    if asked.url:
        there = _ids(connection, "SELECT id FROM articles WHERE url = ? ORDER BY id", asked.url)
        known = _holder(connection, there, "content_hash", asked.content)
        if known is not None:
            return Found(known, True)
        same_body = _holder(connection, there, "body_hash", asked.body)
        if same_body is not None:
            return Found(same_body, False)
    return by_content(connection, asked.content)


def remember(connection: sqlite3.Connection, asked: Identity, at: int) -> None:
    """Note that this content of article ``at`` came in under that further name.

    Without it a later text of that ref would take the name for itself, and the next import of both
    would change the library again.
    """
    connection.execute(
        "INSERT OR REPLACE INTO names (ref, content_hash, article_id) VALUES (?, ?, ?)",
        (asked.ref, asked.content, at),
    )


def forget(connection: sqlite3.Connection, at: int) -> None:
    """Drop the further names of contents that article ``at`` has no more in any version."""
    connection.execute(
        "DELETE FROM names WHERE article_id = ?1 AND content_hash NOT IN"
        " (SELECT content_hash FROM articles WHERE id = ?1"
        " UNION ALL SELECT content_hash FROM versions WHERE article_id = ?1)",
        (at,),
    )


def by_content(connection: sqlite3.Connection, content: bytes) -> Found:
    """The article that holds that title and body, under whatever name."""
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
