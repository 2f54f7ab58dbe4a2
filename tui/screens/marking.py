"""Marking: the articles a person chose. Marks belong to the library, their undo to the screen."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Literal, TypeVar

from store.errors import BilatError
from store.text import visible
from tui.history import DeleteStep, MarkStep, NameStep, NoteStep, QueryStep, SearchStep
from tui.screens.asking import Answer
from tui.screens.grouping import GroupingScreen

if TYPE_CHECKING:
    from store.library import Tell

T = TypeVar("T")

MANY = "many"
"""The lane of what deletes articles or brings them back."""

SHARE_SECONDS = 1.0
"""Between two words on how much of that is done."""


class MarkingScreen(GroupingScreen):
    """Sets and takes marks, shows only the marked, and goes back and forth over what was done."""

    # --- one and many ---------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark the article of the cursor and go down, or the whole range."""
        if self.list.ranging:
            docids = self.list.range_docids()
            self.list.stop_range()
            self.refresh_bars()
            self.ask("rows", partial(self.desk.ids, docids), self._toggle)
            return
        row = self.list.row
        if row is None:
            return
        self._toggle([row.id])
        if self.at == "list":
            self.list.action_down()

    def _toggle(self, ids: list[int]) -> None:
        """Mark them all, or, where all are marked, take the marks away."""
        chosen = set(ids)
        if chosen <= self.marks:
            self.change_marks(off=chosen)
        else:
            self.change_marks(on=chosen - self.marks)

    def action_range(self) -> None:
        """Begin or end a range of articles, in the text a passage."""
        if self.at == "reader":
            if self.reader.quoting:
                self.reader.stop_quote()
            elif self.detail is not None:
                self.reader.start_quote()
        elif self.list.ranging:
            self.list.stop_range()
        else:
            self.go("list")
            self.list.start_range()
        self.refresh_bars()

    def action_mark_all(self) -> None:
        """Mark every row of the list; of folded copies the one that is shown."""
        docids, folded = self.list.docids, self.list.listing.folded

        def mark(ids: list[int]) -> None:
            self.change_marks(on=set(ids) - self.marks)
            if folded:
                self.tell(self.say("mark_all.folded", n=len(ids), folded=folded))

        if docids:
            self.ask("rows", partial(self.desk.ids, docids), mark)

    def action_clear_marks(self) -> None:
        """Take every mark away, of articles outside the list too."""
        if self.marks:
            count = len(self.marks)
            self.change_marks(off=set(self.marks))
            self.tell(self.say("clear_marks.done", n=count))

    def change_marks(
        self, *, on: Iterable[int] = (), off: Iterable[int] = (), record: bool = True
    ) -> None:
        """Show marks at once, write them behind, and take them back if that fails."""
        step = MarkStep(tuple(sorted(on)), tuple(sorted(off)))
        if not step.on and not step.off:
            return
        self._apply(step)
        if record:
            self.history.did(step)

        def failed(error: BilatError) -> None:
            self._apply(MarkStep(step.off, step.on))
            self.fault(error)

        self.ask("write", partial(self.desk.mark, step.on, step.off), lambda _: None, fault=failed)

    def _apply(self, step: MarkStep) -> None:
        self.marks = (self.marks | set(step.on)) - set(step.off)
        self.patch_marks()
        self.count_outside()
        self.refresh_bars()

    # --- only the marked ------------------------------------------------------------------------

    def action_marked_only(self) -> None:
        """List the marked articles only, or go back to the query's."""
        if self.only == "marked":
            self.leave_only()
        else:
            self.list_only("marked")
            self.show_marked()

    def show_marked(self) -> None:
        """The marked articles, newest first."""

        def shown(docids: array[int]) -> None:
            if self.only == "marked":
                self.show_only(docids, keep=self.list.docid)

        self.ask("rows", partial(self.desk.marked_docids, set(self.marks)), shown)

    # --- back and forth -------------------------------------------------------------------------

    def change_many(
        self, begins: str, question: Callable[[Tell], T], done: Callable[[T], None]
    ) -> None:
        """Delete articles or bring some back.

        ``begins`` is said at once, and then now and then with the share that is done: many take a
        while.
        """
        told = monotonic()

        def hear(share: float) -> None:
            """Runs in the thread."""
            nonlocal told
            if begins and share < 1 and monotonic() - told >= SHARE_SECONDS:
                told = monotonic()
                said = f"{begins} {int(100 * share)}%"
                self.post_message(Answer(MANY, None, partial(self.tell, said)))

        if begins:
            self.tell(begins)
        self.ask(MANY, partial(question, hear), done)

    def action_undo(self) -> None:
        self._travel("undo")

    def action_redo(self) -> None:
        self._travel("redo")

    def _travel(self, way: Literal["undo", "redo"]) -> None:
        if any(worker.group == MANY and not worker.is_finished for worker in self.workers):
            # Its own step is not there yet; the one before is not meant.
            self.tell(self.say("undo.wait"), warning=True)
            return
        step = self.history.take(way)
        if step is None:
            self.tell(self.say(f"{way}.nothing"))
        elif isinstance(step, QueryStep):
            if way == "undo":
                self.set_query(step.before, record=False, keep=step.docid)
            else:
                self.set_query(step.after, record=False)
        elif isinstance(step, DeleteStep):
            self.bring_back(step)
        elif isinstance(step, NoteStep):
            self.put_note(step.id, step.before if way == "undo" else step.after)
            self.tell(self.say(f"{way}.note"))
        elif isinstance(step, SearchStep):
            gone, back = (step.before, step.after)[:: -1 if way == "undo" else 1]
            self.ask(
                "write",
                partial(self.desk.swap_search, gone, back),
                lambda _: self.tell(self.say(f"{way}.search")),
            )
        elif isinstance(step, NameStep):
            row = step.before if way == "undo" else step.after
            self.ask(
                "write",
                partial(self.desk.names.put_own, step.id, row),
                lambda _: self.search_again(),
            )
            self.tell(self.say(f"{way}.name", name=visible(step.after.name, line_breaks=False)))
        else:
            on, off = (step.off, step.on) if way == "undo" else (step.on, step.off)
            self.change_marks(on=on, off=off, record=False)
            if self.only == "marked":
                self.show_marked()
            self.tell(self.say(f"{way}.marks", n=len(on) + len(off)))

    def search_again(self) -> None:
        """The same query over a changed library."""
        raise NotImplementedError

    def bring_back(self, step: DeleteStep) -> None:
        """Undo a deletion."""
        raise NotImplementedError
