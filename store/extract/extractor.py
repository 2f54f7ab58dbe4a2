"""The pipeline: which stage runs when, and how their candidates become an Extraction."""

from __future__ import annotations

from collections.abc import Sequence

from store import boilerplate as clutter
from store.extract import (
    acronyms,
    agreements,
    boundaries,
    countries,
    dates,
    link,
    merge,
    money,
    names,
    offices,
    organisations,
    origins,
    partners,
    people,
    places,
    propagate,
    sequence,
    tokens,
    words,
)
from store.extract.features import Features
from store.extract.found import Found
from store.extract.gazetteer import Gazetteer
from store.extract.glue import Unglue
from store.extract.knowledge import Known, gazetteer
from store.extract.tagging import FIRST, SECOND, Tagging
from store.kb import KnowledgeBase
from store.kb import countries as country_table
from store.records import Candidate, Extraction, Linker, Mention, MentionType, Person, Span


class Extractor:
    """Finds the entities of one text after another; safe to keep, holds no state of an article."""

    def __init__(
        self,
        kb: KnowledgeBase,
        *,
        linker: Linker | None = None,
        tagging: Tagging | None = None,
    ) -> None:
        """``tagging`` None: the shipped models, or the rules alone where they cannot be loaded."""
        self._linker = linker
        self._tagging = tagging or shipped_tagging()
        self._countries = countries.gazetteer()
        self._known: Gazetteer[Known] = gazetteer(kb.rows)
        self._offices = offices.load()
        self._organisations = organisations.load()
        self._agreements = agreements.load()
        self._places = places.load()
        self._unglue = Unglue(words.load(), self._knows)
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

        ``date`` (ISO) resolves days without a year and terms of office; None leaves them open.
        ``boilerplate`` None: it is looked for here.
        """
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

    def read(self, body: str, masked: Sequence[Span]) -> tokens.Text:
        """The tokens of a text, cut where known words are run together."""
        return tokens.read(body, masked, self._unglue)

    def evidence(self, text: tokens.Text, date: str | None) -> list[Found]:
        """The candidates of all rule stages, overlapping as they come."""
        body = text.body
        found = [*dates.find(body, date), *money.find(body)]
        states = list(countries.find(text, self._countries))
        stops = {text.token_at(f.start): text.token_at(f.end - 1) + 1 for f in states}
        found += states
        found += self._from_knowledge(text)
        found += agreements.find(text, self._agreements, stops)
        found += organisations.find(text, self._organisations, stops)
        found += places.find(text, self._places, stops)
        inside = frozenset(
            at for f in found for at in range(text.token_at(f.start), text.token_at(f.end - 1) + 1)
        )
        found += names.find(text, self._offices, stops, inside)
        return [f for f in found if not text.is_masked(f.start, f.end)]

    def _mentions(self, text: tokens.Text, date: str | None) -> list[Found]:
        """All stages up to the final, non-overlapping mentions."""
        found = self.evidence(text, date)
        if self._tagging is not None:
            found = decided(text, found, self._tagging)
            acronyms.without_article(text, found)
            found = list(boundaries.tidy(text.body, found))
        kept = merge.merge(found, len(text.body))
        short = list(acronyms.find(text, kept))
        kept = merge.merge([*kept, *short], len(text.body))
        spread = propagate.spread(text, kept, self._common)
        return merge.merge([*kept, *spread], len(text.body))

    def _from_knowledge(self, text: tokens.Text) -> list[Found]:
        return [
            Found(
                text.starts[a],
                text.ends[b - 1],
                known.type,
                known.score,
                "knowledge:alias",
                known.country,
            )
            for a, b, known in self._known.scan(text)
        ]

    def _assemble(
        self, text: tokens.Text, mentions: list[Found], date: str | None, masked: tuple[Span, ...]
    ) -> Extraction:
        links = link.Links(self._linker, date)
        surfaces = {text.body[m.start : m.end] for m in mentions if m.type is MentionType.PERSON}
        entities: dict[str, str] = {}
        for surface in surfaces:
            best = links.resolve(surface, MentionType.PERSON).best
            if best is not None:
                entities[surface] = best.id
        groups = people.group(text, [m for m in mentions if m.type is MentionType.PERSON], entities)
        people.state_roles(text, groups, self._offices)
        return assemble(text, mentions, groups, links, masked)


def shipped_tagging() -> Tagging | None:
    """The shipped models with their features, None where they cannot be loaded."""
    first, second = sequence.load(FIRST), sequence.load(SECOND)
    if first is None or second is None:
        return None
    return Tagging(Features(words.load()), first, second)


# Rules that the model does not overrule where it sees nothing: each was right at least three times in
# four there, in cross-validation over the annotated articles.
_STANDING = frozenset(
    {
        "agreements:subject",
        "agreements:treaty",
        "organisations:media",
        "organisations:name",
        "places:dateline",
    }
)


def decided(text: tokens.Text, evidence: list[Found], tagging: Tagging) -> list[Found]:
    """What the model makes of the rules' candidates: dates and sums stand, the rest is its choice.

    A mention that a rule had found too keeps the country that the rule knows. Names of the user's
    own knowledge base stand whatever the model says.
    """
    known = {(f.start, f.end, f.type): f for f in evidence}
    found = [f for f in evidence if f.type in (MentionType.DATE, MentionType.MONEY)]
    taken = bytearray(len(text.body))
    for f in tagging.find(text, evidence):
        rule = known.get((f.start, f.end, f.type))
        if rule is not None:
            f.country = rule.country
            f.stage = f"{f.stage}+{rule.stage}"
        elif f.type is MentionType.COUNTRY:
            f.country = country_table.code_of(text.body[f.start : f.end])
        taken[f.start : f.end] = b"\x01" * (f.end - f.start)
        found.append(f)
    for f in evidence:
        if f.stage == "knowledge:user" or (
            f.stage in _STANDING and taken.find(1, f.start, f.end) < 0
        ):
            found.append(f)
    return found


def assemble(
    text: tokens.Text,
    mentions: Sequence[Found],
    groups: Sequence[people.Group],
    links: link.Links,
    masked: tuple[Span, ...],
) -> Extraction:
    """Records out of candidates: links, canonical names, people, partners."""
    records: dict[int, Mention] = {}
    persons: list[Person] = []
    stated = [people.represented(text, group, mentions) for group in groups]
    abroad = partners.find(mentions, stated, len(text.body))
    for group, code in zip(groups, stated, strict=True):
        resolution = links.resolve(group.name, MentionType.PERSON, code)
        best = resolution.best
        entity = best.id if best else group.entity
        country = code or (best.country if best else None)
        role = group.role
        span = Span(text.starts[role.first], text.ends[role.last - 1]) if role else None
        if country is None:
            title = text.body[span.start : span.end] if span else ""
            at_home = origins.seems_home(group.name, title)
            country = partners.HOME if at_home else next(iter(abroad), None)
        name = best.name if best else group.name
        persons.append(
            Person(
                name=group.name,
                role=" ".join(text.body[span.start : span.end].split()) if span else None,
                country=country,
                entity=entity,
                spans=group.spans,
                role_span=span,
                post=links.post(entity),
            )
        )
        for found in group.mentions:
            records[found.start] = _mention(
                text, found, name, entity, country, () if entity else resolution.candidates
            )
    for found in mentions:
        if found.start in records:
            continue
        surface = text.body[found.start : found.end]
        if found.type is MentionType.COUNTRY and found.country:
            records[found.start] = _mention(
                text, found, country_table.name_of(found.country), None, found.country, ()
            )
            continue
        resolution = links.resolve(surface, found.type, found.country)
        best = resolution.best
        records[found.start] = _mention(
            text,
            found,
            best.name if best else surface,
            best.id if best else None,
            found.country or (best.country if best else None),
            () if best else resolution.candidates,
        )
    codes = partners.find(mentions, [p.country for p in persons], len(text.body))
    return Extraction(
        mentions=tuple(records[at] for at in sorted(records)),
        persons=tuple(persons),
        partners=codes,
        boilerplate=masked,
    )


def _mention(
    text: tokens.Text,
    found: Found,
    canonical: str,
    entity: str | None,
    country: str | None,
    candidates: tuple[Candidate, ...],
) -> Mention:
    return Mention(
        start=found.start,
        end=found.end,
        surface=text.body[found.start : found.end],
        type=found.type,
        canonical=canonical,
        entity=entity,
        country=country,
        value=found.value,
        score=round(found.score, 3),
        stage=found.stage,
        candidates=candidates,
    )
