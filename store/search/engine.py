"""``Searcher``: the one who asks the index. First page at once, the rest when there is time."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from store.records import Facet, Hit, Notice, SearchResult, Snippet, Sort, Span, StoredArticle
from store.schema import DOCIDS_PER_DAY
from store.search import exact, facets, show
from store.search.lexicon import Lexicon
from store.search.names import Condition, Names, Values
from store.search.plan import Plan, Planner
from store.search.query import parse
from store.search.spelling import Spelling
from store.search.synonyms import Synonyms

if TYPE_CHECKING:
    from store.archive import Archive

RANKED = 2_000
"""The newest hits that are ordered by relevance; older ones follow by date."""
FEW = 10
"""With fewer hits than this, articles that miss one word follow."""
MORE = 200
"""Articles that miss one word and follow at most."""
CAP = 1_000


class Searcher:
    """Answers typed queries over one archive. One thread at a time.

    Every method raises ``Interrupted`` after ``archive.interrupt()``, and LibraryError as the
    archive does.
    """

    def __init__(self, archive: Archive, names: Names | None = None) -> None:
        self._archive = archive
        self._connection = archive.connection
        exact.register(self._connection)
        self._lexicon = Lexicon(self._connection)
        self._planner = Planner(
            Values(self._connection, names),
            Spelling(self._lexicon),
            Synonyms(() if names is None else names.rows),
        )
        self._version = -1
        self._ranked: tuple[Plan, list[tuple[int, float]]] | None = None

    def _guard(self) -> AbstractContextManager[None]:
        return self._archive.guard()

    # --- asking ---------------------------------------------------------------------------------

    def prepare(self, text: str, sort: Sort = "relevance") -> Plan:
        """Read a typed query against this library. Never fails on what was typed."""
        with self._guard():
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            if version != self._version or not self._archive.read_only:
                self._version = version
                self._lexicon.forget()
                self._ranked = None
            return self._planner.plan(parse(text), sort)

    def first(self, plan: Plan, limit: int) -> array[int]:
        """The docids of the first ``limit`` hits in the plan's order."""
        if plan.empty:
            return self._archive.newest(limit) if plan.sort != "oldest" else self.ids(plan)[:limit]
        with self._guard():
            if plan.sort == "relevance" and plan.match is not None:
                ranked = [docid for docid, _ in self._rank(plan)]
                if len(ranked) >= limit:
                    return array("q", ranked[:limit])
                found = array("q", ranked)
                if len(ranked) >= RANKED:
                    found.extend(self._older(plan, ranked, limit - len(ranked)))
                return found
            found = self._strict(plan, limit)
            if len(found) < min(limit, FEW):
                found.extend(self._others(plan, found, limit - len(found)))
            return found

    def ids(self, plan: Plan) -> array[int]:
        """The docids of all hits in the plan's order."""
        if plan.empty:
            return self._archive.all_docids(plan.sort)
        with self._guard():
            if plan.sort == "relevance" and plan.match is not None:
                ranked = [docid for docid, _ in self._rank(plan)]
                found = array("q", ranked)
                if len(ranked) >= RANKED:
                    found.extend(self._older(plan, ranked, -1))
                return found
            found = self._strict(plan, -1)
            if len(found) < FEW:
                found.extend(self._others(plan, found, MORE))
            return found

    def count(self, plan: Plan, cap: int | None = None) -> tuple[int, bool]:
        """How many hits there are, and whether that is all of them (False: ``cap`` was reached)."""
        if plan.empty:
            total = self._archive.count()
            return (total, True) if cap is None else (min(total, cap), total <= cap)
        with self._guard():
            sql, parameters = self._sql(plan, plan.match, "1", "", -1 if cap is None else cap + 1)
            (total,) = self._connection.execute(
                f"SELECT count(*) FROM ({sql})", parameters
            ).fetchone()
            if cap is not None and total > cap:
                return cap, False
            if total < FEW:
                total += len(self._others(plan, self._strict(plan, FEW), MORE))
            return int(total), True

    def facets(self, plan: Plan) -> dict[str, list[Facet]]:
        """Counts by country, source, year, person, program and organisation, over the newest hits."""
        with self._guard():
            if plan.empty:
                newest = self._archive.newest(facets.NEWEST)
            else:
                newest = self._strict(plan, facets.NEWEST, newest=True)
                if len(newest) < FEW:
                    newest.extend(self._others(plan, newest, MORE))
            return facets.facets(self._connection, newest)

    def hits(self, plan: Plan, docids: Sequence[int]) -> list[Hit]:
        """List lines with snippet and score, in the order of ``docids``."""
        scores = dict(self._ranked[1]) if self._ranked and self._ranked[0] is plan else {}
        found: list[Hit] = []
        with self._guard():
            for row in self._archive.rows(docids):
                ref, url, body, boilerplate = self._connection.execute(
                    "SELECT ref, url, body, boilerplate FROM articles WHERE docid = ?", (row.docid,)
                ).fetchone()
                passage = show.snippet(plan, body, spans_of(boilerplate))
                found.append(Hit(row, ref, url, passage, scores.get(row.docid, 1.0)))
        return found

    def highlights(self, plan: Plan, text: str) -> list[Span]:
        """The surfaces in a stored text that the plan asks for."""
        return show.highlights(plan, text)

    def snippet(self, plan: Plan, article: StoredArticle) -> Snippet:
        """The passage of an article that answers best."""
        return show.snippet(plan, article.body, article.extraction.boilerplate)

    def search(
        self, text: str, *, limit: int = 20, sort: Sort = "relevance", facets: bool = False
    ) -> SearchResult:
        """All of it at once, for the command line."""
        plan = self.prepare(text, sort)
        docids = self.first(plan, limit)
        total, is_exact = self.count(plan)
        return SearchResult(
            text,
            tuple(self.hits(plan, docids)),
            total,
            is_exact,
            self.facets(plan) if facets else {},
            (*plan.notices, *self._missing(plan)),
        )

    def _missing(self, plan: Plan) -> list[Notice]:
        with self._guard():
            strict = self._strict(plan, FEW)
            if len(strict) < FEW and self._others(plan, strict, 1):
                return [Notice("some-words-missing", (str(len(strict)),))]
        return []

    # --- the database ----------------------------------------------------------------------------

    def _sql(
        self, plan: Plan, match: str | None, columns: str, order: str, limit: int
    ) -> tuple[str, list[object]]:
        """A SELECT over the hits; ``columns`` and ``order`` may use ``{id}``."""
        parameters: list[object] = []
        if match is not None:
            docid = "docs.rowid"
            parts = ["docs MATCH ?", "+docs.rowid NOT IN (SELECT docid FROM tombstones)"]
            parameters.append(match)
            table = "docs"
        else:
            docid, table, parts = "hit.docid", "articles hit", []
        for condition in plan.conditions:
            # A unary plus keeps SQLite from re-running MATCH for every listed docid.
            plain = match is None or "BETWEEN" in condition.sql
            parts.append(condition.sql.replace("{id}", docid if plain else f"+{docid}"))
            parameters.extend(condition.parameters)
        for pattern in plan.phrases:
            parts.append(
                f"EXISTS (SELECT 1 FROM articles s WHERE s.docid = {docid}"
                " AND surface_has(s.title, s.body, ?))"
            )
            parameters.append(pattern)
        where = f" WHERE {' AND '.join(parts)}" if parts else ""
        sql = f"SELECT {columns} FROM {table}{where} {order} LIMIT ?".replace("{id}", docid)
        return sql, [*parameters, limit]

    def _docids(
        self, plan: Plan, match: str | None, order: str, limit: int, more: str = ""
    ) -> array[int]:
        sql, parameters = self._sql(plan, match, "{id}", order, limit)
        if more:
            sql = sql.replace(" WHERE ", f" WHERE {more} AND ", 1).replace("{id}", "docs.rowid")
        return array("q", [row[0] for row in self._connection.execute(sql, parameters)])

    def _strict(self, plan: Plan, limit: int, *, newest: bool = False) -> array[int]:
        """Hits with every word, by date."""
        return self._by_date(plan, plan.match, limit, plan.sort == "oldest" and not newest)

    def _by_date(self, plan: Plan, match: str | None, limit: int, oldest: bool) -> array[int]:
        if not oldest:
            return self._docids(plan, match, "ORDER BY {id} DESC", limit)
        found = self._docids(plan, match, "ORDER BY {id}", -1)
        undated = sum(1 for docid in found if docid < DOCIDS_PER_DAY)
        found = found[undated:] + found[:undated]
        return found if limit < 0 else found[:limit]

    def _others(self, plan: Plan, strict: Sequence[int], limit: int) -> array[int]:
        """Hits that miss one word, by date or rank, without those that miss none."""
        if plan.relaxed is None or limit <= 0:
            return array("q")
        have = set(strict)
        if plan.sort == "relevance":
            found = [d for d, _ in self._scored(plan, plan.relaxed) if d not in have][:MORE]
        else:
            listed = self._by_date(plan, plan.relaxed, MORE + len(have), plan.sort == "oldest")
            found = [d for d in listed if d not in have][:MORE]
        return array("q", found[:limit])

    def _older(self, plan: Plan, ranked: list[int], limit: int) -> array[int]:
        oldest = min(ranked)
        sql, parameters = self._sql(
            _within(plan, Condition("{id} BETWEEN ? AND ?", (-1, oldest - 1))),
            plan.match,
            "{id}",
            "ORDER BY {id} DESC",
            limit,
        )
        return array("q", [row[0] for row in self._connection.execute(sql, parameters)])

    # --- relevance -------------------------------------------------------------------------------

    def _rank(self, plan: Plan) -> list[tuple[int, float]]:
        """The newest hits by relevance with their scores, then those that miss a word."""
        if self._ranked is not None and self._ranked[0] is plan:
            return self._ranked[1]
        assert plan.match is not None
        found = self._scored(plan, plan.match)
        if len(found) < FEW and plan.relaxed is not None:
            have = {docid for docid, _ in found}
            rest = [item for item in self._scored(plan, plan.relaxed) if item[0] not in have]
            found = [*found, *((docid, score * 0.5) for docid, score in rest[:MORE])]
        self._ranked = (plan, found)
        return found

    def _scored(self, plan: Plan, match: str) -> list[tuple[int, float]]:
        sql, parameters = self._sql(plan, match, "{id}, rank", "ORDER BY {id} DESC", RANKED)
        rows = self._connection.execute(sql, parameters).fetchall()
        best = max((-rank for _, rank in rows), default=1.0) or 1.0
        return [
            (docid, max(0.0, min(1.0, -rank / best)))
            for docid, rank in sorted(rows, key=lambda row: (row[1], -row[0]))
        ]


def _within(plan: Plan, condition: Condition) -> Plan:
    from dataclasses import replace

    return replace(plan, conditions=(*plan.conditions, condition))


def spans_of(text: str) -> tuple[Span, ...]:
    """Spans as the archive stores them."""
    import json

    return tuple(Span(start, end) for start, end in json.loads(text))
