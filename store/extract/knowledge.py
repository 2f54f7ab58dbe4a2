"""The knowledge base as a gazetteer: its names and aliases, with the type a mention of them has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from store.extract import kinds
from store.extract.gazetteer import Gazetteer
from store.extract.tokens import words
from store.kb import countries
from store.records import KbRow, MentionType
from store.text import fold

# Rows of kind "program" that are bodies, not agreements (contract: a file may call them programs).
_BODIES = frozenset({"organisation", "institution"})


class Known(NamedTuple):
    """What a known name stands for in the text."""

    type: MentionType
    country: str | None
    score: float
    stage: str


def gazetteer(rows: Iterable[KbRow]) -> Gazetteer[Known]:
    """Names and aliases of all rows; the user's first, so that they win."""
    return Gazetteer(_forms(sorted(rows, key=lambda row: not row.user)))


def _forms(rows: Iterable[KbRow]) -> Iterator[tuple[str, Known]]:
    shared: dict[tuple[MentionType, str | None, bool, bool], Known] = {}
    for row in rows:
        type_, user = _type(row), row.user
        person = type_ is kinds.PERSON
        for form in (row.name, *row.aliases):
            single = " " not in form
            # A single common-looking word is a weak sign of a person or program.
            if (single and person and len(form) < 4 and not user) or countries.code_of(form):
                continue
            weak = single and not form.isupper()
            key = (type_, row.country, weak, user)
            known = shared.get(key)
            if known is None:
                score = 0.99 if user else 0.75 if weak else 0.95
                stage = "knowledge:user" if user else "knowledge:alias"
                known = shared[key] = Known(type_, row.country, score, stage)
            yield form, known


_COMMON = 5
"""Rows; a word in more names than this ("kementerian", "agreement") tells none of them apart."""

_BEGINNING = 5
"""Letters; what is misspelt after them still counts as the same word here."""


class _Part(NamedTuple):
    """People, or everything else, of the knowledge base."""

    names: frozenset[tuple[str, ...]]
    rows: dict[str, int]
    """Beginning of a folded word → the rows that have such a word."""


class Vocabulary(NamedTuple):
    """What a printed name must share with the knowledge base for a link to be worth looking for."""

    people: _Part
    others: _Part

    def is_person(self, surface: str) -> bool:
        """Whether somebody is listed under exactly that name."""
        return words(fold(surface)) in self.people.names

    def may_know(self, surface: str, type_: MentionType) -> bool:
        """Whether a row has that very name, or enough of its words."""
        person = type_ is kinds.PERSON
        part = self.people if person else self.others
        parts = words(fold(surface))
        # Names run together are for the linker to take apart.
        if parts in part.names or (len(parts) == 1 and any(c.isupper() for c in surface[1:])):
            return True
        said = [word[:_BEGINNING] for word in parts if len(word) > 2 or len(parts) == 1]
        rows = [part.rows[word] for word in said if word in part.rows]
        rare = any(count <= _COMMON for count in rows)
        if person:
            return 2 * len(rows) > len(said) and (rare or len(said) == 1)
        most = 2 * len(rows) >= len(said)
        return most and (rare or (type_ is kinds.AGREEMENT and len(rows) > 1))


def vocabulary(rows: Iterable[KbRow]) -> Vocabulary:
    """The vocabulary of all names and aliases."""
    rows = list(rows)
    return Vocabulary(
        _part(row for row in rows if row.kind == "minister"),
        _part(row for row in rows if row.kind != "minister"),
    )


def _part(rows: Iterable[KbRow]) -> _Part:
    names: set[tuple[str, ...]] = set()
    starts: list[str] = []
    for row in rows:
        forms = [words(fold(form)) for form in (row.name, *row.aliases)]
        names.update(forms)
        starts += {word[:_BEGINNING] for form in forms for word in form}
    counts = {start: count for start, count in Counter(starts).items() if start[0].isalnum()}
    return _Part(frozenset(names), counts)


def _type(row: KbRow) -> MentionType:
    if row.kind == "minister":
        return kinds.PERSON
    if row.kind == "organisation" or row.role in _BODIES:
        return kinds.ORG
    return kinds.AGREEMENT
