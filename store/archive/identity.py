"""Whether an article is in the library already, by the rules of CONTRACT.md (Identity)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store.archive.prepared import Identity

_AT_ONCE = 1000
"""Values in one question; SQLite takes some thousands."""


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


class Known:
    """What a library knows of many inputs, asked for at once: nearly all of a bulk import is new.

    It can only tell that an input is a stranger for certain; of any other ``find`` knows more.
    """

    def __init__(self, connection: sqlite3.Connection, asked: Iterable[Identity]) -> None:
        asked = list(asked)
        refs = {one.ref for one in asked}
        urls = {one.url for one in asked if one.url}
        contents = {one.content for one in asked}
        self._refs = _there(connection, "articles", "ref", refs)
        self._refs |= _there(connection, "names", "ref", refs)
        self._urls = _there(connection, "articles", "url", urls)
        self._contents = _there(connection, "articles", "content_hash", contents)
        self._contents |= _there(connection, "versions", "content_hash", contents)

    def is_stranger(self, asked: Identity) -> bool:
        """Whether ``find`` is sure to find nothing."""
        return not (
            asked.ref in self._refs or asked.url in self._urls or asked.content in self._contents
        )

    def add(self, asked: Identity) -> None:
        """Take note of an input that went into the library meanwhile."""
        self._refs.add(asked.ref)
        self._contents.add(asked.content)
        if asked.url:
            self._urls.add(asked.url)


def _there(
    connection: sqlite3.Connection, table: str, column: str, values: Iterable[str | bytes]
) -> set[str | bytes | None]:
    """Those of ``values`` that stand in an indexed column."""
    found: set[str | bytes | None] = set()
    remaining: Sequence[str | bytes] = list(values)
    while remaining:
        asked, remaining = remaining[:_AT_ONCE], remaining[_AT_ONCE:]
        found.update(
            row[0]
            for row in connection.execute(
                f"SELECT {column} FROM {table} WHERE {column} IN"  # noqa: S608 - our own names
                f" ({', '.join('?' * len(asked))})",
                asked,
            )
        )
    return found


def find_many(connection: sqlite3.Connection, asked: Sequence[Identity]) -> list[Found]:
    """As ``find`` for each."""
    known = Known(connection, asked)
    return [
        Found(None, False) if known.is_stranger(one) else find(connection, one) for one in asked
    ]


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
