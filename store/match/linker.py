"""Links for what extraction found in an article: sure ones only, everything else with candidates.

A false link is worse than none. Order: exact name or alias, acronym, then the matcher.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from store.match.index import Kind, NameIndex
from store.match.normalise import compact
from store.match.person_name import parse_person
from store.match.readings import letters_of, read_person, sound_of
from store.match.words import needs_context
from store.records import Candidate, MentionType, Post, Resolution

if TYPE_CHECKING:
    from store.kb import KnowledgeBase

_LEAST = {MentionType.PERSON: 0.74, MentionType.ORG: 0.8, MentionType.AGREEMENT: 0.71}
"""Least score of a link by the matcher, above what a person who typed a name is offered."""
_WORTH_SHOWING = 0.45
"""Below this a candidate shares a word by chance ("Republika": Kepolisian Negara Republik Indonesia
.29); it would only mislead the reader of an article. Read off the candidates of 200 articles."""
_LONG, _MISSPELT = 12, 0.88
"""Letters and score that a name with a wrong letter needs."""

_LETTERS = re.compile("[A-Z]{3}")
_BODIES = frozenset({"organisation", "institution"})
_MUHAMMAD = re.compile(r"m[ou]c?ham+[ae]d")
_KIN = re.compile(r"(?i)\b(?:jr|junior|sr|senior)\b")


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
        every: bool = False,
    ) -> Resolution:
        """Candidates for a printed name; ``match`` only where the article can mean nobody else.

        Those less likely than a match are looked for only if ``every`` candidate is asked for.
        """
        least = _LEAST.get(type)
        if least is None:
            return Resolution(surface, "none")
        kind: Kind = "minister" if type is MentionType.PERSON else "program"
        found = self._index.resolve(
            surface, kind=kind, on=on, country=country, least=_WORTH_SHOWING
        )
        if found.status != "match":
            likely = tuple(c for c in found.candidates if c.score >= _WORTH_SHOWING)
            return Resolution(surface, found.status, likely)
        best = found.candidates[0]
        sure = best.score >= least and surface.strip() not in needs_context()
        if type is MentionType.ORG and _LETTERS.fullmatch(surface.strip()):
            # Three letters that stand for a body here may stand for an agreement there ("TAC").
            row = self._kb.get(best.id)
            sure = sure and row is not None and (row.kind == "organisation" or row.role in _BODIES)
        if country and (known := self._index.countries_of(best.id)):
            sure = sure and country in known
        if sure and type is MentionType.PERSON:
            sure = self._surely_this_person(surface, best)
            if sure and on is not None and not self._as_printed(surface, best):
                # "Arief Satria" long before Arif Satria held an office is more likely somebody else.
                sure = self._index.post(best.id, on=on) is not None
        if every or not sure:
            found = self._index.resolve(surface, kind=kind, on=on, country=country)
        return found if sure else Resolution(surface, "ambiguous", found.candidates)

    def holder(self, role: str, *, on: str | None = None, country: str | None = None) -> Resolution:
        """Who held the office on that day."""
        return self._index.holder(role, on=on, country=country)

    def post(self, entity: str, *, on: str | None = None) -> Post | None:
        """The most senior post of the person on that day."""
        return self._index.post(entity, on=on)

    def _as_printed(self, surface: str, best: Candidate) -> bool:
        """Whether every word of the printed name is one of the person's, letter by letter.

        Of the commonest first name any spelling will do where two more words are the same.
        """
        row = self._kb.get(best.id)
        names = (row.name, *row.aliases) if row else ()
        known = {word for name in names for word in read_person(name).words}
        words = [word for word in parse_person(surface).words if len(word) > 1]
        others = [word for word in words if not _MUHAMMAD.fullmatch(word)]
        return known.issuperset(others if len(others) > 1 else words) or compact(surface) in {
            letters_of(name) for name in names
        }

    def _surely_this_person(self, surface: str, best: Candidate) -> bool:
        """A lone word must be an alias as it stands; a misspelt name must be a long one."""
        words = parse_person(surface).words
        row = self._kb.get(best.id)
        if row is None:
            return False
        names = (row.name, *row.aliases)
        if sum(len(word) > 1 for word in words) == 1:
            # "Thomas M." may be anybody.
            return compact(surface) in {letters_of(name) for name in names}
        if _KIN.search(surface) and not any(_KIN.search(name) for name in names):
            # "Donald Trump Jr" is the son.
            return False
        known = {sound_of(word) for name in names for word in read_person(name).words}
        spelt = all(len(word) == 1 or sound_of(word) in known for word in words)
        joined = "".join(words) in {letters_of(name) for name in names}
        return spelt or joined or (len("".join(words)) >= _LONG and best.score >= _MISSPELT)
