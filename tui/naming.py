"""Names at the desk: the index of ministers and programs, and the user's own names.

Everything here blocks and is called from worker threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from store.errors import NotFoundError
from store.records import Candidate, KbRow, MentionType, Resolution
from tui.answers import OwnName
from tui.entities import Counts
from tui.lane import Lane, WriteLane

if TYPE_CHECKING:
    from store.archive import Archive
    from store.match import NameIndex

Kind = Literal["minister", "program"]


class Naming:
    """Who is meant by what was typed, over the shipped names, the user's own and the library's."""

    def __init__(self, path: Path, write_lane: WriteLane) -> None:
        self.lane = Lane(path)
        self._write_lane = write_lane
        self.index: NameIndex | None = None
        """None until ``load``; a search before that knows no fuzzy names."""
        self._own_rows: Sequence[KbRow] = ()

    def load(self) -> None:
        """Build the index."""
        from store.kb import KnowledgeBase
        from store.match import NameIndex

        with self.lane.archive() as archive:
            own = archive.kb_rows()
        index = NameIndex.from_rows(KnowledgeBase.shipped().with_user(own).rows)
        # The tables of completion are made when first asked: now, not behind the first key.
        index.suggest("a", limit=1)
        self.index, self._own_rows = index, own

    def own_changed(self) -> bool:
        """Whether another program changed the user's own names; if so they are loaded anew."""
        if self.index is None:
            return False
        with self.lane.archive() as archive:
            same = archive.kb_rows() == self._own_rows
        if not same:
            self.load()
        return not same

    # --- finding --------------------------------------------------------------------------------

    def suggest(self, typed: str, kind: Kind, limit: int) -> tuple[Resolution, Counts]:
        """Candidates for what was typed so far, and how often each is in the library.

        The names of the knowledge base first, completed or misspelt; then names that only the
        library knows.
        """
        if self.index is None:
            self.load()
        assert self.index is not None
        from store.match import find

        found = find(self.index, typed, kind=kind, limit=limit)
        with self.lane.archive() as archive:
            counts = archive.entity_counts([candidate.id for candidate in found.candidates])
            others = _library_names(archive, typed, kind, limit - len(found.candidates))
        counts.update(others[1])
        candidates = (*found.candidates, *others[0])
        status = found.status if found.candidates or not others[0] else "ambiguous"
        return Resolution(typed, status, candidates), counts

    def frequent(self, kind: Kind, limit: int) -> tuple[Resolution, Counts]:
        """Before anything is typed: the most frequent of that kind in the library."""
        with self.lane.archive() as archive:
            candidates, counts = _library_names(archive, "", kind, limit, linked=True)
        return Resolution("", "ambiguous", candidates), counts

    # --- the user's own -------------------------------------------------------------------------

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
        self.load()
        return saved

    def put_own(self, id: str, row: KbRow | None) -> None:
        """Make the user's row of that id this one; None: the shipped one counts again."""

        def change(archive: Archive) -> None:
            if row is not None:
                archive.put_kb_rows([row])
            elif any(own.id == id for own in archive.kb_rows()):
                archive.delete_kb_row(id)

        self._write_lane.change(change)
        self.load()


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
