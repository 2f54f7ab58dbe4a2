"""A searcher for one answer: what a query does not need is not built.

Most queries name no person and no program; the index of names, dearer than the search itself, waits
for one that does.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.archive import Archive
    from store.match import NameIndex
    from store.records import KbRow, Resolution
    from store.search import Searcher


class LateNames:
    """The names of the shipped and the user's ``own`` rows, indexed when one is looked for."""

    def __init__(self, own: Sequence[KbRow]) -> None:
        self._own = own

    @cached_property
    def _index(self) -> NameIndex:
        from store.kb import KnowledgeBase
        from store.match import NameIndex

        return NameIndex.from_rows(KnowledgeBase.shipped().with_user(self._own).rows)

    def resolve(
        self, text: str, *, kind: Literal["minister", "program"] | None = None
    ) -> Resolution:
        return self._index.resolve(text, kind=kind)


def searcher(archive: Archive) -> Searcher:
    """A searcher over ``archive`` that knows the names of the shipped and the user's own rows."""
    from store.search import Searcher

    return Searcher(archive, LateNames(archive.kb_rows()))


def all_ids(archive: Archive, query: str) -> list[int]:
    """The ids of every article that ``query`` finds, in the order of the screen's list."""
    search = searcher(archive)
    return archive.ids(search.ids(search.prepare(query)))
