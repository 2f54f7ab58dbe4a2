"""Records as JSON and back, for the columns of a library and for what waits in its trash."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from store.records import (
    Candidate,
    Extraction,
    KbRow,
    Mention,
    MentionType,
    Money,
    Person,
    Post,
    Span,
)

Json = dict[str, Any]


def dumps(value: object) -> str:
    """Compact JSON, letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


# --- single columns -----------------------------------------------------------------------------


def spans_text(spans: Sequence[Span]) -> str:
    return dumps([[span.start, span.end] for span in spans]) if spans else "[]"


def spans_of(text: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(text)) if text != "[]" else ()


def value_text(value: str | Money | None) -> str | None:
    """A date stays as it is, a sum becomes ``{"amount":…,"currency":…}``."""
    return dumps(asdict(value)) if isinstance(value, Money) else value


def value_of(text: str | None) -> str | Money | None:
    if text is None or not text.startswith('{"amount"'):
        return text
    return Money(**json.loads(text))


def candidates_text(candidates: Sequence[Candidate]) -> str:
    return dumps([_candidate_json(candidate) for candidate in candidates])


def _candidate_json(candidate: Candidate) -> Json:
    # By hand: dataclasses.asdict copies deeply, which took a quarter of a bulk import.
    return {
        "id": candidate.id,
        "kind": candidate.kind,
        "name": candidate.name,
        "matched": candidate.matched,
        "score": candidate.score,
        "reasons": candidate.reasons,
        "spans": [_span_json(span) for span in candidate.spans],
        "role": candidate.role,
        "country": candidate.country,
        "start": candidate.start,
        "end": candidate.end,
    }


def candidates_of(text: str | None) -> tuple[Candidate, ...]:
    return tuple(_candidate(item) for item in json.loads(text)) if text else ()


def _candidate(item: Json) -> Candidate:
    spans = tuple(Span(**span) for span in item["spans"])
    return Candidate(**{**item, "spans": spans, "reasons": tuple(item["reasons"])})


def post_text(post: Post | None) -> str | None:
    return None if post is None else dumps(asdict(post))


def post_of(text: str | None) -> Post | None:
    return Post(**json.loads(text)) if text else None


def kb_row_text(row: KbRow) -> str:
    return dumps(asdict(row))


def kb_row_of(text: str) -> KbRow:
    item = json.loads(text)
    posts = tuple(Post(**post) for post in item["posts"])
    tuples = {key: tuple(item[key]) for key in ("aliases", "partners")}
    return KbRow(**{**item, **tuples, "posts": posts, "user": True})


# --- whole extractions --------------------------------------------------------------------------


def extraction_json(extraction: Extraction) -> Json:
    # By hand, as candidates: asdict took a third of deleting an article.
    return {
        "mentions": [_mention_json(mention) for mention in extraction.mentions],
        "persons": [_person_json(person) for person in extraction.persons],
        "partners": extraction.partners,
        "boilerplate": [_span_json(span) for span in extraction.boilerplate],
    }


def _span_json(span: Span) -> Json:
    return {"start": span.start, "end": span.end}


def _mention_json(mention: Mention) -> Json:
    value = mention.value
    return {
        "start": mention.start,
        "end": mention.end,
        "surface": mention.surface,
        "type": mention.type,
        "canonical": mention.canonical,
        "entity": mention.entity,
        "country": mention.country,
        "value": asdict(value) if isinstance(value, Money) else value,
        "score": mention.score,
        "stage": mention.stage,
        "candidates": [_candidate_json(candidate) for candidate in mention.candidates],
    }


def _person_json(person: Person) -> Json:
    return {
        "name": person.name,
        "role": person.role,
        "country": person.country,
        "entity": person.entity,
        "spans": [_span_json(span) for span in person.spans],
        "role_span": _span_json(person.role_span) if person.role_span else None,
        "post": asdict(person.post) if person.post else None,
        "country_basis": person.country_basis,
    }


def extraction_of(item: Mapping[str, Any]) -> Extraction:
    return Extraction(
        mentions=tuple(_mention(mention) for mention in item["mentions"]),
        persons=tuple(_person(person) for person in item["persons"]),
        partners=tuple(item["partners"]),
        boilerplate=tuple(Span(**span) for span in item["boilerplate"]),
    )


def _mention(item: Json) -> Mention:
    value = item["value"]
    return Mention(
        **{
            **item,
            "type": MentionType(item["type"]),
            "value": Money(**value) if isinstance(value, dict) else value,
            "candidates": tuple(_candidate(candidate) for candidate in item["candidates"]),
        }
    )


def _person(item: Json) -> Person:
    return Person(
        **{
            **item,
            "spans": tuple(Span(**span) for span in item["spans"]),
            "role_span": Span(**item["role_span"]) if item["role_span"] else None,
            "post": Post(**item["post"]) if item["post"] else None,
        }
    )
