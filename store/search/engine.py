"""``Searcher``: the one who asks the index. First page at once, the rest when there is time."""

from __future__ import annotations

import json
from array import array
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from store.library import Facet, Hit, Notice, SearchResult, Snippet, Sort, StoredArticle
from store.records import Span
from store.schema import DOCIDS_PER_DAY
from store.search import exact, show
from store.search.asking import Asking
from store.search.lexicon import Lexicon
from store.search.names import Condition, Names, Values
from store.search.newest import Newest
from store.search.plan import Plan, Planner
from store.search.query import parse
from store.search.relevance import FEW, Relevance, is_wide
from store.search.spelling import Spelling
from store.search.statement import select
from store.search.synonyms import Synonyms

if TYPE_CHECKING:
    from store.archive import Archive


MANY = 10_000
"""Hits that are counted at most: all of a million take a third of a second, and nobody reads them."""
SOME = 2_000
"""The same where each hit costs more: under conditions, which are tried on it, or of a short prefix."""
PHRASES = 300
"""The newest articles that are read for a phrase in quotes, to count its hits and for its facets."""


class Searcher:
    """Answers typed queries over one archive. One thread at a time.

    Every method raises ``Interrupted`` after ``archive.interrupt()``, and LibraryError as the
    archive does. ``names`` are asked for people and programs only. The user's own rows of the
    knowledge base are read once, when the searcher is made.
    """

    def __init__(self, archive: Archive, names: Names | None = None) -> None:
        self._archive = archive
        self._connection = Asking(archive)
        self._phrases = exact.Phrases(archive.connection)
        self._lexicon = Lexicon(self._connection)
        self._newest = Newest(self._connection, self._lexicon)
        self._relevance = Relevance(self._connection, self._lexicon, self._newest)
        self._planner = Planner(
            Values(self._connection, names),
            Spelling(self._lexicon),
            Synonyms(archive.kb_rows()),
        )
        self._shown: tuple[Plan, array[int], bool] | None = None
        self._version = -1

    @contextmanager
    def _guard(self) -> Iterator[None]:
        """A step of a question; an interrupt from now on stops it."""
        with self._archive.guard(), self._connection.question():
            yield

    # --- asking ---------------------------------------------------------------------------------

    def prepare(self, text: str, sort: Sort = "relevance") -> Plan:
        """Read a typed query against this library. Never fails on what was typed."""
        with self._guard():
            (version,) = self._connection.execute("PRAGMA data_version").fetchone()
            if version != self._version or not self._archive.read_only:
                self._version = version
                self.forget()
            return self._planner.plan(parse(text), sort)

    def forget(self) -> None:
        """Drop what is remembered of the library; ``prepare`` does so when it has changed."""
        self._lexicon.forget()
        self._newest.forget()
        self._relevance.forget()
        self._phrases.forget()
        self._shown = None

    def first(self, plan: Plan, limit: int) -> array[int]:
        """The docids of the first ``limit`` hits in the plan's order."""
        if plan.empty:
            return self._archive.newest(limit) if plan.sort != "oldest" else self.ids(plan)[:limit]
        with self._guard():
            return self._ordered(plan, limit)

    def ids(self, plan: Plan) -> array[int]:
        """The docids of all hits in the plan's order."""
        if plan.empty:
            return self._archive.all_docids(plan.sort)
        with self._guard():
            return self._ordered(plan, -1)

    def count(self, plan: Plan, cap: int | None = None) -> tuple[int, bool]:
        """How many hits there are, and whether that is all of them (False: there are more).

        Without ``cap`` counting stops at ``MANY`` or ``SOME``. For a phrase in quotes, whose hits
        must be read, only the newest ``PHRASES`` articles that may hold it are.
        """
        if plan.empty:
            total = self._archive.count()
            return (total, True) if cap is None else (min(total, cap), total <= cap)
        with self._guard():
            if plan.phrases:
                found, whole = self._showing(plan)
                total = len(found)
                if not whole or (cap is not None and total > cap):
                    return total if cap is None else min(cap, total), False
            else:
                costly = bool(plan.conditions or plan.without) or is_wide(plan)
                cap = cap or (SOME if costly else MANY)
                total = self._counted(plan, cap + 1, costly=costly)
                if total > cap:
                    return cap, False
            if total < FEW and plan.relaxed:
                total = len(self._ordered(plan, -1))
            return total, True

    def _counted(self, plan: Plan, most: int, *, costly: bool) -> int:
        """Hits, up to ``most``. Where they are costly they are kept, for the facets."""
        known = self._newest.total(plan)
        if known is not None:
            return min(known, most)
        if costly or self._newest.is_rare(plan):
            return len(self._newest.docids(plan, plan.match, most))
        # Those that the facets ask for: often they are all, and a second pass is spared.
        few = len(self._newest.docids(plan, plan.match, min(SOME, most)))
        if few < min(SOME, most):
            return few
        sql, parameters = select(plan, plan.match, "1", "", most)
        (total,) = self._connection.execute(
            f"SELECT count(*) FROM ({sql})",  # noqa: S608 - made by ``select``
            parameters,
        ).fetchone()
        return int(total)

    def _showing(self, plan: Plan) -> tuple[array[int], bool]:
        """Hits of a phrase in quotes among the newest candidates, and whether those are all."""
        if self._shown is None or self._shown[0] != plan:
            unread = replace(plan, phrases=())
            candidates = self._docids(unread, "ORDER BY {id} DESC", PHRASES + 1)
            whole = len(candidates) <= PHRASES
            floor = candidates[-2] if not whole else 0
            newer = Condition("{id} BETWEEN ? AND ?", (floor, 1 << 62))
            found = self._docids(plan, "ORDER BY {id} DESC", -1, newer)
            self._shown = plan, found, whole
        _, found, whole = self._shown
        return found[:], whole

    def facets(self, plan: Plan) -> dict[str, list[Facet]]:
        """Counts by country, source, year, kind of mention and name, over the newest hits."""
        return self.faceted(plan)[0]

    def faceted(self, plan: Plan) -> tuple[dict[str, list[Facet]], int]:
        """The same, and over how many hits they are."""
        from store.search import facets  # brings in the countries

        with self._guard():
            if plan.empty:
                newest = self._archive.newest(facets.NEWEST)
            else:
                if plan.phrases:
                    newest, _ = self._showing(plan)
                else:
                    newest = self._newest.docids(plan, plan.match, facets.NEWEST)
                newest.extend(self._relevance.others(plan, newest, oldest=False))
            return facets.facets(self._connection, newest), len(newest)

    def hits(self, plan: Plan, docids: Sequence[int]) -> list[Hit]:
        """List lines with snippet and score, in the order of ``docids``."""
        scores = self._relevance.scores(plan)
        found: list[Hit] = []
        with self._guard():
            for row in self._archive.rows(docids):
                ref, url, body, boilerplate = self._connection.execute(
                    "SELECT ref, url, body, boilerplate FROM articles WHERE docid = ?", (row.docid,)
                ).fetchone()
                passage = show.snippet(plan, body, _spans(boilerplate))
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
        notices = [*plan.notices, *self.missing(plan)]
        counts: dict[str, list[Facet]] = {}
        if facets:
            counts, counted = self.faceted(plan)
            if counted < total:
                notices.append(Notice("facets-of-newest", (str(counted),)))
        hits = tuple(self.hits(plan, docids))
        return SearchResult(text, hits, total, is_exact, counts, tuple(notices))

    def missing(self, plan: Plan) -> list[Notice]:
        """A notice where articles that miss a word were added."""
        if not plan.relaxed or plan.match is None:
            return []
        with self._guard():
            strict = self._newest.docids(plan, plan.match, FEW)
            if len(strict) < FEW and self._relevance.others(plan, strict, oldest=False):
                return [Notice("some-words-missing", (str(len(strict)),))]
        return []

    # --- order -----------------------------------------------------------------------------------

    def _ordered(self, plan: Plan, limit: int) -> array[int]:
        """Up to ``limit`` docids in the plan's order, -1 for all."""
        if plan.sort == "relevance" and plan.match is not None:
            ranked, floor = self._relevance.ranked(plan)
            shown = ranked if limit < 0 else ranked[:limit]
            found = array("q", [docid for docid, _ in shown])
            if floor and (limit < 0 or limit > len(found)):
                older = Condition("{id} BETWEEN ? AND ?", (-1, floor - 1))
                rest = -1 if limit < 0 else limit - len(found)
                found.extend(self._docids(plan, "ORDER BY {id} DESC", rest, older))
        else:
            oldest = plan.sort == "oldest"
            found = self._oldest(plan) if oldest else self._newest.docids(plan, plan.match, limit)
            if len(found) < FEW and plan.relaxed:
                found.extend(self._relevance.others(plan, found, oldest=oldest))
        return found if limit < 0 else found[:limit]

    def _oldest(self, plan: Plan) -> array[int]:
        found = self._docids(plan, "ORDER BY {id}", -1)
        undated = bisect_left(found, DOCIDS_PER_DAY)
        return found[undated:] + found[:undated]

    def _docids(
        self, plan: Plan, order: str, limit: int, more: Condition | None = None
    ) -> array[int]:
        sql, parameters = select(plan, plan.match, "{id}", order, limit, more)
        return array("q", [row[0] for row in self._connection.execute(sql, parameters)])


def _spans(text: str) -> tuple[Span, ...]:
    """Spans as the archive stores them."""
    return tuple(Span(start, end) for start, end in json.loads(text))
