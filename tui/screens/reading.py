"""Reading: the text and the entities of the article under the cursor, and the ways between them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from store.errors import BilatError
from store.library import ArticleRow
from store.records import Span
from tui.answers import Detail
from tui.commands import BY_ID, key_name, keys_of
from tui.display import fit
from tui.filters import entity_clause
from tui.history import NoteStep
from tui.render import NO_DATE
from tui.screens.panes import Pane
from tui.screens.searching import SearchingScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.entity_pane import EntityPane
from tui.widgets.lines import Lines
from tui.widgets.reader import Reader

if TYPE_CHECKING:
    from textual.timer import Timer

    from tui.entities import PaneEntity

SETTLE_SECONDS = 0.03
"""The article is read from the library when the cursor has rested that long."""

LEAST = (0.0, 0.5, 0.7, 0.9)
"""The steps of the confidence below which mentions are not shown."""

COPIES_NAMED = 4
"""Copies of an article that its head names; the others are counted."""


def least_text(least: float) -> str:
    """A confidence as the pane's head shows it: ``.7``."""
    return f"{least:g}".removeprefix("0") or "0"


class ReadingScreen(SearchingScreen):
    """Keeps reader and entity pane with the list, and with each other."""

    detail: Detail | None = None
    """What reader and entity pane show."""
    _matches_of: tuple[str, bool] = ("", False)
    """What the matches of ``detail`` are those of."""
    _settling: Timer | None = None
    _chosen: PaneEntity | None = None
    """The entity that n and N step through; None: the matches of the query."""
    _places: tuple[list[int], list[PaneEntity], list[int]] = ([], [], [])
    """Starts, entities and ends of every mention, sorted, for the caret."""
    least: float = 0.0
    """The confidence below which mentions are not shown."""

    # --- following the list ---------------------------------------------------------------------

    def on_article_list_highlighted(self, message: ArticleList.Highlighted) -> None:
        message.stop()
        if not self.reader.is_attached:
            return  # before the first paint
        if self.detail is None:
            self.read_article()
        else:
            self._settle()

    def _settle(self) -> None:
        """Read the article once nothing has changed for a moment."""
        if self._settling is not None:
            self._settling.stop()
        self._settling = self.set_timer(SETTLE_SECONDS, self.settle_now)

    def answer_changed(self) -> None:
        """The matches of another query are other ones, in the same article too."""
        if self.detail is not None and self._matches_of != self._asked_for():
            self._settle()

    def _asked_for(self) -> tuple[str, bool]:
        """What decides the matches: the query, and whether its names are understood yet."""
        query = "" if self.found is None or self.only == "marked" else self.found.query
        return query, self.desk.names.index is not None

    def settle_now(self) -> bool:
        """Read a waiting article at once; whether one was waiting."""
        if self._settling is None:
            return False
        self._settling.stop()
        self._settling = None
        self.read_article()
        return True

    def read_article(self) -> None:
        """Read the article of the cursor; what comes late for another is dropped."""
        self.refresh_status()
        docid = self.list.docid
        self.forget("detail")
        if docid is None:
            self.detail = None
            self._show_nothing("")
            return
        self._matches_of = self._asked_for()
        plan = None if self.found is None or self.only == "marked" else self.found.plan
        self.desk.detail_lane.interrupt()
        self.ask(
            "detail",
            partial(self.desk.detail, docid, plan, self.least),
            self._show_detail,
            newest_only=True,
            fault=self._no_detail,
        )

    def _show_detail(self, detail: Detail) -> None:
        """Show an article; the same one again keeps its place, and the chosen entity where no
        matches are to be stepped through instead."""
        same = self.detail is not None and self.detail.article.id == detail.article.id
        at = self.pane.entity.key if same and self.pane.entity is not None else None
        chosen = self._chosen.key if same and self._chosen and not detail.matches else None
        self.detail = detail
        self._chosen = next((e for e in detail.entities if e.key == chosen), None)
        self.reader.show(
            detail.article,
            detail.matches,
            detail.title_matches,
            copies=self._copies_of(detail.copies),
        )
        if self._chosen is None:
            self.reader.choose(())
            self.reader.go_to(None)
            self.reader.border_subtitle = ""
        self.pane.hint = self.say("hint.unsure" if detail.unsure else "hint.no_entities")
        self.pane.show(detail.entities, detail.counts)
        self.pane.border_title = self._pane_title(detail.unsure)
        if at is not None:
            self.pane.select(at)
        mentions = sorted(
            ((span, entity) for entity in detail.entities for span in entity.spans),
            key=lambda item: item[0],
        )
        self._places = (
            [span.start for span, _ in mentions],
            [entity for _, entity in mentions],
            [span.end for span, _ in mentions],
        )
        self.refresh_status()
        if self.focused is self.reader and self.list.docid == detail.article.docid:
            self._count_as_read()

    def _copies_of(self, copies: Sequence[ArticleRow]) -> str:
        """What the head of an article says about its copies; empty where it has none."""
        if not copies:
            return ""
        named = [f"{row.source or '?'} {row.date or NO_DATE}" for row in copies[:COPIES_NAMED]]
        more = " …" if len(copies) > COPIES_NAMED else ""
        key = key_name(keys_of(BY_ID["copies"], self.keymap)[0], self.lang)
        names = ", ".join(named) + more
        return self.say("reader.copies", names=names, n=len(copies), button=key)

    # --- confidence -----------------------------------------------------------------------------

    def action_surer(self, way: int) -> None:
        """Show surer mentions only, or less sure ones too."""
        at = bisect_right(LEAST, self.least) - 1 + way
        if not 0 <= at < len(LEAST):
            self.tell(self.say("least.end", least=least_text(self.least)))
            return
        self.least = LEAST[at]
        if not self.is_shown("entities"):
            # Else the head of the pane says it.
            self.tell(self.say("least.some" if at else "least.all", least=least_text(self.least)))
        self.read_article()

    def _pane_title(self, unsure: int) -> str:
        """The name of the entity pane, and what it leaves out."""
        title = self.say("pane.entities")
        if not self.least:
            return title
        left_out = self.say("pane.unsure", n=unsure) if unsure else ""
        return f"{title} ≥{least_text(self.least)}{left_out}"

    def pane_name(self, pane: Pane) -> str:
        if pane == "entities" and self.least:
            return f"{super().pane_name(pane)} ≥{least_text(self.least)}"
        return super().pane_name(pane)

    def state_to_keep(self) -> dict[str, Any]:
        return {**super().state_to_keep(), "least": self.least}

    def _no_detail(self, error: BilatError) -> None:
        """The article is gone: another program deleted it."""
        self.detail = None
        self._show_nothing(str(error))

    def _show_nothing(self, why: str) -> None:
        """No article: its panes are empty, and nothing is said of what it holds."""
        self.reader.show(None)
        self.reader.hint = why
        self.pane.hint = ""
        self.pane.show((), {})

    def on_lines_opened(self, message: Lines.Opened) -> None:
        message.stop()
        if message.pane is self.list:
            if self.list.docid is not None:
                self.open_article()
        elif message.pane is self.pane and self.pane.entity is not None:
            self._filter(self.pane.entity)
        elif message.pane is self.reader and (entity := self._entity_at_caret()) is not None:
            self._filter(entity)

    def open_article(self) -> None:
        """Go into the text; the article counts as read from now on."""
        self.go("reader")
        if self.at == "reader":
            self._count_as_read()

    def _count_as_read(self) -> None:
        """Remember that somebody has gone into the text of the cursor's article."""
        row = self.list.row
        if row is None or row.read:
            return
        self.list.patch(lambda other: replace(other, read=True) if other.id == row.id else other)
        # A library that can't be written to is read all the same.
        self.ask("write", partial(self.desk.set_read, row.id), lambda _: None, fault=lambda _: None)

    def action_article(self, way: int) -> None:
        """The next or previous article of the list, without leaving the text."""
        self.list.move_to(self.list.cursor + way)

    # --- text and entities ----------------------------------------------------------------------

    def on_entity_pane_chosen(self, message: EntityPane.Chosen) -> None:
        message.stop()
        self._choose(message.entity)
        self._go_to(message.entity.spans, 0)

    def on_reader_caret_moved(self, message: Reader.CaretMoved) -> None:
        message.stop()
        entity = self._entity_at_caret()
        if entity is not None and entity is not self._chosen:
            self._choose(entity)
            self.pane.select(entity.key)

    def _choose(self, entity: PaneEntity) -> None:
        self._chosen = entity
        self.reader.choose(entity.spans)
        self._subtitle(len(entity.spans), None)

    def _entity_at_caret(self) -> PaneEntity | None:
        starts, entities, ends = self._places
        at = bisect_right(starts, self.reader.caret) - 1
        return entities[at] if at >= 0 and self.reader.caret < ends[at] else None

    def action_step(self, way: int) -> None:
        """The next mention of the chosen entity, else match of the query, else mention."""
        if self.detail is None:
            return
        spans = self._steps()
        at = self.reader.nearest(spans, way)
        if at is None:
            self.tell(self.say("reader.no_steps"))
            return
        self._go_to(spans, at)
        if self._chosen is None and (entity := self._entity_at_caret()) is not None:
            self.pane.select(entity.key)

    def _steps(self) -> list[Span]:
        assert self.detail is not None
        if self._chosen is not None:
            return list(self._chosen.spans)
        if self.detail.matches:
            return list(self.detail.matches)
        starts, _, ends = self._places
        return [Span(start, end) for start, end in zip(starts, ends, strict=True)]

    def _go_to(self, spans: list[Span] | tuple[Span, ...], at: int) -> None:
        self.reader.go_to(spans[at])
        self._subtitle(len(spans), at)

    def _subtitle(self, count: int, at: int | None) -> None:
        """Which of how many, at the lower edge of the text."""
        matches = self._chosen is None and self.detail is not None and self.detail.matches
        key = "reader.match" if matches else "reader.place"
        place = "–" if at is None else at + 1
        self.reader.border_subtitle = self.say(key, at=place, n=count)
        self.refresh_status()

    def _filter(self, entity: PaneEntity, *, exclude: bool = False) -> None:
        clause = entity_clause(entity.type, entity.name, entity.value, self.lang)
        self.add_filter(clause, exclude=exclude)

    def action_exclude(self) -> None:
        """Leave out every article that names the entity."""
        entity = self.pane.entity if self.at == "entities" else self._entity_at_caret()
        if entity is not None:
            self._filter(entity, exclude=True)
        else:
            self.tell(self.say("entity.none"))

    def action_fold(self) -> None:
        """Fold the clutter of sites, or show it."""
        self.reader.fold(not self.reader.folded)
        folded = self.reader.folded
        self.tell(self.say("reader.fold_on" if folded else "reader.fold_off"))

    # --- notes ----------------------------------------------------------------------------------

    async def action_note(self) -> None:
        """Write a note on the article of the cursor; an empty one takes it away."""
        from tui.screens.dialogs import AskLine

        row, docid = self.list.row, self.list.docid
        if row is None or docid is None:
            return
        try:
            before = self.desk.note(docid) if row.noted else ""
        except BilatError as error:
            self.fault(error)
            return

        def answered(note: str | None) -> None:
            if note is not None and note != before:
                self.history.did(NoteStep(row.id, before, note))
                self.put_note(row.id, note)

        title = fit(row.title, 60)
        dialog = AskLine(
            self.say("note.question", title=title), before, self.say("note.keys"), blank=True
        )
        await self.open(dialog, answered)

    def put_note(self, id: int, note: str) -> None:
        """Write a note and show it, in the list and with the text."""

        def written(_: None) -> None:
            noted = bool(note)
            self.list.patch(lambda row: replace(row, noted=noted) if row.id == id else row)
            if self.detail is not None and self.detail.article.id == id:
                article = replace(self.detail.article, note=note or None)
                self.detail = replace(self.detail, article=article)
                self.reader.change_head(article)

        self.ask("write", partial(self.desk.set_note, id, note), written)
