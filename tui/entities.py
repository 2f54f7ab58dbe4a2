"""What the entity pane lists: the mentions of one article, grouped by type and entity.

Pure: an article's extraction in, rows out. Counts in the library come later, from the archive.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from store.records import Candidate, Extraction, Mention, MentionType, Person, Span


@dataclass(frozen=True, slots=True)
class PaneEntity:
    """One entity of the article. ``spans`` are its mentions, in the order of the text."""

    key: str
    """The key of the entity in the library (``Entity.key``)."""
    type: MentionType
    name: str
    spans: tuple[Span, ...]
    country: str | None = None
    country_guessed: bool = False
    """Neither text nor knowledge base names the country: it is inferred."""
    role: str | None = None
    """What the text states, else the post that the knowledge base knows (``role_known``)."""
    role_known: bool = False
    """The role is not in the text: it comes from the knowledge base."""
    entity: str | None = None
    candidates: tuple[Candidate, ...] = ()
    value: str | None = None
    score: float = 1.0


Counts = Mapping[str, tuple[int, int]]
"""Articles and mentions in the library, by key."""


def at_least(extraction: Extraction, score: float) -> Extraction:
    """The extraction without mentions less sure than ``score``; the people keep the sure ones.

    A person all of whose mentions go is left out by ``pane_entities``.
    """
    return replace(extraction, mentions=tuple(m for m in extraction.mentions if m.score >= score))


def pane_entities(
    extraction: Extraction, key_of: Callable[[Mention], str]
) -> tuple[PaneEntity, ...]:
    """Every entity of the article: types in their order, within one the most mentioned first.

    ``key_of`` gives the key under which the library counts a mention's entity.
    """
    by_span = {Span(mention.start, mention.end): mention for mention in extraction.mentions}
    persons = []
    taken: set[Span] = set()
    for person in extraction.persons:
        spans = tuple(sorted(span for span in person.spans if span in by_span))
        if spans:
            first = by_span[spans[0]]
            persons.append(_person(person, spans, first, key_of(first)))
            taken.update(spans)
    groups: dict[str, list[Mention]] = {}
    for span, mention in by_span.items():
        if span not in taken:
            groups.setdefault(key_of(mention), []).append(mention)
    rest = [_group(key, mentions) for key, mentions in groups.items()]
    order = {kind: place for place, kind in enumerate(MentionType)}
    return tuple(
        sorted(
            persons + rest,
            key=lambda item: (order[item.type], -len(item.spans), item.spans[0]),
        )
    )


def _person(person: Person, spans: tuple[Span, ...], first: Mention, key: str) -> PaneEntity:
    role, known = person.role, False
    if role is None and person.post is not None:
        role, known = person.post.role, True
    return PaneEntity(
        key=key,
        type=MentionType.PERSON,
        name=person.name,
        spans=spans,
        country=person.country,
        country_guessed=person.country_basis == "guess",
        role=role,
        role_known=known,
        entity=person.entity,
        candidates=first.candidates,
        score=first.score,
    )


def _group(key: str, mentions: list[Mention]) -> PaneEntity:
    first = mentions[0]
    value = first.value if isinstance(first.value, str) else None
    return PaneEntity(
        key=key,
        type=first.type,
        name=first.canonical,
        spans=tuple(sorted(Span(m.start, m.end) for m in mentions)),
        country=None if first.type is MentionType.COUNTRY else first.country,
        entity=first.entity,
        candidates=first.candidates,
        value=value if value != first.canonical else None,
        score=min(m.score for m in mentions),
    )
