"""Undo and redo of what the user did on the screen: marks, queries, deletions, notes, names, saved
searches.

Pure bookkeeping: the screen carries a step out, and hands back nothing. Marks themselves live in
the library; the way back lives as long as the screen.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from store.records import KbRow

if TYPE_CHECKING:
    from store.search.saved import SavedSearch

LIMIT = 500
"""Steps kept; beyond it the oldest is forgotten."""


@dataclass(frozen=True, slots=True)
class MarkStep:
    """Articles (ids) whose mark was set, and those whose mark was taken away."""

    on: tuple[int, ...] = ()
    off: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class QueryStep:
    """A change of the query by a filter, a clearing or an opened search (not by each key)."""

    before: str
    after: str
    docid: int | None = None
    """The article that the cursor stood on before."""


@dataclass(frozen=True, slots=True)
class DeleteStep:
    """A batch of deleted articles in the library's trash. It can be undone, not redone."""

    batch: int
    count: int


@dataclass(frozen=True, slots=True)
class NoteStep:
    """A changed note; empty: none."""

    id: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class NameStep:
    """A name of the user's own for an entity: its row before (None: the shipped one) and after."""

    id: str
    before: KbRow | None
    after: KbRow


@dataclass(frozen=True, slots=True)
class SearchStep:
    """A saved search that was kept, renamed or removed: as it was and as it is; None: not there."""

    before: SavedSearch | None
    after: SavedSearch | None


Step = MarkStep | QueryStep | DeleteStep | NoteStep | NameStep | SearchStep


@dataclass(slots=True)
class History:
    """Two stacks of steps."""

    _done: list[Step] = field(default_factory=list)
    _undone: list[Step] = field(default_factory=list)

    def did(self, step: Step) -> None:
        """A new step was carried out: what was undone before can't be redone any more."""
        self._done.append(step)
        del self._done[:-LIMIT]
        self._undone.clear()

    def take(self, way: Literal["undo", "redo"]) -> Step | None:
        """The next step to carry out backwards (undo) or again (redo); None: there is none."""
        source, target = (self._done, self._undone) if way == "undo" else (self._undone, self._done)
        if not source:
            return None
        step = source.pop()
        if not isinstance(step, DeleteStep):
            target.append(step)
        return step
