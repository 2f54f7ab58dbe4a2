"""Find the clutter of one text: whole lines first, then inserts within lines."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from store.boilerplate.datelines import find_dateline
from store.boilerplate.rules import inline_rules, line_rules
from store.records import Span

# No clutter line of the rules is longer; prose lines usually are.
_LONGEST_LINE = 400


@dataclass(frozen=True, slots=True, order=True)
class Clutter:
    """One piece of clutter with the kind of rule that knew it (``ad``, ``related``, ``dateline`` …)."""

    start: int
    end: int
    kind: str


def find(text: str, *, repeated: Collection[str] = ()) -> tuple[Span, ...]:
    """The clutter of ``text``: sorted, disjoint spans without blank edges.

    ``repeated`` are lines (stripped) known to recur across the articles of one source.
    """
    return _merge(text, sorted(explain(text, repeated=repeated)))


def explain(text: str, *, repeated: Collection[str] = ()) -> Iterator[Clutter]:
    """Every piece with its kind; pieces may overlap and come in no order."""
    rules = line_rules()
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped and len(stripped) <= _LONGEST_LINE:
            at = start + line.index(stripped[0])
            match = rules.match(stripped)
            if match:
                yield Clutter(at, at + len(stripped), match.lastgroup or "")
            elif stripped in repeated:
                yield Clutter(at, at + len(stripped), "repeated")
        start += len(line) + 1
    for match in inline_rules().finditer(text):
        yield Clutter(match.start(), match.end(), match.lastgroup or "")
    dateline = find_dateline(text)
    if dateline:
        yield Clutter(dateline.start, dateline.end, "dateline")


_BLANKS = re.compile(r"\s*")


def _merge(text: str, pieces: Iterable[Clutter]) -> tuple[Span, ...]:
    """Pieces joined where only blanks lie between them."""
    merged: list[tuple[int, int]] = []
    for piece in pieces:
        if merged:
            start, end = merged[-1]
            gap = _BLANKS.match(text, end)
            if piece.start <= end or (gap and gap.end() >= piece.start):
                merged[-1] = (start, max(end, piece.end))
                continue
        merged.append((piece.start, piece.end))
    return tuple(Span(*_trim(text, *span)) for span in merged)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
