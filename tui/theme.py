"""Colours: the themes of the frame, and the looks of what our own widgets paint.

A *look* is a table of styles for one kind of terminal: dark, light, the sixteen ANSI colours, or
none at all. Every entity type differs by more than its colour (bold, underline, double underline,
italic), and without colours also by a glyph before the mention.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from rich.segment import Segment
from rich.style import Style
from textual.color import Color
from textual.filter import LineFilter
from textual.theme import Theme

from store.records import MentionType

DARK = Theme(
    name="bilat-dark",
    primary="#7aa2c8",
    secondary="#8fb7a3",
    accent="#e0af68",
    warning="#e0af68",
    error="#e06c75",
    success="#8fbc8f",
    foreground="#d4d8de",
    background="#14171c",
    surface="#14171c",
    panel="#1d2229",
    dark=True,
    variables={
        "border": "#7aa2c8",
        "border-blurred": "#39424e",
        "quiet": "#8a94a1",
        "input-cursor-text-style": "reverse",
        "block-cursor-background": "#2f4a66",
        "block-cursor-foreground": "#f2f4f7",
        "block-cursor-text-style": "none",
        "scrollbar": "#39424e",
        "scrollbar-background": "#14171c",
    },
)

LIGHT = Theme(
    name="bilat-light",
    primary="#2a5d8f",
    secondary="#2f6b4f",
    accent="#9a5b00",
    warning="#9a5b00",
    error="#b3261e",
    success="#2f6b4f",
    foreground="#1f2329",
    background="#fbfaf7",
    surface="#fbfaf7",
    panel="#efede6",
    dark=False,
    variables={
        "border": "#2a5d8f",
        "border-blurred": "#c9c5ba",
        "quiet": "#686f78",
        "input-cursor-text-style": "reverse",
        "block-cursor-background": "#cfe0f1",
        "block-cursor-foreground": "#11161c",
        "block-cursor-text-style": "none",
        "scrollbar": "#c9c5ba",
        "scrollbar-background": "#fbfaf7",
    },
)

CYCLE = ("bilat-dark", "bilat-light", "ansi-dark", "ansi-light")
"""The themes that the theme key goes through; the palette offers all of Textual's too."""

GLYPHS: Mapping[MentionType, str] = {
    MentionType.PERSON: "@",
    MentionType.ORG: "#",
    MentionType.COUNTRY: "⚑",
    MentionType.PLACE: "⌂",
    MentionType.AGREEMENT: "§",
    MentionType.DATE: "◷",
    MentionType.MONEY: "¤",
}

# What tells the types apart besides colour; each combination occurs once.
_SHAPES: Mapping[MentionType, Style] = {
    MentionType.PERSON: Style(bold=True),
    MentionType.ORG: Style(underline=True),
    MentionType.COUNTRY: Style(italic=True),
    MentionType.PLACE: Style(italic=True, underline=True),
    MentionType.AGREEMENT: Style(bold=True, underline=True),
    MentionType.DATE: Style(underline2=True),
    MentionType.MONEY: Style(bold=True, italic=True),
}


@dataclass(frozen=True, slots=True)
class Look:
    """The styles of what our widgets paint; each is laid over the one of the pane."""

    glyphs: bool
    """Whether a glyph stands before each mention (where colours cannot be told apart)."""
    types: Mapping[MentionType, Style]
    quiet: Style
    """Dates, counts and other things beside the matter."""
    title: Style
    derived: Style
    """A title that the source did not give."""
    heading: Style
    boilerplate: Style
    match: Style
    """A match of the query."""
    chosen: Style
    """Every mention of the chosen entity."""
    here: Style
    """The mention or match that the reader stands on."""
    caret: Style
    selection: Style
    cursor: Style
    """The line of the cursor in the focused pane."""
    cursor_away: Style
    """The same in a pane without focus."""
    mark: Style
    key: Style
    chip: Style
    warning: Style
    error: Style


def _types(colours: Mapping[MentionType, str]) -> dict[MentionType, Style]:
    return {kind: Style(color=colours[kind]) + shape for kind, shape in _SHAPES.items()}


def _by_type(*colours: str) -> dict[MentionType, str]:
    return dict(zip(MentionType, colours, strict=True))


@cache
def look(*, dark: bool, ansi: bool, colour: bool) -> Look:
    """The look for such a terminal."""
    if not colour:
        return _PLAIN
    if ansi:
        return _ANSI
    return _DARK if dark else _LIGHT


# Contrast against the pane's background is at least 4.5 : 1 for every colour below (WCAG AA;
# tests/screen/test_theme.py measures it).
_DARK = Look(
    glyphs=False,
    types=_types(
        _by_type("#f0c674", "#8ab4f8", "#98c379", "#6fc3b5", "#d7a3e8", "#9fb3c8", "#f2a272")
    ),
    quiet=Style(color="#8a94a1"),
    title=Style(color="#f2f4f7", bold=True),
    derived=Style(color="#d4d8de", italic=True),
    heading=Style(color="#b9c2cc", bold=True),
    boilerplate=Style(color="#7d8590"),
    match=Style(color="#14171c", bgcolor="#e6c35c"),
    chosen=Style(bgcolor="#33405a"),
    here=Style(color="#14171c", bgcolor="#8ab4f8", bold=True),
    caret=Style(reverse=True),
    selection=Style(bgcolor="#3d5a45"),
    cursor=Style(color="#f2f4f7", bgcolor="#2f4a66"),
    cursor_away=Style(bgcolor="#232a33"),
    mark=Style(color="#e0af68", bold=True),
    key=Style(color="#7aa2c8", bold=True),
    chip=Style(color="#d4d8de", bgcolor="#2b3440"),
    warning=Style(color="#e0af68"),
    error=Style(color="#e06c75", bold=True),
)

_LIGHT = Look(
    glyphs=False,
    types=_types(
        _by_type("#855000", "#1a56a8", "#2f6b1f", "#0f6a60", "#7b2d94", "#4a5866", "#a03d00")
    ),
    quiet=Style(color="#686f78"),
    title=Style(color="#11161c", bold=True),
    derived=Style(color="#1f2329", italic=True),
    heading=Style(color="#3a424b", bold=True),
    boilerplate=Style(color="#6b7178"),
    match=Style(color="#11161c", bgcolor="#f7d774"),
    chosen=Style(bgcolor="#d9e4f2"),
    here=Style(color="#ffffff", bgcolor="#1a56a8", bold=True),
    caret=Style(reverse=True),
    selection=Style(bgcolor="#cfe6d3"),
    cursor=Style(color="#11161c", bgcolor="#cfe0f1"),
    cursor_away=Style(bgcolor="#efede6"),
    mark=Style(color="#9a5b00", bold=True),
    key=Style(color="#2a5d8f", bold=True),
    chip=Style(color="#1f2329", bgcolor="#e4e0d5"),
    warning=Style(color="#9a5b00"),
    error=Style(color="#b3261e", bold=True),
)

_ANSI = Look(
    glyphs=False,
    types=_types(_by_type("yellow", "blue", "green", "cyan", "magenta", "bright_black", "red")),
    quiet=Style(dim=True),
    title=Style(bold=True),
    derived=Style(italic=True),
    heading=Style(bold=True),
    boilerplate=Style(dim=True),
    match=Style(color="black", bgcolor="yellow"),
    chosen=Style(color="black", bgcolor="cyan"),
    here=Style(color="bright_white", bgcolor="blue", bold=True),
    caret=Style(reverse=True),
    selection=Style(color="black", bgcolor="cyan"),
    cursor=Style(reverse=True),
    cursor_away=Style(bold=True),
    mark=Style(color="yellow", bold=True),
    key=Style(color="blue", bold=True),
    chip=Style(reverse=True),
    warning=Style(color="yellow"),
    error=Style(color="red", bold=True),
)

_PLAIN = Look(
    glyphs=True,
    types=dict(_SHAPES),
    quiet=Style(dim=True),
    title=Style(bold=True),
    derived=Style(italic=True),
    heading=Style(bold=True),
    boilerplate=Style(dim=True),
    match=Style(reverse=True),
    chosen=Style(bold=True, underline=True),
    here=Style(reverse=True, bold=True),
    caret=Style(reverse=True),
    selection=Style(reverse=True),
    cursor=Style(reverse=True),
    cursor_away=Style(bold=True),
    mark=Style(bold=True),
    key=Style(bold=True),
    chip=Style(reverse=True),
    warning=Style(bold=True),
    error=Style(bold=True, reverse=True),
)


class Colourless(LineFilter):
    """Takes every colour out of what is painted; bold, underline and reverse stay."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        return [
            Segment(text, None if style is None else style.without_color, control)
            for text, style, control in segments
        ]
