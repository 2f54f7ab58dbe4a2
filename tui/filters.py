"""Entities and facets as clauses of a query, in the words of the interface's language.

Pure string work: the query the user sees is the only state of a search, so a chosen entity becomes
text in it that can be read, edited and taken away again.
"""

from __future__ import annotations

from collections.abc import Mapping

from store.library import Facet
from store.records import MentionType
from tui.lang import Lang

_FIELDS: Mapping[str, tuple[str, str]] = {
    "person": ("orang", "person"),
    "minister": ("menteri", "minister"),
    "program": ("program", "program"),
    "organisation": ("organisasi", "org"),
    "country": ("negara", "country"),
    "source": ("sumber", "source"),
    "date": ("tanggal", "date"),
    "type": ("jenis", "type"),
    "mentions": ("menyebut", "mentions"),
}
"""Fields of the query language (CONTRACT.md), Indonesian and English."""

_FIELD_OF_FACET: Mapping[str, str] = {
    "country": "country",
    "source": "source",
    "year": "date",
    "month": "date",
    "type": "type",
    "person": "person",
    "program": "program",
    "organisation": "organisation",
}

_FIELD_OF_TYPE: Mapping[MentionType, str] = {
    MentionType.PERSON: "person",
    MentionType.ORG: "organisation",
    MentionType.COUNTRY: "country",
    MentionType.AGREEMENT: "program",
}


_TYPES_ID: Mapping[str, str] = {
    "person": "orang",
    "org": "organisasi",
    "country": "negara",
    "place": "tempat",
    "agreement": "perjanjian",
    "date": "tanggal",
    "money": "uang",
}
"""The values of ``jenis:``."""


def facet_clause(name: str, facet: Facet, lang: Lang) -> str | None:
    """What narrows the hits to those of a facet's value; None for a facet without a field."""
    field = _FIELD_OF_FACET.get(name)
    if field is None:
        return None
    value = facet.value
    if name in ("person", "program", "organisation"):
        value = facet.label  # the name, as a person would type it; the value is a key
    elif name == "type" and lang == "id":
        value = _TYPES_ID.get(value, value)
    return field_clause(field, value, lang)


def field_clause(field: str, value: str, lang: Lang) -> str:
    """``field:value``, the value in quotes where it needs them."""
    value = " ".join(value.replace('"', " ").split())
    name = _FIELDS[field][0 if lang == "id" else 1]
    plain = value.replace("-", "").replace(".", "").isalnum()
    return f"{name}:{value}" if plain and value else f'{name}:"{value}"'


def entity_clause(kind: MentionType, name: str, value: str | None, lang: Lang) -> str:
    """What to search for to find an entity: its field, the day that is named, or its words as a
    phrase."""
    field = _FIELD_OF_TYPE.get(kind)
    if field is not None:
        return field_clause(field, name, lang)
    if kind is MentionType.DATE and value:
        return field_clause("mentions", value, lang)
    return '"' + " ".join(name.replace('"', " ").split()) + '"'


def with_clause(query: str, clause: str, *, exclude: bool = False) -> str:
    """The query with a clause more; one that is there already is not said twice."""
    clause = f"-{clause}" if exclude else clause
    if f" {clause} " in f" {query} ":
        return query
    return f"{query.strip()} {clause}".strip()
