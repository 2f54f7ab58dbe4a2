"""Finding known names in tokens: a trie over lower-cased words, longest match first.

Time is linear in the text; a name costs nothing where its first word does not occur.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

from store.extract.tokens import Text, words

T = TypeVar("T")

_SHORT = 5
"""Letters; a one-word name up to here must stand as printed ("AS" is a country, "as" is not)."""


@dataclass(slots=True)
class _Node(Generic[T]):
    next: dict[str, _Node[T]] | None = None
    entries: tuple[tuple[str, T], ...] = ()
    """Most nodes are the last word of one name: neither is made before it is needed."""


class Gazetteer(Generic[T]):
    """Names with what they stand for. ``any_case`` also finds names written in lower case."""

    def __init__(self, *, any_case: bool = False) -> None:
        self._root: dict[str, _Node[T]] = {}
        self._any_case = any_case

    def add(self, form: str, value: T) -> None:
        """Add a printed form; the first value added for a form wins."""
        level = self._root
        node: _Node[T] | None = None
        for word in words(form):
            if node is not None:
                if node.next is None:
                    node.next = {}
                level = node.next
            node = level.get(word)
            if node is None:
                node = level[word] = _Node()
        if node is None:
            return
        if not node.entries:
            node.entries = ((form, value),)
        elif all(known != form for known, _ in node.entries):
            node.entries = (*node.entries, (form, value))

    def knows(self, word: str) -> bool:
        """Whether some name begins with that lower-cased word."""
        return word in self._root

    def scan(
        self, text: Text, first: int = 0, last: int | None = None
    ) -> Iterator[tuple[int, int, T]]:
        """Token range and value of every match, left to right, none inside another."""
        lows, root = text.lows, self._root
        done, last = first, len(lows) if last is None else last
        # Few words begin a name: the others are left out in one go.
        for at in [at for at in range(first, last) if lows[at] in root]:
            if at < done:
                continue
            node = root[lows[at]]
            best: tuple[int, T] | None = None
            end = at + 1
            while True:
                for form, value in node.entries:
                    if self._fits(text, at, end, form):
                        best = (end, value)
                        break
                if end >= last or node.next is None:
                    break
                following = node.next.get(lows[end])
                if following is None:
                    break
                node = following
                end += 1
            if best is not None:
                yield at, best[0], best[1]
                done = best[0]

    def _fits(self, text: Text, first: int, last: int, form: str) -> bool:
        if self._any_case:
            return True
        if last - first == 1:
            surface = text.forms[first]
            if surface == form:
                return True
            return len(form) > _SHORT and surface[0].isupper()
        return text.forms[first][0].isupper() or form[0].islower() or not form[0].isalpha()
