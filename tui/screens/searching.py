"""Searching: what is typed becomes a list while it is typed.

Two answers come for each query: the first articles, painted at once, and the whole list behind
them. A newer key breaks the older question off; a query that fails leaves the last good list.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

from textual.widgets import Input

from store.errors import BilatError
from store.library import ArticleRow, Notice, Sort
from tui.answers import Found
from tui.copies import Listing
from tui.filters import with_clause
from tui.history import History, QueryStep
from tui.lang import notice
from tui.recall import Recall
from tui.screens.panes import Only, PanesScreen
from tui.widgets.article_list import ArticleList
from tui.widgets.bars import ChipBar
from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from store.search import Chip

SORTS: tuple[Sort, ...] = ("relevance", "newest", "oldest")


class SearchingScreen(PanesScreen):
    """The query line, the list it fills, and its filters."""

    found: Found | None = None
    """The answer whose list is shown."""
    history: History
    recall: Recall
    _asked: int = 0
    """The ticket of the last question for a query."""
    _under_way: bool = False
    """Whether an answer, or the rest of it, has yet to come."""
    _came_from: int | None = None
    """The article from which its copies were listed."""

    # --- asking ---------------------------------------------------------------------------------

    def search_for(self, query: str, *, keep: int | None = None, quiet: bool = False) -> None:
        """Show the articles for a query; the cursor goes to ``keep`` where it is among them.

        ``quiet``: the same query again (the library has changed), so nothing is set back.
        """
        self.query_text = query
        if not quiet:
            self.only = ""
        self._under_way = True
        self.desk.search_lane.interrupt()
        self._asked = self.ask(
            "search",
            partial(self.desk.first, query, self.sort, fold=self.copies_folded),
            partial(self._show_first, keep=keep),
            newest_only=True,
            fault=self._search_failed,
        )

    def _show_first(self, found: Found, *, keep: int | None) -> None:
        self.found = found
        self.total = None
        self._under_way = True
        self.set_hint(bool(found.listing.hits))
        self.list.show(found.listing, found.rows, keep=keep)
        self.show_chips(found)
        self.refresh_bars()
        self.answer_changed()
        # Once these are painted: reading a hundred thousand more would slow the painting down.
        self.rest_due = True
        self.call_after_refresh(self.ask_rest, found, keep)

    def ask_rest(self, found: Found, keep: int | None) -> None:
        """Ask for the whole answer, unless something else was asked for meanwhile."""
        self.rest_due = False
        if self.found is found and self.wanted("search", self._asked):
            self._asked = self.ask(
                "search",
                partial(self.desk.rest, found, fold=self.copies_folded),
                partial(self._show_rest, keep=keep),
                newest_only=True,
                fault=self._search_failed,
            )

    def finish_search(self) -> bool:
        """Ask again where another question broke an answer off; whether that was so."""
        if self._under_way and not self.only:
            self.search_for(self.query_text, keep=self.list.docid, quiet=True)
            return True
        return False

    def answer_changed(self) -> None:
        """Another answer is shown, maybe with the same article on top."""
        raise NotImplementedError

    def _show_rest(self, answer: tuple[Listing, Sequence[Notice]], *, keep: int | None) -> None:
        listing, notices = answer
        self._under_way = False
        self.total = len(listing.hits)
        if notices and self.found is not None:
            self.show_chips(self.found, notices)
        if keep is not None and keep != self.list.docid and self.list.cursor == 0:
            self.list.show(listing, keep=keep)
        else:
            self.list.extend(listing)
        self.set_hint(bool(listing.hits))
        self.count_outside()
        self.refresh_bars()

    def _search_failed(self, error: BilatError) -> None:
        """The last good list stays; the sentence stands under the query."""
        self._under_way = False
        self.chip_bar.show(self.chip_bar.labels, str(error), fault=True)

    def show_chips(self, found: Found, more: Sequence[Notice] = ()) -> None:
        """The filters of a query, and what its search wants to tell."""
        notices = " · ".join(notice(item, self.lang) for item in (*found.notices, *more))
        self.chip_bar.show([chip.label for chip in found.chips], notices)

    def dismiss_welcome(self) -> None:
        """Who has left the list for a text needs no first steps any more."""
        if self.found is None or not (self.found.chips or self.found.notices):
            self.chip_bar.show(())

    def set_hint(self, some: bool) -> None:
        """What an empty list says, and the next step."""
        if some:
            return
        if self.only == "marked":
            hint = self.say("hint.no_marks")
        elif self.query_text.strip() and not self.library_empty:
            hint = self.say("hint.no_hits", query=self.query_text)
        else:
            hint = self.say("hint.empty", path=str(self.desk.path))
        self.list.hint = hint

    @property
    def library_empty(self) -> bool:
        """Whether there is nothing to find, whatever the query."""
        raise NotImplementedError

    def count_outside(self) -> None:
        """How many marked articles are not in the list."""
        self.marks_outside = None
        if not self.marks or self.only == "marked":
            return
        docids, marks = self.list.docids, set(self.marks)

        def outside() -> int:
            marked = set(self.desk.marked_docids(marks))
            return len(marked.difference(docids))

        def told(count: int) -> None:
            self.marks_outside = count
            self.refresh_bars()

        self.ask("outside", outside, told, newest_only=True)

    def on_article_list_rows_wanted(self, message: ArticleList.RowsWanted) -> None:
        message.stop()
        docids = message.docids
        self.ask("rows", partial(self.desk.rows, docids), partial(self.list.put_rows, asked=docids))

    # --- something else than the answer ---------------------------------------------------------

    def list_only(self, only: Only) -> None:
        """Be about to list something else; what is under way for the query is unwanted."""
        self.only, self._came_from = only, self.list.docid
        self._under_way = False
        self.desk.search_lane.interrupt()
        self.forget("search")

    def show_only(self, docids: array[int], *, keep: int | None) -> None:
        """List these articles, each in a row of its own."""
        self.total = len(docids)
        self.set_hint(bool(docids))
        self.list.show(Listing(docids, docids, self.list.listing.copies), keep=keep)
        self.patch_marks()
        self.refresh_bars()

    def leave_only(self) -> None:
        """Back to the answer; from copies to the article that they are copies of."""
        keep = self._came_from if self.only == "copies" else self.list.docid
        self.search_for(self.query_text, keep=keep)

    def patch_marks(self) -> None:
        """Paint the marks of now on the rows that are held."""
        marks = self.marks

        def marked(row: ArticleRow) -> ArticleRow:
            return row if row.marked == (row.id in marks) else replace(row, marked=not row.marked)

        self.list.patch(marked)

    # --- the query line -------------------------------------------------------------------------

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if event.value != self.query_text:
            self.search_for(event.value)

    def action_leave_line(self) -> None:
        """Enter in the query line: to the results."""
        self.go("list")

    def action_recall(self, way: int) -> None:
        """Put the query before this one into the line, or the one after, at last what was typed.

        Down from there goes to the results.
        """
        typed = self.prompt.value
        query = self.recall.older(typed) if way < 0 else self.recall.newer(typed)
        if query is not None:
            self.prompt.value = query
            self.prompt.cursor_position = len(query)
        elif way > 0:
            self.go("list")

    def on_lines_focused(self, message: Lines.Focused) -> None:
        """Whoever leaves the line has used the query in it. (The frame's handler runs as well.)"""
        self.recall.remember(self.query_text)
        if message.pane is not self.list:
            self.dismiss_welcome()

    @property
    def effective_sort(self) -> Sort:
        """The order of what is listed: without words there is no relevance."""
        unranked = self.only or not self.ranked
        return "newest" if self.sort == "relevance" and unranked else self.sort

    @property
    def ranked(self) -> bool:
        """Whether words were asked for; filters alone rank nothing."""
        plan = None if self.found is None else self.found.plan
        return plan is not None and plan.match is not None

    def state_to_keep(self) -> dict[str, Any]:
        return {**super().state_to_keep(), "queries": self.recall.queries}

    def action_search(self) -> None:
        if not self.is_shown("list"):
            self.at = "list"
            self.lay_out()
        self.set_focus(self.prompt)
        self.prompt.cursor_position = len(self.prompt.value)
        self.refresh_bars()

    def set_query(self, query: str, *, record: bool = True, keep: int | None = None) -> None:
        """Change the query by a filter or an undo: the line shows it, the history knows it.

        ``keep``: the article that the cursor goes to, where the new answer has it.
        """
        if query == self.query_text:
            return
        if record:
            self.history.did(QueryStep(self.query_text, query, self.list.docid))
        self.recall.remember(query)
        self.search_for(query, keep=keep)
        self.prompt.value = query

    def add_filter(self, clause: str, *, exclude: bool = False) -> None:
        """Narrow the list by a clause."""
        self.set_query(with_clause(self.query_text, clause, exclude=exclude))
        self.go("list")

    # --- filters --------------------------------------------------------------------------------

    def action_drop_filter(self) -> None:
        """Take the last filter away, where there is none the last word."""
        from store.search import chips, parse

        filters = [chip for chip in chips(parse(self.query_text)) if chip.kind != "word"]
        if filters:
            self._without(filters[-1])
        else:
            words = self.query_text.rstrip().rpartition(" ")[0]
            self.set_query(words.rstrip(), keep=self.list.docid)

    def on_chip_bar_removed(self, message: ChipBar.Removed) -> None:
        message.stop()
        self.drop_chip(message.index)

    def drop_chip(self, index: int) -> None:
        """The query without one of its chips."""
        if self.found is not None and self.found.query == self.query_text:
            self._without(self.found.chips[index])

    def _without(self, chip: Chip) -> None:
        """The query without a part of it; the article stays under the cursor."""
        from store.search import without

        self.set_query(without(self.query_text, chip), keep=self.list.docid)

    def action_sort(self) -> None:
        """The next order: best first, newest, oldest."""
        orders = SORTS if self.ranked else SORTS[1:]
        at = orders.index(self.effective_sort)
        self.sort = orders[(at + 1) % len(orders)]
        if self.mode not in ("wide", "medium"):
            # Elsewhere the status says it.
            self.tell(self.say("sort.now", order=self.say(f"sort.{self.sort}")))
        self.search_for(self.query_text, keep=self.list.docid, quiet=True)
