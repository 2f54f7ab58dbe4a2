"""The newest hits of a plan, asked for once however many want them: page, count and facets.

A query of rare combinations has to go through all the index to find few hits; what it found is
remembered until the next plan.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from dataclasses import dataclass, field, replace
from functools import cached_property
from operator import neg

from store.search.asking import Asking
from store.search.names import Condition
from store.search.plan import Plan
from store.search.statement import select

_WINDOW = 4_000
"""Articles that are looked through at first for those without a word; four times as many then."""
RECENT = 300_000
"""The newest articles, in which hits are looked for first: to go through a million takes too long
for a first page."""
ENOUGH = 50
"""Hits among them that will do for a ranking; older ones follow by date."""
_TOP = 1 << 62
"""Above every docid."""


@dataclass(slots=True)
class _Known:
    """Every hit from docid ``floor`` on."""

    docids: array[int] = field(default_factory=lambda: array("q"))
    floor: int = _TOP

    @property
    def complete(self) -> bool:
        return self.floor <= 0


class Newest:
    """Docids of hits, newest first, of the plan asked for last."""

    def __init__(self, connection: Asking) -> None:
        self._connection = connection
        self._plan: Plan | None = None
        self._known: dict[str | None, _Known] = {}

    def forget(self) -> None:
        """The library has changed."""
        self._plan = None

    def docids(self, plan: Plan, match: str | None, wanted: int) -> array[int]:
        """The ``wanted`` newest hits of ``match`` under the plan's conditions; -1 for all."""
        known = self._of(plan, match)
        if not known.complete and not 0 <= wanted <= len(known.docids):
            self._go_on(plan, match, known, 0, wanted)
        return known.docids[:] if wanted < 0 else known.docids[:wanted]

    def some(self, plan: Plan, match: str, wanted: int) -> array[int]:
        """As ``docids``, but ``ENOUGH`` will do where they are among the newest articles."""
        known = self._of(plan, match)
        if known.floor > self._recent and len(known.docids) < wanted:
            self._go_on(plan, match, known, self._recent, wanted)
        among = bisect_right(known.docids, -self._recent, key=neg)
        return self.docids(plan, match, min(among, wanted) if among >= ENOUGH else wanted)

    def remember(self, plan: Plan, match: str | None, docids: array[int], wanted: int) -> None:
        """Take note of the ``wanted`` newest hits, which somebody found on the way."""
        known = self._of(plan, match)
        known.docids, known.floor = docids, docids[-1] if len(docids) >= wanted else 0

    def total(self, plan: Plan) -> int | None:
        """How many hits there are, None where that is not known yet."""
        known = self._of(plan, plan.match)
        return len(known.docids) if known.complete else None

    def is_rare(self, plan: Plan) -> bool:
        """Whether few of the newest articles were hits, so that counting is finding them."""
        known = self._of(plan, plan.match)
        return known.floor == self._recent

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

    def _go_on(self, plan: Plan, match: str | None, known: _Known, floor: int, wanted: int) -> None:
        """Look for older hits than those known, down to ``floor``, until there are ``wanted``."""
        rest = -1 if wanted < 0 else wanted - len(known.docids)
        if match is None and plan.without is not None:
            found = self._lacking(plan, plan.without, known.floor - 1, rest)
        else:
            whole = floor <= 0 and known.floor == _TOP
            # One that is not needed would keep SQLite from using a range of the query's own.
            older = None if whole else Condition("{id} BETWEEN ? AND ?", (floor, known.floor - 1))
            sql, parameters = select(plan, match, "{id}", "ORDER BY {id} DESC", rest, older)
            found = array("q", [docid for (docid,) in self._connection.execute(sql, parameters)])
        known.docids.extend(found)
        known.floor = found[-1] if rest >= 0 and len(found) >= rest and found else floor

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
