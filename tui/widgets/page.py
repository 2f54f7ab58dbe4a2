"""The head of an article in the reader: title, outlet, day, partners, link, note."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style

from store.library import StoredArticle
from store.records import Span
from store.text import visible
from tui.display import Display, fit, wrap
from tui.lang import Lang, text
from tui.render import NO_DATE, highlighted
from tui.theme import Look

TITLE_LINES = 6
NOTE_LINES = 8
"""A longer note would push the text away; the rest is seen where it is written."""


@dataclass(frozen=True, slots=True)
class HeadLine:
    """One line of the head; ``spans`` are matches of the query in it."""

    text: str
    kind: str
    """``title``, ``derived``, ``meta``, ``copies``, ``note`` or ``blank``."""
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """The head, laid out for a width."""

    lines: tuple[HeadLine, ...]
    width: int

    def paint(self, line: int, base: Style, look: Look) -> list[Segment]:
        """The segments of one line."""
        item = self.lines[line]
        style = base + {
            "title": look.title,
            "derived": look.title + look.derived,
            "copies": look.heading,
            "note": look.mark,
        }.get(item.kind, look.quiet)
        return [Segment(" ", base), *highlighted(item.text, item.spans, style, look.match)]


def head_lines(
    article: StoredArticle,
    title_matches: Sequence[Span],
    width: int,
    lang: Lang,
    copies: str = "",
) -> Head:
    """The head of an article; control characters in its fields are visible marks.

    ``copies``: a sentence about articles of nearly the same text, empty where there are none.
    """
    kind = "derived" if article.title_derived else "title"
    title = Display(article.title.replace("\n", " "))
    matches = [title.span_shown(span.start, span.end) for span in title_matches]
    lines = []
    for start, end in _first(wrap(title.shown, width), TITLE_LINES, len(title.shown)):
        spans = tuple((max(a, start) - start, min(b, end) - start) for a, b in matches)
        spans = tuple((a, b) for a, b in spans if a < b)
        lines.append(HeadLine(fit(title.shown[start:end], width), kind, spans))
    lines.append(HeadLine(fit(_facts(article, lang), width), "meta"))
    if article.url:
        lines.append(HeadLine(fit(article.url, width), "meta"))
    if copies:
        lines.append(HeadLine(fit(copies, width), "copies"))
    if article.note:
        note = visible(f"✎ {article.note}", line_breaks=False)
        lines += [
            HeadLine(fit(note[start:end], width), "note")
            for start, end in _first(wrap(note, width), NOTE_LINES, len(note))
        ]
    lines.append(HeadLine("", "blank"))
    return Head(tuple(lines), width)


def _first(lines: list[tuple[int, int]], most: int, end: int) -> list[tuple[int, int]]:
    """The first lines; where more follow, the last one goes on to the end, and is cut to fit."""
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], (lines[most - 1][0], end)]


def _facts(article: StoredArticle, lang: Lang) -> str:
    """Day, outlet, partners, number; and that the title is not the source's, if so."""
    facts = [article.date or NO_DATE]
    if article.source:
        facts.append(article.source)
    if article.extraction.partners:
        facts.append(" ".join(article.extraction.partners))
    facts.append(f"#{article.id}")
    if article.title_derived:
        facts.append(text("reader.derived", lang))
    return " · ".join(facts)
