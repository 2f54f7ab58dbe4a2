"""Saved searches: a query under a name, and how many articles are new to it.

They live in the state of the library, for the screen and the command line alike. *New* are hits
that came into the library after the search was saved or last opened: ids only ever grow.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from store.errors import InputError, NotFoundError
from store.search.names import Condition

if TYPE_CHECKING:
    from store.archive import Archive
    from store.search.engine import Searcher

_STATE = "searches"
"""The key of the saved searches in the library's state."""

MOST_NEW = 1_000
"""New articles that are counted at most."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query with a name."""

    name: str
    query: str
    seen: int
    """The highest id of an article in the library when the search was saved or last opened."""


def saved(archive: Archive) -> list[SavedSearch]:
    """Every saved search, by name."""
    stored = archive.state(_STATE)
    if not isinstance(stored, list):
        return []
    return [SavedSearch(str(s["name"]), str(s["query"]), int(s["seen"])) for s in stored]


def find(archive: Archive, name: str) -> SavedSearch:
    """The search of that name. Raises NotFoundError."""
    for search in saved(archive):
        if search.name == name:
            return search
    raise NotFoundError(
        "There is no saved search of that name", name, "Look at the list of saved searches"
    )


def save(archive: Archive, name: str, query: str) -> SavedSearch:
    """Keep a query under a name, replacing the one of that name; all there is now counts as seen.

    Raises InputError where name or query is blank.
    """
    name, query = " ".join(name.split()), query.strip()
    if not name or not query:
        raise InputError("A saved search needs a name and a query", "", "Give both")
    search = SavedSearch(name, query, _newest_id(archive))
    _put(archive, [s for s in saved(archive) if s.name != name] + [search])
    return search


def rename(archive: Archive, name: str, new: str) -> SavedSearch:
    """Give a search another name. Raises NotFoundError; InputError where the name is blank or taken."""
    search, new = find(archive, name), " ".join(new.split())
    others = [s for s in saved(archive) if s.name != name]
    if not new or any(s.name == new for s in others):
        why = "There is a saved search of that name already" if new else "The new name is empty"
        raise InputError(why, new, "Choose another name")
    search = replace(search, name=new)
    _put(archive, [*others, search])
    return search


def remove(archive: Archive, name: str) -> None:
    """Forget a search. Raises NotFoundError."""
    find(archive, name)
    _put(archive, [s for s in saved(archive) if s.name != name])


def swap(archive: Archive, gone: SavedSearch | None, back: SavedSearch | None) -> None:
    """Put ``back`` as it is in the place of ``gone``, each by its name; None: nothing is."""
    names = {search.name for search in (gone, back) if search is not None}
    kept = [search for search in saved(archive) if search.name not in names]
    _put(archive, kept if back is None else [*kept, back])


def opened(archive: Archive, name: str) -> SavedSearch:
    """Note that a search was opened: all there is now counts as seen. Raises NotFoundError."""
    search = find(archive, name)
    return save(archive, search.name, search.query)


def count_new(searcher: Searcher, search: SavedSearch) -> tuple[int, bool]:
    """How many hits are new, and whether that is all of them (False: ``MOST_NEW`` was reached).

    Articles that miss a word of the query are not counted, though a poor list shows them.
    """
    plan = searcher.prepare(search.query)
    new = Condition("{id} IN (SELECT docid FROM articles WHERE id > ?)", (search.seen,))
    return searcher.count(
        replace(plan, conditions=(*plan.conditions, new), relaxed=()), cap=MOST_NEW
    )


def _newest_id(archive: Archive) -> int:
    with archive.guard():
        (newest,) = archive.connection.execute("SELECT max(id) FROM articles").fetchone()
    return newest or 0


def _put(archive: Archive, searches: list[SavedSearch]) -> None:
    by_name = sorted(searches, key=lambda search: search.name.casefold())
    archive.set_state(_STATE, [asdict(search) for search in by_name])
