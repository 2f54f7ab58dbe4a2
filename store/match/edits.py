"""Edits between words (optimal string alignment: a letter lost, gained, changed, or two swapped).

They are counted by rapidfuzz, which is loaded when the first two words have to be compared; an import
statement where they are would be looked up again for every pair.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache


@lru_cache(maxsize=1)
def osa() -> Callable[..., int]:
    """The function that counts the edits between two words; beyond ``score_cutoff`` it may say one more."""
    from rapidfuzz.distance import OSA

    return OSA.distance


def within(
    word: str, known: Sequence[str], edits: int, *, most: int | None = None
) -> list[tuple[str, int, int]]:
    """(word, its edits, its position) of those at most so many ``edits`` away, the nearest first."""
    return _extract()(word, known, scorer=osa(), score_cutoff=edits, limit=most)


@lru_cache(maxsize=1)
def _extract() -> Callable[..., list[tuple[str, int, int]]]:
    from rapidfuzz import process

    return process.extract
