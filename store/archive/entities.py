"""Entities of a library: how mentions of many articles become one, and their counts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from functools import lru_cache

from store.library import Entity
from store.records import Mention, MentionType, Money
from store.text import fold

_COLUMNS = "e.key, e.entity, e.name, e.type, e.country"


def entity_key(mention: Mention) -> str:
    """The key of the entity that ``mention`` belongs to, the same in every article.

    The knowledge base's id where linked; else its type and folded name, for a date or a sum its
    type and value.
    """
    return mention.entity or _unlinked_key(mention.type.value, entity_name(mention))


@lru_cache(maxsize=16_384)
def _unlinked_key(kind: str, name: str) -> str:
    return f"{kind}:{fold(name)}"


def entity_name(mention: Mention) -> str:
    """The name of that entity in lists: the canonical form, for a date or a sum its value."""
    if isinstance(mention.value, Money):
        amount = f"{mention.value.amount:.2f}".rstrip("0").rstrip(".")
        return f"{mention.value.currency} {amount}"
    if mention.type is MentionType.DATE and mention.value:
        return mention.value
    return " ".join((mention.canonical or mention.surface).split())


def entities(
    connection: sqlite3.Connection,
    prefix: str = "",
    *,
    type: MentionType | None = None,
    within: Sequence[int] | None = None,
    limit: int | None = None,
) -> list[Entity]:
    """Entities with a word of their name beginning with ``prefix``, most articles first.

    ``within``: only articles of these docids, and counts among them.
    """
    source = "entities e"
    counts = "e.articles, e.mentions"
    parameters: list[object] = []
    if within is not None:
        counts = "m.articles, m.mentions"
        source = (
            "(SELECT entity_id, count(DISTINCT article_id) AS articles, count(*) AS mentions FROM spans"
            " WHERE article_id IN (SELECT id FROM articles"
            " WHERE docid IN (SELECT value FROM json_each(?))) GROUP BY entity_id) m"
            " JOIN entities e ON e.id = m.entity_id"
        )
        parameters.append(json.dumps(list(within)))
    where = "e.articles > 0"
    if prefix.strip():
        where += " AND instr(' ' || e.folded, ?) > 0"
        parameters.append(" " + " ".join(fold(prefix).split()))
    if type is not None:
        where += " AND e.type = ?"
        parameters.append(type.value)
    rows = connection.execute(
        f"SELECT {_COLUMNS}, {counts} FROM {source} WHERE {where}"  # noqa: S608 - fixed fragments
        " ORDER BY 6 DESC, 7 DESC, e.name, e.key LIMIT ?",
        [*parameters, -1 if limit is None else limit],
    )
    return [
        Entity(key, entity, name, MentionType(kind), country, articles, mentions)
        for key, entity, name, kind, country, articles, mentions in rows
    ]


def entity_counts(
    connection: sqlite3.Connection, keys: Iterable[str]
) -> dict[str, tuple[int, int]]:
    """Articles and mentions in the whole library by entity key; keys it does not know are absent."""
    rows = connection.execute(
        "SELECT key, articles, mentions FROM entities"
        " WHERE key IN (SELECT value FROM json_each(?))",
        (json.dumps(list(keys)),),
    )
    return {key: (articles, mentions) for key, articles, mentions in rows}
