"""The JSON objects that scripts rely on, made from records.

Keys and types are a promise; more may be added, none renamed. Offsets are code points into the
stored text. ``country`` and ``*_code`` are ISO codes, ``persons[].country`` and ``partners``
Indonesian names.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from store.kb.countries import name_of
from store.records import (
    Candidate,
    Extraction,
    Failure,
    Mention,
    Money,
    Person,
    Post,
    Resolution,
    Span,
)
from store.text import escaped_json

if TYPE_CHECKING:
    from store.library import (
        ArticleRow,
        Entity,
        Facet,
        Hit,
        ImportReport,
        SearchResult,
        StoredArticle,
    )

Object = dict[str, object]

CANDIDATES_SHOWN = 3
"""How many candidates of an unlinked mention are listed with it."""


def dumps(value: object) -> str:
    """``value`` as one line of JSON: readable UTF-8, hidden characters as escapes."""
    return escaped_json(json.dumps(value, ensure_ascii=False, separators=(", ", ": ")))


def number(value: float) -> int | float:
    """An amount as JSON writes it best: whole numbers without a point."""
    return int(value) if float(value).is_integer() else value


def rounded(score: float) -> float:
    """A score with the digits that mean something."""
    return round(score, 4)


def spans(items: Sequence[Span]) -> list[list[int]]:
    """Spans as ``[[start, end], …]``."""
    return [[span.start, span.end] for span in items]


# --- extraction ---------------------------------------------------------------------------------


def extraction_object(
    identity: str | int,
    extraction: Extraction,
    *,
    title: str | None,
    date: str | None,
    source: str | None,
    title_derived: bool = False,
) -> Object:
    """What was found in one text; ``identity`` is the source's id, or the library's number."""
    return {
        "id": identity,
        "title": title or None,
        "date": date,
        "source": source,
        "mentions": [mention_object(mention) for mention in extraction.mentions],
        "persons": [person_object(person) for person in extraction.persons],
        "partners": [name_of(code) for code in extraction.partners],
        "partner_codes": list(extraction.partners),
        "boilerplate": [{"start": s.start, "end": s.end} for s in extraction.boilerplate],
        "title_derived": title_derived,
    }


def failed_extraction(failure: Failure) -> Object:
    """The line that stands for an input that could not be read, so that lines still correspond."""
    item = extraction_object(failure.source, Extraction(), title=None, date=None, source=None)
    return {**item, "error": failure.error}


def mention_object(mention: Mention) -> Object:
    """One mention; ``stage`` says what produced it, ``candidates`` stand with an unlinked one."""
    item: Object = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.surface,
        "type": mention.type.value,
        "canonical": mention.canonical,
        "entity": mention.entity,
        "country": mention.country,
        "value": value_object(mention.value),
        "score": rounded(mention.score),
    }
    if mention.stage:
        item["stage"] = mention.stage
    if mention.entity is None and mention.candidates:
        item["candidates"] = [
            {"id": c.id, "name": c.name, "score": rounded(c.score)}
            for c in mention.candidates[:CANDIDATES_SHOWN]
        ]
    return item


def value_object(value: str | Money | None) -> object:
    """An ISO date or interval as it is, a sum as amount and currency, else null."""
    if isinstance(value, Money):
        return {"amount": number(value.amount), "currency": value.currency}
    return value


def person_object(person: Person) -> Object:
    """One person: ``role`` is what the text states, ``post`` what the knowledge base knows."""
    item: Object = {
        "name": person.name,
        "role": person.role,
        "country": name_of(person.country) if person.country else None,
        "country_code": person.country,
        "country_basis": person.country_basis,
        "entity": person.entity,
        "mentions": person.mentions,
        "spans": spans(person.spans),
    }
    if person.role_span is not None:
        item["role_start"] = person.role_span.start
        item["role_end"] = person.role_span.end
    if person.post is not None:
        item["post"] = post_object(person.post)
    return item


def post_object(post: Post) -> Object:
    """One term of office, as in a row of the knowledge base."""
    return {
        "role": post.role,
        "ministry": post.ministry,
        "country": post.country,
        "from": post.start,
        "to": post.end,
    }


def show_object(article: StoredArticle, *, near_duplicates: Sequence[int] | None = None) -> Object:
    """One article of the library, whole; ``id`` is the library's number.

    ``near_duplicates``: the numbers of articles with nearly the same text, where they were asked for.
    """
    item: Object = {
        **extraction_object(
            article.id,
            article.extraction,
            title=article.title,
            date=article.date,
            source=article.source,
            title_derived=article.title_derived,
        ),
        "body": article.body,
        "ref": article.ref,
        "url": article.url,
        "imported_at": article.imported_at,
        "marked": article.marked,
        "read": article.read,
        "note": article.note,
        "original_sha256": article.original_sha256,
    }
    if near_duplicates is not None:
        item["near_duplicates"] = list(near_duplicates)
    return item


def missing_article(identity: int) -> Object:
    """The same keys for an id that the library does not have: nulls and empty lists."""
    nothing = extraction_object(identity, Extraction(), title=None, date=None, source=None)
    return {**nothing, "body": None, "ref": None, "url": None, "imported_at": None}


# --- search -------------------------------------------------------------------------------------


def search_object(result: SearchResult) -> Object:
    """The answer to a query; ``facets`` is empty when they were not asked for."""
    return {
        "query": result.query,
        "total": result.total,
        "total_exact": result.total_exact,
        "hits": [hit_object(hit) for hit in result.hits],
        "facets": facets_object(result.facets),
        "notices": [{"kind": n.kind, "args": list(n.args)} for n in result.notices],
    }


def hit_object(hit: Hit) -> Object:
    """One hit; ``countries`` are the partner countries, ``snippet_spans`` the words that matched."""
    row: ArticleRow = hit.row
    return {
        "id": row.id,
        "ref": hit.ref,
        "title": row.title,
        "date": row.date,
        "source": row.source or "",
        "url": hit.url,
        "snippet": hit.snippet.text,
        "score": rounded(hit.score),
        "countries": list(row.countries),
        "marked": row.marked,
        "title_derived": row.title_derived,
        "snippet_start": hit.snippet.start,
        "snippet_spans": spans(hit.snippet.spans),
    }


def facets_object(facets: Mapping[str, Sequence[Facet]]) -> Object:
    """Facet name → values with counts, most frequent first as they come."""
    return {
        name: [
            {"value": f.value, "count": f.count, **({"label": f.label} if f.label else {})}
            for f in values
        ]
        for name, values in facets.items()
    }


def entity_object(entity: Entity) -> Object:
    """One entity of the library; ``key`` names it there even where it is unlinked."""
    return {
        "entity": entity.entity,
        "name": entity.name,
        "type": entity.type.value,
        "articles": entity.articles,
        "mentions": entity.mentions,
        "country": entity.country,
        "key": entity.key,
    }


# --- matching and import ------------------------------------------------------------------------


def resolution_object(resolution: Resolution) -> Object:
    """The answer to a name: candidates best first, whatever the status."""
    return {
        "query": resolution.query,
        "status": resolution.status,
        "candidates": [candidate_object(candidate) for candidate in resolution.candidates],
    }


def candidate_object(candidate: Candidate) -> Object:
    """One candidate; ``spans`` are the matched characters inside ``matched``."""
    return {
        "id": candidate.id,
        "kind": candidate.kind,
        "name": candidate.name,
        "matched": candidate.matched,
        "score": rounded(candidate.score),
        "reasons": list(candidate.reasons),
        "spans": spans(candidate.spans),
        "role": candidate.role,
        "country": candidate.country,
        "from": candidate.start,
        "to": candidate.end,
    }


def report_object(report: ImportReport) -> Object:
    """What an import did; ``near_duplicates`` counts within ``added``."""
    return {
        "added": report.added,
        "updated": report.updated,
        "unchanged": report.unchanged,
        "near_duplicates": report.near_duplicates,
        "failed": [{"source": f.source, "error": f.error} for f in report.failed],
        "seconds": round(report.seconds, 3),
        "import_id": report.import_id,
        "stopped": report.stopped,
    }
