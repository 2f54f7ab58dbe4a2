"""The desk between the screen and the store: one connection for each kind of question.

Everything here blocks and is called from worker threads, save ``leave``. Nothing here knows a
widget; answers are records.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from store.archive import Archive
from store.archive.entities import entity_key
from store.errors import BilatError, NotFoundError
from store.records import (
    ArticleRow,
    Candidate,
    Facet,
    ImportRecord,
    KbRow,
    MentionType,
    Resolution,
    Sort,
    Span,
)
from tui.answers import Detail, Found, OwnName, Pulse
from tui.entities import Counts, pane_entities
from tui.lane import Lane, WriteLane

if TYPE_CHECKING:
    from store.match import NameIndex
    from store.publish import Format
    from store.search import Plan, Searcher

FIRST = 200
"""Articles of the first answer, painted before the rest is known."""

STATE = "screen"
"""The key of the screen's state in the library."""

Kind = Literal["minister", "program"]


class Desk:
    """Asks the store on behalf of the screen."""

    def __init__(self, path: Path, archive: Archive) -> None:
        """``archive`` is an open reader; the desk closes it."""
        self.path = path
        self.search_lane = Lane(path)
        self.rows_lane = Lane(path, archive)
        self.detail_lane = Lane(path)
        self.names_lane = Lane(path)
        self._write_lane = WriteLane(path)
        self._names: NameIndex | None = None
        self._own_rows: Sequence[KbRow] = ()
        self._searcher: Searcher | None = None
        self._detail_searcher: Searcher | None = None

    def close(self) -> None:
        """Break everything off and close every connection."""
        for lane in (self.search_lane, self.detail_lane, self.names_lane, self.rows_lane):
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

    def load_names(self) -> None:
        """Build the index of names; searches before that know no fuzzy names."""
        from store.kb import KnowledgeBase
        from store.match import NameIndex

        with self.names_lane.archive() as archive:
            own = archive.kb_rows()
        names = NameIndex.from_rows(KnowledgeBase.shipped().with_user(own).rows)
        # The tables of completion are made when first asked: now, not behind the first key.
        names.suggest("a", limit=1)
        self._names, self._own_rows = names, own
        self._searcher = self._detail_searcher = None

    def own_names_changed(self) -> bool:
        """Whether another program changed the user's own names; if so they are loaded anew."""
        if self._names is None:
            return False
        with self.names_lane.archive() as archive:
            same = archive.kb_rows() == self._own_rows
        if not same:
            self.load_names()
        return not same

    @property
    def names_ready(self) -> bool:
        return self._names is not None

    def _search(self, archive: Archive) -> Searcher:
        from store.search import Searcher

        if self._searcher is None:
            self._searcher = Searcher(archive, self._names)
        return self._searcher

    def first(self, query: str, sort: Sort) -> Found:
        """The first articles for a query, ready to paint."""
        with self.search_lane.archive() as archive:
            if not query.strip():
                docids = _newest(archive, sort)
                rows = archive.rows(docids[:FIRST])
                return Found(query, sort, None, docids, rows, (), ())
            from store.search import chips, parse

            searcher = self._search(archive)
            plan = searcher.prepare(query, sort)
            docids = searcher.first(plan, FIRST)
            rows = archive.rows(docids)
            # Plain words stand in the query line already.
            shown = [chip for chip in chips(parse(query)) if chip.kind != "word"]
            return Found(query, sort, plan, docids, rows, shown, plan.notices)

    def rest(self, found: Found) -> array[int]:
        """Every article for the query, in its order."""
        with self.search_lane.archive() as archive:
            if found.plan is None:
                return archive.all_docids(_plain(found.sort))
            return self._search(archive).ids(found.plan)

    def facets(self, query: str, sort: Sort) -> dict[str, list[Facet]]:
        """Values and counts over the hits of a query."""
        with self.search_lane.archive() as archive:
            searcher = self._search(archive)
            return dict(searcher.facets(searcher.prepare(query, sort)))

    # --- one article ----------------------------------------------------------------------------

    def detail(self, docid: int, plan: Plan | None) -> Detail:
        """Everything about one article."""
        with self.detail_lane.archive() as archive:
            article = archive.by_docid(docid)
            matches: Sequence[Span] = ()
            title_matches: Sequence[Span] = ()
            if plan is not None:
                from store.search import Searcher

                if self._detail_searcher is None:
                    self._detail_searcher = Searcher(archive, self._names)
                matches = self._detail_searcher.highlights(plan, article.body)
                title_matches = self._detail_searcher.highlights(plan, article.title)
            entities = pane_entities(article.extraction, entity_key)
            counts = archive.entity_counts([entity.key for entity in entities])
            return Detail(article, matches, title_matches, entities, counts)

    # --- names ----------------------------------------------------------------------------------

    def suggest(self, typed: str, kind: Kind, limit: int) -> tuple[Resolution, Counts]:
        """Candidates for what was typed so far, and how often each is in the library.

        The names of the knowledge base first, completed or misspelt; then names that only the
        library knows.
        """
        if self._names is None:
            self.load_names()
        assert self._names is not None
        from store.match import find

        found = find(self._names, typed, kind=kind, limit=limit)
        with self.names_lane.archive() as archive:
            counts = archive.entity_counts([candidate.id for candidate in found.candidates])
            others = self._library_names(archive, typed, kind, limit - len(found.candidates))
        counts.update(others[1])
        candidates = (*found.candidates, *others[0])
        status = found.status if found.candidates or not others[0] else "ambiguous"
        return Resolution(typed, status, candidates), counts

    def frequent(self, kind: Kind, limit: int) -> tuple[Resolution, Counts]:
        """Before anything is typed: the most frequent of that kind in the library."""
        with self.names_lane.archive() as archive:
            candidates, counts = self._library_names(archive, "", kind, limit, linked=True)
        return Resolution("", "ambiguous", candidates), counts

    @staticmethod
    def _library_names(
        archive: Archive, prefix: str, kind: Kind, limit: int, *, linked: bool = False
    ) -> tuple[tuple[Candidate, ...], dict[str, tuple[int, int]]]:
        """Entities of the library by a word of their name, as candidates without a score."""
        type_ = MentionType.PERSON if kind == "minister" else MentionType.AGREEMENT
        found = [
            entity
            for entity in archive.entities(prefix, type=type_, limit=max(0, limit))
            if linked or entity.entity is None
        ]
        candidates = tuple(
            Candidate(entity.key, kind, entity.name, entity.name, 0.0, country=entity.country)
            for entity in found
        )
        return candidates, {entity.key: (entity.articles, entity.mentions) for entity in found}

    # --- writing --------------------------------------------------------------------------------

    def leave(self) -> None:
        """Break off every question; from now on no write is tried twice."""
        self._write_lane.leave()
        for lane in (self.search_lane, self.detail_lane, self.names_lane):
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

    def delete(self, ids: Sequence[int]) -> int:
        """Delete articles; the number of the batch, for undoing."""
        return self._write_lane.change(lambda archive: archive.delete(list(ids)))

    def undo_import(self, import_id: int) -> int:
        """Take back an import; the number of the batch."""
        return self._write_lane.change(lambda archive: archive.undo_import(import_id))

    def undelete(self, batch: int) -> list[int]:
        """Bring a batch back; the ids."""
        return self._write_lane.change(lambda archive: archive.undelete(batch))

    def empty_trash(self) -> None:
        """What was deleted in an earlier run is gone now."""
        self._write_lane.change(lambda archive: archive.empty_trash())

    def add_alias(self, id: str, alias: str) -> OwnName:
        """Save another name of an entity of the knowledge base as the user's own.

        The whole row becomes the user's, so that it stays as it is when the shipped one changes.
        Raises NotFoundError where the knowledge base has no such entity.
        """
        from store.kb import KnowledgeBase

        def change(archive: Archive) -> OwnName:
            own = {row.id: row for row in archive.kb_rows()}
            row = own.get(id) or KnowledgeBase.shipped().get(id)
            if row is None:
                raise NotFoundError("The knowledge base has no such entity", id)
            after = replace(row, aliases=(*row.aliases, alias), user=True)
            archive.put_kb_rows([after])
            return OwnName(id, alias, own.get(id), after)

        saved = self._write_lane.change(change)
        self.load_names()
        return saved

    def put_own(self, id: str, row: KbRow | None) -> None:
        """Make the user's row of that id this one; None: the shipped one counts again."""

        def change(archive: Archive) -> None:
            if row is not None:
                archive.put_kb_rows([row])
            elif any(own.id == id for own in archive.kb_rows()):
                archive.delete_kb_row(id)

        self._write_lane.change(change)
        self.load_names()

    # --- taking along ---------------------------------------------------------------------------

    def export(
        self, ids: Sequence[int], target: Path, *, format: Format, quotes: bool, force: bool
    ) -> Path:
        """Write a note; the same code as the command line's ``export``."""
        from store.publish import publish

        with self.names_lane.archive() as archive:
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
