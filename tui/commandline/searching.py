"""A searcher for one answer: what a query does not need is not built."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from store.archive import Archive
    from store.search import Searcher


def searcher(archive: Archive) -> Searcher:
    """A searcher over ``archive`` that knows the names of the shipped and the user's own rows."""
    from store.search import Searcher
    from store.search.late import LateNames

    return Searcher(archive, LateNames(archive.kb_rows()))


def all_ids(archive: Archive, query: str) -> list[int]:
    """The ids of every article that ``query`` finds, in the order of the screen's list."""
    search = searcher(archive)
    return archive.ids(search.ids(search.prepare(query)))
