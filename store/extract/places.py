"""Places: a small table of cities and regions, buildings by their head word, and the dateline's city.

Data: ``places.csv``. The sequence model finds the many others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from store.extract import kinds, runs
from store.extract.found import Found
from store.extract.gazetteer import Gazetteer
from store.extract.tokens import TOKEN, Text, lower
from store.extract.triggers import tokens_of
from store.tables import table_columns

_CONNECTORS = frozenset({"of", "de"})
_NONE: frozenset[str] = frozenset()
_IN = frozenset({"di", "ke", "dari", "in", "at"})
# A comma alone is not enough: articles also begin with a word in capitals.
_DATELINE = re.compile(r"[A-Z][A-Z ]{2,24}(?=\s?(?:--?|–|—|\()|,\s?(?:[A-Z]{3}|[\w.]+\.com))")


class Lexicon(NamedTuple):
    """Finders of whole names and of the first words of building names."""

    names: Gazetteer[str | None]
    """Name → country code, None for what lies in none or several."""
    heads: Gazetteer[bool]
    head_words: frozenset[str]
    name_words: frozenset[str]
    forms: tuple[str, ...]
    """The whole names as printed."""
    listed: frozenset[str]
    """The same, to look one up."""
    at_home: frozenset[str]
    """Those that lie in Indonesia."""
    abroad: frozenset[str]
    countries: Mapping[str, str]
    """Name → country code, of those that lie in one."""


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The lexicon, read once."""
    names: list[tuple[str, str | None]] = []
    heads: list[tuple[str, bool]] = []
    head_words: set[str] = set()
    forms: list[str] = []
    at_home: set[str] = set()
    seats: dict[str, str] = {}
    for form, kind, country in table_columns("extract/places.csv", "form", "kind", "country"):
        if kind == "head":
            heads.append((form, True))
            head_words.add(form.split()[0].lower())
        else:
            names.append((form, country or None))
            forms.append(form)
            if country:
                seats[form] = country
            if country == "ID":
                at_home.add(form)
    return Lexicon(
        Gazetteer(names),
        Gazetteer(heads),
        frozenset(head_words),
        frozenset(map(lower, TOKEN.findall(" ".join(forms)))),
        tuple(forms),
        frozenset(forms),
        frozenset(at_home),
        frozenset(forms) - at_home,
        seats,
    )


def find(text: Text, lexicon: Lexicon, stops: dict[int, int]) -> Iterator[Found]:
    """Places of all rules; ``stops`` are the countries (token → end)."""
    for first, last, country in lexicon.names.scan(text):
        found = _found(text, first, last, 0.85, "table")
        found.country = country
        yield found
    for start, end, _ in lexicon.heads.scan(text):
        last = text.sentence_end(start)
        if end > last or not runs.is_capital(text.forms[start]):
            continue
        finish = runs.run_end(text, end - 1, last, stops=stops, connectors=_CONNECTORS)
        if finish > end:
            yield _found(text, start, finish, 0.75, "head")
    for first, _ in text.sentences[:2]:
        match = _DATELINE.match(text.body, text.starts[first])
        if match:
            yield Found(
                match.start(),
                match.start() + len(match.group().rstrip()),
                kinds.PLACE,
                0.8,
                "places:dateline",
            )
    for at in tokens_of(text, _IN) if stops else ():
        # "di Osaka, Jepang": what stands before the country is a place in it.
        last = text.sentence_end(at)
        if at < last - 3 and runs.is_capital(text.forms[at + 1]):
            finish = runs.run_end(text, at + 1, last, stops=stops, connectors=_NONE)
            if (
                finish + 1 < last
                and text.forms[finish] == ","
                and finish + 1 in stops
                and at + 1 not in stops
            ):
                yield _found(text, at + 1, finish, 0.7, "before-country")


def _found(text: Text, first: int, last: int, score: float, rule: str) -> Found:
    return Found(text.starts[first], text.ends[last - 1], kinds.PLACE, score, f"places:{rule}")
