"""A second full-text index, built beside the first until it can take its place.

Needed when the word forms of the program have changed, or the index is damaged. ``docs_next`` and
``terms_next`` grow in small transactions, so that nobody waits and a killed run goes on where it was:
what is missing in them is asked of themselves. New articles go into the old index alone, as ever;
they are missing, too, until they are caught up with. A docid keeps its words for good, so that
whatever stands in the second index is right, whenever it was written.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from store.archive import codec
from store.schema import INDEX_SQL, run

FEW = 256
"""Articles that the last transaction takes along: a tenth of a second."""

_UNDER_WAY = "next_normaliser"
"""The key of ``meta`` under which the version of the second index stands while there is one."""


_DROPPABLE = (
    # Version and structure of an empty index: where damage took them, SQLite would refuse even to
    # drop it (https://sqlite.org/fts5.html, appendix B).
    "INSERT OR REPLACE INTO docs_config VALUES ('version', 4)",
    "INSERT OR REPLACE INTO docs_data VALUES (1, x''), (10, x'00000000000000')",
)


@dataclass(frozen=True, slots=True)
class Indexed:
    """Articles as the index wants them."""

    rows: tuple[tuple[int, str, str], ...]
    """Docid, forms of the title, forms of the body."""
    terms: frozenset[tuple[str, str]]


def is_older(connection: sqlite3.Connection) -> bool:
    """Whether the index was made by word forms that this program has replaced."""
    return _version(connection, "normaliser") < _current()


def is_ours(connection: sqlite3.Connection) -> bool:
    """Whether the index was made by the word forms of this program."""
    return _version(connection, "normaliser") == _current()


def _current() -> int:
    # Whoever only reads is spared the normaliser and its tables.
    from store import normalise

    return normalise.VERSION


def _version(connection: sqlite3.Connection, key: str) -> int:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row[0] if row else 0


def begin(connection: sqlite3.Connection) -> None:
    """Start a second index, or go on with one that is under way by the same word forms."""
    if _version(connection, _UNDER_WAY) == _current():
        return
    run(connection, ("DROP TABLE IF EXISTS docs_next", "DROP TABLE IF EXISTS terms_next"))
    run(connection, (statement.format(name="docs_next") for statement in INDEX_SQL))
    connection.execute(
        "CREATE TABLE terms_next (surface TEXT PRIMARY KEY, form TEXT NOT NULL) WITHOUT ROWID"
    )
    connection.execute("INSERT OR REPLACE INTO meta VALUES (?, ?)", (_UNDER_WAY, _current()))


def missing(connection: sqlite3.Connection) -> array[int]:
    """Docids of the articles that the second index lacks, in order; none where there is none."""
    if not _version(connection, _UNDER_WAY):
        return array("q")
    rows = connection.execute("SELECT docid FROM articles EXCEPT SELECT id FROM docs_next_docsize")
    return array("q", [row[0] for row in rows])


def indexed(connection: sqlite3.Connection, docids: Sequence[int]) -> Indexed:
    """The articles of those docids for an index; those no longer there are left out."""
    from store import normalise

    rows = []
    terms: set[tuple[str, str]] = set()
    for docid, title, body, boilerplate in connection.execute(
        "SELECT docid, title, body, boilerplate FROM articles"
        " WHERE docid IN (SELECT value FROM json_each(?)) ORDER BY docid",
        (json.dumps(list(docids)),),
    ):
        title_index, title_terms = normalise.indexed(title)
        body_index, body_terms = normalise.indexed(body, codec.spans_of(boilerplate))
        rows.append((docid, title_index, body_index))
        terms.update(title_terms, body_terms)
    return Indexed(tuple(rows), frozenset(terms))


def add(connection: sqlite3.Connection, items: Indexed) -> None:
    """Write articles to the second index, where it still lacks them and they still exist."""
    if not _version(connection, _UNDER_WAY):
        return  # another program was faster
    wanted = {
        row[0]
        for row in connection.execute(
            "SELECT docid FROM json_each(?) asked JOIN articles ON docid = asked.value"
            " WHERE docid NOT IN (SELECT id FROM docs_next_docsize)",
            (json.dumps([row[0] for row in items.rows]),),
        )
    }
    connection.executemany(
        "INSERT INTO docs_next (rowid, title, body) VALUES (?, ?, ?)",
        [row for row in items.rows if row[0] in wanted],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO terms_next (surface, form) VALUES (?, ?)", sorted(items.terms)
    )


def finish(connection: sqlite3.Connection) -> bool:
    """Put the second index in the place of the first, unless it lacks more than ``FEW`` articles.

    Tombstones stay, of words too that are gone with the old index: no docid is ever given twice.
    """
    if not _version(connection, _UNDER_WAY):
        return True
    lacking = missing(connection)
    if len(lacking) > FEW:
        return False
    add(connection, indexed(connection, lacking))
    run(
        connection,
        (
            "DROP TABLE IF EXISTS docs_terms",
            *_DROPPABLE,
            "DROP TABLE docs",
            "ALTER TABLE docs_next RENAME TO docs",
            "CREATE VIRTUAL TABLE docs_terms USING fts5vocab(docs, row)",
            # Words of the trash, too: whoever writes may remember that they are there.
            "INSERT OR IGNORE INTO terms_next SELECT surface, form FROM terms",
            "DROP TABLE terms",
            "ALTER TABLE terms_next RENAME TO terms",
            "DELETE FROM tombstones WHERE docid IN (SELECT docid FROM articles)",
            "UPDATE meta SET value = (SELECT value FROM meta WHERE key = 'next_normaliser')"
            " WHERE key = 'normaliser'",
            "DELETE FROM meta WHERE key = 'next_normaliser'",
        ),
    )
    return True
