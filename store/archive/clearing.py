"""Taking away what hangs on an article: before it gets new findings, another text, or is deleted."""

from __future__ import annotations

import sqlite3

from store.archive import neighbours

# Tables without an index by docid, and the keys of an article's (?2) rows in them.
_KEYS = (
    ("mentions", "entity_id", "SELECT entity_id FROM spans WHERE article_id = ?2"),
    ("types", "type", "SELECT type FROM spans WHERE article_id = ?2"),
    (
        "countries",
        "code",
        "SELECT country FROM spans WHERE article_id = ?2 UNION SELECT value FROM articles,"
        """ json_each('["' || replace(partners, ' ', '","') || '"]') WHERE articles.id = ?2""",
    ),
)


def clear(connection: sqlite3.Connection, at: int) -> None:
    """Take away what was derived from the text of article ``at``, and bury its docid."""
    (docid,) = connection.execute("SELECT docid FROM articles WHERE id = ?", (at,)).fetchone()
    clear_findings(connection, at, docid)
    neighbours.clear(connection, at)
    connection.execute("INSERT OR IGNORE INTO tombstones VALUES (?)", (docid,))


def clear_findings(connection: sqlite3.Connection, at: int, docid: int) -> None:
    """Take away what was found in article ``at``.

    Its spans and partners say under which keys there are rows of its docid.
    """
    connection.execute(
        "UPDATE entities SET articles = articles - 1, mentions = mentions - found.n"
        " FROM (SELECT entity_id, count(*) AS n FROM spans WHERE article_id = ? GROUP BY 1) found"
        " WHERE entities.id = found.entity_id",
        (at,),
    )
    for table, key, keys in _KEYS:
        for place in (table, f"{table}_recent"):
            connection.execute(
                f"DELETE FROM {place} WHERE docid = ?1 AND {key} IN ({keys})",  # noqa: S608 - our own names
                (docid, at),
            )
    connection.execute("DELETE FROM facets WHERE docid = ?", (docid,))
    for table in ("spans", "persons", "analysed"):
        connection.execute(f"DELETE FROM {table} WHERE article_id = ?", (at,))  # noqa: S608


def remove(connection: sqlite3.Connection, at: int) -> None:
    """Delete article ``at`` with everything that hangs on it."""
    clear(connection, at)
    connection.execute("DELETE FROM articles WHERE id = ?", (at,))
    connection.execute("UPDATE meta SET value = value - 1 WHERE key = 'articles'")
