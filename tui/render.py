"""Records as styled segments: what one line of the list, the entity pane and the bars looks like.

Pure functions of records, a width in cells and a look. Text of articles comes in as plain strings
and leaves as segments with its control characters made visible; nothing here reads markup.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style

from store.library import ArticleRow
from store.records import MentionType
from tui.display import fit, pad
from tui.lang import Lang, text
from tui.theme import GLYPHS, Look

NO_DATE = "—"


# --- the article list -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Columns:
    """Cells of each column of the list; 0: the column is left out. Blanks between not counted."""

    date: int
    countries: int
    source: int
    title: int


def columns(width: int) -> Columns:
    """The columns for a list of that width: the narrower, the fewer beside the title."""
    date = 10 if width >= 34 else 0
    countries = 4 if width >= 44 else 0
    source = 0 if width < 76 else 12 if width < 110 else 18
    gaps = sum(1 for cells in (date, countries, source) if cells)
    return Columns(date, countries, source, max(1, width - 2 - date - countries - source - gaps))


def article_line(
    row: ArticleRow | None,
    width: int,
    base: Style,
    look: Look,
    *,
    gone: str = "…",
    copies: str = "",
) -> list[Segment]:
    """One line of the list; without a row a placeholder that says ``gone``. ``copies``: a sign and
    a number, at the end."""
    if row is None:
        return [Segment(pad(f"  {gone}", width), base + look.quiet)]
    cells = columns(width)
    quiet = base + look.quiet
    segments = [Segment("● " if row.marked else "  ", base + look.mark)]
    if cells.date:
        segments.append(Segment(pad(row.date or NO_DATE, cells.date) + " ", quiet))
    if cells.countries:
        country = base + look.types[MentionType.COUNTRY]
        segments.append(Segment(pad(_countries(row.countries), cells.countries), country))
        segments.append(Segment(" ", base))
    if cells.source:
        segments.append(Segment(pad(row.source or "", cells.source) + " ", quiet))
    style = base + look.derived if row.title_derived else base
    if row.read:
        style += look.quiet
    note = " ✎" if row.noted else ""
    beside = f" {copies}" if copies else ""
    title = pad(row.title, cells.title - len(note) - len(beside))
    segments.append(Segment(title, style))
    if beside:
        # Folded away is told louder than merely existing.
        segments.append(Segment(beside, base + (look.mark if copies[0] == "+" else look.quiet)))
    if note:
        segments.append(Segment(note, base + look.mark))
    return segments


def _countries(codes: Sequence[str]) -> str:
    """The first partner, and how many more: ``JP``, ``JP+2``."""
    if not codes:
        return ""
    return codes[0] if len(codes) == 1 else f"{codes[0]}+{len(codes) - 1}"


# --- the entity pane --------------------------------------------------------------------------


def type_heading(
    kind: MentionType, count: int, base: Style, look: Look, lang: Lang
) -> list[Segment]:
    """The heading of a type: its glyph, its name, how many."""
    style = base + Style(color=look.types[kind].color, bold=True)
    label = f"{GLYPHS[kind]} {text(f'type.{kind}', lang)} "
    return [Segment(label, style), Segment(str(count), base + look.quiet)]


def entity_line(
    name: str,
    kind: MentionType,
    country: str | None,
    counts: str,
    width: int,
    base: Style,
    look: Look,
    *,
    linked: bool,
) -> list[Segment]:
    """Name, country, and at the right the counts."""
    badge = f" {country}" if country else ""
    doubt = "" if linked else " ?"
    room = width - 2 - len(counts) - len(badge) - len(doubt) - 2
    shown = fit(name, max(4, room))
    gap = width - 3 - cell_len(shown) - len(badge) - len(doubt) - len(counts)
    return [
        Segment("  ", base),
        Segment(shown, base + look.types[kind]),
        Segment(doubt, base + look.warning),
        Segment(badge, base + look.quiet),
        Segment(" " * max(0, gap), base),
        Segment(f"{counts} ", base + look.quiet),
    ]


# --- bars -------------------------------------------------------------------------------------


def key_bar(pairs: Iterable[tuple[str, str]], width: int, base: Style, look: Look) -> list[Segment]:
    """Keys with their labels, as many as fit whole."""
    segments: list[Segment] = [Segment(" ", base)]
    used = 1
    for key, label in pairs:
        cells = cell_len(key) + 1 + cell_len(label) + 2
        if used + cells > width + 2:
            break
        segments += [Segment(key, base + look.key), Segment(f" {label}  ", base)]
        used += cells
    return segments


def chips(
    labels: Sequence[str], width: int, base: Style, look: Look
) -> tuple[list[Segment], list[tuple[int, int]]]:
    """The chips of a query and where each stands (cells), as many as fit."""
    segments: list[Segment] = [Segment(" ", base)]
    places: list[tuple[int, int]] = []
    used = 1
    for label in labels:
        shown = f" {fit(label, max(6, width // 2))} × "
        cells = cell_len(shown)
        if used + cells + 1 > width:
            segments.append(Segment("…", base + look.quiet))
            break
        segments += [Segment(shown, base + look.chip), Segment(" ", base)]
        places.append((used, used + cells))
        used += cells + 1
    return segments, places


def highlighted(
    value: str, spans: Iterable[tuple[int, int]], base: Style, match: Style
) -> list[Segment]:
    """``value`` with ``spans`` in the style of a match; control characters become visible."""
    from store.text import visible

    segments: list[Segment] = []
    at = 0
    for start, end in spans:
        start, end = max(at, start), min(end, len(value))
        if start >= end:
            continue
        segments.append(Segment(visible(value[at:start], line_breaks=False), base))
        segments.append(Segment(visible(value[start:end], line_breaks=False), base + match))
        at = end
    segments.append(Segment(visible(value[at:], line_breaks=False), base))
    return [segment for segment in segments if segment.text]
