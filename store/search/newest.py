"""The newest hits of a plan, asked for once however many want them: page, count and facets.

A query of rare combinations has to go through all the index to find few hits; what it found is
remembered until the next plan.
"""

from __future__ import annotations

import sqlite3
from array import array
from dataclasses import replace
from typing import NamedTuple

from store.search.names import Condition
from store.search.plan import Plan
from store.search.statement import select

_WINDOW = 4_000
"""Articles that are looked through at first for those without a word; four times as many then."""


class _Known(NamedTuple):
    docids: array[int]
    complete: bool


class Newest:
    """Docids of hits, newest first, of the plan asked for last."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._plan: Plan | None = None
        self._known: dict[str | None, _Known] = {}

    def forget(self) -> None:
        """The library has changed."""
        self._plan = None

    def docids(self, plan: Plan, match: str | None, wanted: int) -> array[int]:
        """The ``wanted`` newest hits of ``match`` under the plan's conditions; -1 for all."""
        known = self._of(plan).get(match)
        if known is None or not (known.complete or 0 <= wanted <= len(known.docids)):
            self.remember(plan, match, self._ask(plan, match, wanted), wanted)
        found = self._of(plan)[match].docids
        return found[:] if wanted < 0 else found[:wanted]

    def remember(self, plan: Plan, match: str | None, docids: array[int], wanted: int) -> None:
        """Take note of the ``wanted`` newest hits, which somebody found on the way."""
        self._of(plan)[match] = _Known(docids, wanted < 0 or len(docids) < wanted)

    def total(self, plan: Plan) -> int | None:
        """How many hits there are, None where that is not known yet."""
        known = self._of(plan).get(plan.match)
        return len(known.docids) if known is not None and known.complete else None

    def _of(self, plan: Plan) -> dict[str | None, _Known]:
        if self._plan != plan:
            self._plan, self._known = plan, {}
        return self._known

    def _ask(self, plan: Plan, match: str | None, wanted: int) -> array[int]:
        if match is None and plan.without is not None:
            return self._lacking(plan, plan.without, wanted)
        sql, parameters = select(plan, match, "{id}", "ORDER BY {id} DESC", wanted)
        return array("q", [docid for (docid,) in self._connection.execute(sql, parameters)])

    def _lacking(self, plan: Plan, without: str, wanted: int) -> array[int]:
        """Articles that do not match ``without``, window by window: listing all that do would take
        as long as the library is large."""
        every = replace(plan, without=None)
        found: array[int] = array("q")
        last, size = 1 << 62, _WINDOW
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
