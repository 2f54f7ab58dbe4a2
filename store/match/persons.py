"""People: candidates for a typed name from posting lists over the words of all names."""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from store.match.edits import within
from store.match.person_name import PersonName, characters_of
from store.match.person_score import Asked, PersonForm, PersonHit, judge
from store.match.readings import read_person
from store.match.similarity import Likeness, fold_korean, korean_keys
from store.match.vocabulary import Vocabulary
from store.match.words import surnames

_CANDIDATES = 60
_POSTINGS = 3000
_KOREAN_COUNTRIES = frozenset({"KR", "KP", "CN", None})
_JOIN_BONUS, _PART_BONUS, _KOREAN_BONUS, _TYPO_BONUS = 6.0, 4.0, 8.0, 5.0
_SHORTEST_JOINED, _LONGEST_JOINED = 6, 24
_MOST_JOINED = 60_000
"""Joined forms searched with an edit; beyond, exact ones still meet."""


class _Draft(NamedTuple):
    """A name of somebody, read in full only when it is compared with one."""

    row: int
    text: str
    words: tuple[str, ...]
    korean: bool
    """Whether its hyphens may part the syllables of a Korean or Chinese given name."""


class PersonIndex:
    """The names of people. Build once from (row number, country, names)."""

    def __init__(self, people: Iterable[tuple[int, str | None, Sequence[str]]]) -> None:
        self.vocabulary = Vocabulary(names=True)
        self._drafts: list[_Draft] = []
        self._forms: dict[int, PersonForm] = {}
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_joined: dict[str, list[int]] = defaultdict(list)
        self._by_korean: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row, country, names in people:
            korean = country in _KOREAN_COUNTRIES
            drafts = [_Draft(row, name, read_person(name).words, korean) for name in names]
            self.vocabulary.add(word for draft in drafts for word in draft.words)
            for draft in drafts:
                if draft.words:
                    self._add(draft)
        self.vocabulary.finish()
        self._joined_by_length: dict[int, list[str]] = defaultdict(list)
        for joined in self._by_joined:
            self._joined_by_length[len(joined)].append(joined)

    def _add(self, draft: _Draft) -> None:
        words = draft.words
        at = len(self._drafts)
        self._drafts.append(draft)
        for word in set(words):
            self._by_word[word].append(at)
        if len(words) > 1:
            for joined in {
                "".join(words[i : i + n]) for n in (2, 3, 4) for i in range(len(words) - n + 1)
            }:
                self._by_joined[joined].append(at)
        if draft.korean and 2 <= len(words) <= 4:
            key = (surnames().get(words[0], fold_korean(words[0])), fold_korean("".join(words[1:])))
            self._by_korean[key].append(at)

    def _form(self, at: int) -> PersonForm:
        form = self._forms.get(at)
        if form is None:
            draft = self._drafts[at]
            form = self._forms[at] = PersonForm(
                draft.row,
                draft.text,
                draft.words,
                "".join(draft.words),
                tuple(map(self.vocabulary.weight, draft.words)),
                draft.korean and "-" in draft.text,
                characters_of(draft.text),
            )
        return form

    def search(self, name: PersonName) -> dict[int, PersonHit]:
        """Row → its best form, for every row that shares enough with the name."""
        words = name.words
        if not words:
            return {}
        near = [self.vocabulary.near(word) for word in words]
        gathered, korean = self._gather(words, near)
        weights = [self.vocabulary.weight(word) for word in words]
        asked = Asked(name, words, "".join(words), weights, near)
        real = self.vocabulary.entities
        hits: dict[int, PersonHit] = {}
        for at in heapq.nlargest(_CANDIDATES, gathered, key=gathered.__getitem__):
            form = self._form(at)
            hit = judge(asked, form, real, same_korean=at in korean)
            row = form.row
            if hit.score > 0 and (row not in hits or hit.score > hits[row].score):
                hits[row] = hit
        return hits

    def _gather(
        self, words: list[str], near: Sequence[Mapping[str, Likeness]]
    ) -> tuple[dict[int, float], set[int]]:
        """Forms worth scoring with the weight of what they share, and those of one Korean key."""
        shared: dict[int, float] = defaultdict(float)
        for others in near:
            best: dict[int, float] = {}
            for known, like in others.items():
                worth = like.score * self.vocabulary.weight(known)
                for at in self._by_word[known][:_POSTINGS]:
                    if worth > best.get(at, 0):
                        best[at] = worth
            for at, worth in best.items():
                shared[at] += worth
        joined = {"".join(words[i : i + n]) for n in (1, 2, 3) for i in range(len(words) - n + 1)}
        for key in joined:
            for at in self._by_joined.get(key, ()):
                shared[at] += _JOIN_BONUS
            if len(words) > 1:
                for at in self._by_word.get(key, ())[:_POSTINGS]:
                    shared[at] += _PART_BONUS
        korean: set[int] = set()
        if len(words) <= 4:
            korean = {at for key in korean_keys(words) for at in self._by_korean.get(key, ())}
            for at in korean:
                shared[at] += _KOREAN_BONUS
        self._gather_misspelt(words, shared)
        return shared, korean

    def _gather_misspelt(self, words: list[str], shared: dict[int, float]) -> None:
        """Names whose joined letters are one edit away ("Tskeshi Iwaa" has no near word)."""
        whole = "".join(words)
        if not _SHORTEST_JOINED <= len(whole) <= _LONGEST_JOINED:
            return
        if len(self._by_joined) > _MOST_JOINED:
            return
        for length in (len(whole) - 1, len(whole), len(whole) + 1):
            bucket = self._joined_by_length.get(length)
            if not bucket:
                continue
            for key, _, _ in within(whole, bucket, 1, most=5):
                for at in self._by_joined[key]:
                    shared[at] += _TYPO_BONUS
