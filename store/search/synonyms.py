"""Other names for what was typed: abbreviations of offices, countries, agreements, institutions.

Looked up at query time only; the index holds what the articles say. The groups that ship are kept
as forms in ``synonym_forms.txt`` (made by ``bench.synonym_forms``), since normalising 1,700 names
took longer than a search; the user's own rows are normalised here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property, lru_cache
from pathlib import Path

from store.normalise import tokens
from store.records import KbRow

TABLE = Path(__file__).parent / "synonym_forms.txt"
"""A group a line: the id of its knowledge-base row (or nothing), a tab, names joined by ``|``."""

_LONGEST = 10
"""Words of the longest name that is looked for in a query."""
_MOST = 8
"""Other names that one name brings at most: the shortest, which are printed most."""

Name = tuple[str, ...]
"""A name by its forms."""


class Synonyms:
    """Groups of names that mean the same, by their forms: those that ship and ``own`` ones.

    A row of one's own replaces the shipped one of the same id. Built on first use.
    """

    def __init__(self, own: Iterable[KbRow] = ()) -> None:
        self._own = tuple(own)

    def longest(self, forms: Sequence[str]) -> tuple[int, list[Name]]:
        """How many of the leading ``forms`` are a known name, and its other names.

        ``(0, [])`` where they begin no known name.
        """
        for length in range(min(len(forms), _LONGEST), 0, -1):
            key = tuple(forms[:length])
            groups = self._by_name.get(key)
            if groups:
                others = {name: None for group in groups for name in group if name != key}
                return length, sorted(others, key=len)[:_MOST]
        return 0, []

    @cached_property
    def _by_name(self) -> dict[Name, list[tuple[Name, ...]]]:
        replaced = {row.id for row in self._own}
        groups = [names for key, names in _shipped() if key not in replaced]
        groups += [names for _, names in of_rows(self._own)]
        found: dict[Name, list[tuple[Name, ...]]] = defaultdict(list)
        for names in groups:
            for name in names:
                found[name].append(names)
        return dict(found)


def of_rows(rows: Iterable[KbRow]) -> Iterator[tuple[str, tuple[Name, ...]]]:
    """The group of each row that has one: its id and its names. People go through the matcher."""
    for row in rows:
        if row.kind != "minister" and row.aliases:
            yield row.id, names_of([row.name, *row.aliases])


def names_of(written: Iterable[str]) -> tuple[Name, ...]:
    """The forms of each name that has any, each once."""
    found = (tuple(t.form for t in tokens(name) if not t.joined) for name in written)
    return tuple(dict.fromkeys(name for name in found if name))


@lru_cache(maxsize=1)
def _shipped() -> list[tuple[str, tuple[Name, ...]]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    found = (line.partition("\t") for line in lines if not line.startswith("#"))
    return [
        (key, tuple(tuple(name.split()) for name in names.split("|"))) for key, _, names in found
    ]
