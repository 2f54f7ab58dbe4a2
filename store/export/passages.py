"""Which sentences of an article carry its people, agreements and sums: the quotes of a note.

One sentence for each person (where the role is stated, else the first that names them), each
agreement (the first) and each sum (every one); clutter is left out.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from store.records import Extraction, Mention, MentionType, Span
from store.text import fold, sentences

_SEPARATORS = ",;:.-–—|·"

LONGEST = 700
"""Code points of a quote at most; a longer sentence is cut around what it is quoted for."""

# Types that a reader looks for in a quote; countries and places would make every second word bold.
EMPHASISED = frozenset(
    {MentionType.PERSON, MentionType.ORG, MentionType.AGREEMENT, MentionType.MONEY}
)


@dataclass(frozen=True, slots=True)
class Passage:
    """``body[start:end]`` with the mentions to emphasise, as spans relative to ``start``."""

    start: int
    end: int
    bold: tuple[Span, ...]
    cut_before: bool = False
    cut_after: bool = False


def passages(body: str, extraction: Extraction) -> list[Passage]:
    """The quotes of one article in the order of the text."""
    ranges = list(sentences(body))
    starts = [start for start, _ in ranges]
    chosen: dict[tuple[int, int], Span] = {}
    for target in sorted(_targets(extraction)):
        at = bisect_right(starts, target.start) - 1
        if at < 0 or _inside(target, extraction.boilerplate):
            continue
        start, end = ranges[at][0], max(ranges[at][1], target.end)
        start = _after_clutter(body, start, target.start, extraction.boilerplate)
        chosen.setdefault((start, end), target)
    result: list[Passage] = []
    seen: set[str] = set()
    for (start, end), target in sorted(chosen.items()):
        key = fold(" ".join(body[start:end].split()))
        if key not in seen:
            seen.add(key)
            result.append(_passage(body, start, end, target, extraction.mentions))
    return result


def _targets(extraction: Extraction) -> Iterator[Span]:
    for person in extraction.persons:
        if person.role_span is not None:
            yield person.role_span
        elif person.spans:
            yield person.spans[0]
    named: set[str] = set()
    for mention in extraction.mentions:
        key = mention.entity or fold(mention.canonical)
        if mention.type is MentionType.MONEY:
            yield Span(mention.start, mention.end)
        elif mention.type is MentionType.AGREEMENT and key not in named:
            named.add(key)
            yield Span(mention.start, mention.end)


def _inside(target: Span, clutter: tuple[Span, ...]) -> bool:
    return any(span.start <= target.start < span.end for span in clutter)


def _after_clutter(body: str, start: int, target: int, clutter: tuple[Span, ...]) -> int:
    """Where the sentence begins once a tag or advertisement glued to its front is left out."""
    for span in clutter:
        if span.start <= start < span.end <= target:
            start = span.end
            while start < target and (body[start].isspace() or body[start] in _SEPARATORS):
                start += 1
    return start


def _passage(
    body: str, start: int, end: int, target: Span, mentions: tuple[Mention, ...]
) -> Passage:
    first, last = start, end
    if end - start > LONGEST:
        room = max(0, LONGEST - (target.end - target.start)) // 2
        first = _blank_after(body, max(start, target.start - room), target.start)
        last = _blank_before(body, target.end, min(end, target.end + room))
    bold = tuple(
        Span(m.start - first, m.end - first)
        for m in mentions
        if first <= m.start and m.end <= last and m.type in EMPHASISED
    )
    return Passage(first, last, bold, first > start, last < end)


def _blank_after(body: str, low: int, high: int) -> int:
    """The first start of a word in ``[low, high]``, ``low`` where there is none."""
    at = body.find(" ", max(0, low - 1), high)
    return at + 1 if at >= 0 else low


def _blank_before(body: str, low: int, high: int) -> int:
    at = body.rfind(" ", low, high)
    return at if at >= 0 and high < len(body) else high
