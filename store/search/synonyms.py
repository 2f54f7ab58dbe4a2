"""Other names for what was typed: abbreviations of offices, countries, agreements, institutions.

Looked up at query time only; the index holds what the articles say.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib.resources import files

from store.kb import countries
from store.normalise import tokens
from store.records import KbRow

_LONGEST = 10
"""Words of the longest name that is looked for in a query."""
_MOST = 8
"""Other names that one name brings at most."""


class Synonyms:
    """Groups of names that mean the same, by their forms. Built on first use."""

    def __init__(self, rows: Iterable[KbRow] = ()) -> None:
        self._rows = tuple(rows)

    def longest(self, forms: Sequence[str]) -> tuple[int, list[tuple[str, ...]]]:
        """How many of the leading ``forms`` are a known name, and its other names.

        ``(0, [])`` where they begin no known name.
        """
        for length in range(min(len(forms), _LONGEST), 0, -1):
            key = tuple(forms[:length])
            groups = self._by_name.get(key)
            if groups:
                others = [name for group in groups for name in self._groups[group] if name != key]
                return length, list(dict.fromkeys(others))[:_MOST]
        return 0, []

    @cached_property
    def _groups(self) -> list[list[tuple[str, ...]]]:
        named = [*_listed(), *_countries(), *_offices(), *self._entities()]
        return [list(dict.fromkeys(_forms(name) for name in names)) for names in named]

    @cached_property
    def _by_name(self) -> dict[tuple[str, ...], list[int]]:
        found: dict[tuple[str, ...], list[int]] = defaultdict(list)
        for number, names in enumerate(self._groups):
            for name in names:
                if name:
                    found[name].append(number)
        return dict(found)

    def _entities(self) -> Iterable[list[str]]:
        for row in self._rows:
            if row.kind != "minister" and row.aliases:
                yield [row.name, *row.aliases]


def _forms(name: str) -> tuple[str, ...]:
    return tuple(token.form for token in tokens(name) if not token.joined)


def _listed() -> Iterable[list[str]]:
    table = files("store.search").joinpath("synonyms.csv").read_text(encoding="utf-8")
    return [row["names"].split("|") for row in csv.DictReader(table.splitlines())]


def _countries() -> Iterable[list[str]]:
    by_code: dict[str, list[str]] = defaultdict(list)
    longer: dict[str, set[str]] = defaultdict(set)
    for form, code in countries.forms().items():
        by_code[code].append(form)
        for word in form.casefold().split():
            longer[word].add(code)
    # "Korea" is also half of another country's name: what is typed in full means itself alone.
    for code, names in by_code.items():
        clear = [name for name in names if longer[name.casefold()] <= {code}]
        if len(clear) > 1:
            yield clear


def _offices() -> Iterable[list[str]]:
    table = files("store").joinpath("extract", "offices.csv").read_text(encoding="utf-8")
    return [
        [row["form"], row["expands"]]
        for row in csv.DictReader(table.splitlines())
        if row["expands"]
    ]
