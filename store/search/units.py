"""Typed words as units of the question: one word, a compound, a name with its other names.

A unit is one thing asked for: an FTS5 expression over forms of the index, and what to highlight.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import product
from pathlib import Path

from store.normalise import Token, tokens
from store.search import holders
from store.search.lexicon import all_of, any_of, quoted
from store.search.synonyms import Synonyms

Sequence_ = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Unit:
    """One thing asked for.

    ``options`` are the ways to have it, each a set of sequences of adjacent forms that must all be
    there; the first is what was typed. ``light`` marks a function word.
    """

    typed: str
    options: tuple[tuple[Sequence_, ...], ...]
    light: bool = False
    near: tuple[Sequence_, ...] = ()
    """Names that count where too few articles have the unit itself."""
    office: tuple[Unit, ...] = ()
    """An office and its country, where the unit is both: the first options spell out their ways."""
    meant: str = ""
    """The nearest word of the library, where ``typed`` was a slip."""

    @property
    def fts(self) -> str:
        ways: list[str] = []
        if self.office:  # all at once, instead of each way of one with each of the other
            ways.append(all_of(part.fts for part in self.office))
        for option in self.unspelt:
            ways.append(all_of(quoted(*sequence) for sequence in option))
        return any_of(ways)

    @property
    def unspelt(self) -> tuple[tuple[Sequence_, ...], ...]:
        """The options that are not ways of an office with its country."""
        spelt = len(self.office[0].options) * len(self.office[1].options) if self.office else 0
        return self.options[spelt:]

    @property
    def widened(self) -> Unit:
        """This unit with its near names among the options."""
        return self.also(self.near) if self.near else self

    @property
    def parts(self) -> tuple[Unit, ...]:
        """What articles may have of this unit: an office or its country, and who held it for either.

        Otherwise the widened unit itself.
        """
        if not self.office:
            return (self.widened,)
        return tuple(replace(part, options=(*part.options, *self.unspelt)) for part in self.office)

    @property
    def forms(self) -> Sequence_:
        """The forms of what was typed, in order."""
        return tuple(form for sequence in self.options[0] for form in sequence)

    @property
    def single(self) -> str | None:
        """The form where one plain word was typed, None otherwise."""
        forms = self.forms
        return forms[0] if len(forms) == 1 else None

    def also(self, sequences: Sequence[Sequence_]) -> Unit:
        """This unit with more ways to have it."""
        added = tuple((sequence,) for sequence in sequences if (sequence,) not in self.options)
        return replace(self, options=(*self.options, *added))


def units(text: str, synonyms: Synonyms) -> list[Unit]:
    """The units of plain typed words; function words are light unless nothing else is there."""
    words = _words(tokens(text))
    found = list(_held(list(_units(text, words, synonyms))))
    if all(unit.light for unit in found):
        return [replace(unit, light=False) for unit in found]
    return found


def _held(found: list[Unit]) -> Iterator[Unit]:
    """The units, an office and its country joined to one that its holders stand for as well."""
    at = 0
    while at < len(found):
        office = found[at]
        country = found[at + 1] if at + 1 < len(found) else None
        names = _holders(office, country) if country else []
        if country is None or not names:
            yield office
            at += 1
            continue
        both = tuple(a + b for a, b in product(office.options, country.options))
        typed = f"{office.typed} {country.typed}"
        yield Unit(typed, both, office=(office, country)).also(names)
        at += 2


def _holders(office: Unit, country: Unit) -> list[Sequence_]:
    """Those who held an office, under whatever name it and its country were typed."""
    for one, other in product(_spoken(office), _spoken(country)):
        if names := holders.of(one, other):
            return list(names)
    return []


def _spoken(unit: Unit) -> list[Sequence_]:
    """Every name of a unit as one sequence of forms."""
    return [tuple(form for sequence in option for form in sequence) for option in unit.options]


def _words(found: Sequence[Token]) -> tuple[list[Token], list[Token]]:
    return [t for t in found if not t.joined], [t for t in found if t.joined]


def _units(text: str, words: tuple[list[Token], list[Token]], synonyms: Synonyms) -> Iterator[Unit]:
    plain, joined = words
    at = 0
    while at < len(plain):
        length, others = synonyms.longest([token.form for token in plain[at:]])
        compound = _compound(plain, joined, at)
        if compound is not None and compound[0] >= length:
            length = compound[0]
            option: tuple[Sequence_, ...] = ((compound[1],),)
        elif length > 1:
            option = tuple((token.form,) for token in plain[at : at + length])
        else:
            length = 1
            option = ((plain[at].form,),)
        start, end = plain[at].start, plain[at + length - 1].end
        typed = text[start:end]
        unit = Unit(typed, (option,), typed.casefold() in function_words())
        yield unit.also(others)
        at += length


def _compound(plain: list[Token], joined: list[Token], at: int) -> tuple[int, str] | None:
    """The longest compound that begins with the token at ``at``: how many it takes, and its form."""
    best: tuple[int, str] | None = None
    for token in joined:
        if token.start != plain[at].start:
            continue
        length = sum(1 for part in plain[at:] if part.end <= token.end)
        if best is None or length > best[0]:
            best = (length, token.form)
    return best


@lru_cache(maxsize=1)
def function_words() -> frozenset[str]:
    table = (Path(__file__).parent / "function_words.txt").read_text(encoding="utf-8")
    return frozenset(
        word for line in table.splitlines() if not line.startswith("#") for word in line.split()
    )
