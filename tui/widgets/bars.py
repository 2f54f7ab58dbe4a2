"""The one-line bars: breadcrumb, chips and notices, keys. Each is handed what it shows."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui.display import fit
from tui.render import chips, key_bar
from tui.theme import Look, look


class Bar(Widget):
    """One line, painted from plain strings."""

    DEFAULT_CSS = "Bar { height: 1; width: 1fr; }"

    @property
    def look(self) -> Look:
        """The styles for the terminal and theme of now."""
        theme = self.app.current_theme
        return look(dark=theme.dark, ansi=self.app.native_ansi_color, colour=not self.app.no_color)

    def segments(self, width: int) -> list[Segment]:
        """What the line shows."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if y:
            return Strip.blank(width, self.rich_style)
        return Strip(self.segments(width)).adjust_cell_length(width, self.rich_style)


class KeyBar(Bar):
    """The keys that matter where the user is."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._pairs: Sequence[tuple[str, str]] = ()

    @property
    def pairs(self) -> Sequence[tuple[str, str]]:
        """Keys and labels shown."""
        return self._pairs

    def show(self, pairs: Sequence[tuple[str, str]]) -> None:
        if pairs != self._pairs:
            self._pairs = pairs
            self.refresh()

    def segments(self, width: int) -> list[Segment]:
        return key_bar(self._pairs, width, self.rich_style, self.look)


class Status(Bar):
    """What stands at the right of the query: hits, marks, order. Its width is given, so that a
    new text costs no layout; what doesn't fit is left out from the end."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._parts: tuple[str, ...] = ()

    @property
    def shown(self) -> str:
        """The whole text."""
        return " · ".join(self._parts)

    def show(self, parts: Sequence[str]) -> None:
        if tuple(parts) != self._parts:
            self._parts = tuple(parts)
            self.refresh()

    def segments(self, width: int) -> list[Segment]:
        base, parts = self.rich_style, list(self._parts)
        while len(parts) > 1 and cell_len(" · ".join(parts)) > width - 2:
            parts.pop()
        shown = fit(" · ".join(parts), width - 2)
        blanks = " " * (width - 1 - cell_len(shown))
        return [Segment(blanks, base), Segment(shown, base + self.look.quiet)]


class Crumbs(Bar):
    """Where the user is, when one pane is shown at a time."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._names: Sequence[str] = ()
        self._at = 0

    def show(self, names: Sequence[str], at: int) -> None:
        self._names, self._at = names, at
        self.refresh()

    def segments(self, width: int) -> list[Segment]:
        base, found = self.rich_style, [Segment(" ", self.rich_style)]
        for number, name in enumerate(self._names):
            if number:
                found.append(Segment(" › ", base + self.look.quiet))
            style = self.look.title if number == self._at else self.look.quiet
            found.append(Segment(name, base + style))
        return found


class ChipBar(Bar):
    """The filters of the query as chips, and behind them what a search wants to tell."""

    class Removed(Message):
        """A chip was clicked away; ``index`` counts the chips from 0."""

        def __init__(self, index: int) -> None:
            super().__init__()
            self.index = index

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._labels: Sequence[str] = ()
        self._notice = ""
        self._fault = False
        self._places: list[tuple[int, int]] = []

    @property
    def labels(self) -> Sequence[str]:
        return self._labels

    @property
    def notice(self) -> str:
        return self._notice

    def show(self, labels: Sequence[str], notice: str = "", *, fault: bool = False) -> None:
        """Chips and a sentence; with neither the bar takes no line."""
        self._labels, self._notice, self._fault = tuple(labels), notice, fault
        self.display = bool(labels or notice)
        self.refresh()

    def segments(self, width: int) -> list[Segment]:
        base = self.rich_style
        found, self._places = chips(self._labels, width, base, self.look)
        if not self._notice:
            return found
        if not self._labels:
            found = [Segment(" ", base)]
        room = width - sum(segment.cell_length for segment in found) - 1
        style = self.look.error if self._fault else self.look.warning
        return [*found, Segment(fit(self._notice, room), base + style)]

    def on_click(self, event: events.Click) -> None:
        for index, (start, end) in enumerate(self._places):
            if start <= event.x < end:
                self.post_message(self.Removed(index))
