"""What a text looks like on the screen, and the way back to its offsets.

A *display* is a source string with some ranges replaced by what is shown for them: hidden
characters as ``⟨U+202E⟩``, tabs as blanks, folded boilerplate as one line, a glyph before a
mention. Everything else is the source itself, so an article without such ranges costs nothing.
Wrapping gives ``(start, end)`` offsets into the shown text. Positions are code points, widths are
terminal cells.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from functools import cache
from operator import itemgetter

from rich.cells import cell_len, get_character_cell_size

from store.text import visible

TAB = "    "

# Characters that are surely one cell wide; a paragraph of only these is wrapped by counting
# characters. Ranges: Latin, Greek and Cyrillic blocks, general punctuation, currency, arrows.
_ONE_CELL = (
    "[\x20-\x7e\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u058f\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2190-\u2211\u2500-\u25fc]*"
)


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    """These large character sets take milliseconds, which a start need not spend."""
    return re.compile(pattern)


Replacement = tuple[int, int, str]
"""``(start, end, shown)``: the source range and what stands for it (may be an insertion)."""


class Display:
    """A source text with replacements, and the map between both."""

    __slots__ = (
        "_shown_ends",
        "_shown_starts",
        "_source_ends",
        "_source_starts",
        "shown",
        "source",
    )

    def __init__(self, source: str, replacements: Iterable[Replacement] = ()) -> None:
        """``replacements`` sorted and not overlapping; hidden characters are added to them."""
        self.source = source
        self._source_starts: list[int] = []
        self._source_ends: list[int] = []
        self._shown_starts: list[int] = []
        self._shown_ends: list[int] = []
        pieces: list[str] = []
        at = shown = 0
        for start, end, text in _with_hidden(source, replacements):
            pieces.append(source[at:start])
            shown += start - at
            pieces.append(text)
            self._source_starts.append(start)
            self._source_ends.append(end)
            self._shown_starts.append(shown)
            shown += len(text)
            self._shown_ends.append(shown)
            at = end
        pieces.append(source[at:])
        self.shown = "".join(pieces) if self._source_starts else source

    def to_source(self, position: int) -> int:
        """The source offset shown at ``position``; inside a replacement, that of its start."""
        at = bisect_right(self._shown_starts, position) - 1
        if at < 0:
            return position
        if position < self._shown_ends[at]:
            return self._source_starts[at]
        return self._source_ends[at] + position - self._shown_ends[at]

    def to_shown(self, offset: int) -> int:
        """The position where source ``offset`` is shown; inside a replacement, that of its start."""
        at = bisect_right(self._source_starts, offset) - 1
        if at < 0:
            return offset
        if offset < self._source_ends[at]:
            return self._shown_starts[at]
        return self._shown_ends[at] + offset - self._source_ends[at]

    def span_shown(self, start: int, end: int) -> tuple[int, int]:
        """The shown range of the source range ``[start, end)``."""
        first = self.to_shown(start)
        if end <= start:
            return first, first
        # The end goes behind what is shown for the last character, not to its start.
        at = bisect_left(self._source_ends, end)
        if at < len(self._source_ends) and self._source_starts[at] < end <= self._source_ends[at]:
            return first, self._shown_ends[at]
        return first, self.to_shown(end - 1) + 1


# As in store.text: every character that ``visible`` replaces, found by what it does to each.
_SUSPECT = "[^\n\x20-\x7e\xa0-\xac\xae-\u05ff\u2010-\u2027\u2030-\u205f\u3000-\ud7ff]"


def _with_hidden(source: str, replacements: Iterable[Replacement]) -> list[Replacement]:
    """The replacements with those for hidden characters and tabs merged in."""
    given = list(replacements)
    hidden: list[Replacement] = []
    for match in _compiled(_SUSPECT).finditer(source):
        at, char = match.start(), match.group()
        if char == "\t":
            hidden.append((at, at + 1, TAB))
        elif char == "\r" and source.startswith("\n", at + 1):
            hidden.append((at, at + 1, ""))
        elif (seen := visible(char)) != char:
            hidden.append((at, at + 1, seen))
    if not hidden:
        return given
    if not given:
        return hidden
    taken = [(start, end) for start, end, _ in given if end > start]
    starts = [start for start, _ in taken]

    def covered(at: int) -> bool:
        where = bisect_right(starts, at) - 1
        return where >= 0 and at < taken[where][1]

    return sorted(given + [item for item in hidden if not covered(item[0])])


def wrap(text: str, width: int) -> list[tuple[int, int]]:
    """``text`` broken into lines of at most ``width`` cells, at blanks where there are any.

    Blanks at a break belong to no line. A character wider than ``width`` gets a line to itself.
    Linear in the length of the text.
    """
    width = max(1, width)
    one_cell = _compiled(_ONE_CELL)
    lines: list[tuple[int, int]] = []
    start = 0
    length = len(text)
    while True:
        end = text.find("\n", start)
        if end < 0:
            end = length
        if end - start <= width // 2:
            lines.append((start, end))  # short enough even if every character is two cells wide
        else:
            match = one_cell.match(text, start, end)
            if match and match.end() == end:
                _wrap_narrow(text, start, end, width, lines)
            else:
                _wrap_wide(text, start, end, width, lines)
        if end == length:
            return lines
        start = end + 1


def _wrap_narrow(text: str, start: int, end: int, width: int, lines: list[tuple[int, int]]) -> None:
    """Wrap a paragraph in which every character is one cell wide."""
    while end - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if cut <= start:
            cut = start + width
        last = cut
        while last > start and text[last - 1] == " ":
            last -= 1
        if last > start:
            lines.append((start, last))
        start = cut
        while start < end and text[start] == " ":
            start += 1
    if start < end:
        lines.append((start, end))


def _wrap_wide(text: str, start: int, end: int, width: int, lines: list[tuple[int, int]]) -> None:
    """Wrap a paragraph with wide or combining characters, measuring each."""
    line = start
    used = 0
    blank = -1  # the last blank seen on this line
    at = start
    while at < end:
        cells = width_of(text[at])
        if used + cells > width and at > line:
            if text[at] == " ":
                lines.append((line, _before_blanks(text, line, at)))
                line = _after_blanks(text, at, end)
            elif blank > line:
                lines.append((line, _before_blanks(text, line, blank)))
                line = _after_blanks(text, blank, end)
            else:
                lines.append((line, at))
                line = at
            at, used, blank = line, 0, -1
            continue
        if text[at] == " ":
            blank = at
        used += cells
        at += 1
    if line < end:
        lines.append((line, end))


def _before_blanks(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] == " ":
        end -= 1
    return end


def _after_blanks(text: str, start: int, end: int) -> int:
    while start < end and text[start] == " ":
        start += 1
    return start


def width_of(char: str) -> int:
    """Cells of one character; an emoji selector widens the character before it by one."""
    if char == "\ufe0f":
        return 1
    return 1 if " " <= char <= "~" else get_character_cell_size(char)


def fit(text: str, width: int, *, ellipsis: str = "…") -> str:
    """``text`` on one line in at most ``width`` cells, cut with an ellipsis; hidden characters shown.

    Only as much of the text is looked at as can be seen.
    """
    if width <= 0:
        return ""
    shown = visible(text[: width * 2 + 8], line_breaks=False)
    if cell_len(shown) <= width and len(text) <= width * 2 + 8:
        return shown
    room = width - cell_len(ellipsis)
    if room < 0:
        return ""
    used = 0
    for at, char in enumerate(shown):
        used += width_of(char)
        if used > room:
            return shown[:at].rstrip() + ellipsis
    return shown + ellipsis


def pad(text: str, width: int) -> str:
    """``text`` fitted and filled with blanks to exactly ``width`` cells."""
    fitted = fit(text, width)
    return fitted + " " * (width - cell_len(fitted))


def line_at(lines: Sequence[tuple[int, int]], position: int) -> int:
    """The number of the line that shows ``position``, or of the one before a break there."""
    return max(0, bisect_right(lines, position, key=itemgetter(0)) - 1)
