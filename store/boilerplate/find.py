"""Find the clutter of one text: whole lines, inserts within lines, what stands before and after it all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from store.boilerplate.datelines import DATE_PREFIX, find_dateline
from store.boilerplate.footer import Line, footers
from store.boilerplate.headlines import INSERT, headline_end, is_headline
from store.boilerplate.rules import Rule, inline_rules, line_rules
from store.records import Span

# No clutter line of the rules is longer; prose lines usually are.
_LONGEST_LINE = 400
_BLANKS = re.compile(r"\s*")
_FIRST = re.compile(r"\w+|\S")


class Clutter(NamedTuple):
    """One piece of clutter with the kind of rule that knew it (``ad``, ``related``, ``dateline`` …)."""

    start: int
    end: int
    kind: str


def find(text: str) -> tuple[Span, ...]:
    """The clutter of ``text``: sorted, disjoint spans without blank edges.

    Of the text alone: lines that recur across a source were tried and left out. On 24,658 articles
    they add .4 % to the clutter, half of it lines of tables and recipes ("Jakarta", "Bahan-bahan:"),
    and what an article shows would depend on its neighbours in an import.
    """
    return _merge(text, sorted(explain(text)))


def explain(text: str) -> Iterator[Clutter]:
    """Every piece with its kind; pieces may overlap and come in no order."""
    lines = list(_lines(text))
    yield from (Clutter(start, end, kind) for start, end, kind in lines if kind)
    yield from (Clutter(*piece) for piece in footers(text, lines))
    yield from (Clutter(*piece) for piece in _headlines_below(text, lines))
    lowered = text.lower()
    called = {
        rule for trigger, rules in inline_rules().items() if trigger in lowered for rule in rules
    }
    for rule in called:
        for match in rule.pattern.finditer(text):
            end = match.end()
            if "headline" in match.re.groupindex:
                end = _end_of_inserts(text, end)
            yield Clutter(match.start(), end, rule.kind)
    prefix = DATE_PREFIX.match(text)
    if prefix:
        yield Clutter(prefix.start(), prefix.end(), "header")
    dateline = find_dateline(text, prefix.end() if prefix else 0)
    if dateline:
        yield Clutter(dateline.start, dateline.end, "dateline")


_MOST_BELOW = 3
_LONGEST_CALL = 14
"""Characters of "Baca juga" and its like; with more, the headline stands in the same line."""
_LONGEST_LINK = 150
_NUMBERED = re.compile(r"\d+\.\s")


def _headlines_below(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """The headlines in lines of their own below "Baca juga": one after a colon, else up to three."""
    for at, (start, end, kind) in enumerate(lines):
        if kind != "related" or end - start > _LONGEST_CALL:
            continue
        called = text[end - 1] == ":"
        for first, last, other in lines[at + 1 : at + (2 if called else 1 + _MOST_BELOW)]:
            line = text[first:last]
            loose = called and len(line) <= _LONGEST_LINK and " " in line and line[-1].isalnum()
            if other or _NUMBERED.match(line) or not (loose or is_headline(line)):
                break
            yield first, last, "related"


def _end_of_inserts(text: str, start: int) -> int:
    """The end of the headline that begins at ``start``, and of further inserts right behind it."""
    end = headline_end(text, start)
    while following := INSERT.match(text, end):
        end = headline_end(text, following.end())
    return end


def _lines(text: str) -> Iterator[tuple[int, int, str]]:
    """The stripped, non-empty lines ``[start, end)`` with the kind of clutter they are ("" for none)."""
    rules = line_rules()
    start = 0
    for line in text.split("\n"):
        stripped = line.strip()
        if stripped:
            at = start + line.index(stripped[0])
            yield at, at + len(stripped), _kind(stripped, rules)
        start += len(line) + 1


def _kind(line: str, rules: Mapping[str, Sequence[Rule]]) -> str:
    if len(line) > _LONGEST_LINE:
        return ""
    first = _FIRST.match(line)
    for rule in rules.get(first.group().lower(), ()) if first else ():
        if rule.pattern.match(line):
            return rule.kind
    return ""


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
    trimmed = (_trim(text, *span) for span in merged)
    return tuple(Span(start, end) for start, end in trimmed if start < end)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end
