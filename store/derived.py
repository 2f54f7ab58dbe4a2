"""Tables that follow from the spans of articles and from the articles' own rows: SQL that makes them.

For migrations and mending, which fill them from the first article to the last.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from store.records import MentionType

if TYPE_CHECKING:
    from sqlite_utils import Database

    from store.library import Tell


def _listed(value: str, kind: str | None = None) -> str:
    """Different values of an article's spans, of those of one kind or of all, parted by blanks."""
    of_kind = f" AND type = '{kind}'" if kind else ""
    return (
        "(SELECT coalesce(group_concat(value, ' '), '') FROM"  # noqa: S608 - fixed fragments
        f" (SELECT DISTINCT {value} AS value FROM spans WHERE article_id = a.id{of_kind} ORDER BY 1))"
    )


FACETS = (
    f"SELECT a.docid, a.source, a.partners, {_listed('type')} AS types,"  # noqa: S608 - the same
    f" {_listed('entity_id', 'PERSON')} AS persons, {_listed('entity_id', 'AGREEMENT')} AS programs,"
    f" {_listed('entity_id', 'ORG')} AS organisations FROM articles a"
)
"""The rows of the table of facets; ``a`` is the article."""

_TOGETHER = 100_000
"""Articles whose facets are put in order at a time (some 10 MB)."""


def fill_types(connection: sqlite3.Connection | Database, tell: Tell) -> None:
    """Fill the empty table of types from the spans, in the order of its key.

    Reads the spans once for each type, which costs less than sorting them all.
    """
    types = [kind.value for kind in MentionType]
    for done, kind in enumerate(types):
        tell(done / len(types))
        connection.execute(
            "INSERT INTO types (type, docid) SELECT ?, docid FROM"
            " (SELECT article_id FROM spans WHERE type = ? GROUP BY article_id)"
            # CROSS: in the order of the spans, never from each article to its spans.
            " CROSS JOIN articles ON id = article_id ORDER BY docid",
            (kind, kind),
        )


def fill_facets(connection: sqlite3.Connection | Database, tell: Tell) -> None:
    """Fill the empty table of facets.

    Articles and spans are read in the order in which they lie in the file, and put into that of
    docids afterwards: looking up each docid's takes three times as long.
    """
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
    for first in range(1, last + 1, _TOGETHER):
        tell((first - 1) / last)
        connection.execute(
            f"INSERT INTO facets {FACETS} WHERE a.id BETWEEN ? AND ? ORDER BY +a.docid",
            (first, first + _TOGETHER - 1),
        )
