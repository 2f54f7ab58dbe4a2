"""The knowledge base as a gazetteer: its names and aliases, with the type a mention of them has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from store.extract.gazetteer import Gazetteer
from store.extract.tokens import words
from store.kb import countries
from store.records import KbRow, MentionType
from store.text import fold

# Rows of kind "program" that are bodies, not agreements (contract: a file may call them programs).
_BODIES = frozenset({"organisation", "institution"})


@dataclass(frozen=True, slots=True)
class Known:
    """What a known name stands for in the text."""

    type: MentionType
    country: str | None
    score: float
    stage: str


def gazetteer(rows: Iterable[KbRow]) -> Gazetteer[Known]:
    """Names and aliases of all rows; the user's first, so that they win."""
    table: Gazetteer[Known] = Gazetteer()
    for row in sorted(rows, key=lambda row: not row.user):
        type_ = _type(row)
        for form in (row.name, *row.aliases):
            single = len(form.split()) == 1
            # A single common-looking word is a weak sign of a person or program.
            if countries.code_of(form) or (
                single and type_ is MentionType.PERSON and len(form) < 4 and not row.user
            ):
                continue
            score = 0.99 if row.user else 0.75 if single and not form.isupper() else 0.95
            stage = "knowledge:user" if row.user else "knowledge:alias"
            table.add(form, Known(type_, row.country, score, stage))
    return table


_COMMON = 5
"""Rows; a word in more names than this ("kementerian", "agreement") tells none of them apart."""

_BEGINNING = 5
"""Letters; what is misspelt after them still counts as the same word here."""


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What a printed name must share with the knowledge base for a link to be worth looking for."""

    names: frozenset[tuple[str, ...]]
    beginnings: frozenset[str]
    """Beginnings of the folded words that tell a row from most others."""

    def may_know(self, surface: str) -> bool:
        """Whether a row has that very name, or a distinctive word of it."""
        parts = words(fold(surface))
        return (
            any(part[:_BEGINNING] in self.beginnings for part in parts)
            or tuple(parts) in self.names
            # Names run together are for the linker to take apart.
            or (len(parts) == 1 and any(c.isupper() for c in surface[1:]))
        )


def vocabulary(rows: Iterable[KbRow]) -> Vocabulary:
    """The vocabulary of all names and aliases."""
    names: set[tuple[str, ...]] = set()
    counts: Counter[str] = Counter()
    for row in rows:
        forms = [tuple(words(fold(form))) for form in (row.name, *row.aliases)]
        names.update(forms)
        counts.update({word for form in forms for word in form if word[0].isalnum()})
    return Vocabulary(
        frozenset(names),
        frozenset(word[:_BEGINNING] for word, count in counts.items() if count <= _COMMON),
    )


def _type(row: KbRow) -> MentionType:
    if row.kind == "minister":
        return MentionType.PERSON
    if row.kind == "organisation" or row.role in _BODIES:
        return MentionType.ORG
    return MentionType.AGREEMENT
