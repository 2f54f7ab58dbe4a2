"""Which word of a typed name stands for which word of a known one: one to one, best pairs first.

Also words written together or apart ("Hadi Muljono"), and runs of initials ("A.A.G.N.").
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from store.match.similarity import INITIAL, Likeness, likeness, sound_of_start
from store.match.words import given_names, surnames

_SURE = 0.9
_JOINED = 0.88
_UNLIKE_START = 22
"""Letters up to which a word that begins with a letter of another sound cannot score ``_JOINED``."""
_REAL = 0.75


class Pair(NamedTuple):
    """A word of the query and the words of the name that it stands for."""

    typed: int
    known: tuple[int, ...]
    score: float
    why: str


@dataclass(slots=True)
class Assignment:
    """Similarity per word of the query and per word of the name; a word without one is missing."""

    typed: dict[int, float] = field(default_factory=dict)
    known: dict[int, float] = field(default_factory=dict)
    pairs: list[Pair] = field(default_factory=list)

    def pair(self, typed: int, known: int, score: float, why: str) -> None:
        """Record a pair of words neither of which has one yet."""
        self.typed[typed] = self.known[known] = score
        self.pairs.append(Pair(typed, (known,), score, why))

    def put(self, typed: tuple[int, ...], known: tuple[int, ...], like: Likeness) -> None:
        """Record a pair, replacing weaker ones of the same words."""
        self.pairs = [
            pair
            for pair in self.pairs
            if pair.typed not in typed and not set(pair.known) & set(known)
        ]
        for word in typed:
            self.typed[word] = like.score
            self.pairs.append(Pair(word, known, like.score, like.why))
        for word in known:
            self.known[word] = like.score


def assign(
    query: Sequence[str],
    near: Sequence[Mapping[str, Likeness]],
    name: Sequence[str],
    real: Collection[str] = frozenset(),
) -> Assignment:
    """The assignment of the words of ``query`` to those of ``name``.

    ``near``: for each word of the query the words that are like it, all of the name's among them but for
    initials. ``real`` are words that are somebody's name as they stand, so that a slip is unlikely.
    """
    result = Assignment()
    ranked: list[tuple[float, int, int, int, str]] = []
    for i, (typed, others) in enumerate(zip(query, near, strict=True)):
        for j, known in enumerate(name):
            like = others.get(known)
            if like is None:
                if typed[0] == known[0] and (len(typed) == 1 or len(known) == 1):
                    ranked.append((-INITIAL, abs(i - j), i, j, "initial"))
                continue
            slip = like.why == "edits" and typed in real
            score = like.score * _REAL if slip else like.score
            ranked.append((-score, abs(i - j), i, j, like.why))
    ranked.sort()
    for score, _, i, j, why in ranked:
        if i not in result.typed and j not in result.known:
            result.pair(i, j, -score, why)
    _drop_doubtful_initials(query, name, result)
    _join_known(query, name, result)
    _join_typed(query, name, result)
    _initials(query, name, result)
    return result


def _drop_doubtful_initials(query: Sequence[str], name: Sequence[str], result: Assignment) -> None:
    """A full word stands for an initial only in a name that is otherwise all there.

    "Amran Halim" is not "A. Halim Iskandar".
    """
    for pair in list(result.pairs):
        initial = len(pair.known) == 1 and len(name[pair.known[0]]) == 1
        if initial and len(query[pair.typed]) > 1 and len(result.known) < len(name):
            result.pairs.remove(pair)
            del result.typed[pair.typed], result.known[pair.known[0]]


def _join_known(query: Sequence[str], name: Sequence[str], result: Assignment) -> None:
    """One typed word for two of the name: "Yunmo" for "Yun-mo"."""
    for i, typed in enumerate(query):
        if result.typed.get(i, 0) >= _SURE:
            continue
        for j in range(len(name) - 1):
            if result.known.get(j, 0) >= _SURE or result.known.get(j + 1, 0) >= _SURE:
                continue
            if _cannot_be_one(typed, name[j], name[j + 1]):
                continue
            like = likeness(typed, name[j] + name[j + 1])
            if like.score >= _JOINED:
                result.put((i,), (j, j + 1), Likeness(like.score, "joined"))


def _join_typed(query: Sequence[str], name: Sequence[str], result: Assignment) -> None:
    """Two typed words for one of the name: "Hadi Muljono" for "Hadimuljono"."""
    for j, known in enumerate(name):
        if result.known.get(j, 0) >= _SURE:
            continue
        for i in range(len(query) - 1):
            if result.typed.get(i, 0) >= _SURE or result.typed.get(i + 1, 0) >= _SURE:
                continue
            if _cannot_be_one(known, query[i], query[i + 1]):
                continue
            like = likeness(query[i] + query[i + 1], known)
            if like.score >= _JOINED:
                result.put((i, i + 1), (j,), Likeness(like.score, "joined"))


def _cannot_be_one(whole: str, first: str, second: str) -> bool:
    """Whether two words are surely not ``whole``: it begins with another sound.

    Then it is at least one edit off besides; only a listed spelling may begin otherwise.
    """
    return (
        sound_of_start(whole[0]) != sound_of_start(first[0])
        and max(len(whole), len(first) + len(second)) <= _UNLIKE_START
        and whole not in given_names()
        and whole not in surnames()
    )


def _initials(query: Sequence[str], name: Sequence[str], result: Assignment) -> None:
    """A short word whose letters begin consecutive words of the name: "LB" for "Luhut Binsar"."""
    for i, typed in enumerate(query):
        if i in result.typed or not 2 <= len(typed) <= 4:
            continue
        for j in range(len(name) - len(typed) + 1):
            run = tuple(range(j, j + len(typed)))
            if all(
                k not in result.known and name[k].startswith(c)
                for k, c in zip(run, typed, strict=True)
            ):
                result.put((i,), run, Likeness(INITIAL, "initial"))
                break
