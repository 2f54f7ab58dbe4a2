"""The words that a few edits make of a word, without comparing it with every other.

A word one edit away begins or ends with the same letter: one edit touches one end. Two touch both ends
only if they leave alone what is between.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from store.match.edits import within

_MOST = 2
"""Edits up to which the ends of a word tell which others are worth comparing."""
_END = 2
"""Letters at an end of a word that one edit touches, at most."""


class Neighbours:
    """Distinct words, asked for those near another."""

    def __init__(self, words: Iterable[str]) -> None:
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for word in words:
            self._by_length[len(word)].append(word)
        self._beginning: dict[tuple[int, str], list[str]] = {}
        self._ending: dict[tuple[int, str], list[str]] = {}
        self._lines: dict[int, str] = {}

    def within(self, word: str, edits: int) -> Iterator[tuple[str, int]]:
        """(word, its edits) of those at most so many ``edits`` away, some of them twice."""
        ends_tell = edits <= _MOST and len(word) > edits + _END
        likely: list[str] = []
        for length in range(len(word) - edits, len(word) + edits + 1):
            words = self._by_length.get(length)
            if words is None:
                continue
            if not ends_tell:
                likely += words
                continue
            likely += self._that_begin(length, word[0])
            likely += self._that_end(length, word[-1])
            if edits == _MOST:
                likely += self._that_hold(length, word[_END:-_END])
        for other, distance, _ in within(word, likely, edits):
            yield other, distance

    def _that_begin(self, length: int, letter: str) -> list[str]:
        found = self._beginning.get((length, letter))
        if found is None:
            found = [word for word in self._by_length[length] if word[0] == letter]
            self._beginning[length, letter] = found
        return found

    def _that_end(self, length: int, letter: str) -> list[str]:
        found = self._ending.get((length, letter))
        if found is None:
            found = [word for word in self._by_length[length] if word[-1] == letter]
            self._ending[length, letter] = found
        return found

    def _that_hold(self, length: int, part: str) -> list[str]:
        lines = self._lines.get(length)
        if lines is None:
            lines = self._lines[length] = "\n".join(self._by_length[length])
        found: list[str] = []
        at = lines.find(part)
        while at >= 0:
            # Every line is as long, with its end.
            line = at // (length + 1)
            found.append(self._by_length[length][line])
            at = lines.find(part, (line + 1) * (length + 1))
        return found
