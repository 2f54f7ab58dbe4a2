"""Order of the best hits: how much of the question an article holds, how often, how close together.

The index orders thousands of hits by bm25; here the first few are read and weighed again, with each
typed unit counted once however many names it has, and nearness of neighbours rewarded. A score runs
from 0 to 1.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence, Set
from typing import NamedTuple

from store.normalise import sifted
from store.search.exact import shows
from store.search.units import Unit

# Okapi BM25 with the field weights of BM25F (Robertson and Zaragoza 2009), their usual k1 and b.
_K1 = 1.2
_B = 0.5
_TITLE = 4.0
"""Occurrences in the body that one in the title is worth."""
_LENGTH = 300.0
"""Forms of an average article."""
_NEAR = 0.3
"""Weight of two neighbouring units of the question that stand next to each other."""
_TITLE_SHARE = 0.6
"""Weight of the share of the question that the title holds."""
_EXACT = 0.25
"""Weight of the words as they were typed, and not in another form; half of it for the title."""
_GUESS = 0.5
"""What is left of a score where no misspelt word has its likeliest meaning, but another or a form
of it."""
_READ = 1500
"""Characters of a body that are read: news says first what it is about."""
_LEAST = 0.3
"""Weight of the commonest word: not nothing, for the question asks for it."""


class Document(NamedTuple):
    """The forms of an article in their order; the title comes first."""

    forms: Sequence[str]
    known: Set[str]
    """The forms, each once."""
    headline: str
    text: str
    """What was read of the body, as it is stored."""
    title: int
    """Forms in the title."""

    def places(self, form: str) -> list[int]:
        """Where a form stands, in order."""
        found: list[int] = []
        at = -1
        for _ in range(self.forms.count(form) if form in self.known else 0):
            at = self.forms.index(form, at + 1)
            found.append(at)
        return found


def document(title: str, body: str, wanted: frozenset[str]) -> Document:
    """Read an article for weighing; of its forms those ``wanted`` are to be told apart."""
    text = body[:_READ]
    head = sifted(title, wanted).split()
    forms = [*head, *sifted(text, wanted).split()]
    return Document(forms, frozenset(forms), title, text, len(head))


def weight(articles: int, total: int) -> float:
    """How telling a unit is that so many of all articles hold."""
    return max(_LEAST, math.log(1.0 + (total - articles + 0.5) / (articles + 0.5)))


def score(doc: Document, units: Sequence[Unit], weights: Sequence[float]) -> float:
    """How well an article answers, from 0 to 1."""
    found = [_places(doc, unit) for unit in units]
    norm = _K1 * (1.0 - _B + _B * len(doc.forms) / _LENGTH)
    total = titled = exact = 0.0
    for unit, places, w in zip(units, found, weights, strict=True):
        in_title = bisect_left(places, doc.title)
        frequency = len(places) - in_title + _TITLE * in_title
        total += w * frequency / (frequency + norm)
        titled += w if in_title else 0.0
        exact += w * exactness(unit, doc.headline, doc.text) if places else 0.0
    mass = sum(weights)
    near = possible = 0.0
    for at in range(len(units) - 1):
        pair = min(weights[at], weights[at + 1])
        possible += pair
        near += pair * _nearness(found[at], found[at + 1])
    value = (total + _TITLE_SHARE * titled + _EXACT * exact) / mass
    if possible:
        value += _NEAR * near / possible
    value /= 1.0 + _TITLE_SHARE + _EXACT + (_NEAR if possible else 0.0)
    slips = [exactness(unit, doc.headline, doc.text) > 0 for unit in units if unit.meant]
    return value * (_GUESS + (1.0 - _GUESS) * sum(slips) / len(slips)) if slips else value


def exactness(unit: Unit, title: str, body: str) -> float:
    """1 where the title shows the unit in the very words that were meant, 0.5 where only the body."""
    meant = unit.meant or unit.typed
    return 1.0 if shows(meant, title) else 0.5 if shows(meant, body) else 0.0


def _places(doc: Document, unit: Unit) -> list[int]:
    """Where a unit stands: its rarest option's forms, in order of place."""
    found: set[int] = set()
    for option in unit.options:
        lists = sorted((_sequence(doc, sequence) for sequence in option), key=len)
        if lists and lists[0]:
            found.update(lists[0])
    return sorted(found)


def _sequence(doc: Document, sequence: Sequence[str]) -> list[int]:
    first = doc.places(sequence[0])
    if len(sequence) == 1:
        return first
    rest = [set(doc.places(form)) for form in sequence[1:]]
    return [at for at in first if all(at + k + 1 in seen for k, seen in enumerate(rest))]


def _nearness(left: Sequence[int], right: Sequence[int]) -> float:
    """1 where two units stand side by side, falling with the distance; 0 where one is missing."""
    if not left or not right:
        return 0.0
    best = 1_000
    for at in left:
        place = bisect_left(right, at)
        for other in right[max(0, place - 1) : place + 1]:
            best = min(best, abs(other - at))
    return 1.0 / max(1.0, best / 2.0)
