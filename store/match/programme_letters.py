"""Names of programs by their letters alone: acronyms, exact names, and long names with slips.

An acronym meets exactly, or with one transposed, missing or extra letter, never with another
letter: IA-CEPA, IK-CEPA and IC-CEPA are different treaties.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from store.match.assignment import Assignment
from store.match.edits import osa, within
from store.match.normalise import LONGEST, compact, plain
from store.match.programme_name import ProgrammeName, parse_programme
from store.match.readings import Reading
from store.match.words import lexicon, stopwords

KIND_WORDS = frozenset({"agreement", "framework", "policy", "initiative", "scheme", "project"})
"""Words that most names of agreements and programs share."""
_AROUND = KIND_WORDS | {
    *("trade", "cooperation", "program", "negotiation", "summit", "forum", "bloc", "group"),
    *("organization", "agency", "institution", "ministry"),
}
"""Meanings that may stand around an acronym without changing what it names ("forum APEC")."""
_INDONESIA = frozenset({"ID"})
_SHORTEST_EDIT = 6
"""Letters of an acronym that may have lost or gained one ("Danantra")."""
_LONG, _VERY_LONG = 14, 25
"""Letters of a name that may carry slips in any word, and of one that may carry three."""
_DOUBLED = re.compile(r"(.)\1+")
_WORD = re.compile(r"[^\s,;]+")


class ProgrammeForm(NamedTuple):
    """One printed form of the name of a program or body."""

    row: int
    text: str
    name: Reading
    weights: tuple[float, ...]
    total: float
    """The sum of the weights."""
    numbers: frozenset[str]
    telling: tuple[int, ...]
    """The positions of the words that tell something."""


class ProgrammeHit(NamedTuple):
    """A form with its score; ``why``: letters, acronym, acronym edit, or words."""

    form: ProgrammeForm
    score: float
    assignment: Assignment | None
    why: str


class Letters:
    """The forms of all programs by their letters."""

    def __init__(
        self,
        by_letters: Mapping[str, Sequence[int]],
        form: Callable[[int], ProgrammeForm],
        row_parties: Mapping[int, frozenset[str]],
    ) -> None:
        """``by_letters``: the numbers of the forms with these letters; ``form`` gives one of them."""
        self._form = form
        self._row_parties = row_parties
        self._by_letters = by_letters
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for letters in self._by_letters:
            self._by_length[len(letters)].append(letters)
        self._acronyms: dict[tuple[str, int], list[str]] = defaultdict(list)
        for letters in self._by_letters:
            if 4 <= len(letters) <= 14:
                self._acronyms[letters[0], len(letters)].append(letters)

    def __iter__(self) -> Iterator[str]:
        """The letters of every form."""
        return iter(self._by_letters)

    def find(self, text: str, name: ProgrammeName, hits: dict[int, ProgrammeHit]) -> None:
        """Add the rows that have the text's letters, or whose acronym stands in it."""
        letters = compact(text)
        if not letters:
            return
        for at in self._by_letters.get(letters, ()):
            better(hits, ProgrammeHit(self._form(at), 1.0, None, "letters"))
        parts = plain(text[:LONGEST]).split("/") if "/" in text else []
        cores = self._core(text)
        for part in (*name.bracketed, *cores, *parts[:6]):
            key = compact(part)
            if len(key) < 2 or key == letters:
                continue
            for at in self._by_letters.get(key, ()):
                if self._fits(name, self._form(at)):
                    better(hits, ProgrammeHit(self._form(at), 0.96, None, "acronym"))
        if hits:
            return
        core = "".join(compact(part) for part in cores[:1]) or letters
        if 4 <= len(core) <= 14 and len(plain(text).split()) <= 3:
            self._by_edit(core, hits)

    def _core(self, text: str) -> list[str]:
        """What is left of the text without words that announce a name and without parties."""
        chunks = [m.group() for m in _WORD.finditer(plain(text))]
        if len(chunks) > 12:
            return []
        left = [chunk for chunk in chunks if not _announces(chunk)]
        bare = [chunk for chunk in left if not _is_party(chunk)]
        return [" ".join(part) for part in (left, bare) if part and part != chunks]

    def _by_edit(self, letters: str, hits: dict[int, ProgrammeHit]) -> None:
        count = osa()
        for length in (len(letters) - 1, len(letters), len(letters) + 1):
            for known in self._acronyms.get((letters[0], length), ()):
                if not _slip_of_acronym(letters, known):
                    continue
                if count(letters, known, score_cutoff=1) > 1:
                    continue
                for at in self._by_letters[known]:
                    better(hits, ProgrammeHit(self._form(at), 0.84, None, "acronym edit"))

    def _fits(self, name: ProgrammeName, form: ProgrammeForm) -> bool:
        """Whether the parties that the query names are parties of the row."""
        return name.parties - _INDONESIA <= self._row_parties[form.row]

    def find_misspelt(self, text: str, name: ProgrammeName, hits: dict[int, ProgrammeHit]) -> None:
        """Long names that differ by a few letters in all, parties and numbers being the same."""
        letters = compact(text)
        if len(letters) < _LONG:
            return
        edits = 2 if len(letters) < _VERY_LONG else 3
        lengths = range(len(letters) - edits, len(letters) + edits + 1)
        near = [known for length in lengths for known in self._by_length.get(length, ())]
        for known, distance, _ in within(letters, near, edits, most=5):
            for at in self._by_letters[known]:
                form = self._form(at)
                # In a long name the slip may have fallen on a party, which is then not read.
                same = form.name.parties == name.parties or (
                    len(letters) >= _VERY_LONG and name.parties < form.name.parties
                )
                if same and form.name.numbers == name.numbers:
                    score = 0.9 - 0.06 * distance
                    better(hits, ProgrammeHit(form, score, None, "few edits"))


def _slip_of_acronym(typed: str, known: str) -> bool:
    """Whether one edit between acronyms is a slip: letters swapped, or one lost, gained or doubled.

    Another letter is another treaty; a letter more in a short acronym is another word.
    """
    if len(typed) == len(known):
        return sorted(typed) == sorted(known)
    shorter = min(len(typed), len(known))
    doubled = _DOUBLED.sub(r"\1", typed) == _DOUBLED.sub(r"\1", known)
    return shorter >= _SHORTEST_EDIT or (doubled and shorter >= _SHORTEST_EDIT - 1)


def better(hits: dict[int, ProgrammeHit], hit: ProgrammeHit) -> None:
    """Keep the hit where it is the best of its row."""
    row = hit.form.row
    if row not in hits or hit.score > hits[row].score:
        hits[row] = hit


@lru_cache(maxsize=4096)
def _is_party(chunk: str) -> bool:
    """Whether a word names a country or bloc."""
    return bool(parse_programme(chunk).parties)


def _announces(chunk: str) -> bool:
    word = compact(chunk)
    if stopwords().get(word) == "ignored":
        return True
    return lexicon().get(word, word) in _AROUND
