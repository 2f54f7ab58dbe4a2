"""The knowledge base as a gazetteer: its names and aliases, with the type a mention of them has."""

from __future__ import annotations

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


def vocabulary(rows: Iterable[KbRow]) -> frozenset[str]:
    """The folded words of all names and aliases."""
    return frozenset(
        word
        for row in rows
        for form in (row.name, *row.aliases)
        for word in words(fold(form))
        if word[0].isalnum()
    )


def _type(row: KbRow) -> MentionType:
    if row.kind == "minister":
        return MentionType.PERSON
    if row.kind == "organisation" or row.role in _BODIES:
        return MentionType.ORG
    return MentionType.AGREEMENT
