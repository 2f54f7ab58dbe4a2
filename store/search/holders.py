"""Who held a foreign office: "presiden prancis" also stands for the presidents that there were.

Headlines name them and leave the office out. The table ``holders.txt`` is made by
``bench.synonym_forms`` from the ministers of the knowledge base: an office and a country, by their
forms, and the names of those who held it, the latest first.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from store.search.synonyms import Name

TABLE = Path(__file__).parent / "holders.txt"


def of(office: Name, country: Name) -> tuple[Name, ...]:
    """The names of those who held an office of a country, empty where none is known."""
    return _table().get((office, country), ())


@lru_cache(maxsize=1)
def _table() -> dict[tuple[Name, Name], tuple[Name, ...]]:
    found: dict[tuple[Name, Name], tuple[Name, ...]] = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            office, country, names = line.split("\t")
            key = tuple(office.split()), tuple(country.split())
            found[key] = tuple(tuple(name.split()) for name in names.split("|"))
    return found
