"""The pipeline: which stage runs when, and how their candidates become an Extraction."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from functools import cache

from store import boilerplate as clutter
from store.dates import iso_of
from store.extract import (
    acronyms,
    agreements,
    assemble,
    boundaries,
    casing,
    countries,
    dates,
    decide,
    enumerations,
    joins,
    kinds,
    link,
    merge,
    money,
    names,
    offices,
    organisations,
    people,
    places,
    propagate,
    sequence,
    tokens,
    whole,
    whole_names,
    words,
)
from store.extract.features import Features
from store.extract.found import Found
from store.extract.gazetteer import Gazetteer, Shelf
from store.extract.glue import Unglue
from store.extract.knowledge import Known, gazetteer, vocabulary
from store.extract.lately import Lately
from store.extract.tagging import FIRST, SECOND, Tagging
from store.kb import KnowledgeBase
from store.kb import countries as country_table
from store.records import Extraction, Linker, Span


class Extractor:
    """Finds the entities of one text after another; safe to keep, holds no state of an article."""

    def __init__(
        self,
        kb: KnowledgeBase,
        *,
        linker: Linker | None = None,
        tagging: Tagging | None = None,
        rules_only: bool = False,
    ) -> None:
        """``tagging`` None: the shipped models, or the rules alone where they cannot be loaded."""
        self._linker = linker
        self._answers: link.Answers = Lately(link.KEPT)
        self._tagging = None if rules_only else tagging or shipped_tagging()
        self._countries = countries.gazetteer()
        self._known: Gazetteer[Known] = gazetteer(kb.rows)
        self._vocabulary = vocabulary(kb.rows)
        self._offices = offices.load()
        self._organisations = organisations.load()
        self._agreements = agreements.load()
        self._places = places.load()
        self._shelf = Shelf(
            self._countries,
            self._known,
            self._agreements.names,
            self._agreements.heads,
            self._organisations.names,
            self._organisations.heads,
            self._places.names,
            self._places.heads,
            self._offices.heads,
        )
        self._casing = casing.Casing(
            words.load(),
            cache(self._printed_forms),
            self._offices.head_words | {"kementerian", "departemen", "direktorat"},
            self._offices.portfolios | self._offices.inner_words,
            self._organisations.head_words,
        )
        self._unglue = Unglue(words.load(), self._knows, casing.last_words(country_table.forms()))
        self._common = (
            self._offices.head_words | self._offices.portfolios | self._organisations.head_words
        )

    def extract(
        self,
        body: str,
        *,
        title: str | None = None,
        date: str | None = None,
        boilerplate: Sequence[Span] | None = None,
    ) -> Extraction:
        """Everything found in ``body``; offsets are into it exactly as given.

        ``date`` (ISO) resolves days without a year and terms of office; None leaves them open, and
        so does what is no date.
        ``boilerplate`` None: it is looked for here.
        """
        date = iso_of(date)
        masked = tuple(clutter.find(body) if boilerplate is None else boilerplate)
        text = self.read(body, masked)
        mentions = self._mentions(text, date)
        return self._assemble(text, mentions, date, masked)

    def _knows(self, word: str) -> bool:
        return (
            self._countries.knows(word)
            or self._known.knows(word)
            or word in self._offices.head_words
            or word in self._offices.portfolios
            or self._places.names.knows(word)
        )

    def _printed_forms(self) -> dict[str, str]:
        return casing.printed_forms(
            words.load(),
            country_table.forms(),
            self._organisations.forms,
            self._places.forms,
            self._agreements.abbreviations,
        )

    def read(self, body: str, masked: Sequence[Span]) -> tokens.Text:
        """The tokens of a text, cut where known words are run together."""
        text = tokens.read(body, masked, self._unglue)
        self._casing.mend(text)
        return text

    def evidence(self, text: tokens.Text, date: str | None) -> list[Found]:
        """The candidates of all rule stages, overlapping as they come."""
        body = text.body
        found = [*dates.find(body, date), *money.find(body), *money.in_words(text)]
        states = list(countries.find(text, self._countries))
        stops = {text.token_at(f.start): text.token_at(f.end - 1) + 1 for f in states}
        found += states
        found += self._from_knowledge(text)
        found += agreements.find(text, self._agreements, stops)
        bodies = list(organisations.find(text, self._organisations, stops))
        listed = _tokens(text, states) | _tokens(
            text, (f for f in bodies if f.stage == "organisations:name")
        )
        lists = list(enumerations.find(text, self._organisations, listed))
        if lists:
            bodies = [
                f for f in bodies if not any(f.start < e.end and e.start < f.end for e in lists)
            ]
        found += [*bodies, *lists]
        found += places.find(text, self._places, stops)
        found += names.find(text, self._offices, stops, _tokens(text, found))
        if not text.masked:
            return found
        return [f for f in found if not text.is_masked(f.start, f.end)]

    def _mentions(self, text: tokens.Text, date: str | None) -> list[Found]:
        """All stages up to the final, non-overlapping mentions."""
        found = self.evidence(text, date)
        states = [f for f in found if f.stage == countries.STAGE]
        if self._tagging is not None:
            found = decide.decided(
                text, found, self._tagging, self._organisations.common, self._offices.portfolios
            )
            found = whole.retyped(text, found)
            acronyms.without_article(text, found)
            acronyms.agree(text, found)
            found = joins.joined(text, found, self._organisations, self._agreements.tails)
            found = list(boundaries.tidy(text.body, found, self._offices.titles))
        kept = whole_names.without_things(text, merge.merge(found, len(text.body)))
        kept = self._with(text, kept, acronyms.find(text, kept))
        kept = self._with(
            text, kept, propagate.spread(text, kept, self._common, self._offices.honorifics)
        )
        kept = whole_names.mended(text, [*kept, *whole_names.forenamed(text, kept)])
        # A name decided against leaves the country it held.
        return merge.filled(kept, merge.covered(states, found, len(text.body)), len(text.body))

    def _with(self, text: tokens.Text, kept: list[Found], more: Iterable[Found]) -> list[Found]:
        common = self._organisations.common
        starts = [mention.start for mention in kept]
        repeated = [
            found
            for found in more
            if not _outranks(kept, starts, found)
            and not boundaries.of_office(text.body, found)
            and not boundaries.is_currency(text.body, found)
            and not (found.type is kinds.ORG and text.body[found.start : found.end] in common)
        ]
        return merge.merge([*kept, *repeated], len(text.body)) if repeated else kept

    def _from_knowledge(self, text: tokens.Text) -> list[Found]:
        return [
            Found(
                text.starts[a],
                text.ends[b - 1],
                known.type,
                known.score,
                known.stage,
                known.country,
            )
            for a, b, known in self._known.scan(text)
        ]

    def _assemble(
        self, text: tokens.Text, mentions: list[Found], date: str | None, masked: tuple[Span, ...]
    ) -> Extraction:
        links = link.Links(self._linker, date, self._answers, self._vocabulary)
        found = [m for m in mentions if m.type is kinds.PERSON]
        surfaces = sorted({text.body[m.start : m.end] for m in found})
        # A single word of somebody's full name is that person's, unless the text also names in full the
        # one who is known by that word ("Fauzan Adziman", "Fauzan", "Fauzan"), or it is only the last word
        # of a name ("Angga Raka Prabowo", "Prabowo").
        covered = {word for surface in surfaces for word in surface.split() if " " in surface}
        leading = {surface.split()[0] for surface in surfaces if " " in surface}
        entities: dict[str, str] = {}
        for surface in sorted(surfaces, key=lambda surface: surface in covered):
            if surface in covered and not self._vocabulary.is_person(surface):
                continue
            best = links.resolve(surface, kinds.PERSON).best
            if best is not None and (surface not in leading or best.id in entities.values()):
                entities[surface] = best.id
        groups = people.group(text, found, entities)
        bodies = {
            text.token_at(m.start): text.token_at(m.end - 1) + 1
            for m in mentions
            if m.type in (kinds.ORG, kinds.COUNTRY)
        }
        people.state_roles(text, groups, self._offices, bodies)
        return assemble.assemble(text, mentions, groups, links, masked)


def _outranks(kept: list[Found], starts: list[int], found: Found) -> bool:
    """Whether one of the mentions, which are in text order, holds the candidate and more, or is as
    long and as good."""
    at = bisect_right(starts, found.start) - 1
    if at < 0 or kept[at].end < found.end:
        return False
    same = kept[at].start == found.start and kept[at].end == found.end
    return not same or merge.rank(kept[at]) <= merge.rank(found)


def _tokens(text: tokens.Text, found: Iterable[Found]) -> frozenset[int]:
    """The tokens that the candidates cover."""
    return frozenset(
        at for f in found for at in range(text.token_at(f.start), text.token_at(f.end - 1) + 1)
    )


def shipped_tagging() -> Tagging | None:
    """The shipped models with their features, None where they cannot be loaded."""
    models = sequence.load(FIRST, SECOND)
    return None if models is None else Tagging(Features(words.load(), models.weights), models)
