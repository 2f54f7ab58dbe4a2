"""All words of the known names: which are near a typed one, and how much each tells.

A rare word weighs more than a common one (IDF over entities). Fuzzy look-up goes over the words,
not over the names, so ten thousand names cost about as much as three hundred.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from store.match.readings import sound_of
from store.match.similarity import allowed_edits, likeness
from store.match.words import given_names, surnames

_MOST_NEAR = 40
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
        self._buckets: dict[int, list[str]] = {}
        self._folded: dict[int, tuple[list[str], list[str]]] = {}
        self._by_sound: dict[str, list[str]] = defaultdict(list)
        self._by_group: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._by_start: dict[str, list[str]] = defaultdict(list)
        self._near: dict[str, dict[str, float]] = {}

    def add(self, words: Iterable[str]) -> None:
        """Count the words of one entity (each once)."""
        for word in set(words):
            self.entities[word] = self.entities.get(word, 0) + 1
        self._count += 1

    def finish(self) -> None:
        """Build the tables; call once after the last ``add``."""
        self._most = math.log(1 + max(self._count, _FEWEST_ENTITIES) / 0.5)
        given, korean = given_names(), surnames()
        lengths: dict[int, list[str]] = defaultdict(list)
        sounds: dict[int, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
        for word in self.entities:
            sound = sound_of(word)
            lengths[len(word)].append(word)
            sounds[len(sound)][0].append(sound)
            sounds[len(sound)][1].append(word)
            self._by_sound[sound].append(word)
            if self._names:
                if word in given:
                    self._by_group["given", given[word]].append(word)
                if word in korean:
                    self._by_group["surname", korean[word]].append(word)
                if len(word) > _START:
                    self._by_start[word[:_START]].append(word)
        self._buckets = dict(lengths)
        self._folded = dict(sounds)

    def weight(self, word: str) -> float:
        """What the word tells: more the fewer entities carry it. An unknown word counts as rare."""
        if len(word) == 1:
            return _INITIAL_WEIGHT * self._most
        seen = self.entities.get(word, 0)
        if not seen:
            return self._most * 0.95
        weight = math.log(1 + max(self._count, _FEWEST_ENTITIES) / (0.5 + seen))
        return weight * _GIVEN_WEIGHT if self._names and word in given_names() else weight

    def near(self, word: str) -> dict[str, float]:
        """Known words like the typed one, with their similarity."""
        found = self._near.get(word)
        if found is None:
            if len(self._near) > 4096:
                self._near.clear()
            found = self._near[word] = self._search(word)
        return found

    def _search(self, word: str) -> dict[str, float]:
        out: dict[str, float] = {}
        if word in self.entities:
            out[word] = 1.0
        if len(word) == 1:
            return out
        sound = sound_of(word)
        candidates = set(self._by_sound.get(sound, ()))
        if self._names:
            given, korean = given_names(), surnames()
            if word in given:
                candidates.update(self._by_group.get(("given", given[word]), ()))
            if word in korean:
                candidates.update(self._by_group.get(("surname", korean[word]), ()))
            if len(word) >= _START:
                starts = self._by_start.get(word[:_START], ())
                candidates.update(known for known in starts if known.startswith(word))
        allowed = allowed_edits(len(word))
        if allowed:
            candidates.update(self._within(word, allowed))
        if allowed > 1:
            # Where one edit is allowed, one that is left over after folding is too many.
            candidates.update(self._sounding(sound, allowed - 1))
        for known in candidates:
            if (score := likeness(word, known).score) > 0:
                out.setdefault(known, score)
        return out

    def _within(self, word: str, edits: int) -> Iterable[str]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        for length in range(len(word) - edits, len(word) + edits + 1):
            bucket = self._buckets.get(length)
            # The shorter of two words tells how many edits they may have.
            most = min(edits, allowed_edits(length))
            if bucket and len(word) - length <= most:
                for known, _, _ in process.extract(
                    word, bucket, scorer=OSA.distance, score_cutoff=most, limit=_MOST_NEAR
                ):
                    yield known

    def _sounding(self, sound: str, edits: int) -> Iterable[str]:
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        for length in range(len(sound) - edits, len(sound) + edits + 1):
            if length in self._folded:
                sounds, words = self._folded[length]
                for _, _, at in process.extract(
                    sound, sounds, scorer=OSA.distance, score_cutoff=edits, limit=_MOST_NEAR
                ):
                    yield words[at]
