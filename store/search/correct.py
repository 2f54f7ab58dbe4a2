"""Words that the library does not have, and the nearest ones that it does.

Nearness is the number of letters inserted, lost, changed or swapped with their neighbour, on the
words and on their old-spelling skeletons ("Sjamsoeddin" = "Syamsudin"); among equally near ones the
commoner wins.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from store.search.lexicon import Lexicon

_MOST = 40_000
"""Surfaces compared at most for one word."""
_KEPT = 60
"""Nearest surfaces whose frequency is looked up."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"

# Spelling of names before 1972 and the usual confusions, towards one skeleton.
_OLD = (
    ("tj", "c"),
    ("dj", "j"),
    ("sj", "sy"),
    ("nj", "ny"),
    ("oe", "u"),
    ("ch", "kh"),
    ("ie", "i"),
    ("y", "i"),
    ("j", "i"),
    ("v", "f"),
    ("ph", "f"),
    ("th", "t"),
    ("dh", "d"),
    ("q", "k"),
    ("z", "s"),
    ("x", "ks"),
    ("w", "u"),
    ("h", ""),
)
_DOUBLE = re.compile(r"(.)\1+")


def skeleton(word: str) -> str:
    """The word without what spelling reforms and doubled letters change."""
    for old, new in _OLD:
        word = word.replace(old, new)
    return _DOUBLE.sub(r"\1", word)


def allowed(length: int) -> int:
    """How many letters of a word of that length may be wrong."""
    return 0 if length < 4 else 1 if length < 6 else 2 if length < 9 else 3


def corrections(word: str, lexicon: Lexicon, limit: int = 3) -> list[tuple[str, str]]:
    """Up to ``limit`` pairs ``(surface, form)`` of the library nearest to ``word``, best first.

    Forms are distinct. Empty where nothing is near enough, or the word holds a digit.
    """
    most = allowed(len(word))
    if not most or not word.isalpha():
        return []
    near = sorted(_near(word, most, lexicon))[:_KEPT]
    scored = sorted(
        (distance - 0.25 * math.log10(1 + lexicon.count(form)), surface, form)
        for distance, surface, form in near
        if lexicon.has(form)
    )
    best: dict[str, str] = {}
    for score, surface, form in scored:
        if score > scored[0][0] + 0.75:
            break
        best.setdefault(form, surface)
    return [(surface, form) for form, surface in best.items()][:limit]


def _near(word: str, most: int, lexicon: Lexicon) -> Iterator[tuple[float, str, str]]:
    from rapidfuzz.distance import OSA

    bones = skeleton(word)
    for surface, form in _candidates(word, most, lexicon):
        plain = OSA.distance(word, surface, score_cutoff=most)
        alike = OSA.distance(bones, skeleton(surface), score_cutoff=most)
        distance = min(plain, 0.5 * plain + 0.6 * alike if alike <= most else plain)
        if distance <= most:
            # A wrong first letter is rarer than one inside.
            yield distance + (0.4 if surface[0] != word[0] else 0.0), surface, form


def _candidates(word: str, most: int, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for prefix in _beginnings(word):
        for surface, form in lexicon.surfaces(prefix, _MOST):
            if abs(len(surface) - len(word)) <= most + 1 and surface not in seen:
                seen.add(surface)
                yield surface, form


def _beginnings(word: str) -> list[str]:
    """First letters that the right spelling may have, given what was typed."""
    head = word[:3]
    starts = [word[:2], word[0] + word[2:3], head[1:2] + head[0], head[1:3]]
    starts += [letter + head[1:3] for letter in _LETTERS]
    starts += [letter + head[:2] for letter in _LETTERS]
    starts += [word[0] + letter + head[1:2] for letter in _LETTERS]
    starts += [word[0] + letter + head[2:3] for letter in _LETTERS]
    return [start for start in dict.fromkeys(starts) if len(start) >= 2]
