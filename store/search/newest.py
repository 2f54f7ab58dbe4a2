"""The newest hits of a plan, asked for once however many want them: page, count and facets.

A query of rare combinations has to go through all the index to find few hits; what it found is
remembered until the next plan. Such a pass is never cut into stretches of docids: the index ends a
stretch only at the next hit, which may be at its other end.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from store.search.asking import Asking
from store.search.lexicon import Lexicon
from store.search.names import Condition
from store.search.plan import Plan
from store.search.statement import select

_WINDOW = 4_000
"""Articles that are looked through at first for those without a word; four times as many then."""
RECENT = 300_000
"""The newest articles: hits that lie further back are not waited for."""
ENOUGH = 50
"""Hits that will do for a ranking where the next ones lie further back; they follow by date."""
_SHORT = 1_000
"""Articles of a filter up to which each may be looked up in the index (some 14 µs)."""
_COMMON = 150
"""Hits of a word for each such article from which that is quicker than to go through them (0.13 µs)."""
_WORD = re.compile('"([^" ]+)"')
_TOP = 1 << 62
"""Above every docid."""


@dataclass(slots=True)
class _Known:
    """Every hit from docid ``floor`` on. ``rare``: more were wanted than the newest articles have."""

    docids: array[int] = field(default_factory=lambda: array("q"))
    floor: int = _TOP
    rare: bool = False

    @property
    def complete(self) -> bool:
        return self.floor <= 0


class Newest:
    """Docids of hits, newest first, of the plan asked for last."""

    def __init__(self, connection: Asking, lexicon: Lexicon) -> None:
        self._connection = connection
        self._lexicon = lexicon
        self._plan: Plan | None = None
        self._known: dict[str | None, _Known] = {}

    def forget(self) -> None:
        """The library has changed."""
        self._plan = None

    def docids(self, plan: Plan, match: str | None, wanted: int) -> array[int]:
        """The ``wanted`` newest hits of ``match`` under the plan's conditions; -1 for all."""
        known = self._of(plan, match)
        if not known.complete and not 0 <= wanted <= len(known.docids):
            self._go_on(plan, match, known, wanted, _TOP)
        return known.docids[:] if wanted < 0 else known.docids[:wanted]

    def some(self, plan: Plan, match: str, wanted: int) -> array[int]:
        """As ``docids``, but ``ENOUGH`` will do where the others are not among the newest articles."""
        known = self._of(plan, match)
        if not (known.complete or known.rare) and len(known.docids) < wanted:
            self._go_on(plan, match, known, wanted, ENOUGH)
        return known.docids[:wanted]

    def remember(self, plan: Plan, match: str | None, docids: array[int], wanted: int) -> None:
        """Take note of the ``wanted`` newest hits, which somebody found on the way."""
        known = self._of(plan, match)
        known.docids, known.floor = docids, docids[-1] if len(docids) >= wanted else 0
        known.rare = False

    def total(self, plan: Plan) -> int | None:
        """How many hits there are, None where that is not known yet."""
        known = self._of(plan, plan.match)
        return len(known.docids) if known.complete else None

    def is_rare(self, plan: Plan) -> bool:
        """Whether few of the newest articles were hits, so that counting is finding them."""
        return self._of(plan, plan.match).rare

    @cached_property
    def _recent(self) -> int:
        """The docid from which articles are the newest. Never asked again: it may be a little off."""
        row = self._connection.execute(
            "SELECT docid FROM articles ORDER BY docid DESC LIMIT 1 OFFSET ?", (RECENT,)
        ).fetchone()
        return int(row[0]) if row else 0

    def _of(self, plan: Plan, match: str | None) -> _Known:
        if self._plan != plan:
            self._plan, self._known = plan, {}
        return self._known.setdefault(match, _Known())

    def _go_on(
        self, plan: Plan, match: str | None, known: _Known, wanted: int, enough: int
    ) -> None:
        """Look for older hits than those known until there are ``wanted``, or ``enough`` newest."""
        known.rare = False
        rest = -1 if wanted < 0 else wanted - len(known.docids)
        if match is None and plan.without is not None:
            found = self._lacking(plan, plan.without, known.floor - 1, rest)
        else:
            # One that is not needed would keep SQLite from using a range of the query's own.
            whole = known.floor == _TOP
            older = None if whole else Condition("{id} BETWEEN ? AND ?", (0, known.floor - 1))
            walked = self._walked(plan, match)
            sql, parameters = select(plan, match, "{id}", "ORDER BY {id} DESC", rest, older, walked)
            found = array("q")
            cursor = self._connection.execute(sql, parameters)
            if enough == _TOP:
                found.extend(docid for (docid,) in cursor)
            else:
                known.rare = self._newest_of(cursor, found, enough - len(known.docids))
        known.docids.extend(found)
        known.floor = found[-1] if known.rare or len(found) == rest else 0

    def _walked(self, plan: Plan, match: str | None) -> Condition | None:
        """A condition whose articles are few beside the hits of one word, which are not gone through.

        Of several words the index would look for the next article that has all of them each time.
        """
        word = _WORD.fullmatch(match or "")
        listed = [c for c in plan.conditions if c.size is not None and c.size <= _SHORT]
        if word is None or not listed:
            return None
        shortest = min(listed, key=lambda condition: condition.size or 0)
        enough = _COMMON * (shortest.size or 0)
        return shortest if self._lexicon.is_likely(word[1], enough) else None

    def _newest_of(self, cursor: Iterator[tuple[int]], found: array[int], enough: int) -> bool:
        """Take hits until those behind ``enough`` are no longer among the newest; whether they are."""
        for (docid,) in cursor:
            found.append(docid)
            if len(found) >= enough and docid < self._recent:
                return True
        return False

    def _lacking(self, plan: Plan, without: str, last: int, wanted: int) -> array[int]:
        """Articles that do not match ``without``, window by window: listing all that do would take
        as long as the library is large."""
        every = replace(plan, without=None)
        found: array[int] = array("q")
        size = _WINDOW
        while wanted < 0 or len(found) < wanted:
            (first,) = self._connection.execute(
                "SELECT min(docid) FROM"
                " (SELECT docid FROM articles WHERE docid <= ? ORDER BY docid DESC LIMIT ?)",
                (last, size),
            ).fetchone()
            if first is None:
                break
            lacks = Condition(
                "{id} BETWEEN ? AND ? AND {id} NOT IN"
                " (SELECT rowid FROM docs WHERE docs MATCH ? AND rowid BETWEEN ? AND ?)",
                (first, last, without, first, last),
            )
            rest = -1 if wanted < 0 else wanted - len(found)
            sql, parameters = select(every, None, "{id}", "ORDER BY {id} DESC", rest, lacks)
            found.extend(docid for (docid,) in self._connection.execute(sql, parameters))
            last, size = first - 1, size * 4
        return found
