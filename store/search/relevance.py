"""Hits by relevance: the newest by bm25, the best of them read and weighed again."""

from __future__ import annotations

import json
import re
from array import array

from store.normalise import sifted_each
from store.search import rank
from store.search.asking import Asking
from store.search.lexicon import COUNTED, Lexicon
from store.search.newest import Newest
from store.search.plan import Plan
from store.search.rank import Document
from store.search.statement import select
from store.search.units import Unit

RANKED = 2_000
"""The newest hits that are ordered by relevance; older ones follow by date."""
SOME_RANKED = 500
"""The same where finding a hit costs more: under conditions, or of a short prefix."""
PHRASE_RANKED = 60
"""The same where each hit has to be read for a phrase in quotes (some 100 µs each)."""
FEW = 10
"""With fewer hits than this, articles that miss a word follow."""
MORE = 100
"""Articles that follow so at most."""
_READ = 16
"""Hits of each rank that are read and weighed again."""
_READ_COMMON = 8
"""The same where all words are so common that the newest hits are as good as any."""
_TITLES = 60
"""The newest hits of common words among which titles are looked through."""
_DATED = 60
"""Hits of common words that are looked for at first, where most of the order is that of dates."""
_PHRASES = 30
"""With more forms than this (a short prefix) bm25 costs much and says nothing: newest first."""
_REMEMBERED = 400
"""Documents that are kept at most."""
_QUOTED = re.compile('"([^"]+)"')
_LARGE = 50_000
"""Articles up to which every word is soon counted."""
_NOTHING = rank.document("", "", frozenset())
_EXACT = 0.25
"""What the word as it was meant, in the title, adds to a score of 1; half of it in the body."""
_MISSING = 0.5
"""Of its score an article keeps for each word that it misses."""

Ranked = list[tuple[int, float]]


class Relevance:
    """Ranks the hits of plans over one library, remembering the last plan and articles read."""

    def __init__(self, connection: Asking, lexicon: Lexicon, newest: Newest) -> None:
        self._connection = connection
        self._lexicon = lexicon
        self._newest = newest
        self._documents: dict[int, Document] = {}
        self._wanted: frozenset[str] = frozenset()
        self._last: tuple[Plan, Ranked] | None = None
        self._floor = 0

    def forget(self) -> None:
        """The library has changed."""
        self._documents.clear()
        self._last = None

    def scores(self, plan: Plan) -> dict[int, float]:
        """Scores of the hits of the plan ranked last, empty if that was another one."""
        return dict(self._last[1]) if self._last and self._last[0] is plan else {}

    def ranked(self, plan: Plan) -> tuple[Ranked, int]:
        """Docids with scores, best first: hits with every word, then such as miss some.

        With it, the docid below which there may be more hits with every word, 0 where there is none.
        """
        if self._last is not None and self._last[0] is plan:
            return self._last[1], self._floor
        assert plan.match is not None
        wanted = min(depth(plan), _DATED) if plan.units else depth(plan)
        found = self._scored(plan, plan.match, plan.units, wanted)
        whole = self._newest.total(plan) == len(found)
        self._floor = 0 if whole else min(found)[0]
        have = {docid for docid, _ in found} if len(found) < FEW else set()
        keep = 1.0
        for expression in plan.relaxed:
            if len(found) >= FEW:
                break
            keep *= _MISSING
            scored = self._scored(plan, expression, plan.parts, MORE + len(have))
            rest = [item for item in scored if item[0] not in have]
            found += [(docid, score * keep) for docid, score in rest[:MORE]]
            have.update(docid for docid, _ in rest)
        self._last = (plan, found)
        return found, self._floor

    def _scored(self, plan: Plan, match: str, units: tuple[Unit, ...], wanted: int) -> Ranked:
        """At least the ``wanted`` newest hits, the best of them first."""
        read = _READ
        if not units or match.count('"') > 2 * _PHRASES or self._is_common(units):
            read = _READ_COMMON
            ranked = self._by_title(plan, match, units, wanted)
            if not units and 1 < len(ranked) < depth(plan) and not self._is_costly(match):
                ranked = self._by_index(plan, match)
        else:
            ranked = self._by_index(plan, match)
        if len(ranked) < 2 or not units:
            return ranked
        if len(units) == 1 and len(units[0].options) == 1:
            return self._exact_first(ranked, units[0])
        weights = self._weights(units)
        self._read([docid for docid, _ in ranked[:read]], _forms(plan.parts))
        again = sorted(
            (
                (rank.score(self._documents.get(d, _NOTHING), units, weights), d)
                for d, _ in ranked[:read]
            ),
            reverse=True,
        )
        last = again[-1][0]
        return [(docid, score) for score, docid in again] + [
            (docid, score * last) for docid, score in ranked[read:]
        ]

    def _exact_first(self, ranked: Ranked, unit: Unit) -> Ranked:
        """The best hits of one plain word, those that show it as it was meant before other forms."""
        best = ranked[:_READ]
        worth = {
            docid: rank.exactness(unit, title, body)
            for docid, title, body in self._articles([docid for docid, _ in best])
        }
        best = [
            (docid, (score + _EXACT * worth.get(docid, 0.0)) / (1.0 + _EXACT))
            for docid, score in best
        ]
        best.sort(key=lambda item: -item[1])
        last = best[-1][1]
        return [*best, *((docid, score * last) for docid, score in ranked[_READ:])]

    def _by_index(self, plan: Plan, match: str) -> Ranked:
        """The newest hits by bm25."""
        sql, parameters = select(plan, match, "rank, -{id}", "ORDER BY {id} DESC", depth(plan))
        rows = self._connection.execute(sql, parameters).fetchall()
        self._newest.remember(plan, match, array("q", [-row[1] for row in rows]), depth(plan))
        rows.sort()
        best = (rows[0][0] if rows else 0.0) or -1.0
        return [(-docid, value / best) for value, docid in rows]

    def _by_title(self, plan: Plan, match: str, units: tuple[Unit, ...], limit: int) -> Ranked:
        """The newest hits, those first that have everything in the title."""
        found = self._newest.some(plan, match, limit).tolist()
        titled = self._titled(found[:_TITLES], units) if units else []
        first = set(titled)
        rest = [(docid, 0.5) for docid in found if docid not in first]
        return [*((docid, 1.0) for docid in titled), *rest]

    def _titled(self, docids: list[int], units: tuple[Unit, ...]) -> list[int]:
        """Those of ``docids`` whose title holds every unit.

        The index cannot be asked: over common words it looks through all of the library's titles.
        """
        titles = self._connection.execute(
            "SELECT docid, title FROM json_each(?) hit JOIN articles ON docid = hit.value",
            (json.dumps(docids),),
        ).fetchall()
        read = sifted_each([title for _, title in titles], _forms(units))
        forms = zip(titles, read, strict=True)
        shown = {docid for (docid, _), found in forms if _holds(f" {found} ", units)}
        return [docid for docid in docids if docid in shown]

    def _is_common(self, units: tuple[Unit, ...]) -> bool:
        """Whether bm25 would have to count too many articles, and hardly tell them apart."""
        return any(self._lexicon.bound(unit.options) >= COUNTED for unit in units)

    def _is_costly(self, match: str) -> bool:
        """The same for any FTS5 expression"""
        forms = {form for quoted in _QUOTED.findall(match) for form in quoted.split()}
        large = self._lexicon.total > _LARGE
        return large and any(self._lexicon.count(form) >= COUNTED for form in forms)

    def _weights(self, units: tuple[Unit, ...]) -> list[float]:
        total = max(1, self._lexicon.total)
        return [rank.weight(self._lexicon.bound(unit.options), total) for unit in units]

    def _read(self, docids: list[int], wanted: frozenset[str]) -> None:
        """Have the documents of ``docids`` at hand, read for the forms ``wanted``."""
        if len(self._documents) > _REMEMBERED or wanted != self._wanted:
            self._documents.clear()
            self._wanted = wanted
        missing = [docid for docid in docids if docid not in self._documents]
        for docid, title, body in self._articles(missing):
            self._connection.check()
            self._documents[docid] = rank.document(title, body, wanted)

    def _articles(self, docids: list[int]) -> list[tuple[int, str, str]]:
        """Docid, title and body of each article."""
        return self._connection.execute(
            "SELECT docid, title, body FROM json_each(?) hit CROSS JOIN articles"
            " ON docid = hit.value",
            (json.dumps(docids),),
        ).fetchall()

    def others(self, plan: Plan, strict: array[int], oldest: bool) -> array[int]:
        """Articles that miss a word, by date, without those of ``strict``."""
        found = array("q")
        have = set(strict)
        for expression in plan.relaxed:
            if len(have) >= FEW:
                break
            wanted = MORE + len(have)
            if oldest:
                sql, parameters = select(plan, expression, "{id}", "ORDER BY {id}", wanted)
                more = [docid for (docid,) in self._connection.execute(sql, parameters)]
            else:
                more = self._newest.docids(plan, expression, wanted).tolist()
            rest = [docid for docid in more if docid not in have]
            found.extend(rest[:MORE])
            have.update(rest)
        return found


def depth(plan: Plan) -> int:
    """How many of the newest hits of this plan are ordered by relevance."""
    if plan.phrases:
        return PHRASE_RANKED
    return SOME_RANKED if plan.conditions or is_wide(plan) else RANKED


def is_wide(plan: Plan) -> bool:
    """Whether a plan asks for so many forms that each hit costs."""
    return plan.match is not None and plan.match.count('"') > 2 * _PHRASES


def _forms(units: tuple[Unit, ...]) -> frozenset[str]:
    """Every form that one of the units may be said with."""
    return frozenset(f for u in units for option in u.options for seq in option for f in seq)


def _holds(forms: str, units: tuple[Unit, ...]) -> bool:
    """Whether forms joined by blanks, with one at either end, show every unit."""
    return all(
        any(all(f" {' '.join(wanted)} " in forms for wanted in option) for option in unit.options)
        for unit in units
    )
