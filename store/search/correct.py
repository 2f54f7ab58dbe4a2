"""Words that the library does not have, and the nearest ones that it does.

Nearness is the number of letters inserted, lost, changed or swapped with their neighbour, on the
words and on their skeletons, which level the spelling of names ("Sjamsoeddin" = "Syamsudin");
among equally near ones the commoner wins.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from store.normalise import closed_compounds
from store.search.lexicon import Lexicon

_KEPT = 40
"""Nearest surfaces whose frequency is looked up."""
_LOOKED_AT = 6
"""Of these, corrections whose surface is looked for in articles at most."""
_CLOSE = 0.5
"""And how much farther than the nearest they are."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LONG = 9
"""Letters from which a word with one slip is sought by its beginning alone."""
_COMMON = 0.25
"""What ten times the articles are worth, in letters."""
_SLIP = 0.8
"""A swap of neighbours, a lost or a doubled letter: the commonest slips (Kukich 1992, 2.2), and each
can happen to a word in as many ways as it has letters."""
_BESIDE = 1.0
"""The key beside the right one, instead of it."""
_STRAY = 1.1
"""Any other letter, put in or instead of another: 25 times as many ways."""
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_FIRST = 0.4
"""The first letter is seldom wrong (same survey)."""
_OLD_LETTERS = 2
"""Letters by which old spelling may differ besides ("oe" for "u", twice)."""
_LIKE = 0.6
"""A letter of difference between skeletons."""

# Spelling before 1972 (Soewandi) and confusions in foreign names, towards one skeleton.
_OLD = (
    ("tj", "c"),
    ("dj", "j"),
    ("sj", "sy"),
    ("nj", "ny"),
    ("oe", "u"),
    ("ch", "k"),
    ("kh", "k"),
    ("ph", "f"),
    ("ie", "i"),
    ("y", "i"),
    ("j", "i"),
    ("v", "f"),
    ("q", "k"),
    ("z", "s"),
    ("x", "ks"),
    ("w", "u"),
    ("h", ""),
)
_DOUBLE = re.compile(r"(.)\1+")


class Correction(NamedTuple):
    """A near word: ``distance`` in letters, less what its frequency is worth; lower is nearer."""

    distance: float
    surface: str
    form: str


def skeleton(word: str) -> str:
    """The word without what spelling reforms and doubled letters change; of several lines, each one."""
    for old, new in _OLD:
        word = word.replace(old, new)
    return _DOUBLE.sub(r"\1", word)


def allowed(length: int) -> int:
    """How many letters of a word of that length may differ by its spelling."""
    return 0 if length < 4 else 1 if length < 6 else 2 if length < 9 else 3


def _slips(length: int) -> int:
    """How many letters of a word of that length may be wrong: in a short one a second slip makes other
    words of it ("taliban", "tulisan")."""
    return 1 if length < 8 else 2 if length < 12 else 3


def corrections(word: str, lexicon: Lexicon, *, begins_right: bool = False) -> list[Correction]:
    """The words of the library nearest to ``word`` (folded letters), nearest first, a form once.

    ``begins_right``: its first letters are taken for what was meant.
    Empty where nothing is near enough, the word is short, or it holds a digit.
    """
    most = allowed(len(word))
    if not most or not word.isalpha():
        return []
    found: dict[str, tuple[float, str]] = {}
    for beginnings in _stages(word):
        for distance, surface, form in _near(
            word, most, _surfaces(beginnings, word, most, lexicon)
        ):
            found[surface] = (distance, form)
        # A long word with one slip in its end has been found; in a short one a slip among the first
        # letters is as likely.
        if begins_right or (len(word) >= _LONG and any(near <= 1.0 for near, _ in found.values())):
            break
    near = sorted((distance, surface, form) for surface, (distance, form) in found.items())[:_KEPT]
    counted = sorted(
        Correction(distance - _COMMON * math.log10(count), surface, form)
        for distance, surface, form in near
        if (count := lexicon.count(form))
    )
    best: dict[str, Correction] = {}
    for item in sorted(_as_printed(counted, lexicon)):
        best.setdefault(item.form, item)
    return list(best.values())


def _as_printed(found: list[Correction], lexicon: Lexicon) -> Iterator[Correction]:
    """Corrections in order, the nearest by how common the surface is instead of its family."""
    for at, item in enumerate(found):
        if at < _LOOKED_AT and item.distance <= found[0].distance + _CLOSE:
            share = lexicon.share(item.surface, item.form)
            yield item._replace(distance=item.distance - _COMMON * math.log10(share))
        else:
            yield item


def _near(word: str, most: int, surfaces: dict[str, str]) -> Iterator[tuple[float, str, str]]:
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    close = process.extract(
        word, list(surfaces), scorer=OSA.distance, score_cutoff=most + _OLD_LETTERS, limit=None
    )
    for surface, distance, _ in close:
        if distance > min(most, _slips(len(word))):
            break
        yield _weighed(word, surface, float(distance)), surface, surfaces[surface]
    if not close or close[0][1] <= 1:
        return
    bones = skeleton("\n".join([word, *(surface for surface, _, _ in close)])).split("\n")
    alike = process.extract(bones[0], bones[1:], scorer=OSA.distance, score_cutoff=1, limit=None)
    for _, letters, at in sorted(alike, key=lambda found: found[2]):
        surface, distance, _ = close[at]
        yield 0.4 * min(distance, most + 1) + _LIKE * letters, surface, surfaces[surface]


def _weighed(word: str, surface: str, distance: float) -> float:
    """``distance`` with likelier slips a little nearer and a wrong beginning farther."""
    if distance == 1.0:
        distance = _slip(word, surface)
    return distance + (_FIRST if surface[0] != word[0] else 0.0)


def _slip(word: str, surface: str) -> float:
    """How far a word is from what was meant, one letter being wrong."""
    at = next((k for k, (a, b) in enumerate(zip(word, surface, strict=False)) if a != b), -1)
    if len(word) < len(surface):
        return _SLIP
    if len(word) > len(surface):
        doubled = any(
            a == b and word[:k] + word[k + 1 :] == surface
            for k, (a, b) in enumerate(pairwise(word))
        )
        return _SLIP if doubled else _STRAY
    if word[at + 1 :] != surface[at + 1 :]:
        return _SLIP
    return _BESIDE if surface[at] in _beside(word[at]) else _STRAY


@lru_cache(maxsize=64)
def _beside(letter: str) -> frozenset[str]:
    """The keys around a letter; each row stands half a key to the right of the one above."""
    for number, row in enumerate(_KEYS):
        at = row.find(letter)
        if at >= 0:
            found = {row[k] for k in (at - 1, at + 1) if 0 <= k < len(row)}
            for other, places in ((number - 1, (at, at + 1)), (number + 1, (at - 1, at))):
                if 0 <= other < len(_KEYS):
                    found.update(_KEYS[other][k] for k in places if 0 <= k < len(_KEYS[other]))
            return frozenset(found)
    return frozenset()


def _surfaces(beginnings: Iterable[str], word: str, most: int, lexicon: Lexicon) -> dict[str, str]:
    """Words that may be near, with their forms."""
    starts = tuple(_shortest(beginnings))
    found = lexicon.near(starts, len(word) - most - 1, len(word) + most + 1)
    # "kerjsama": a library may have the words of a compound only apart.
    found.update((pair, pair) for pair in closed_compounds() if pair.startswith(starts))
    return found


def _shortest(beginnings: Iterable[str]) -> Iterator[str]:
    """The beginnings without those that begin with another of them."""
    last = None
    for beginning in sorted(beginnings):
        if last is None or not beginning.startswith(last):
            yield beginning
            last = beginning


def _stages(word: str) -> Iterator[list[str]]:
    """Beginnings that the right word may have: three letters as typed, then with a slip in them."""
    yield [word[:3]]
    head = word[:3]
    starts = [word[:2], head[0] + head[2:3], head[1] + head[0], head[1:3], skeleton(word)[:2]]
    starts += [letter + head[1:3] for letter in _LETTERS]
    starts += [letter + head[:2] for letter in _LETTERS]
    starts += [head[0] + letter + head[1] for letter in _LETTERS]
    starts += [head[0] + letter + head[2:3] for letter in _LETTERS]
    yield [start for start in dict.fromkeys(starts) if len(start) >= 2]
