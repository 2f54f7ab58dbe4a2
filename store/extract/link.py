"""Links from mentions to the knowledge base, through the Linker that the caller hands in.

What is not sure stays unlinked and keeps its candidates.
"""

from __future__ import annotations

from store.extract import kinds
from store.extract.knowledge import Vocabulary
from store.extract.lately import Lately
from store.records import Candidate, Linker, MentionType, Post, Resolution

LINKED = frozenset({kinds.PERSON, kinds.ORG, kinds.AGREEMENT})


KEPT = 20_000
"""Answers about organisations and agreements kept from article to article."""

_WITH_OFFICE = 0.8
"""Least score of a name that is linked because its bearer holds the stated office."""

_Asked = tuple[str, MentionType, str | None, bool]
Answers = Lately[_Asked, Resolution]


class Links:
    """Answers of the linker for one article, each surface asked for once.

    ``lasting`` outlives the article: organisations and agreements hold no office, so the day does
    not change what their name stands for.
    """

    def __init__(
        self,
        linker: Linker | None,
        on: str | None,
        lasting: Answers,
        vocabulary: Vocabulary,
    ) -> None:
        self._linker = linker
        self._vocabulary = vocabulary
        self._on = on
        self._known: dict[_Asked, Resolution] = {}
        self._lasting = lasting

    def resolve(
        self, surface: str, type: MentionType, country: str | None = None, *, every: bool = False
    ) -> Resolution:
        """The resolution of a printed name; ``none`` without candidates where there is no linker.

        ``every``: with all that it may stand for, where its match turned out to be another.
        """
        if self._linker is None or type not in LINKED:
            return Resolution(surface, "none")
        key = (surface, type, country, every)
        person = type is kinds.PERSON
        answer = self._known.get(key)
        if answer is None and not person:
            answer = self._lasting.get(key)
        if answer is None:
            if not self._vocabulary.may_know(surface, type):
                # Kept for the article only: most names are of that kind.
                answer = self._known[key] = Resolution(surface, "none")
                return answer
            day = self._on if person else None
            answer = self._linker.link(surface, type, on=day, country=country, every=every)
            if person:
                self._known[key] = answer
            else:
                self._lasting.keep(key, answer)
        return answer

    def person(self, name: str, country: str | None) -> Resolution:
        """The person of that name; asked again with ``country`` only where it tells against the answer."""
        plain = self.resolve(name, kinds.PERSON)
        best = plain.best
        if country is None or (best is not None and best.country in (None, country)):
            return plain
        return self.resolve(name, kinds.PERSON, country)

    def in_office(self, likely: Resolution, role: str, country: str | None) -> Candidate | None:
        """The best of the ``likely`` people if it held the office that ``role`` names, on the day.

        A misspelt name ("Menteri Perdagangan Budi Santosa") is nobody's for sure; with the office it is.
        """
        if self._linker is None or self._on is None or not likely.candidates:
            return None
        best = likely.candidates[0]
        if best.score < _WITH_OFFICE:
            return None
        held = self._linker.holder(role, on=self._on, country=country)
        return best if held.best is not None and held.best.id == best.id else None

    def post(self, entity: str | None) -> Post | None:
        """The person's office on the article's day as the knowledge base has it."""
        if self._linker is None or entity is None:
            return None
        return self._linker.post(entity, on=self._on)
