"""The list of articles: an array of docids, and rows that come a page at a time.

It paints a placeholder for a row it has not got, asks for the row's page with a message, and never
waits. 8 bytes per article whatever their number.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

from rich.segment import Segment
from rich.style import Style
from textual.message import Message

from store.library import ArticleRow
from tui.copies import NOTHING, Listing
from tui.render import article_line
from tui.widgets.lines import Lines

PAGE = 128
"""Rows asked for at once: 0.3 ms of reading (research/screen.md, section 1)."""

KEPT = 64 * PAGE
"""Rows kept; those seen longest ago go first."""


class ArticleList(Lines):
    """Articles by docid; the cursor stands on one of them."""

    class Highlighted(Message):
        """The cursor stands on another article; ``docid`` None: there is none."""

        def __init__(self, docid: int | None) -> None:
            super().__init__()
            self.docid = docid

    class RowsWanted(Message):
        """The rows of these docids are to be painted and are missing."""

        def __init__(self, docids: Sequence[int]) -> None:
            super().__init__()
            self.docids = docids

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._listing = NOTHING
        self._docids: array[int] = NOTHING.shown
        self._rows: OrderedDict[int, ArticleRow | None] = OrderedDict()
        self._pending: set[int] = set()
        self._anchor: int | None = None
        self._told: int | None = None
        self.gone = "…"
        """What stands for an article that is no longer there."""

    # --- data -----------------------------------------------------------------------------------

    @property
    def listing(self) -> Listing:
        """The hits, and the rows that stand for them."""
        return self._listing

    @property
    def docids(self) -> array[int]:
        """Every article that has a row, in order."""
        return self._docids

    @property
    def docid(self) -> int | None:
        """The article of the cursor."""
        return self._docids[self.cursor] if self._docids else None

    @property
    def row(self) -> ArticleRow | None:
        """The row of the cursor, None while it has not come."""
        docid = self.docid
        return None if docid is None else self._rows.get(docid)

    def show(
        self, listing: Listing, rows: Iterable[ArticleRow] = (), *, keep: int | None = None
    ) -> None:
        """List these articles. The cursor goes to the article ``keep``, or the row that stands for
        it, where it is among them."""
        self._take(listing)
        self._anchor = None
        self.put_rows(rows)
        self._cursor = self._place(keep)
        self.set_count(len(listing.shown))
        self.reveal(self.cursor)
        self._tell()

    def extend(self, listing: Listing) -> None:
        """Take the whole answer after its first page; the cursor keeps its article."""
        keep = self.docid
        top = self.cursor - round(self.scroll_y)
        before, cursor = self._in_view(), self.cursor
        self._take(listing)
        self._cursor = self._place(keep)
        changed = self.cursor != cursor or self._in_view() != before
        self.set_count(len(listing.shown), repaint=changed)
        if self.cursor - round(self.scroll_y) != top:
            self.scroll_to_line(self.cursor - top)
        self._tell()

    def _in_view(self) -> list[tuple[int, str]]:
        """The articles that are seen, with the signs at their rows."""
        top = round(self.scroll_y)
        return [(d, self._listing.sign(d)) for d in self._docids[top : top + self.page]]

    def _take(self, listing: Listing) -> None:
        self._listing, self._docids = listing, listing.shown

    def _place(self, docid: int | None) -> int:
        docid = self._listing.row_for(docid)
        if docid is None:
            return 0
        try:
            return self._docids.index(docid)
        except ValueError:
            return 0

    def put_rows(self, rows: Iterable[ArticleRow], asked: Sequence[int] = ()) -> None:
        """Take rows that were read; those ``asked`` for and not among them are gone."""
        self._pending.difference_update(asked)
        for docid in asked:
            self._rows.setdefault(docid, None)
        for row in rows:
            self._rows[row.docid] = row
            self._rows.move_to_end(row.docid)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)
        self.refresh()

    def patch(self, change: Callable[[ArticleRow], ArticleRow]) -> None:
        """Change every row that is held (marks show at once, before the library has them)."""
        for docid, row in self._rows.items():
            if row is not None:
                self._rows[docid] = change(row)
        self.refresh()

    def forget_rows(self) -> None:
        """Drop every row: the library has changed."""
        self._rows.clear()
        self._pending.clear()
        self.refresh()

    # --- ranges ---------------------------------------------------------------------------------

    @property
    def ranging(self) -> bool:
        """Whether a range is being chosen."""
        return self._anchor is not None

    def start_range(self) -> None:
        """Choose from the cursor's line on."""
        self._anchor = self.cursor
        self.refresh()

    def stop_range(self) -> None:
        self._anchor = None
        self.refresh()

    def range_docids(self) -> list[int]:
        """The articles of the chosen range, else the one of the cursor."""
        if not self._docids:
            return []
        anchor = self.cursor if self._anchor is None else self._anchor
        first, last = sorted((anchor, self.cursor))
        return list(self._docids[first : last + 1])

    # --- painting and moving --------------------------------------------------------------------

    def paint(self, line: int, width: int, base: Style) -> list[Segment]:
        look = self.look
        docid = self._docids[line]
        if docid not in self._rows:
            self._want(line)
        anchor = self._anchor
        if line == self.cursor:
            base += look.cursor if self.has_focus else look.cursor_away
        elif anchor is not None and min(anchor, self.cursor) <= line <= max(anchor, self.cursor):
            base += look.selection
        known = docid in self._rows
        return article_line(
            self._rows.get(docid),
            width,
            base,
            look,
            gone=self.gone if known else "…",
            copies=self._listing.sign(docid),
        )

    def _want(self, line: int) -> None:
        """Ask for the page that the line is on, once."""
        first = line - line % PAGE
        missing = [
            docid
            for docid in self._docids[first : first + PAGE]
            if docid not in self._rows and docid not in self._pending
        ]
        if missing:
            self._pending.update(missing)
            self.post_message(self.RowsWanted(missing))

    def cursor_moved(self) -> None:
        if self._anchor is not None:
            self.refresh()
        self._tell()

    def _tell(self) -> None:
        if self.docid != self._told:
            self._told = self.docid
            self.post_message(self.Highlighted(self.docid))
