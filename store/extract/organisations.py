"""Organisations by their head word ("Kementerian …", "National … Council"), and well-known names.

Data: ``organisations.csv``. A head goes on over a capitalised run and stops before a country, which
is a mention of its own, unless the head's official names contain one (embassies, banks).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from store.extract import kinds, rules, runs
from store.extract.found import Found
from store.extract.gazetteer import Gazetteer
from store.extract.tokens import Text
from store.extract.triggers import sentences_of
from store.tables import table_columns

# Kemenperin, Kemlu, Kemdiktisaintek, Ditjen: an abbreviation of a ministry is a name by its form.
_MINISTRY = rules.pattern("ministry")
_MINISTRY_WORD = rules.pattern("no_ministry")


class Lexicon(NamedTuple):
    """``heads`` and ``names`` find their forms; ``tails`` are lower-cased last words."""

    heads: Gazetteer[str]
    names: Gazetteer[tuple[str, str | None]]
    """Well-known name → kind and country."""
    seats: Mapping[str, str]
    """Well-known name → the country it belongs to."""
    tails: frozenset[str]
    head_words: frozenset[str]
    forms: tuple[str, ...]
    """The well-known names as printed."""
    listed: frozenset[str]
    """The same, to look one up."""
    common: frozenset[str]
    """Abbreviations of the trade pages that look like an organisation's and are none."""


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The lexicon, read once."""
    heads: list[tuple[str, str]] = []
    names: list[tuple[str, tuple[str, str | None]]] = []
    seats: dict[str, str] = {}
    tails: set[str] = set()
    head_words: set[str] = set()
    forms: list[str] = []
    common: set[str] = set()
    for form, kind, country in table_columns(
        "extract/organisations.csv", "form", "kind", "country"
    ):
        if kind in ("name", "media"):
            names.append((form, (kind, country or None)))
            forms.append(form)
            if country:
                seats[form] = country
        elif kind in ("head", "state"):
            heads.append((form, kind))
            head_words.add(form.split()[0].lower())
        elif kind == "tail":
            tails.add(form.lower())
        elif kind == "common":
            common.add(form)
    return Lexicon(
        Gazetteer(heads),
        Gazetteer(names),
        seats,
        frozenset(tails),
        frozenset(head_words),
        tuple(forms),
        frozenset(forms),
        frozenset(common),
    )


def is_ministry(word: str) -> bool:
    """Whether a word is an abbreviation of a ministry by its form ("Kemenperin")."""
    return bool(_MINISTRY.match(word)) and not _MINISTRY_WORD.match(word)


def find(text: Text, lexicon: Lexicon, stops: dict[int, int]) -> Iterator[Found]:
    """Organisations by head, tail, form of abbreviation, and well-known name.

    ``stops``: where countries begin (token → end), so that they stay outside.
    """
    for first, last, (kind, country) in lexicon.names.scan(text):
        found = _found(text, first, last, 0.9, f"organisations:{kind}")
        found.country = country
        yield found
    yield from _by_head(text, lexicon, stops)
    for number in sorted(sentences_of(text, lexicon.tails)):
        yield from _by_tail(text, lexicon, *text.sentences[number])
    for at, form in enumerate(text.forms):
        if form[0] == "K" and is_ministry(form):
            # "Kemenko IPK", "Kemenko Marves": the field of a coordinating ministry follows.
            follows = form == "Kemenko" and runs.is_capital(
                text.forms[min(at + 1, len(text.forms) - 1)]
            )
            yield _found(text, at, at + 1 + follows, 0.9, "organisations:abbreviation")


def _found(text: Text, first: int, last: int, score: float, stage: str) -> Found:
    return Found(text.starts[first], text.ends[last - 1], kinds.ORG, score, stage)


def _by_head(text: Text, lexicon: Lexicon, stops: dict[int, int]) -> Iterator[Found]:
    for start, end, kind in lexicon.heads.scan(text):
        last = text.sentence_end(start)
        if end > last or not runs.is_capital(text.forms[start]):
            continue
        state = kind == "state"
        finish = runs.run_end(
            text, end - 1, last, stops=None if state else stops, lists=True, hyphens=True
        )
        # "PT PAL (Persero)" and "PT Timah Tbk" close with their legal form.
        if finish + 2 < last and text.forms[finish] == "(" and text.lows[finish + 1] == "persero":
            finish += 3
        if finish > end:
            yield _found(text, start, finish, 0.85, "organisations:head")


_TAIL_CONNECTORS = frozenset({"of", "and", "for", "&"})


def _by_tail(text: Text, lexicon: Lexicon, first: int, last: int) -> Iterator[Found]:
    at = first
    while at < last:
        if not runs.is_capital(text.forms[at]):
            at += 1
            continue
        end = runs.run_end(text, at, last, connectors=_TAIL_CONNECTORS, lists=True)
        tail = next((k for k in range(end - 1, at, -1) if text.lows[k] in lexicon.tails), None)
        if tail is not None and text.lows[at] not in lexicon.head_words:
            of = any(text.lows[k] in ("of", "for") for k in range(tail, end))
            finish = end if of else tail + 1
            if finish - at > 1:
                yield _found(text, at, finish, 0.7, "organisations:tail")
        at = max(end, at + 1)
