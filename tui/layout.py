"""An article laid out for reading: what is shown for its text, in which lines, with which spans.

Pure: the reader paints it and moves a caret over it. Offsets are those of the stored text,
positions those of the shown one (``tui.display``).
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from store.library import StoredArticle
from store.records import MentionType, Span
from tui.display import Display, Replacement, line_at, wrap
from tui.lang import Lang, text
from tui.theme import GLYPHS


class Layer:
    """Sorted spans in positions of the shown text, with a kind each."""

    __slots__ = ("_ends", "_kinds", "_starts")

    def __init__(self, spans: Iterable[tuple[int, int, MentionType | None]] = ()) -> None:
        ordered = sorted(spans, key=lambda span: span[:2])
        self._starts = [start for start, _, _ in ordered]
        self._ends = [end for _, end, _ in ordered]
        self._kinds = [kind for _, _, kind in ordered]

    def within(self, start: int, end: int) -> Iterable[tuple[int, int, MentionType | None]]:
        """The spans that touch ``[start, end)``."""
        at = bisect_right(self._ends, start)
        while at < len(self._starts) and self._starts[at] < end:
            yield self._starts[at], self._ends[at], self._kinds[at]
            at += 1


class Layout:
    """The body of one article: its shown text, its lines once ``wrap`` was called, its layers."""

    __slots__ = ("clutter", "display", "lines", "matches", "mentions")

    def __init__(
        self,
        article: StoredArticle | None = None,
        matches: Sequence[Span] = (),
        *,
        lang: Lang = "id",
        folded: bool = False,
        glyphs: bool = False,
    ) -> None:
        """``folded``: clutter takes one line each run. ``glyphs``: a sign before each mention."""
        self.lines: list[tuple[int, int]] = []
        if article is None:
            self.display = Display("")
            self.mentions = self.clutter = self.matches = Layer()
            return
        extraction = article.extraction
        self.display = Display(article.body, _replacements(article, folded, glyphs, lang))
        self.mentions = self.layer(
            [Span(m.start, m.end) for m in extraction.mentions],
            [m.type for m in extraction.mentions],
        )
        self.clutter = self.layer(extraction.boilerplate)
        self.matches = self.layer(matches)

    def layer(
        self, spans: Sequence[Span], kinds: Sequence[MentionType | None] | None = None
    ) -> Layer:
        """Spans of the stored text as a layer of the shown one."""
        shown = [self.display.span_shown(span.start, span.end) for span in spans]
        kinds = kinds or [None] * len(spans)
        return Layer((a, b, kind) for (a, b), kind in zip(shown, kinds, strict=True))

    def wrap(self, width: int) -> None:
        """Break the lines for that many cells."""
        self.lines = wrap(self.display.shown, width)

    def line_of(self, offset: int) -> int:
        """The line that shows an offset of the stored text, counted from 0."""
        return line_at(self.lines, self.display.to_shown(offset)) if self.lines else 0


def _replacements(
    article: StoredArticle, folded: bool, glyphs: bool, lang: Lang
) -> list[Replacement]:
    """Folded clutter, and a glyph before each mention where colours can't tell."""
    found: list[Replacement] = []
    runs = _runs(article) if folded else []
    for span in runs:
        lines = article.body.count("\n", span.start, span.end) + 1
        found.append((span.start, span.end, text("reader.folded", lang, n=lines)))
    if glyphs:
        starts = [span.start for span in runs]
        for mention in article.extraction.mentions:
            at = bisect_right(starts, mention.start) - 1
            if at < 0 or mention.start >= runs[at].end:
                found.append((mention.start, mention.start, GLYPHS[mention.type]))
    return sorted(found)


def _runs(article: StoredArticle) -> list[Span]:
    """Neighbouring clutter joined over the blanks between, so that each run is one line."""
    joined: list[Span] = []
    for span in article.extraction.boilerplate:
        if joined and not article.body[joined[-1].end : span.start].strip():
            joined[-1] = Span(joined[-1].start, span.end)
        else:
            joined.append(span)
    return joined
