"""The names that people give the columns of their tables and the keys of their objects.

``columns.csv`` holds them in order of preference, lower case, words joined by underscores.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from store.tables import table_rows


@cache
def columns() -> Mapping[str, tuple[str, ...]]:
    """Field of an article (``title``, ``body`` …) → column names that may hold it, best first."""
    fields: dict[str, tuple[str, ...]] = {}
    for row in table_rows("ingest/columns.csv"):
        fields[row["field"]] = (*fields.get(row["field"], ()), row["column"])
    return fields


@lru_cache(maxsize=4096)
def plain(name: str) -> str:
    """A column's name as ``columns.csv`` writes it: ``Published-At`` → ``published_at``."""
    return name.strip().lower().replace(" ", "_").replace("-", "_")


def known_fields(names: Iterable[str]) -> set[str]:
    """The fields that the column names can fill."""
    given = {plain(name) for name in names}
    return {field for field, known in columns().items() if not given.isdisjoint(known)}
