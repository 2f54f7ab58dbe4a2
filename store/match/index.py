"""The one scorer behind the finder, ``match``, search filters and linking."""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from store.match import decide
from store.match.explain import explain_person, explain_programme
from store.match.holders import Holders
from store.match.normalise import compact
from store.match.office_starts import OfficeStarts
from store.match.offices import Office, only_offices, parse_offices
from store.match.person_name import PersonName, parse_person
from store.match.person_score import PersonHit
from store.match.persons import PersonIndex
from store.match.programme_letters import ProgrammeHit
from store.match.programme_name import ProgrammeName
from store.match.programmes import ProgrammeIndex
from store.match.readings import read_person
from store.match.suggest import BEST_BY_WORDS, Suggester, letters_typed
from store.match.terms import Terms
from store.match.wording import because
from store.records import Candidate, KbRow, Post, Reason, Resolution, Span

Kind = Literal["minister", "program"]
"""``program`` covers organisations: a file may file a body under either."""

_OTHER_COUNTRY = 0.85
_ALIAS, _ALIAS_WITHIN = 0.97, 0.97
_ABBREVIATION = re.compile("[A-Z]{2,3}")
"""Meets whole names by its letters ("SBY"), never a word of one (IDA is not Ida Fauziyah)."""
_LONGEST_START, _ONLY_A_START = 60, 0.5
"""Characters of a text that may be the start of a name, and what its score is multiplied with."""
_NOBODY = PersonName((), (), "")
_KEPT = 1_024
"""Names whose people are remembered, some 11 KB each."""


@dataclass(slots=True)
class _Scored:
    row: int
    score: float
    person: PersonHit | None = None
    programme: ProgrammeHit | None = None
    alias: str | None = None
    start: int | None = None
    """The form that the text is the start of, for the suggester to explain."""
    note: Reason | None = None

    def again(self) -> _Scored:
        """The same, to be changed by another question."""
        return _Scored(self.row, self.score, self.person, alias=self.alias, start=self.start)


class NameIndex:
    """The names of a knowledge base, ready to be asked. Never changes after it was made."""

    def __init__(self, rows: Iterable[KbRow]) -> None:
        self.rows: tuple[KbRow, ...] = tuple(rows)
        self._number = {row.id: number for number, row in enumerate(self.rows)}
        self._letters: dict[str, list[tuple[int, str]]] = defaultdict(list)
        people, programmes = [], []
        for number, row in enumerate(self.rows):
            names = list(dict.fromkeys((row.name, *row.aliases)))
            if row.kind == "minister":
                people.append((number, row.country, names))
                for name in names:
                    self._letters[read_person(name).letters].append((number, name))
            else:
                parties = {*row.partners, *([row.country] if row.country else ())}
                programmes.append((number, frozenset(parties), names))
        self._people = PersonIndex(people)
        self._kept: dict[tuple[str, float], tuple[_Scored, ...]] = {}
        self._programmes = ProgrammeIndex(programmes)
        self._terms = Terms({n: r for n, r in enumerate(self.rows) if r.kind == "minister"})
        self._holders = Holders(self.rows, self._terms)
        self._office_starts = OfficeStarts(self.rows)

    @classmethod
    def from_rows(cls, rows: Iterable[KbRow]) -> NameIndex:
        """An index over these rows; those that come first win a tie in the order shown."""
        return cls(rows)

    @cached_property
    def _suggester(self) -> Suggester:
        return Suggester(
            (number, name)
            for number, row in enumerate(self.rows)
            for name in dict.fromkeys((row.name, *row.aliases))
        )

    @cached_property
    def _heads(self) -> str:
        """The letters of all names, one after another: tells without the suggester what none begins with."""
        return "\n".join(("", *self._letters, *self._programmes.letters))

    # --- asking -------------------------------------------------------------------------------

    def resolve(
        self,
        text: str,
        *,
        kind: Kind | None = None,
        on: str | None = None,
        country: str | None = None,
        limit: int = 5,
        least: float = 0.0,
    ) -> Resolution:
        """Who or what a typed or printed name is; candidates best first, whatever the status.

        ``on`` (ISO day) and ``country`` (code) decide between namesakes and name the holder of a
        bare office ("Menperin"). What scores less than ``least`` is left out, which saves time; below .49, the
        least that ties with an accepted name, it changes no status. Never raises; a name that is no name has the status ``none``.
        """
        name = parse_person(text) if kind != "program" else _NOBODY
        if kind != "program" and _is_bare(text, name, on) and parse_offices(text):
            held = self.holder(text, on=on, country=country, limit=limit)
            if held.candidates:
                return held
        programme: ProgrammeName | None = None
        if kind == "minister":
            scored = self._scored_people(text, name, least)
        else:
            scored = {}
            if kind is None:
                self._score_people(text, name, scored)
            programme = self._programmes.parse(text)
            for row, hit in self._programmes.search(text, programme, least).items():
                scored[row] = _Scored(row, hit.score, programme=hit)
            self._add_starts(text, kind, scored, least)
        ranked = self._rank(scored, country)
        status = self._decide(ranked, name, on)
        ranked = [item for item in ranked if _shown(item.score) >= least]
        return Resolution(
            text,
            status,
            tuple(
                self._candidate(text, name, programme, item, on) for item in ranked[: max(limit, 1)]
            ),
        )

    def suggest(
        self,
        prefix: str,
        *,
        kind: Kind | None = None,
        on: str | None = None,
        country: str | None = None,
        limit: int = 8,
    ) -> Resolution:
        """Names that begin like what was typed so far, any word order, one slip forgiven.

        The start of an office lists those who hold it, each person once.
        """
        name = parse_person(prefix)
        typed = prefix
        if name.office and name.tokens:
            typed = prefix[name.tokens[0].start :]
        elif kind != "program" and not name.tokens and parse_offices(prefix):
            held = self.holder(prefix, on=on, country=country, limit=limit)
            if held.candidates:
                return held
        wanted = self._offices(name)
        found: list[tuple[float, int, int]] = []
        for score, row, at in self._suggester.search(typed):
            entry = self.rows[row]
            if kind and (entry.kind == "minister") != (kind == "minister"):
                continue
            if country and country not in self._countries_of(row):
                score *= _OTHER_COUNTRY
            if wanted and not self._held(row, wanted):
                score *= _OTHER_COUNTRY
            found.append((-score, row, at))
        best = heapq.nsmallest(max(limit, 2), found)
        status = decide.status([-score for score, _, _ in best])
        candidates: list[Candidate] = []
        for score, row, at in best[: max(limit, 1)]:
            form, spans = self._suggester.matched(at, typed)
            reasons = self._suggester.reasons(at, typed)
            candidates.append(self._candidate_of(row, -score, on, form, reasons, spans))
        if kind == "program" or not (
            offices := self._office_starts.suggest(prefix, on=on, country=country)
        ):
            return Resolution(prefix, status, tuple(candidates))
        people: dict[str, Candidate] = {}
        for one in sorted((*candidates, *offices), key=lambda one: -one.score):
            people.setdefault(one.id, one)
        return Resolution(prefix, "ambiguous", tuple(people.values())[: max(limit, 1)])

    def holder(
        self,
        role_text: str,
        *,
        on: str | None = None,
        country: str | None = None,
        limit: int = 5,
    ) -> Resolution:
        """Who held the office that the text names, on that day.

        Without a country in the text or in ``country`` it is Indonesia's office. Without a day the
        answer is ``ambiguous`` with the holders, latest first; outside known terms ``none``.
        """
        return self._holders.find(role_text, on=on, country=country, limit=limit)

    def post(self, entity_id: str, *, on: str | None = None) -> Post | None:
        """The most senior post of the person on that day (without one: the latest), else None."""
        number = self._number.get(entity_id)
        return None if number is None else self._terms.best_post(number, on)

    def countries_of(self, entity_id: str) -> frozenset[str]:
        """The countries of an entity: its own, those of its posts and its partners."""
        number = self._number.get(entity_id)
        return frozenset() if number is None else self._countries_of(number)

    def _countries_of(self, number: int) -> frozenset[str]:
        row = self.rows[number]
        codes = (row.country, *(post.country for post in row.posts), *row.partners)
        return frozenset(code for code in codes if code)

    # --- scoring ------------------------------------------------------------------------------

    def _scored_people(self, text: str, name: PersonName, least: float) -> dict[int, _Scored]:
        """People by row, those that score ``least``.

        Kept, as neither day nor country matter yet and the news names few often.
        """
        kept = self._kept.get((text, least))
        if kept is None:
            found: dict[int, _Scored] = {}
            self._score_people(text, name, found)
            self._add_starts(text, "minister", found, least)
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            kept = self._kept[text, least] = tuple(
                item for item in found.values() if _shown(item.score) >= least
            )
        return {item.row: item.again() for item in kept}

    def _score_people(self, text: str, name: PersonName, scored: dict[int, _Scored]) -> None:
        if not _ABBREVIATION.fullmatch(text.strip()):
            for row, hit in self._people.search(name).items():
                scored[row] = _Scored(row, min(1.0, hit.score), person=hit)
        whole = compact(text)
        within = "".join(name.words)
        for letters, score in ((whole, 1.0), (within, _ALIAS_WITHIN)):
            if len(letters) < 2:
                continue
            for row, form in self._letters.get(letters, ()):
                if row not in scored or scored[row].score < score:
                    scored[row] = _Scored(row, score, alias=form)

    def _add_starts(
        self, text: str, kind: Kind | None, scored: dict[int, _Scored], least: float
    ) -> None:
        """Names that begin like a text that is no name: listed, never accepted."""
        best = max((item.score for item in scored.values()), default=0.0)
        if best >= decide.ACCEPT or len(text) > _LONGEST_START:
            return
        least /= _ONLY_A_START
        if least > BEST_BY_WORDS and f"\n{letters_typed(text)}" not in self._heads:
            return
        for score, row, at in self._suggester.search(text, least=least):
            if kind and (self.rows[row].kind == "minister") != (kind == "minister"):
                continue
            score *= _ONLY_A_START
            if row not in scored or scored[row].score < score:
                scored[row] = _Scored(row, score, start=at)

    def _rank(self, scored: dict[int, _Scored], country: str | None) -> list[_Scored]:
        if country:
            for item in scored.values():
                known = self._countries_of(item.row)
                if known and country not in known:
                    item.score *= _OTHER_COUNTRY
        return sorted(scored.values(), key=lambda item: (-item.score, item.row))

    def _decide(self, ranked: list[_Scored], name: PersonName, on: str | None) -> decide.Status:
        """The status; an office or the day may settle a tie, and then puts its winner first."""
        scores = [item.score for item in ranked]
        answer = decide.status(scores)
        if answer != "ambiguous":
            return answer
        tied = [ranked[at] for at in decide.contenders(scores)]
        winner = _only([item for item in tied if self.rows[item.row].user and item.score >= _ALIAS])
        winner = winner or self._by_office(tied, name, on)
        if winner is None and on and len(name.words) > 1:
            winner = _only([item for item in tied if self._serves(item.row, on)])
            if winner:
                winner.note = because("in office", on)
        if winner is None:
            return "ambiguous"
        ranked.remove(winner)
        ranked.insert(0, winner)
        return "match"

    def _by_office(self, tied: list[_Scored], name: PersonName, on: str | None) -> _Scored | None:
        wanted = self._offices(name)
        if not wanted:
            return None
        holders = [item for item in tied if self._held(item.row, wanted)]
        if on and len(holders) > 1:
            holders = [item for item in holders if self._held(item.row, wanted, on)]
        if (winner := _only(holders)) is not None:
            winner.note = because("held office", name.office)
        return winner

    def _offices(self, name: PersonName) -> tuple[Office, ...]:
        return parse_offices(name.office) if name.office else ()

    def _held(self, row: int, wanted: tuple[Office, ...], on: str | None = None) -> bool:
        return any(
            office.fit(asked) > 0 and asked.country in (None, term.post.country)
            for term in self._terms.of(row)
            if on is None or term.covers(on)
            for office in term.offices
            for asked in wanted
        )

    def _serves(self, row: int, on: str) -> bool:
        return any(term.covers(on) for term in self._terms.of(row))

    # --- answers ------------------------------------------------------------------------------

    def _candidate(
        self,
        text: str,
        name: PersonName,
        programme: ProgrammeName | None,
        item: _Scored,
        on: str | None,
    ) -> Candidate:
        if item.person is not None:
            matched = item.person.form.text
            reasons, spans = explain_person(text, name, item.person)
        elif item.programme is not None and programme is not None:
            matched = item.programme.form.text
            reasons, spans = explain_programme(text, programme, item.programme)
        elif item.start is not None:
            matched, spans = self._suggester.matched(item.start, text)
            reasons = self._suggester.reasons(item.start, text)
        else:
            matched = item.alias or self.rows[item.row].name
            reasons, spans = (because("alias", matched),), (Span(0, len(matched)),)
        if item.note:
            reasons = (*reasons, item.note)
        return self._candidate_of(item.row, item.score, on, matched, reasons, spans)

    def _candidate_of(
        self,
        number: int,
        score: float,
        on: str | None,
        matched: str,
        reasons: tuple[Reason, ...],
        spans: tuple[Span, ...],
    ) -> Candidate:
        row = self.rows[number]
        post = self._terms.best_post(number, on) if on or row.posts else None
        if post is None and row.posts:
            post = self._terms.best_post(number, None)  # none on that day: the latest
        return Candidate(
            id=row.id,
            kind=row.kind,
            name=row.name,
            matched=matched,
            score=_shown(score),
            reasons=reasons,
            spans=spans,
            role=post.role if post else row.role,
            country=(post.country if post else None) or row.country,
            start=post.start if post else row.start or row.in_force or row.signed,
            end=post.end if post else row.end,
        )


def _is_bare(text: str, name: PersonName, on: str | None) -> bool:
    """Whether the text is an office without a name, or with a day the body that its holder leads."""
    if not name.tokens:
        return True
    only = only_offices(text)
    return only == "office" or (only == "body" and on is not None)


def _shown(score: float) -> float:
    return round(min(1.0, max(0.0, score)), 4)


def _only(items: list[_Scored]) -> _Scored | None:
    return items[0] if len(items) == 1 else None
