"""Whether a library agrees with itself, and making what is derived anew where it does not.

Articles, older texts, marks and notes are the user's and are never changed here; index, term table,
mention counts and counters follow from them and can be rebuilt.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import islice

from store import normalise
from store.archive import codec
from store.archive.prepared import identity
from store.records import Article
from store.schema import INDEX_SQL, run

_LISTED = 20
"""Problems of one kind that are listed before the rest is only counted."""

_REBUILD_STEP = 500


def problems(connection: sqlite3.Connection) -> list[str]:
    """What is wrong, one sentence each; empty where all is well. Reads everything."""
    found = [
        f"A page is damaged: {line}."
        for (line,) in connection.execute(f"PRAGMA quick_check({_LISTED})")
        if line != "ok"
    ]
    if found:
        # What follows would only stumble over the same pages.
        return found
    return [
        sentence
        for kind in (_references, _index, _texts, _spans, _counters, _normaliser)
        for sentence in _capped(kind(connection))
    ]


def rebuild(connection: sqlite3.Connection) -> None:
    """Make index, term table, counts and counters anew from articles and spans.

    Must run inside a transaction; readers see the old index until it ends.
    """
    run(connection, (statement.format(name="docs_next") for statement in INDEX_SQL))
    connection.execute("DELETE FROM terms")
    cursor = connection.execute(
        "SELECT docid, title, body, boilerplate FROM articles ORDER BY docid"
    )
    while step := list(islice(cursor, _REBUILD_STEP)):
        _index_step(connection, step)
    run(
        connection,
        (
            "DROP TABLE docs_terms",
            "DROP TABLE docs",
            "ALTER TABLE docs_next RENAME TO docs",
            "CREATE VIRTUAL TABLE docs_terms USING fts5vocab(docs, row)",
            "DELETE FROM tombstones",
            "DELETE FROM mentions",
            "INSERT INTO mentions (entity_id, docid, n) SELECT entity_id, docid, count(*)"
            " FROM spans JOIN articles ON id = article_id GROUP BY entity_id, docid",
            "UPDATE entities SET (articles, mentions) = (SELECT count(*), coalesce(sum(n), 0)"
            " FROM mentions WHERE entity_id = entities.id)",
            "UPDATE meta SET value = (SELECT count(*) FROM articles) WHERE key = 'articles'",
        ),
    )
    connection.execute("UPDATE meta SET value = ? WHERE key = 'normaliser'", (normalise.VERSION,))


def _index_step(connection: sqlite3.Connection, step: list[tuple[int, str, str, str]]) -> None:
    rows = []
    terms: set[tuple[str, str]] = set()
    for docid, title, body, boilerplate in step:
        skip = codec.spans_of(boilerplate)
        title_index, title_terms = normalise.indexed(title)
        body_index, body_terms = normalise.indexed(body, skip)
        rows.append((docid, title_index, body_index))
        terms.update(title_terms, body_terms)
    connection.executemany("INSERT INTO docs_next (rowid, title, body) VALUES (?, ?, ?)", rows)
    connection.executemany("INSERT OR IGNORE INTO terms VALUES (?, ?)", sorted(terms))


def _capped(sentences: Iterator[str]) -> list[str]:
    found = list(islice(sentences, _LISTED))
    rest = sum(1 for _ in sentences)
    return [*found, f"… and {rest} more of this kind."] if rest else found


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} points to something that is not in {parent}."


def _index(connection: sqlite3.Connection) -> Iterator[str]:
    for at, title in connection.execute(
        "SELECT id, title FROM articles WHERE docid NOT IN (SELECT id FROM docs_docsize)"
    ):
        yield f"Article {at} is not in the full-text index: {title}."
    for (docid,) in connection.execute(
        "SELECT id FROM docs_docsize WHERE id NOT IN (SELECT docid FROM articles)"
        " AND id NOT IN (SELECT docid FROM tombstones)"
    ):
        yield f"The full-text index holds document {docid}, which is no article."
    for (docid,) in connection.execute(
        "SELECT docid FROM tombstones WHERE docid IN (SELECT docid FROM articles)"
    ):
        yield f"Document {docid} is an article, yet struck from the full-text index."


def _texts(connection: sqlite3.Connection) -> Iterator[str]:
    for at, ref, url, title, body, content, body_hash in connection.execute(
        "SELECT id, ref, url, title, body, content_hash, body_hash FROM articles"
    ):
        asked = identity(Article(ref, title, body, url=url))
        if (asked.content, asked.body) != (content, body_hash):
            yield f"The text of article {at} was changed by something other than an import."


def _spans(connection: sqlite3.Connection) -> Iterator[str]:
    body, present = "", None
    for at, start, end, surface in connection.execute(
        'SELECT article_id, start, "end", surface FROM spans ORDER BY article_id, start'
    ):
        if at != present:
            row = connection.execute("SELECT body FROM articles WHERE id = ?", (at,)).fetchone()
            body, present = row[0] if row else "", at
        if start < 0 or body[start:end] != surface or not surface:
            yield f"A mention of article {at} ({start}-{end}) does not match its text: {surface}."


def _counters(connection: sqlite3.Connection) -> Iterator[str]:
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    (counted,) = connection.execute("SELECT value FROM meta WHERE key = 'articles'").fetchone()
    if articles != counted:
        yield f"The library holds {articles} articles but counts {counted}."
    for (name,) in connection.execute(
        "SELECT name FROM entities e LEFT JOIN (SELECT entity_id, count(*) AS a, sum(n) AS n"
        " FROM mentions GROUP BY entity_id) m ON m.entity_id = e.id"
        " WHERE e.articles <> coalesce(m.a, 0) OR e.mentions <> coalesce(m.n, 0)"
    ):
        yield f"The counts of the entity {name} are wrong."
    for (docid,) in connection.execute(
        "SELECT docid FROM articles a WHERE (SELECT coalesce(sum(n), 0) FROM mentions m"
        " WHERE m.docid = a.docid) <> (SELECT count(*) FROM spans s WHERE s.article_id = a.id)"
    ):
        yield f"The mention counts of document {docid} do not match its spans."


def _normaliser(connection: sqlite3.Connection) -> Iterator[str]:
    (version,) = connection.execute("SELECT value FROM meta WHERE key = 'normaliser'").fetchone()
    if version != normalise.VERSION:
        yield (
            f"The full-text index was made with word forms of version {version}, "
            f"this program uses {normalise.VERSION}."
        )
