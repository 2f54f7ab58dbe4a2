"""Whether counts, countries, types and facets follow from spans and articles.

The tables whose key does not begin with the docid are looked into by whole keys, those of many
articles in their order: every row that the spans make must be there, and no more rows than these.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Generator, Iterator
from typing import NamedTuple

from store.derived import FACETS
from store.library import Tell

_TOGETHER = 10_000
"""Articles whose rows are compared at a time; each time may touch all of a table."""


class _Table(NamedTuple):
    """A table by ``key`` and docid, and what there must be in it."""

    name: str
    key: str
    made: str
    """Rows of the articles between two ids, as their spans and partners make them."""
    differing: dict[str, str]
    """What is wrong where the SQL is met by a row ``t`` of the table, or ``r`` of the one of recent rows,
    or none, beside ``w`` of ``made``."""
    backed: str
    """SELECTs of what makes a row ``t``; it is one too many where all give nothing."""


_SPANS = "articles JOIN spans ON article_id = articles.id"
_PARTNERS = """articles, json_each('["' || replace(partners, ' ', '","') || '"]')"""
_TABLES = (
    _Table(
        "mentions",
        "entity_id",
        f"SELECT entity_id, docid, count(*) AS n FROM {_SPANS}"  # noqa: S608 - fixed fragments
        " WHERE articles.id BETWEEN ?1 AND ?2 GROUP BY 1, 2",
        {"mention counts": "coalesce(t.n, r.n) IS NOT w.n"},
        f"SELECT 1 FROM {_SPANS} WHERE articles.docid = t.docid AND spans.entity_id = t.entity_id",  # noqa: S608
    ),
    _Table(
        "types",
        "type",
        f"SELECT type, docid FROM {_SPANS}"  # noqa: S608
        " WHERE articles.id BETWEEN ?1 AND ?2 GROUP BY 1, 2",
        {"kinds of mentions": "coalesce(t.docid, r.docid) IS NULL"},
        f"SELECT 1 FROM {_SPANS} WHERE articles.docid = t.docid AND spans.type = t.type",  # noqa: S608
    ),
    _Table(
        "countries",
        "code",
        "SELECT code, docid, sum(n) AS n, max(place) AS partner FROM"  # noqa: S608
        f" (SELECT country AS code, docid, 1 AS n, 0 AS place FROM {_SPANS}"
        " WHERE articles.id BETWEEN ?1 AND ?2 AND country IS NOT NULL"
        f" UNION ALL SELECT value, docid, 0, key + 1 FROM {_PARTNERS}"
        " WHERE articles.id BETWEEN ?1 AND ?2 AND partners <> '') GROUP BY 1, 2",
        {
            "countries": "coalesce(t.n, r.n) IS NOT w.n",
            "partner countries": "coalesce(t.partner, r.partner) IS NOT w.partner",
        },
        f"SELECT 1 FROM {_SPANS} WHERE articles.docid = t.docid AND spans.country = t.code"  # noqa: S608
        f" UNION ALL SELECT 1 FROM {_PARTNERS} WHERE articles.docid = t.docid AND value = t.code",
    ),
)


def counters(connection: sqlite3.Connection) -> Iterator[str]:
    """What is wrong with the counters of articles and entities, one sentence each."""
    (articles,) = connection.execute("SELECT count(*) FROM articles").fetchone()
    (counted,) = connection.execute("SELECT value FROM meta WHERE key = 'articles'").fetchone()
    if articles != counted:
        yield f"The library holds {articles} articles but counts {counted}."
    for (name,) in connection.execute(
        "SELECT name FROM entities e LEFT JOIN (SELECT entity_id, count(*) AS a, sum(n) AS n"
        " FROM mentions_all GROUP BY entity_id) m ON m.entity_id = e.id"
        " WHERE e.articles <> coalesce(m.a, 0) OR e.mentions <> coalesce(m.n, 0)"
    ):
        yield f"The counts of the entity {name} are wrong."


def tables(connection: sqlite3.Connection, tell: Tell) -> Iterator[str]:
    """What is wrong with the tables that follow from spans, one sentence each."""
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
    own = {
        # An older format lacks some, and its readers see the spans themselves instead.
        name
        for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    }
    kept = [table for table in _TABLES if table.name in own]
    matched = {table.name: 0 for table in kept}
    for first in range(1, last + 1, _TOGETHER):
        tell(first / last)
        between = (first, first + _TOGETHER - 1)
        for table in kept:
            matched[table.name] += yield from _differing(connection, table, between)
        if "facets" in own:
            yield from _facets(connection, between)
    for table in kept:
        yield from _left_over(connection, table, matched[table.name])
    if "facets" in own:
        for (docid,) in connection.execute(
            "SELECT docid FROM facets WHERE docid NOT IN (SELECT docid FROM articles)"
        ):
            yield _no_article("facets", docid)


def _differing(
    connection: sqlite3.Connection, table: _Table, between: tuple[int, int]
) -> Generator[str, None, int]:
    """Sentences on rows that are missing or wrong; returns how many are there, wrong ones too."""
    docids = ", ".join(
        f"json_group_array(DISTINCT w.docid) FILTER (WHERE {wrong})"
        for wrong in table.differing.values()
    )
    there, *found = connection.execute(
        # Two joins: one with both tables as a view would put all their rows in order each time.
        f"SELECT count(t.docid) + count(r.docid), {docids} FROM ({table.made}) w"  # noqa: S608 - fixed fragments
        f" LEFT JOIN {table.name} t ON t.{table.key} = w.{table.key} AND t.docid = w.docid"
        f" LEFT JOIN {table.name}_recent r ON r.{table.key} = w.{table.key} AND r.docid = w.docid",
        between,
    ).fetchone()
    for what, listed in zip(table.differing, found, strict=True):
        for docid in sorted(json.loads(listed)):
            yield _mismatch(what, docid)
    return int(there)


def _left_over(connection: sqlite3.Connection, table: _Table, matched: int) -> Iterator[str]:
    """Rows that no span makes, which are looked for where there are more than were ``matched``."""
    (held,) = connection.execute(f"SELECT count(*) FROM {table.name}_all").fetchone()  # noqa: S608
    if held == matched:
        return
    for docid, known in connection.execute(
        f"SELECT DISTINCT docid, docid IN (SELECT docid FROM articles) FROM {table.name}_all t"  # noqa: S608
        f" WHERE NOT EXISTS ({table.backed})"
    ):
        what = next(iter(table.differing))
        yield _mismatch(what, docid) if known else _no_article(table.name, docid)


def _facets(connection: sqlite3.Connection, between: tuple[int, int]) -> Iterator[str]:
    made = connection.execute(f"{FACETS} WHERE a.id BETWEEN ? AND ?", between)
    stored = connection.execute(
        "SELECT f.* FROM articles a JOIN facets f USING (docid) WHERE a.id BETWEEN ? AND ?", between
    )
    for docid in sorted({row[0] for row in {*map(_facet, made)} ^ {*map(_facet, stored)}}):
        yield _mismatch("facets", docid)


def _facet(row: tuple[int, str | None, str, str, str, str, str]) -> tuple[int, object]:
    """Docid and the rest of a row of the table of facets, the values of a list in any order."""
    docid, source, partners, *lists = row
    return docid, (source, partners, *(tuple(sorted(values.split())) for values in lists))


def _mismatch(what: str, docid: int) -> str:
    return f"The {what} of document {docid} do not match its spans."


def _no_article(table: str, docid: int) -> str:
    return f"The table {table} has a row of document {docid}, which is no article."
