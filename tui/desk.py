"""The desk between the screen and the store: one connection for each kind of question.

Everything here blocks and is called from worker threads, save ``leave``. Nothing here knows a
widget; answers are records.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from store.archive import Archive
from store.archive.entities import entity_key
from store.errors import BilatError, Interrupted
from store.library import ArticleRow, Facet, ImportRecord, Notice, Sort
from store.records import Span
from tui.answers import Detail, Found, Pulse
from tui.copies import NO_COPIES, Copies, Listing
from tui.entities import at_least, pane_entities
from tui.history import SearchStep
from tui.lane import Lane, WriteLane
from tui.naming import Naming
from tui.renewing import Renewing

if TYPE_CHECKING:
    from store.library import Tell
    from store.match import NameIndex
    from store.publish import Format
    from store.search import Plan, Searcher
    from store.search.saved import SavedSearch

FIRST = 200
"""Articles of the first answer, painted before the rest is known."""

COUNTED_AGAIN = 5
"""How often it is counted what is new to a saved search while searches break that off."""

STATE = "screen"
"""The key of the screen's state in the library."""


class Desk:
    """Asks the store on behalf of the screen."""

    def __init__(self, path: Path, archive: Archive) -> None:
        """``archive`` is an open reader; the desk closes it."""
        self.path = path
        self.search_lane = Lane(path)
        self.rows_lane = Lane(path, archive)
        self.detail_lane = Lane(path)
        self._write_lane = WriteLane(path)
        self.names = Naming(path, self._write_lane)
        self.renewing = Renewing(path)
        self._searcher: tuple[NameIndex | None, Searcher] | None = None
        self._copies: tuple[int, Copies] = (-1, NO_COPIES)

    def close(self) -> None:
        """Break everything off and close every connection."""
        self.renewing.leave()
        for lane in (self.search_lane, self.detail_lane, self.names.lane, self.rows_lane):
            lane.close()
        self._write_lane.close()

    # --- list -----------------------------------------------------------------------------------

    def rows(self, docids: Sequence[int]) -> list[ArticleRow]:
        """What the list shows of these articles; those gone are left out."""
        with self.rows_lane.archive() as archive:
            return archive.rows(docids)

    def pulse(self) -> Pulse:
        """Cheap enough to ask every other second."""
        with self.rows_lane.archive() as archive:
            return Pulse(archive.data_version(), archive.count())

    def state(self) -> dict[str, Any]:
        """What the screen remembered in this library; empty at first."""
        with self.rows_lane.archive() as archive:
            state = archive.state(STATE)
            return dict(state) if isinstance(state, dict) else {}

    def marked(self) -> list[int]:
        """Ids of the marked articles."""
        with self.rows_lane.archive() as archive:
            return archive.marked()

    def marked_docids(self, ids: Iterable[int]) -> array[int]:
        """The docids of marked articles, newest first."""
        with self.rows_lane.archive() as archive:
            return array("q", sorted(archive.docids(sorted(ids)), reverse=True))

    def ids(self, docids: Sequence[int]) -> list[int]:
        """The permanent numbers of these articles, in order."""
        with self.rows_lane.archive() as archive:
            return archive.ids(docids)

    def imports(self) -> Sequence[ImportRecord]:
        """The latest imports, newest first."""
        with self.rows_lane.archive() as archive:
            return archive.imports(limit=200)

    def note(self, docid: int) -> str:
        """The note on an article, empty where there is none. Raises NotFoundError."""
        with self.rows_lane.archive() as archive:
            return archive.by_docid(docid).note or ""

    # --- search ---------------------------------------------------------------------------------

    def _search(self, archive: Archive) -> Searcher:
        from store.search import Searcher

        index = self.names.index
        if self._searcher is None or self._searcher[0] is not index:
            self._searcher = index, Searcher(archive, index)
        return self._searcher[1]

    def first(self, query: str, sort: Sort, *, fold: bool = False) -> Found:
        """The first articles for a query, ready to paint; folded once the copies are known."""
        with self.search_lane.archive() as archive:
            copies = self._copies[1]
            if not query.strip():
                listing = copies.listing(_newest(archive, sort), fold=fold)
                return Found(query, sort, None, listing, archive.rows(listing.shown[:FIRST]))
            from store.search import chips, parse

            searcher = self._search(archive)
            plan = searcher.prepare(query, sort)
            listing = copies.listing(searcher.first(plan, FIRST), fold=fold)
            rows = archive.rows(listing.shown)
            # Plain words stand in the query line already.
            shown = [chip for chip in chips(parse(query)) if chip.kind != "word"]
            return Found(query, sort, plan, listing, rows, shown, plan.notices)

    def rest(self, found: Found, *, fold: bool = False) -> tuple[Listing, Sequence[Notice]]:
        """Every article for the query, in its order; and what only the whole answer tells."""
        notices: Sequence[Notice] = ()
        with self.search_lane.archive() as archive:
            if found.plan is None:
                hits = archive.all_docids(_plain(found.sort))
            else:
                searcher = self._search(archive)
                hits, notices = searcher.ids(found.plan), searcher.missing(found.plan)
            return self._known_copies(archive).listing(hits, fold=fold), notices

    def listing(self, hits: array[int], *, fold: bool) -> Listing:
        """The same hits with their copies folded, or not."""
        with self.search_lane.archive() as archive:
            return self._known_copies(archive).listing(hits, fold=fold)

    def _known_copies(self, archive: Archive) -> Copies:
        """What are copies of one another, read anew where the library has changed."""
        version = archive.data_version()
        if version != self._copies[0]:
            self._copies = version, Copies(archive.copy_groups())
        return self._copies[1]

    def copies_of(self, docid: int) -> array[int]:
        """An article with its copies, newest first. Raises NotFoundError."""
        with self.rows_lane.archive() as archive:
            ids = archive.ids([docid])
            found = [docid, *(archive.copies(ids[0]) if ids else ())]
            return array("q", sorted(found, reverse=True))

    def facets(self, query: str, sort: Sort) -> tuple[dict[str, list[Facet]], int]:
        """Values and counts over the newest hits of a query, and how many these are."""
        with self.search_lane.archive() as archive:
            searcher = self._search(archive)
            return searcher.faceted(searcher.prepare(query, sort))

    # --- one article ----------------------------------------------------------------------------

    def detail(self, docid: int, plan: Plan | None, least: float = 0.0) -> Detail:
        """Everything about one article, without the mentions whose confidence is below ``least``."""
        with self.detail_lane.archive() as archive:
            article = archive.by_docid(docid)
            whole = article.extraction
            if least:
                article = replace(article, extraction=at_least(whole, least))
            unsure = len(whole.mentions) - len(article.extraction.mentions)
            matches: Sequence[Span] = ()
            title_matches: Sequence[Span] = ()
            if plan is not None:
                from store.search.show import highlights

                matches = highlights(plan, article.body)
                title_matches = highlights(plan, article.title)
            entities = pane_entities(article.extraction, entity_key)
            counts = archive.entity_counts([entity.key for entity in entities])
            copies = archive.rows(archive.copies(article.id))
            return Detail(article, matches, title_matches, entities, counts, copies, unsure)

    # --- saved searches -------------------------------------------------------------------------

    def saved_searches(self) -> list[SavedSearch]:
        """Every saved search, by name."""
        from store.search import saved

        with self.rows_lane.archive() as archive:
            return saved.saved(archive)

    def count_new(self, search: SavedSearch) -> tuple[int, bool]:
        """Its articles that came since it was opened, and whether that is all of them.

        A search that breaks the counting off goes first; it is then counted again.
        """
        from store.search import saved

        for _ in range(COUNTED_AGAIN):
            with suppress(Interrupted), self.search_lane.archive() as archive:
                return saved.count_new(self._search(archive), search)
        raise Interrupted("The counting was broken off", str(self.path))

    def save_search(self, name: str, query: str) -> SearchStep:
        """Keep a query under a name."""
        from store.search import saved

        def change(archive: Archive) -> SearchStep:
            before = {search.name: search for search in saved.saved(archive)}
            after = saved.save(archive, name, query)
            return SearchStep(before.get(after.name), after)

        return self._write_lane.change(change)

    def open_search(self, name: str) -> SavedSearch:
        """Note that a saved search is opened: nothing is new to it now."""
        from store.search import saved

        return self._write_lane.change(lambda archive: saved.opened(archive, name))

    def rename_search(self, name: str, new: str) -> SearchStep:
        """Give a saved search another name."""
        from store.search import saved

        def change(archive: Archive) -> SearchStep:
            return SearchStep(saved.find(archive, name), saved.rename(archive, name, new))

        return self._write_lane.change(change)

    def remove_search(self, name: str) -> SearchStep:
        """Forget a saved search."""
        from store.search import saved

        def change(archive: Archive) -> SearchStep:
            before = saved.find(archive, name)
            saved.remove(archive, name)
            return SearchStep(before, None)

        return self._write_lane.change(change)

    def swap_search(self, gone: SavedSearch | None, back: SavedSearch | None) -> None:
        """Undo or redo one of these."""
        from store.search import saved

        self._write_lane.change(lambda archive: saved.swap(archive, gone, back))

    # --- writing --------------------------------------------------------------------------------

    def leave(self) -> None:
        """Break off every question; from now on no write is tried twice."""
        self._write_lane.leave()
        self.renewing.leave()
        for lane in (self.search_lane, self.detail_lane, self.names.lane):
            lane.interrupt()

    def mark(self, on: Sequence[int], off: Sequence[int]) -> None:
        """Set and take marks."""

        def change(archive: Archive) -> None:
            if on:
                archive.mark(list(on), True)
            if off:
                archive.mark(list(off), False)

        self._write_lane.change(change)

    def set_read(self, id: int) -> None:
        """Remember that an article was opened."""
        self._write_lane.change(lambda archive: archive.set_read(id, True))

    def set_note(self, id: int, note: str) -> None:
        """Put a note on an article; an empty one takes it away."""
        self._write_lane.change(lambda archive: archive.set_note(id, note or None))

    def save_state(self, state: dict[str, Any]) -> None:
        self._write_lane.change(lambda archive: archive.set_state(STATE, state))

    def delete(self, ids: Sequence[int], tell: Tell) -> int:
        """Delete articles; the number of the batch, for undoing. ``tell`` hears shares of the work."""
        return self._write_lane.change(lambda archive: archive.delete(list(ids), tell=tell))

    def undo_import(self, import_id: int, tell: Tell) -> int:
        """Take back an import; the number of the batch."""
        return self._write_lane.change(lambda archive: archive.undo_import(import_id, tell=tell))

    def undelete(self, batch: int, tell: Tell) -> list[int]:
        """Bring a batch back; the ids."""
        return self._write_lane.change(lambda archive: archive.undelete(batch, tell=tell))

    def empty_trash(self) -> None:
        """What was deleted in an earlier run is gone now."""
        self._write_lane.change(lambda archive: archive.empty_trash())

    # --- taking along ---------------------------------------------------------------------------

    def export(
        self, ids: Sequence[int], target: Path, *, format: Format, quotes: bool, force: bool
    ) -> Path:
        """Write a note; the same code as the command line's ``export``."""
        from store.publish import publish

        with self.names.lane.archive() as archive:
            return publish(archive, ids, format=format, quotes=quotes, target=target, force=force)


def _plain(sort: Sort) -> Sort:
    """The order of every article: without words there is no relevance."""
    return "oldest" if sort == "oldest" else "newest"


def _newest(archive: Archive, sort: Sort) -> array[int]:
    """The first of all articles."""
    if sort == "oldest":
        return archive.all_docids("oldest")[:FIRST]
    return archive.newest(FIRST)


def in_list_order(listed: array[int], marked: Sequence[int]) -> list[int]:
    """Marked docids in the order of the list; those outside it after, as they come."""
    wanted = set(marked)
    inside = [docid for docid in listed if docid in wanted]
    within = set(inside)
    return inside + [docid for docid in marked if docid not in within]


def open_desk(path: Path) -> tuple[Desk, dict[str, Any]]:
    """Open a library for the screen, and what the screen remembered in it. Raises LibraryError."""
    archive = Archive.open(path, "read")
    try:
        desk = Desk(path, archive)
        return desk, desk.state()
    except BilatError:
        archive.close()
        raise
