"""How alike two words of names are: 1 the same, 0 nothing in common, with the word for why.

Order of trust (measured on a labelled set): same spelling, same after folding old and foreign
spellings, known variants of one name, start of a long word, initial, few edits.
"""

from __future__ import annotations

import re
from functools import lru_cache
from string import ascii_lowercase
from typing import NamedTuple

from store.match.edits import osa
from store.match.words import given_names, surnames

SAME_SOUND = 0.95
VARIANT = 0.95
SURNAME = 0.93
START = 0.82
INITIAL = 0.72
_FIRST_LETTER = 0.08
_LEAST = 0.62
_GENDERED = {"o", "i"}
_DIGITS = re.compile(r"\d+")

# Old Indonesian (Van Ophuijsen) and foreign spellings of the same sound, applied in this order.
_SPELLINGS = (
    *(("oe", "u"), ("dj", "j"), ("tj", "c"), ("sj", "sy"), ("sh", "sy"), ("kh", "k"), ("dh", "d")),
    *(("th", "t"), ("ph", "f"), ("bh", "b"), ("gh", "g"), ("wh", "w"), ("ck", "k"), ("ts", "t")),
    *(("q", "k"), ("x", "ks"), ("z", "s"), ("v", "f"), ("ie", "i"), ("ee", "i"), ("oo", "u")),
    *(("ou", "u"), ("yu", "u"), ("yo", "o"), ("y", "i")),
)
_DOUBLED = re.compile(r"(.)\1+")
_SILENT_H = re.compile(r"(?<=[aiueo])h(?=$|[^aiueo])")

# Korean: voiced and unvoiced merged, vowels coarse, so that romanisations of one syllable meet.
_KOREAN = (
    *(("wha", "hwa"), ("ch", "j"), ("k", "g"), ("t", "d"), ("p", "b"), ("l", "r")),
    *(("yeo", "u"), ("yoo", "u"), ("you", "u"), ("yu", "u"), ("yo", "u")),
    *(("woo", "u"), ("wo", "u"), ("eo", "u"), ("eu", "u"), ("oo", "u"), ("ou", "u"), ("o", "u")),
    *(("ae", "e"), ("ai", "e"), ("ay", "e"), ("ui", "i"), ("ee", "i"), ("y", "i"), ("wu", "u")),
)


class Likeness(NamedTuple):
    """A similarity and what it rests on: same, sound, variant, surname, start, initial, edits."""

    score: float
    why: str


_NOTHING = Likeness(0.0, "")


@lru_cache(maxsize=1)
def _starts() -> dict[str, str]:
    """Letter → one for all that spellings of one sound may begin with."""
    same = {letter: letter for letter in ascii_lowercase}
    for old, new in _SPELLINGS:
        one, other = same[old[0]], same[new[0]]
        same = {letter: one if sound == other else sound for letter, sound in same.items()}
    return same


def sound_of_start(letter: str) -> str:
    """A letter that stands for the first of a word: words of one sound have the same."""
    return _starts().get(letter, letter)


@lru_cache(maxsize=65536)
def fold_sound(word: str) -> str:
    """A word with spellings of the same sound made one (Soeharto = Suharto)."""
    for old, new in _SPELLINGS:
        word = word.replace(old, new)
    return _SILENT_H.sub("", _DOUBLED.sub(r"\1", word))


@lru_cache(maxsize=16384)
def fold_korean(syllables: str) -> str:
    """A Korean given name as a coarse key, the same for its usual romanisations."""
    for old, new in _KOREAN:
        syllables = syllables.replace(old, new)
    return _DOUBLED.sub(r"\1", syllables)


def korean_keys(words: list[str]) -> set[tuple[str, str]]:
    """Keys (surname group, folded given name) of a name in either order, or written as one word."""
    groups = surnames()
    if len(words) >= 2:
        return {
            (groups.get(words[0], fold_korean(words[0])), fold_korean("".join(words[1:]))),
            (groups.get(words[-1], fold_korean(words[-1])), fold_korean("".join(words[:-1]))),
        }
    if not words:
        return set()
    word = words[0]
    return {
        (groups[word[:n]], fold_korean(word[n:]))
        for n in (2, 3, 4, 5)
        if word[:n] in groups and len(word) - n >= 4
    }


def allowed_edits(length: int) -> int:
    """Edits that a word of this length may carry."""
    return 0 if length <= 3 else 1 if length <= 5 else 2 if length <= 9 else 3


@lru_cache(maxsize=131072)
def likeness(typed: str, known: str) -> Likeness:
    """How alike a typed word and a word of a known name are (symmetric but for ``start``)."""
    if typed == known:
        return Likeness(1.0, "same")
    if len(typed) == 1 or len(known) == 1:
        return Likeness(INITIAL, "initial") if typed[0] == known[0] else _NOTHING
    digits = _DIGITS.findall(typed), _DIGITS.findall(known)
    if all(digits) and digits[0] != digits[1]:
        return _NOTHING  # G7 is not G77
    first, second = fold_sound(typed), fold_sound(known)
    if first == second:
        return Likeness(SAME_SOUND, "sound")
    given = given_names()
    if typed in given and given[typed] == given.get(known):
        return Likeness(VARIANT, "variant")
    korean = surnames()
    if typed in korean and korean[typed] == korean.get(known):
        return Likeness(SURNAME, "surname")
    if len(typed) >= 5 and len(known) > len(typed) and known.startswith(typed):
        return Likeness(START, "start")
    return _edited(typed, known, first, second)


def gendered(one: str, other: str) -> bool:
    """Whether only the last letter's gender may part two names (Mulyono, Mulyani)."""
    return {one[-1], other[-1]} == _GENDERED and one[:3] == other[:3]


def _edited(typed: str, known: str, first: str, second: str) -> Likeness:
    shorter, longer = sorted((len(typed), len(known)))
    allowed = allowed_edits(shorter)
    if longer - shorter > allowed + 2:
        return _NOTHING
    # An edit left over after folding is a little further than the same edit before it.
    count = osa()
    distance = min(count(typed, known), count(first, second) + 0.25)
    if gendered(typed, known):
        distance += 1
    if distance > allowed:
        return _NOTHING
    score = 1 - distance / longer * 0.9
    if typed[0] != known[0] and first[:1] != second[:1]:
        score -= _FIRST_LETTER
    return Likeness(score, "edits") if score >= _LEAST else _NOTHING
