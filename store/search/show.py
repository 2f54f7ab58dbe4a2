"""What of an article answers a plan: highlighted spans, and the passage that shows most of them.

Offsets come from running the normaliser over the stored text, never from the index.
"""

from __future__ import annotations

from collections.abc import Sequence

from store.library import Snippet
from store.normalise import Token, tokens
from store.records import Span
from store.search import exact
from store.search.plan import Plan

_PASSAGE = 240
"""Characters of a snippet."""
_BEFORE = 80
"""Characters that may stand before the first match."""
_LONG = 60
"""Characters of a stretch that is worth beginning with."""


def highlights(plan: Plan, text: str) -> list[Span]:
    """The surfaces in ``text`` that ``plan`` asks for, sorted, none overlapping."""
    spans = [span for span, _ in _found(plan, text)]
    return _merged(spans)


def _found(plan: Plan, text: str) -> list[tuple[Span, object]]:
    """Each span with what it answers to (a sequence of forms or a phrase)."""
    found: list[tuple[Span, object]] = []
    if plan.shown:
        words = tokens(text, frozenset(form for sequence in plan.shown for form in sequence))
        found += _sequences(plan, words)
    for phrase in plan.phrases:
        for match in exact.pattern(phrase).finditer(text):
            found.append((Span(*match.span()), phrase))
    return found


def _sequences(plan: Plan, words: Sequence[Token]) -> list[tuple[Span, object]]:
    starts: dict[str, list[tuple[str, ...]]] = {}
    for sequence in plan.shown:
        starts.setdefault(sequence[0], []).append(sequence)
    found: list[tuple[Span, object]] = []
    for at, word in enumerate(words):
        for sequence in starts.get(word.form, ()):
            last = at + len(sequence) - 1
            if last < len(words) and all(
                words[at + k].form == form for k, form in enumerate(sequence)
            ):
                found.append((Span(word.start, words[last].end), sequence))
    return found


def _merged(spans: Sequence[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            if span.end > merged[-1].end:
                merged[-1] = Span(merged[-1].start, span.end)
        else:
            merged.append(span)
    return merged


def snippet(plan: Plan, body: str, boilerplate: Sequence[Span]) -> Snippet:
    """The passage of ``body`` that shows most of what was asked, else its beginning."""
    clear = [
        (span, what)
        for span, what in sorted(_found(plan, body), key=lambda item: item[0])
        if not any(b.start < span.end and span.start < b.end for b in boilerplate)
    ]
    start = _best_start(clear)
    begin, end = _passage(body, start, boilerplate)
    text = body[begin:end]
    spans = [
        Span(span.start - begin, span.end - begin)
        for span, _ in clear
        if begin <= span.start and span.end <= end
    ]
    return Snippet(text, tuple(_merged(spans)), begin)


def _best_start(found: Sequence[tuple[Span, object]]) -> int | None:
    """Where the window with most different answers begins; None where there is none."""
    best: tuple[float, int] | None = None
    for at, (span, _) in enumerate(found):
        window = [w for s, w in found[at : at + 40] if s.end <= span.start + _PASSAGE - 40]
        value = len(set(window)) + 0.05 * len(window)
        if best is None or value > best[0]:
            best = (value, span.start)
    return None if best is None else best[1]


def _passage(body: str, start: int | None, boilerplate: Sequence[Span]) -> tuple[int, int]:
    """A readable window around ``start`` that begins at a sentence or word, outside boilerplate."""
    low, high = _stretch(body, start, boilerplate)
    begin = low
    if start is not None and start - _BEFORE > low:
        begin = start - _BEFORE
        sentence = max(body.rfind(mark, begin - 40, start) for mark in (". ", "\n", "? ", "! "))
        word = body.find(" ", begin, start) + 1 or begin
        begin = max(low, sentence + 1 if sentence >= 0 else word)
    while begin < high and body[begin].isspace():
        begin += 1
    end = min(high, begin + _PASSAGE)
    if end < high and not body[end].isspace():
        cut = body.rfind(" ", begin + _PASSAGE // 2, end)
        end = cut if cut > 0 else end
    while end > begin and body[end - 1].isspace():
        end -= 1
    return begin, end


def _stretch(body: str, start: int | None, boilerplate: Sequence[Span]) -> tuple[int, int]:
    """The stretch without boilerplate that holds ``start``; for None the first long one."""
    edges = [0, *(edge for span in boilerplate for edge in (span.start, span.end)), len(body)]
    stretches = list(zip(edges[::2], edges[1::2], strict=True))
    if start is not None:
        return next(((a, b) for a, b in stretches if a <= start < b), (0, len(body)))
    long = (s for s in stretches if len(body[s[0] : s[1]].strip()) >= _LONG)
    return next(long, max(stretches, key=lambda s: s[1] - s[0]))
