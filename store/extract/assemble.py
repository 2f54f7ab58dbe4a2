"""Records out of the final candidates: links, canonical names, people, partner countries."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from store.extract import acronyms, kinds, link, origins, partners, people, represented, tokens
from store.extract.confidence import calibrated
from store.extract.found import Found
from store.kb import countries
from store.records import Candidate, Extraction, Mention, Person, Span


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
    where = represented.Places(text, mentions, links)
    stated = [represented.represented(text, group, where) for group in groups]
    prominence = partners.weights(text, mentions)
    abroad = partners.chosen(prominence, stated)
    for group, code in zip(groups, stated, strict=True):
        resolution = links.person(group.name, code)
        best = resolution.best
        role = group.role
        span = Span(text.starts[role.first], text.ends[role.last - 1]) if role else None
        if best is None and role is not None:
            best = links.in_office(resolution, text.wording(role.first, role.last), code)
        entity = best.id if best else group.entity
        of_states = span is not None and where.is_international(span.start, span.end)
        country = code or (best.country if best and not of_states else None)
        basis: Literal["text", "knowledge base", "guess"] = "text" if code else "knowledge base"
        if country is None and not of_states:
            title = text.body[span.start : span.end] if span else ""
            at_home = origins.seems_home(group.name, title, abroad=bool(abroad))
            country = partners.HOME if at_home else next(iter(abroad), None)
            basis = "guess"
        name = best.name if best else group.name
        persons.append(
            Person(
                name=group.name,
                role=text.wording(role.first, role.last) if role else None,
                country=country,
                entity=entity,
                spans=tuple(text.source(m.start, m.end) for m in group.mentions),
                role_span=text.source(span.start, span.end) if span else None,
                post=links.post(entity),
                country_basis=basis if country else None,
            )
        )
        for found in group.mentions:
            records[found.start] = _mention(
                text, found, name, entity, country, () if entity else resolution.candidates
            )
    introduced = acronyms.introduced(text, mentions)
    beside = {m.start: m.country for m in mentions if m.type is kinds.COUNTRY}
    for found in mentions:
        if found.start not in records:
            full = introduced.get(text.body[found.start : found.end])
            abroad_at = beside.get(found.end + 1) if found.type is kinds.ORG else None
            records[found.start] = _thing(text, found, full, links, abroad_at)
    codes = partners.chosen(prominence, [p.country for p in persons])
    return Extraction(
        mentions=tuple(records[at] for at in sorted(records)),
        persons=tuple(persons),
        partners=codes,
        boilerplate=masked,
    )


def _thing(
    text: tokens.Text, found: Found, full: Found | None, links: link.Links, country: str | None
) -> Mention:
    """The mention of what is no person: a country is its own name, the rest is linked by its surface.

    ``full`` is the mention that introduced this one as its abbreviation, where the article has one.
    ``country`` stands right after it: another country's ministry of that name is another ministry.
    """
    if found.type is kinds.COUNTRY and found.country:
        return _mention(text, found, countries.name_of(found.country), None, found.country, ())
    if found.type not in link.LINKED:
        return _mention(text, found, text.shown(found.start, found.end), None, found.country, ())
    surface = text.body[found.start : found.end]
    resolution = links.resolve(surface, found.type, found.country)
    best, candidates = resolution.best, resolution.candidates
    if best is None and full is not None and full.type is found.type:
        # "Dana Investasi Timur (DIT)": what the abbreviation stands for, the article has said.
        best = links.resolve(text.body[full.start : full.end], full.type, full.country).best
    if best is not None and country is not None and best.country not in (None, country):
        best = None
        if resolution.best is not None:
            every = links.resolve(surface, found.type, found.country, every=True)
            candidates = every.candidates
    return _mention(
        text,
        found,
        best.name if best else text.shown(found.start, found.end),
        best.id if best else None,
        country or found.country or (best.country if best else None),
        () if best else candidates,
    )


def _mention(
    text: tokens.Text,
    found: Found,
    canonical: str,
    entity: str | None,
    country: str | None,
    candidates: tuple[Candidate, ...],
) -> Mention:
    score = calibrated(found.score) if found.stage.startswith("crf:") else found.score
    start, end = found.start, found.end
    if text.readings:
        span = text.source(start, end)
        start, end = span.start, span.end
    return Mention(
        start=start,
        end=end,
        surface=text.stored[start:end],
        type=found.type,
        canonical=canonical,
        entity=entity,
        country=country,
        value=found.value,
        score=round(score, 3),
        stage=found.stage,
        candidates=candidates,
    )
