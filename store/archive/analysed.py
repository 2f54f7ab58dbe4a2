"""By what each article was analysed, so that a change of rules or names finds those to do again."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from store.archive import codec, writing
from store.records import KbRow
from store.text import fold


class Analysis(NamedTuple):
    """What decides the findings in a text."""

    rules: str
    """Digest of rules, tables, models and the shipped names."""
    names: str
    """Digest of the user's own names."""


def current(own: Iterable[KbRow]) -> Analysis:
    """By what this program analyses articles, given the user's own rows of the knowledge base."""
    from hashlib import blake2b  # loads OpenSSL

    from store import rules

    state = blake2b(digest_size=8)
    for text in sorted(map(codec.kb_row_text, own)):
        state.update(f"{text}\n".encode())
    return Analysis(rules.digest(), state.hexdigest())


def register(connection: sqlite3.Connection, by: Analysis) -> int:
    """The number of ``by`` in this library, a new one where it has not been used yet."""
    connection.execute(
        "INSERT OR IGNORE INTO analyses (rules, names, first_used_at) VALUES (?, ?, ?)",
        (*by, writing.now()),
    )
    number = _number(connection, by)
    assert number is not None
    return number


def _number(connection: sqlite3.Connection, by: Analysis) -> int | None:
    row = connection.execute(
        "SELECT id FROM analyses WHERE rules = ? AND names = ?", tuple(by)
    ).fetchone()
    return row[0] if row else None


def outdated(connection: sqlite3.Connection, by: Analysis) -> array[int]:
    """Ids of the articles that were analysed by something else, or nobody knows by what, in order."""
    rows = connection.execute(
        # Both are read from small tables; a join would walk through the articles' texts.
        "SELECT id FROM articles EXCEPT SELECT article_id FROM analysed WHERE analysis_id IS ?",
        (_number(connection, by),),
    )
    return array("q", [row[0] for row in rows])


def count_outdated(connection: sqlite3.Connection, by: Analysis) -> int:
    """How many articles ``outdated`` lists."""
    (others,) = connection.execute(
        "SELECT (SELECT value FROM meta WHERE key = 'articles')"
        " - (SELECT count(*) FROM analysed WHERE analysis_id IS ?)",
        (_number(connection, by),),
    ).fetchone()
    return int(others)


def forget(connection: sqlite3.Connection, ids: Sequence[int] | None = None) -> None:
    """Have the articles, or all of them, analysed again the next time."""
    if ids is None:
        connection.execute("DELETE FROM analysed")
    else:
        connection.executemany("DELETE FROM analysed WHERE article_id = ?", [(at,) for at in ids])


def adopt_names(connection: sqlite3.Connection, rows: Iterable[KbRow]) -> None:
    """Call the library's entities as ``rows`` call them now.

    Mentions of articles that were not analysed again keep the name they had.
    """
    for row in rows:
        known = connection.execute(
            "SELECT id, name FROM entities WHERE key = ? AND name <> ?", (row.id, row.name)
        ).fetchone()
        if known is None:
            continue
        at, before = known
        mentioning = (
            "entity_id = ?1 AND article_id IN"
            " (SELECT id FROM mentions_all JOIN articles USING (docid) WHERE entity_id = ?1)"
        )
        connection.execute(
            f"UPDATE spans SET canonical = ?2 WHERE canonical IS NULL AND {mentioning}",  # noqa: S608
            (at, before),
        )
        connection.execute(
            f"UPDATE spans SET canonical = NULL WHERE canonical = ?2 AND {mentioning}",  # noqa: S608
            (at, row.name),
        )
        connection.execute(
            "UPDATE entities SET name = ?, folded = ? WHERE id = ?", (row.name, fold(row.name), at)
        )
