"""Links from mentions to the knowledge base, through the Linker that the caller hands in.

What is not sure stays unlinked and keeps its candidates.
"""

from __future__ import annotations

from store.records import Linker, MentionType, Post, Resolution

LINKED = frozenset({MentionType.PERSON, MentionType.ORG, MentionType.AGREEMENT})


class Links:
    """Answers of the linker for one article, each surface asked for once."""

    def __init__(self, linker: Linker | None, on: str | None) -> None:
        self._linker = linker
        self._on = on
        self._known: dict[tuple[str, MentionType, str | None], Resolution] = {}

    def resolve(self, surface: str, type: MentionType, country: str | None = None) -> Resolution:
        """The resolution of a printed name; ``none`` without candidates where there is no linker."""
        if self._linker is None or type not in LINKED:
            return Resolution(surface, "none")
        key = (surface, type, country)
        if key not in self._known:
            self._known[key] = self._linker.link(surface, type, on=self._on, country=country)
        return self._known[key]

    def post(self, entity: str | None) -> Post | None:
        """The person's office on the article's day as the knowledge base has it."""
        if self._linker is None or entity is None:
            return None
        return self._linker.post(entity, on=self._on)
