"""The reader: one article with its mentions, matches and clutter made visible.

The text is wrapped once per width into ranges of what is shown (``tui.display``); every visible
line looks up its spans by bisection. All positions that come in or go out are offsets into the
stored text. The caret, a chosen passage and a mouse selection share that one system.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from store.library import StoredArticle
from store.records import Span
from tui.commands import bindings
from tui.display import line_at, width_of
from tui.lang import Lang
from tui.layout import Layer, Layout
from tui.widgets.lines import Lines
from tui.widgets.page import Head, head_lines

MARGIN = 1
"""Blank cells left and right of the text."""

MEASURE = 100
"""Longest line, cells: beyond that the eye loses the next line."""


class Reader(Lines):
    """Shows one article. The cursor of the pane is the line of the caret."""

    ALLOW_SELECT: ClassVar[bool] = True
    BINDINGS: ClassVar[list[BindingType]] = [*bindings("reader")]

    class CaretMoved(Message):
        """The caret stands on another character; ``offset`` into the stored text."""

        def __init__(self, offset: int) -> None:
            super().__init__()
            self.offset = offset

    def __init__(self, *, id: str, lang: Lang) -> None:
        super().__init__(id=id)
        self.lang: Lang = lang
        self.article: StoredArticle | None = None
        self._head = Head((), 0)
        self._copies = ""
        self.laid_out = Layout()
        self._width = 0
        self._caret = 0
        self._column = 0
        self._anchor: int | None = None
        self._folded = False
        self._glyphs = False
        self._title_matches: tuple[Span, ...] = ()
        self._match_spans: tuple[Span, ...] = ()
        self._chosen = Layer()
        self._chosen_spans: tuple[Span, ...] = ()
        self._here: tuple[int, int] | None = None
        self._here_span: Span | None = None

    # --- data -----------------------------------------------------------------------------------

    def show(
        self,
        article: StoredArticle | None,
        matches: Sequence[Span] = (),
        title_matches: Sequence[Span] = (),
        *,
        copies: str = "",
    ) -> None:
        """Read this article from its top, or nothing. ``copies``: what its head says of them."""
        same = article is not None and self.article is not None and article.id == self.article.id
        self.article = article
        self._match_spans = tuple(matches)
        self._title_matches = tuple(title_matches)
        self._copies = copies
        if not same:
            self._caret = self._column = 0
            self._anchor = None
            self._chosen_spans = ()
            self._here_span = None
        self._build()
        if not same:
            self._cursor = self._line_of_caret()
            self.scroll_to_line(0)
        self.clear_selection()

    def change_head(self, article: StoredArticle) -> None:
        """The same article with another note: the text stays where it is."""
        top = round(self.scroll_y) - len(self._head.lines)
        self.article = article
        self._wrap(article)
        self._cursor = self._line_of_caret()
        if top > 0:
            self.scroll_to_line(top + len(self._head.lines))
        self.refresh()

    def clear_selection(self) -> None:
        """Forget what the mouse had selected."""
        if self.text_selection is not None:
            self.screen.clear_selection()

    def choose(self, spans: Sequence[Span]) -> None:
        """Show these mentions as those of the chosen entity."""
        self._chosen_spans = tuple(spans)
        self._chosen = self.laid_out.layer(self._chosen_spans)
        self.refresh()

    def go_to(self, span: Span | None) -> None:
        """Bring a mention or match into view and put the caret on it; None takes the light off."""
        self._here_span = span
        self._here = None if span is None else self._shown(span)
        if span is not None:
            self._set_caret(span.start, reveal=False)
            self._centre()
        self.refresh()

    @property
    def caret(self) -> int:
        """The caret's offset into the stored text."""
        return self._caret

    @property
    def folded(self) -> bool:
        """Whether clutter is folded away."""
        return self._folded

    def fold(self, on: bool) -> None:
        """Fold the clutter of sites to a line each, or show it."""
        self._folded = on
        self._build()
        display = self.laid_out.display
        if display.to_source(display.to_shown(self._caret)) == self._caret:
            self._set_caret(self._caret)
        else:
            # It stood in what is folded now.
            self.move_to(self._line_of_caret())

    # --- passages -------------------------------------------------------------------------------

    @property
    def quoting(self) -> bool:
        """Whether a passage is being chosen."""
        return self._anchor is not None

    def start_quote(self) -> None:
        """Choose a passage from the caret on."""
        self._anchor = self._caret
        self.refresh()

    def stop_quote(self) -> None:
        self._anchor = None
        self.refresh()

    def passage(self) -> Span | None:
        """The passage chosen with the keys or the mouse, None: none is."""
        if self._anchor is not None:
            start, end = sorted((self._anchor, self._caret))
            size = len(self.article.body) if self.article else 0
            return Span(start, min(end + 1, size))
        selection = self.text_selection
        if selection is None or self.article is None:
            return None
        start = self._offset_at(selection.start, 0)
        end = self._offset_at(selection.end, len(self.laid_out.display.source))
        return Span(start, end) if start < end else None

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        if self.article is None:
            return None
        start = self._offset_at(selection.start, 0)
        end = self._offset_at(selection.end, len(self.laid_out.display.source))
        return self.article.body[start:end], "\n"

    def _offset_at(self, place: tuple[int, int] | None, otherwise: int) -> int:
        """The offset of a place of Textual's selection: (character in the line, line)."""
        if place is None:
            return otherwise
        x, y = place
        line = y - len(self._head.lines)
        if line < 0:
            return 0
        if line >= len(self.laid_out.lines):
            return len(self.laid_out.display.source)
        start, end = self.laid_out.lines[line]
        return self.laid_out.display.to_source(min(start + max(0, x - MARGIN), end))

    # --- building -------------------------------------------------------------------------------

    def _build(self) -> None:
        """Lay the article out anew."""
        self._glyphs = self.look.glyphs
        self.laid_out = Layout(
            self.article,
            self._match_spans,
            lang=self.lang,
            folded=self._folded,
            glyphs=self._glyphs,
        )
        self._chosen = self.laid_out.layer(self._chosen_spans)
        if self.article is None:
            self._head = Head((), 0)
            self.set_count(0)
        else:
            self._wrap(self.article)

    def _wrap(self, article: StoredArticle) -> None:
        """Break the lines for the width of now."""
        self._width = self.scrollable_content_region.width
        if not self._width:
            # Not on the screen now; the resize that brings it there breaks the lines.
            self._head = Head((), 0)
            self.set_count(0)
            return
        width = max(1, min(self._width - 2 * MARGIN, MEASURE))
        self._head = head_lines(article, self._title_matches, width, self.lang, self._copies)
        self.laid_out.wrap(width)
        here = self._here_span
        self._here = None if here is None else self._shown(here)
        self.set_count(len(self._head.lines) + len(self.laid_out.lines))

    def _shown(self, span: Span) -> tuple[int, int]:
        return self.laid_out.display.span_shown(span.start, span.end)

    def on_resize(self, event: events.Resize) -> None:
        if self.scrollable_content_region.width == self._width or self.article is None:
            return
        # The first visible line keeps its text.
        top, lines = round(self.scroll_y) - len(self._head.lines), self.laid_out.lines
        position = lines[top][0] if 0 < top < len(lines) else None
        self._wrap(self.article)
        self._cursor = self._line_of_caret()
        if position is not None:
            self.scroll_to_line(len(self._head.lines) + line_at(self.laid_out.lines, position))

    def notify_style_update(self) -> None:
        super().notify_style_update()
        if self.article is not None and self.is_attached and self.look.glyphs != self._glyphs:
            self._build()

    # --- caret ----------------------------------------------------------------------------------

    def _line_of_caret(self) -> int:
        if not self.laid_out.lines:
            return 0
        return len(self._head.lines) + self.laid_out.line_of(self._caret)

    def _set_caret(self, offset: int, *, column: bool = True, reveal: bool = True) -> None:
        size = len(self.laid_out.display.source)
        self._caret = max(0, min(offset, size))
        line = self._line_of_caret()
        before, self._cursor = self._cursor, line
        if column:
            self._column = self._cells_before_caret()
        if reveal:
            self.reveal(line)
        if self._anchor is not None:
            self.refresh()
        else:
            self.refresh_lines(before)
            self.refresh_lines(line)

    def _cells_before_caret(self) -> int:
        at = self.cursor - len(self._head.lines)
        if not 0 <= at < len(self.laid_out.lines):
            return 0
        return cell_len(
            self.laid_out.display.shown[
                self.laid_out.lines[at][0] : self.laid_out.display.to_shown(self._caret)
            ]
        )

    def _centre(self) -> None:
        """Bring the caret's line a third from the top when it is not well in view."""
        top, height = round(self.scroll_y), self.page
        if not top + 1 <= self.cursor < top + height - 2:
            self.scroll_to_line(self.cursor - height // 3)

    def stops_at(self, line: int) -> bool:
        return True

    def move_to(self, line: int, *, way: int = 0) -> None:
        """Put the caret on that line, in the column it came from."""
        head = len(self._head.lines)
        if line < head or not self.laid_out.lines:
            self._caret = 0
            self._cursor = min(head, max(0, self.count - 1)) if self.laid_out.lines else 0
            self.scroll_to_line(0)
            self.refresh()
            return
        start, end = self.laid_out.lines[min(line - head, len(self.laid_out.lines) - 1)]
        cells, at = 0, start
        while at < end and cells < self._column:
            cells += width_of(self.laid_out.display.shown[at])
            at += 1
        self._set_caret(self.laid_out.display.to_source(min(at, max(start, end - 1))), column=False)
        self.post_message(self.CaretMoved(self._caret))

    def reveal(self, line: int) -> None:
        """Keep a third of the page around the caret, so that the text moves early."""
        height = self.page
        if height <= 0:
            return
        context = height // 3
        top = round(self.scroll_y)
        if line < top + context:
            self.scroll_to_line(line - context)
        elif line >= top + height - context:
            self.scroll_to_line(line - height + 1 + context)

    def action_left(self) -> None:
        self._step_caret(-1)

    def action_right(self) -> None:
        self._step_caret(1)

    def _step_caret(self, by: int) -> None:
        self._set_caret(self._caret + by)
        self.post_message(self.CaretMoved(self._caret))

    def clicked(self, cell: int, line: int, *, again: bool) -> None:
        if line >= len(self._head.lines):
            self._column = max(0, cell - MARGIN)
            self.move_to(line)

    # --- painting -------------------------------------------------------------------------------

    def selection_updated(self, selection: Selection | None) -> None:
        self.refresh()

    def render_line(self, y: int) -> Strip:
        line = round(self.scroll_y) + y
        return super().render_line(y).apply_offsets(0, line)

    def paint(self, line: int, width: int, base: Style) -> Iterable[Segment]:
        head = len(self._head.lines)
        if line < head:
            return self._head.paint(line, base, self.look)
        return self._paint_text(line - head, line, base)

    def _paint_text(self, at: int, line: int, base: Style) -> list[Segment]:
        """One line of the text, cut wherever a span begins or ends."""
        start, end = self.laid_out.lines[at]
        styles = self._styles_on(start, end, line)
        shown = self.laid_out.display.shown
        cuts = sorted({start, end, *(p for a, b, _ in styles for p in (a, b) if start < p < end)})
        segments = [Segment(" " * MARGIN, base)]
        for first, last in pairwise(cuts):
            style = base
            for a, b, over in styles:
                if a <= first and last <= b:
                    style += over
            segments.append(Segment(shown[first:last], style))
        if self.has_focus and line == self.cursor:
            position = self.laid_out.display.to_shown(self._caret)
            if position >= end:
                segments.append(Segment(" ", base + self.look.caret))
        return segments

    def _styles_on(self, start: int, end: int, line: int) -> list[tuple[int, int, Style]]:
        """``(from, to, style)`` for what lies on a line, lowest layer first."""
        look, layout = self.look, self.laid_out
        found = [(a, b, look.boilerplate) for a, b, _ in layout.clutter.within(start, end)]
        for a, b, kind in layout.mentions.within(start, end):
            if kind is not None:
                found.append((a, b, look.types[kind]))
        found += [(a, b, look.chosen) for a, b, _ in self._chosen.within(start, end)]
        found += [(a, b, look.match) for a, b, _ in layout.matches.within(start, end)]
        here = self._here if self._anchor is None else None
        if here is not None and here[0] < end and here[1] > start:
            found.append((*here, look.here))
        passage = self._shown_passage(line, start, end)
        if passage is not None:
            found.append((*passage, look.selection))
        if self.has_focus and line == self.cursor:
            position = self.laid_out.display.to_shown(self._caret)
            if start <= position < end:
                found.append((position, position + 1, look.caret))
        return found

    def _shown_passage(self, line: int, start: int, end: int) -> tuple[int, int] | None:
        """The part of a line that is chosen with the keys or the mouse, in shown positions."""
        if self._anchor is not None:
            passage = self.passage()
            if passage is None:
                return None
            return self._shown(passage)
        selection = self.text_selection
        if selection is None or (part := selection.get_span(line)) is None:
            return None
        first, last = part
        stop = end if last < 0 else start + max(0, last - MARGIN)
        return start + max(0, first - MARGIN), min(end, stop)

    # --- stepping -------------------------------------------------------------------------------

    def nearest(self, spans: Sequence[Span], way: int) -> int | None:
        """Which of sorted ``spans`` comes next from the caret in direction ``way``, around the ends."""
        if not spans:
            return None
        starts = [span.start for span in spans]
        standing = self._here_span
        at = standing.start if standing is not None and standing.start == self._caret else None
        if way > 0:
            index = bisect_right(starts, at) if at is not None else bisect_left(starts, self._caret)
            return index % len(spans)
        return (bisect_left(starts, self._caret) - 1) % len(spans)
