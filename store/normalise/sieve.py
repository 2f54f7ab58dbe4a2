"""Which written words can have one of a few forms, without finding the form of every word.

To a question only the words matter that it asks for, and of a text that is read for the first time
each new word costs a hundred times as much as one look at its letters. A word of another form may
pass; one of a wanted form always does, whatever affixes it bears (``affixes``): they leave all of a
root but its first letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from store.normalise.compounds import parts_of
from store.normalise.forms import spellings
from store.normalise.stem import derived_from

MOST = 60
"""Forms up to which sifting is cheaper than reading every word."""

STOPPED = "zz"
"""Stands for a word that did not pass; no form of a question's."""

# A word from where it has more than letters a-z and what stands around words: digits, hyphens,
# apostrophes, accents, other scripts may hide any form.
_STRANGE = re.compile(r"[^a-z\s.,;:!?()\"]\S*")

_LETTER = re.compile("[a-z]")
_BLANK = re.compile(r"[ \n]|\Z")


class Sieve(NamedTuple):
    """What tells that a word passes: it is strange, or has one of these sequences of letters."""

    letters: tuple[str, ...]

    def places(self, text: str) -> list[int]:
        """Where in ``text`` (small letters) what passes begins; of each word once at least."""
        found = [strange.start() for strange in _STRANGE.finditer(text)]
        for letters in self.letters:
            at = text.find(letters)
            while at >= 0:
                found.append(at)
                at = text.find(letters, at + 1)
        found.sort()
        return found


@lru_cache(maxsize=64)
def sieve(wanted: frozenset[str]) -> Sieve | None:
    """What words of one of these forms pass; None for too many forms."""
    if len(wanted) > MOST:
        return None
    return Sieve(tuple(_shortest(core for form in _with_parts(wanted) for core in _cores(form))))


def stretches(text: str, passes: Sieve, gap: int) -> Iterator[tuple[int, int, bool]]:
    """Where in ``text`` (small letters) what passes stands, from blank to blank.

    Stretches no more than ``gap`` characters apart are one. With each, whether words were left out
    between it and the one before.
    """
    begin = end = left = 0
    for at in passes.places(text):
        if at < end:
            continue
        start = max(text.rfind(" ", end, at), text.rfind("\n", end, at)) + 1
        start = max(start, end)
        if start - end > gap:
            if end:
                yield begin, end, bool(_LETTER.search(text, left, begin))
                left = end
            begin = start
        end = _BLANK.search(text, at).start()  # type: ignore[union-attr]
    if end:
        yield begin, end, bool(_LETTER.search(text, left, begin))


def _with_parts(wanted: Iterable[str]) -> Iterator[str]:
    """The forms, and those of the words that make a compound of two."""
    for form in wanted:
        yield form
        yield from parts_of(form)


def _cores(form: str) -> Iterator[str]:
    """Letters of which every word of that form has one sequence."""
    variants = spellings()
    roots = [form, *(variant for variant, standard in variants.items() if standard == form)]
    cores = [core for root in roots for core in derived_from(root)]
    yield from cores
    for variant, standard in variants.items():
        if any(core in standard for core in cores):
            yield variant


def _shortest(cores: Iterable[str]) -> list[str]:
    """The sequences of letters without those that hold another."""
    kept: list[str] = []
    for core in sorted(set(cores), key=len):
        if not any(other in core for other in kept):
            kept.append(core)
    return kept
