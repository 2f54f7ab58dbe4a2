"""One row with named columns (a JSON object, a CSV record) → an article."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from store.ingest.article import make_article
from store.ingest.columns import columns, known_fields, plain
from store.ingest.text import leading_fields
from store.ingest.unit import Part, Unit
from store.records import Article, Failure, Original

# Elasticsearch, GraphQL, JSON:API, and what people call one record themselves.
_ENVELOPES = ("_source", "node", "attributes", "article", "artikel", "berita", "post", "data")


def parse_row(row: Mapping[Any, object], unit: Unit, part: Part, ref: str) -> Article | Failure:
    """The article of one row. ``ref`` is used where the row has neither an id nor a link."""
    where = f"{unit.name}:{part.number}" if part.number else unit.name
    fields = _fields(row)
    body = _string(_pick(fields, "body"))
    if not body and (markup := _string(_pick(fields, "markup"))):
        body = _markup(markup)
    title = _string(_pick(fields, "title"))
    if body is None and title is None:
        known = ", ".join(columns()["body"][:4])
        return Failure(where, f"It has no text: name the column of the text one of {known}.")
    if not (body or "").strip() and not (title or "").strip():
        return Failure(where, "Its text and its title are empty: nothing to import, leave it out.")
    if not (title or "").strip():
        title = leading_fields(body or "").get("title")
    url = _string(_pick(fields, "url"))
    given = _string(_pick(fields, "id"))
    return make_article(
        ref=given or url or ref,
        body=body or "",
        title=title,
        raw_date=_string(_pick(fields, "date")),
        source=_string(_pick(fields, "source")),
        url=url,
        original=Original(part.data, unit.media_type, unit.name, part.locator),
    )


def pick_fields(row: Mapping[str, object]) -> dict[str, str]:
    """What a mapping (front matter) says of ``title``, ``date``, ``source``, ``url``: known ones only."""
    fields = _by_plain_name(row)
    picked = {name: _string(_pick(fields, name)) for name in ("title", "date", "source", "url")}
    return {name: value for name, value in picked.items() if value}


def _fields(row: Mapping[Any, object]) -> dict[str, object]:
    """The row by plain column names, taken out of the envelope that a database or service puts around it."""
    fields = _by_plain_name(row)
    texts = (name for name, value in fields.items() if isinstance(value, str))
    if known_fields(texts).isdisjoint(("body", "title")):
        for name in _ENVELOPES:
            inner = fields.get(name)
            if isinstance(inner, dict) and (inside := _fields(inner)) and known_fields(inside):
                return {**fields, name: None, **inside}
    return fields


def _by_plain_name(row: Mapping[Any, object]) -> dict[str, object]:
    return {plain(key): value for key, value in row.items() if isinstance(key, str)}


def _pick(fields: Mapping[str, object], field: str) -> object:
    """The first column of that meaning that holds something, else the first that is there."""
    there = None
    for column in columns()[field]:
        value = fields.get(column)
        if value:
            return value
        if value is not None and there is None:
            there = value
    return there


def _string(value: object) -> str | None:
    """The value as text: numbers written out, a list of paragraphs joined, anything else None."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return None
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return "\n".join(value)
    if isinstance(value, dict):
        if isinstance(value.get("rendered"), str):
            # WordPress: always markup.
            return _markup(value["rendered"])
        # {"name": "Antara"}, {"main": "Headline"}, {"$oid": …}: an object that names one thing.
        for key in ("name", "main", "value", "$oid", "$date"):
            if isinstance(value.get(key), str | int):
                return str(value[key])
    return None


def _markup(markup: str) -> str:
    from store.ingest.html.fragment import markup_text  # brings lxml along

    return markup_text(markup)
