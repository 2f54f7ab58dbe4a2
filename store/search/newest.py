"""The newest hits of a plan, asked for once however many want them: page, count and facets.

Hits are looked for among the newest articles first, then in longer stretches, since a query of rare
combinations has to go through all the index to find few of them. What was found is remembered until
the next plan.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field, replace
from functools import cached_property

from store.search.asking import Asking
from store.search.names import Condition
from store.search.plan import Plan
from store.search.statement import select

_WINDOW = 4_000
"""Articles that are looked through at first for those without a word; four times as many then."""
STRETCHES = (50_000, 300_000)
"""So many of the newest articles are looked through first, then so many, then all: a million take too
long for a first page."""
ENOUGH = 50
"""Hits in such a stretch that will do for a ranking; older ones follow by date."""
_TOP = 1 << 62
"""Above every docid."""


@dataclass(slots=True)
class _Known:
    """Every hit from docid ``floor`` on. ``sparse``: fewer than were looked for in that stretch."""

    docids: array[int] = field(default_factory=lambda: array("q"))
    floor: int = _TOP
    sparse: bool = False

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
        return self._found(plan, match, wanted, _TOP)

    def some(self, plan: Plan, match: str, wanted: int) -> array[int]:
        """As ``docids``, but ``ENOUGH`` will do where the newest articles hold as many."""
        return self._found(plan, match, wanted, ENOUGH)

    def _found(self, plan: Plan, match: str | None, wanted: int, enough: int) -> array[int]:
        known = self._of(plan, match)
        while not known.complete and not 0 <= wanted <= len(known.docids):
            if known.sparse and len(known.docids) >= enough:
                break
            floor = 0
            if wanted >= 0 and match is not None and not (plan.phrases or plan.has_period):
                floor = next((f for f in self._floors if f < known.floor), 0)
            self._go_on(plan, match, known, floor, wanted)
        return known.docids[:] if wanted < 0 else known.docids[:wanted]

    def remember(self, plan: Plan, match: str | None, docids: array[int], wanted: int) -> None:
        """Take note of the ``wanted`` newest hits, which somebody found on the way."""
        known = self._of(plan, match)
        known.docids, known.floor = docids, docids[-1] if len(docids) >= wanted else 0
        known.sparse = False

    def total(self, plan: Plan) -> int | None:
        """How many hits there are, None where that is not known yet."""
        known = self._of(plan, plan.match)
        return len(known.docids) if known.complete else None

    def is_rare(self, plan: Plan) -> bool:
        """Whether few of the newest articles were hits, so that counting is finding them."""
        return self._of(plan, plan.match).sparse

    @cached_property
    def _floors(self) -> list[int]:
        """The docid at which each stretch ends. Never asked again: they may be a little off."""
        floors = []
        for articles in STRETCHES:
            row = self._connection.execute(
                "SELECT docid FROM articles ORDER BY docid DESC LIMIT 1 OFFSET ?", (articles,)
            ).fetchone()
            if row is None:
                break
            floors.append(int(row[0]))
        return floors

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
            # The index is read a third faster forwards; where hits are few, all may be listed.
            order, rest = ("", -1) if known.sparse else (" DESC", rest)
            sql, parameters = select(plan, match, "{id}", f"ORDER BY {{id}}{order}", rest, older)
            found = array("q", [docid for (docid,) in self._connection.execute(sql, parameters)])
            if known.sparse:
                found.reverse()
        known.docids.extend(found)
        known.sparse = not 0 <= rest <= len(found)
        known.floor = floor if known.sparse or not found else found[-1]

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
