"""A pane of lines with a cursor, painted one visible line at a time.

The base of the article list, the reader and the entity pane: the cost of painting and moving does
not depend on how many lines there are. Line numbers count from 0.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from store.text import visible
from tui.commands import bindings
from tui.display import wrap
from tui.theme import Look, look


class Lines(ScrollView, can_focus=True, inherit_bindings=False):
    """A pane whose lines subclasses paint with ``paint`` and whose number ``set_count`` sets."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings("lines")]

    class Opened(Message):
        """Enter or a second click on the line of the cursor."""

        def __init__(self, pane: Lines) -> None:
            super().__init__()
            self.pane = pane

        @property
        def control(self) -> Lines:
            return self.pane

    class Focused(Message):
        """The pane has got the focus."""

        def __init__(self, pane: Lines) -> None:
            super().__init__()
            self.pane = pane

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._cursor = 0
        self._count = 0
        self._hint = ""
        self._worked_out: tuple[Style, Look] | None = None

    # --- what subclasses give -------------------------------------------------------------------

    def paint(self, line: int, width: int, base: Style) -> Iterable[Segment]:
        """The segments of one line; they are cut and filled to ``width`` with ``base``."""
        raise NotImplementedError

    def stops_at(self, line: int) -> bool:
        """Whether the cursor may stand on that line."""
        return True

    def cursor_moved(self) -> None:
        """Called after the cursor came to another line."""

    # --- lines and cursor -----------------------------------------------------------------------

    @property
    def count(self) -> int:
        """The number of lines."""
        return self._count

    @property
    def cursor(self) -> int:
        """The line of the cursor; 0 when there are none."""
        return self._cursor

    @property
    def hint(self) -> str:
        """What an empty pane says."""
        return self._hint

    @hint.setter
    def hint(self, sentence: str) -> None:
        self._hint = sentence
        self.refresh()

    def set_count(self, count: int, *, repaint: bool = True) -> None:
        """Take a new number of lines; the cursor stays where it is, or at the last line.

        ``repaint`` False: what is in view is the same.
        """
        self._count = count
        self._cursor = max(0, min(self._cursor, count - 1))
        size = Size(0, max(count, 1))
        if self.virtual_size != size:
            # Setting it the usual way lays the whole screen out anew, 10 ms for each article; but
            # the pane stays as large as it is, and room for its scrollbar is always kept.
            self.set_reactive(Widget.virtual_size, size)
            self._scroll_update(size)
        if repaint:
            self.refresh()

    def move_to(self, line: int, *, way: int = 0) -> None:
        """Put the cursor on ``line``, or the nearest line it may stand on (``way`` first)."""
        line = self._nearest(max(0, min(line, self._count - 1)), way)
        before, self._cursor = self._cursor, line
        self.reveal(line)
        if before != line:
            self.refresh_lines(before)
            self.refresh_lines(line)
            self.cursor_moved()

    def _nearest(self, line: int, way: int) -> int:
        """The line itself, else the next one in direction ``way``, else the next in the other."""
        for step in (way or 1, -(way or 1)):
            at = line
            while 0 <= at < self._count:
                if self.stops_at(at):
                    return at
                at += step
        return self._cursor

    def reveal(self, line: int) -> None:
        """Scroll so that the line is in view, with a line of context where there is room."""
        height = self.page
        if height <= 0:
            return
        context = min(2, (height - 1) // 2)
        top = round(self.scroll_y)
        if line < top + context:
            self.scroll_to_line(line - context)
        elif line >= top + height - context:
            self.scroll_to_line(line - height + 1 + context)

    def scroll_to_line(self, top: int) -> None:
        """Make ``top`` the first visible line, at once."""
        top = max(0, min(top, self._count - self.page))
        self.scroll_to(y=top, animate=False, immediate=True, force=True)

    @property
    def page(self) -> int:
        """Visible lines."""
        return self.scrollable_content_region.height

    # --- painting -------------------------------------------------------------------------------

    @property
    def look(self) -> Look:
        """The styles for the terminal and theme of now."""
        return self._pane_styles()[1]

    def _pane_styles(self) -> tuple[Style, Look]:
        """Style of the pane and look, worked out once per change of styles, not per line."""
        if self._worked_out is None:
            theme = self.app.current_theme
            ansi, colour = self.app.native_ansi_color, not self.app.no_color
            self._worked_out = self.rich_style, look(dark=theme.dark, ansi=ansi, colour=colour)
        return self._worked_out

    def notify_style_update(self) -> None:
        self._worked_out = None
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        base = self._pane_styles()[0]
        line = round(self.scroll_y) + y
        if line >= self._count:
            return (
                self._hint_line(line, width, base) if not self._count else Strip.blank(width, base)
            )
        return Strip(self.paint(line, width, base)).adjust_cell_length(width, base)

    def _hint_line(self, line: int, width: int, base: Style) -> Strip:
        """The sentence of an empty pane, from its second line on."""
        sentence = visible(self._hint)
        lines = wrap(sentence, max(1, width - 4))
        text = "" if not 0 < line <= len(lines) else sentence[slice(*lines[line - 1])]
        return Strip([Segment(f"  {text}", base + self.look.quiet)]).adjust_cell_length(width, base)

    def refresh_lines(self, y_start: int, line_count: int = 1) -> None:
        # As in ScrollView, but never wider than the pane: there is no sideways scrolling.
        self.refresh(Region(0, y_start - round(self.scroll_y), self.size.width, line_count))

    # --- keys and mouse -------------------------------------------------------------------------

    def action_down(self) -> None:
        self.move_to(self._cursor + 1, way=1)

    def action_up(self) -> None:
        self.move_to(self._cursor - 1, way=-1)

    def action_page_down(self) -> None:
        self._turn_page(1)

    def action_page_up(self) -> None:
        self._turn_page(-1)

    def _turn_page(self, way: int) -> None:
        """Lines and cursor go together, so that the first page already shows what was below."""
        lines = way * max(1, self.page - 1)
        self.scroll_to_line(round(self.scroll_y) + lines)
        self.move_to(self._cursor + lines, way=way)

    def action_top(self) -> None:
        self.move_to(0, way=1)

    def action_bottom(self) -> None:
        self.move_to(self._count - 1, way=-1)

    def action_open(self) -> None:
        self.post_message(self.Opened(self))

    def on_focus(self) -> None:
        self.post_message(self.Focused(self))

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset_capture(self)
        line = round(self.scroll_y) + place.y
        if 0 <= line < self._count:
            self.clicked(place.x, line, again=event.chain > 1)

    def clicked(self, cell: int, line: int, *, again: bool) -> None:
        """A click on a line; ``again``: the second of a double click, which opens."""
        if self.stops_at(line):
            self.move_to(line)
            if again:
                self.action_open()
