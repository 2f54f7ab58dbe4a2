"""Finding known names in tokens: a trie over lower-cased words, longest match first.

Time is linear in the text; a name costs nothing where its first word does not occur.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from typing import Any, Generic, TypeVar

from store.extract.tokens import Text, words

T = TypeVar("T")

_SHORT = 5
"""Letters; a one-word name up to here must stand as printed ("AS" is a country, "as" is not)."""


class _Node(Generic[T]):
    """What may follow the words read so far, and the names that end with them."""

    __slots__ = ("entries", "next")

    def __init__(self) -> None:
        self.next: dict[str, _Node[T]] = {}
        self.entries: list[tuple[str, T]] = []


class Gazetteer(Generic[T]):
    """Names with what they stand for. ``any_case`` also finds names written in lower case.

    A name is taken apart when its first word is first met in a text: of the thousands of a table an
    article needs a few dozen.
    """

    def __init__(self, names: Iterable[tuple[str, T]] = (), *, any_case: bool = False) -> None:
        """``names``: printed forms with their values; the first value given for a form wins."""
        self._named: dict[str, list[tuple[str, T]]] = defaultdict(list)
        for name in names:
            head = name[0].partition(" ")[0]
            if head.isascii() and head.isalpha():
                self._named[head.lower()].append(name)
            elif form := words(name[0]):
                self._named[form[0]].append(name)
        self._parts: Sequence[tuple[Gazetteer[Any], T]] = ()
        self._root: dict[str, _Node[T] | None] = dict.fromkeys(self._named)
        """By first word: its node, None before it is first needed."""
        self._any_case = any_case
        self._shelf: Shelf | None = None

    @classmethod
    def merged(cls, *parts: tuple[Gazetteer[Any], T]) -> Gazetteer[T]:
        """The names of several gazetteers, those of one all with the same value; the first wins."""
        merged = cls()
        merged._parts = parts
        for part, _ in parts:
            merged._root |= dict.fromkeys(part._root)
        return merged

    def knows(self, word: str) -> bool:
        """Whether some name begins with that lower-cased word."""
        return word in self._root

    def _node(self, word: str) -> _Node[T]:
        node: _Node[T] = _Node()
        for form, value in self._named.get(word, ()):
            _grow(node, form, value)
        for part, value in self._parts:
            for form, _ in part._named.get(word, ()):
                _grow(node, form, value)
        self._root[word] = node
        return node

    def scan(
        self, text: Text, first: int = 0, last: int | None = None
    ) -> Iterator[tuple[int, int, T]]:
        """Token range and value of every match, left to right, none inside another.

        ``last`` may lie beyond the text.
        """
        lows, root = text.lows, self._root
        done = first
        # Few words begin a name: the others are left out in one go.
        if last is None:
            last = len(lows)
            places = text.places()
            if self._shelf is not None:
                begins = self._shelf.begins(self, places)
            else:
                begins = _in_order(root.keys() & places.keys(), places)
        else:
            last = min(last, len(lows))
            begins = [at for at in range(first, last) if lows[at] in root]
        for at in begins:
            if at < done:
                continue
            node = root[lows[at]] or self._node(lows[at])
            best: tuple[int, T] | None = None
            end = at + 1
            while True:
                for form, value in node.entries:
                    if self._fits(text, at, end, form):
                        best = (end, value)
                        break
                if end >= last:
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


class Shelf:
    """Gazetteers that are asked about the same texts: the words that none of them knows, which are most,
    are left out once for all.

    Remembered is what the last text has, as its gazetteers are asked about it in turn.
    """

    def __init__(self, *gazetteers: Gazetteer[Any]) -> None:
        """Of several shelves that hold a gazetteer it uses the last."""
        self._words = frozenset(word for gazetteer in gazetteers for word in gazetteer._root)
        # One attribute, so that threads that read two texts never see the half of each.
        self._last: tuple[dict[str, list[int]], frozenset[str]] = ({}, frozenset())
        for gazetteer in gazetteers:
            gazetteer._shelf = self

    def begins(self, gazetteer: Gazetteer[Any], places: dict[str, list[int]]) -> list[int]:
        """The tokens where a name of the gazetteer may begin, in order; ``places``: ``Text.places()``."""
        seen, known = self._last
        if seen is not places:
            known = self._words.intersection(places)
            self._last = (places, known)
        return _in_order(gazetteer._root.keys() & known, places)


def _in_order(words: Iterable[str], places: dict[str, list[int]]) -> list[int]:
    """The tokens where the words stand."""
    return sorted(chain.from_iterable(map(places.__getitem__, words)))


def _grow(node: _Node[T], form: str, value: T) -> None:
    """Enter a name below the node of its first word."""
    for word in words(form)[1:]:
        following = node.next.get(word)
        if following is None:
            following = node.next[word] = _Node()
        node = following
    if all(known != form for known, _ in node.entries):
        node.entries.append((form, value))
