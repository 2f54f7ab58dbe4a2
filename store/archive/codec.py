"""Records as JSON and back, for the columns of a library and for what waits in its trash."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
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
    """Compact JSON, letters as they are, records as objects of their fields."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), default=_as_object)


def _as_object(record: Any) -> Json:
    """Raises TypeError for what is no record, as ``json`` does for what it does not know."""
    # Not dataclasses.asdict: it copies deeply, which took a quarter of a bulk import.
    return {field.name: getattr(record, field.name) for field in fields(record)}


# --- single columns -----------------------------------------------------------------------------


def spans_text(spans: Sequence[Span]) -> str:
    return dumps([[span.start, span.end] for span in spans]) if spans else "[]"


def spans_of(text: str) -> tuple[Span, ...]:
    return tuple(Span(start, end) for start, end in json.loads(text)) if text != "[]" else ()


def value_text(value: str | Money | None) -> str | None:
    """A date stays as it is, a sum becomes ``{"amount":…,"currency":…}``."""
    return dumps(value) if isinstance(value, Money) else value


def value_of(text: str | None) -> str | Money | None:
    if text is None or not text.startswith('{"amount"'):
        return text
    return Money(**json.loads(text))


def candidates_text(candidates: Sequence[Candidate]) -> str:
    return dumps(candidates)


def candidates_of(text: str | None) -> tuple[Candidate, ...]:
    return tuple(_candidate(item) for item in json.loads(text)) if text else ()


def _candidate(item: Json) -> Candidate:
    spans = tuple(Span(**span) for span in item["spans"])
    return Candidate(**{**item, "spans": spans, "reasons": tuple(item["reasons"])})


def post_text(post: Post | None) -> str | None:
    return None if post is None else dumps(post)


def post_of(text: str | None) -> Post | None:
    return Post(**json.loads(text)) if text else None


def kb_row_text(row: KbRow) -> str:
    return dumps(row)


def kb_row_of(text: str) -> KbRow:
    item = json.loads(text)
    posts = tuple(Post(**post) for post in item["posts"])
    tuples = {key: tuple(item[key]) for key in ("aliases", "partners")}
    return KbRow(**{**item, **tuples, "posts": posts, "user": True})


# --- whole extractions --------------------------------------------------------------------------


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
