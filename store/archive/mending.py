"""Making anew what follows from articles and spans: mention counts, countries, types, facets, counters."""

from __future__ import annotations

import sqlite3

from store.derived import fill_facets, fill_types
from store.schema import INVERTED, run

_ANEW = (
    *(f"DELETE FROM {name}_recent" for name in INVERTED),  # noqa: S608 - our own names
    "DELETE FROM mentions",
    "INSERT INTO mentions (entity_id, docid, n) SELECT entity_id, docid, count(*)"
    " FROM spans JOIN articles ON id = article_id GROUP BY entity_id, docid",
    "UPDATE entities SET (articles, mentions) = (SELECT count(*), coalesce(sum(n), 0)"
    " FROM mentions WHERE entity_id = entities.id)",
    "UPDATE meta SET value = (SELECT count(*) FROM articles) WHERE key = 'articles'",
    "DELETE FROM countries",
    "INSERT INTO countries (code, docid, n, partner) SELECT code, docid, sum(n), max(place) FROM"
    " (SELECT country AS code, docid, 1 AS n, 0 AS place FROM spans"
    " JOIN articles ON id = article_id WHERE country IS NOT NULL"
    " UNION ALL SELECT value, docid, 0, key + 1 FROM articles,"
    """ json_each('["' || replace(partners, ' ', '","') || '"]') WHERE partners <> '')"""
    " GROUP BY code, docid",
    "DELETE FROM types",
    "DELETE FROM facets",
)


def mend(connection: sqlite3.Connection) -> None:
    """Must run inside a transaction; readers see what was until it ends."""
    run(connection, _ANEW)
    fill_types(connection, lambda _: None)
    fill_facets(connection, lambda _: None)
