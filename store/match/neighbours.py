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


class _SameLength:
    """Words of one length, by their first letter, by their last, and as one text."""

    def __init__(self, words: list[str]) -> None:
        self.words = words
        self.beginning: dict[str, list[str]] = {}
        self.ending: dict[str, list[str]] = {}
        for word in words:
            self.beginning.setdefault(word[0], []).append(word)
            self.ending.setdefault(word[-1], []).append(word)
        self._line = len(words[0]) + 1
        self._lines = "\n".join(words)

    def holding(self, part: str) -> Iterator[str]:
        """The words in which the part stands."""
        at = self._lines.find(part)
        while at >= 0:
            line = at // self._line
            yield self.words[line]
            at = self._lines.find(part, (line + 1) * self._line)


class Neighbours:
    """Distinct words, asked for those near another. Tables are made of the lengths asked for."""

    def __init__(self, words: Iterable[str]) -> None:
        self._every = tuple(words)
        self._words: dict[int, list[str]] = defaultdict(list)
        for word in self._every:
            self._words[len(word)].append(word)
        self._tables: dict[int, _SameLength] = {}

    def within(self, word: str, edits: int) -> Iterator[tuple[str, int]]:
        """(word, its edits) of those at most so many ``edits`` away, some of them twice."""
        ends_tell = edits <= _MOST and len(word) > edits + _END
        likely: list[str] = []
        for length in range(len(word) - edits, len(word) + edits + 1):
            if length not in self._words:
                continue
            if not ends_tell:
                likely += self._words[length]
                continue
            table = self._tables.get(length)
            if table is None:
                table = self._tables[length] = _SameLength(self._words[length])
            likely += table.beginning.get(word[0], ())
            likely += table.ending.get(word[-1], ())
            if edits == _MOST:
                likely += table.holding(word[_END:-_END])
        if likely:
            for other, distance, _ in within(word, likely, edits):
                yield other, distance

    def nearest(self, word: str, edits: int) -> str | None:
        """The nearest word, of several the first, None where all are further away."""
        found = dict(self.within(word, edits))
        if not found:
            return None
        least = min(found.values())
        return next(other for other in self._every if found.get(other) == least)
