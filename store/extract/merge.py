"""From overlapping candidates to mentions: by priority, then length, then score.

Dates and sums are certain by their form. Among the rest the longest wins ("Kedutaan Besar Jepang"
over "Jepang"), save that a weak candidate never swallows a strong one.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable

from store.extract import kinds
from store.extract.found import Found

_CERTAIN = {kinds.DATE, kinds.MONEY}
_ORDER = {
    kinds.DATE: 0,
    kinds.MONEY: 0,
    kinds.AGREEMENT: 1,
    kinds.ORG: 2,
    kinds.COUNTRY: 3,
    kinds.PERSON: 4,
    kinds.PLACE: 5,
}

# Ascending; between two candidates on the same step the longer wins.
_STEPS = (0.45, 0.7)


def merge(candidates: Iterable[Found], length: int) -> list[Found]:
    """The kept candidates in text order; none overlap. ``length`` is that of the text."""
    taken = bytearray(length)
    kept: list[Found] = []
    for found in sorted(candidates, key=rank):
        if found.end <= found.start or taken.find(1, found.start, found.end) >= 0:
            continue
        taken[found.start : found.end] = b"\x01" * (found.end - found.start)
        kept.append(found)
    kept.sort(key=lambda found: found.start)
    return kept


def covered(some: Iterable[Found], by: Iterable[Found], length: int) -> list[Found]:
    """Those of ``some`` that a candidate of ``by`` touches."""
    taken = bytearray(length)
    for found in by:
        taken[found.start : found.end] = b"\x01" * (found.end - found.start)
    return [found for found in some if taken.find(1, found.start, found.end) >= 0]


def filled(kept: list[Found], more: Iterable[Found], length: int) -> list[Found]:
    """``kept`` and those of ``more`` that none of them covers, in text order."""
    taken = bytearray(length)
    for found in kept:
        taken[found.start : found.end] = b"\x01" * (found.end - found.start)
    result = [*kept, *(found for found in more if taken.find(1, found.start, found.end) < 0)]
    result.sort(key=lambda found: found.start)
    return result


def rank(found: Found) -> tuple[int, int, int, int, int]:
    """What the candidates are kept by: of two that overlap, the one that ranks lower."""
    certain = 0 if found.type in _CERTAIN else 1
    strength = -bisect_right(_STEPS, found.score)
    return certain, strength, found.start - found.end, _ORDER[found.type], found.start
