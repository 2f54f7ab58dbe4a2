"""All words of the known names: which are near a typed one, and how much each tells.

A rare word weighs more than a common one (IDF over entities). Fuzzy look-up goes over the words,
not over the names, so ten thousand names cost about as much as three hundred.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from store.match.neighbours import Neighbours
from store.match.readings import sound_of
from store.match.similarity import Likeness, allowed_edits, likeness
from store.match.words import given_names, surnames

_FEWEST_ENTITIES = 300
"""IDF of a small base would make every word rare; count as if there were this many entities."""
_INITIAL_WEIGHT = 0.35
_GIVEN_WEIGHT = 0.85
"""A given name of many ("Ali", "Ahmad") tells less than its place in a small base suggests."""
_START = 5


class Vocabulary:
    """Words of one kind of name. ``add`` each entity's words, then ``finish``."""

    def __init__(self, *, names: bool) -> None:
        self._names = names
        """Whether words are parts of people's names, which have spellings of their own."""
        self.entities: dict[str, int] = {}
        self._count = 0
        self._most = 1.0
        self._spelt = self._sounds = Neighbours(())
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_group: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_start: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, dict[str, Likeness]] = {}

    def add(self, words: Iterable[str]) -> None:
        """Count the words of one entity (each once)."""
        for word in set(words):
            self.entities[word] = self.entities.get(word, 0) + 1
        self._count += 1

    def finish(self) -> None:
        """Build the tables; call once after the last ``add``."""
        self._most = math.log(1 + max(self._count, _FEWEST_ENTITIES) / 0.5)
        given, korean = given_names(), surnames()
        for word in self.entities:
            sound = sound_of(word)
            self._by_sound[sound].append(word)
            if self._names:
                if word in given:
                    self._by_group["given", given[word]].append(word)
                if word in korean:
                    self._by_group["surname", korean[word]].append(word)
                if len(word) > _START:
                    self._by_start[word[:_START]].append(word)
        self._spelt, self._sounds = Neighbours(self.entities), Neighbours(self._by_sound)

    def weight(self, word: str) -> float:
        """What the word tells: more the fewer entities carry it. An unknown word counts as rare."""
        if len(word) == 1:
            return _INITIAL_WEIGHT * self._most
        seen = self.entities.get(word, 0)
        if not seen:
            return self._most * 0.95
        weight = math.log(1 + max(self._count, _FEWEST_ENTITIES) / (0.5 + seen))
        return weight * _GIVEN_WEIGHT if self._names and word in given_names() else weight

    def near(self, word: str) -> dict[str, Likeness]:
        """The known words that are like the typed one; of a single letter only the letter itself."""
        found = self._near.get(word)
        if found is None:
            if len(self._near) > 4096:
                self._near.clear()
            found = self._near[word] = self._search(word)
        return found

    def _search(self, word: str) -> dict[str, Likeness]:
        known = {word: None} if word in self.entities else {}
        if len(word) > 1:
            sound = sound_of(word)
            known.update(dict.fromkeys(self._by_sound.get(sound, ())))
            if self._names:
                known.update(dict.fromkeys(self._other_spellings(word)))
            allowed = allowed_edits(len(word))
            if allowed:
                known.update(dict.fromkeys(self._misspelt(word, allowed)))
            if allowed > 1:
                # Where one edit is allowed, one that is left over after folding is too many.
                known.update(dict.fromkeys(self._sounding(sound, allowed - 1)))
        likes = [(other, likeness(word, other)) for other in known]
        return {other: like for other, like in likes if like.score > 0}

    def _other_spellings(self, word: str) -> Iterator[str]:
        """Names of one group with the word, and those it is the start of."""
        given, korean = given_names(), surnames()
        if word in given:
            yield from self._by_group.get(("given", given[word]), ())
        if word in korean:
            yield from self._by_group.get(("surname", korean[word]), ())
        if len(word) >= _START:
            for known in self._by_start.get(word[:_START], ()):
                if known.startswith(word):
                    yield known

    def _misspelt(self, word: str, edits: int) -> Iterator[str]:
        for other, distance in self._spelt.within(word, edits):
            # The shorter of two words tells how many edits they may have.
            if distance <= allowed_edits(len(other)):
                yield other

    def _sounding(self, sound: str, edits: int) -> Iterator[str]:
        for other, _ in self._sounds.within(sound, edits):
            yield from self._by_sound[other]
