"""Links for what extraction found in an article: sure ones only, everything else with candidates.

A false link is worse than none. Order: exact name or alias, acronym, then the matcher.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from store.match.index import Kind, NameIndex
from store.match.person_name import parse_person
from store.match.words import needs_context
from store.records import MentionType, Post, Resolution

if TYPE_CHECKING:
    from store.kb import KnowledgeBase

_LEAST = {MentionType.PERSON: 0.74, MentionType.ORG: 0.8, MentionType.AGREEMENT: 0.7}
"""Least score of a link by the matcher, above what a person who typed a name is offered."""
_LONE = 0.95
"""Least score of a link for a name of one word."""


class MatchLinker:
    """The matcher as extraction sees it (``records.Linker``)."""

    def __init__(self, index: NameIndex, kb: KnowledgeBase) -> None:
        self._index = index
        self._kb = kb

    def link(
        self,
        surface: str,
        type: MentionType,
        *,
        on: str | None = None,
        country: str | None = None,
    ) -> Resolution:
        """Candidates for a printed name; ``match`` only where the article can mean nobody else."""
        least = _LEAST.get(type)
        if least is None:
            return Resolution(surface, "none")
        kind: Kind = "minister" if type is MentionType.PERSON else "program"
        found = self._index.resolve(surface, kind=kind, on=on, country=country)
        if found.status != "match":
            return found
        best = found.candidates[0]
        words = parse_person(surface).words
        if type is MentionType.PERSON and len(words) == 1:
            least = _LONE
        if best.score < least or self._doubtful(surface, country):
            return replace(found, status="ambiguous")
        return found

    def holder(self, role: str, *, on: str | None = None, country: str | None = None) -> Resolution:
        """Who held the office on that day."""
        return self._index.holder(role, on=on, country=country)

    def post(self, entity: str, *, on: str | None = None) -> Post | None:
        """The most senior post of the person on that day."""
        return self._index.post(entity, on=on)

    def _doubtful(self, surface: str, country: str | None) -> bool:
        """Short forms that usually mean something else in the press (BRI, INA, MEA …)."""
        return surface.strip() in needs_context()
