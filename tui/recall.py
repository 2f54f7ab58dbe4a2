"""The queries of before, for the arrow keys in the query line. Pure bookkeeping."""

from __future__ import annotations

from collections.abc import Iterable

LIMIT = 100
"""Queries kept; beyond it the oldest is forgotten."""


class Recall:
    """Queries in the order in which they were last used, each once, and a place among them."""

    __slots__ = ("_at", "_draft", "_queries")

    def __init__(self, queries: Iterable[str] = ()) -> None:
        """``queries``: the oldest first."""
        self._queries: list[str] = []
        for query in queries:
            self.remember(query)
        self._draft = ""
        self._at: int | None = None

    @property
    def queries(self) -> list[str]:
        """What to keep for the next time, the oldest first."""
        return list(self._queries)

    def remember(self, query: str) -> None:
        """A query was used: it is the newest now. Blank ones are none."""
        query = query.strip()
        self._at = None
        if query:
            self._queries = [other for other in self._queries if other != query][1 - LIMIT :]
            self._queries.append(query)

    def older(self, shown: str) -> str | None:
        """The query before the one that is shown; None: there is none. What was typed is kept."""
        at = self._place(shown)
        if at is None:
            self._draft, at = shown, len(self._queries)
        while at > 0:
            at -= 1
            if self._queries[at] != shown.strip():
                self._at = at
                return self._queries[at]
        return None

    def newer(self, shown: str) -> str | None:
        """The query after the one that is shown, at last what was typed; None: nothing was recalled."""
        at = self._place(shown)
        if at is None:
            return None
        self._at = at + 1 if at + 1 < len(self._queries) else None
        return self._draft if self._at is None else self._queries[self._at]

    def _place(self, shown: str) -> int | None:
        """Where the shown query stands; None: it was typed, or a recalled one was changed."""
        at = self._at
        return at if at is not None and self._queries[at] == shown else None
