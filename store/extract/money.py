"""Sums of money with amount and ISO 4217 currency: "30 miliar dolar AS", "Rp 2,5 triliun", "US$1.2 billion".

Amounts may be written in words ("dua ratus juta rupiah"). The tables are ``currencies.csv`` and
``magnitudes.csv``. Amounts are in major units.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from store.extract import numerals
from store.extract.found import Found
from store.extract.present import Present
from store.extract.tokens import Text, words
from store.extract.triggers import tokens_of
from store.records import MentionType, Money
from store.tables import table_rows
from store.text import one_of

_DIGITS = re.compile(r"\d+")
# Atomic, as nothing that follows a number can begin inside it.
_NUMBER = r"(?>\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)"
_REACH = 12
"""Characters before a number in which its sign begins ("US dollar ")."""


class _Patterns(NamedTuple):
    """What a sum is made of, by some of the currencies and magnitudes."""

    ends: str
    """The last characters of signs, in both cases."""
    sign: re.Pattern[str]
    """A sign at the end of what it is searched in, before a number."""
    signed: re.Pattern[str]
    """From the number behind a sign on."""
    counted: re.Pattern[str]
    """From a number on, with its unit."""


class _Tables(NamedTuple):
    """Everything by its lower-cased form."""

    codes: dict[str, str]
    scales: dict[str, float]
    patterns: Present[_Patterns | None]
    """None for a text without a currency."""
    units: tuple[str, ...]
    """What stands behind a number."""


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    currencies = table_rows("extract/currencies.csv")
    codes = {row["form"].lower(): row["code"] for row in currencies}
    scales = {
        row["form"].lower(): float(row["factor"]) for row in table_rows("extract/magnitudes.csv")
    }
    before = [row["form"] for row in currencies if row["place"] == "before"]
    after = [row["form"] for row in currencies if row["place"] == "after"]
    # A letter magnitude ("Rp488 T", "US$3 M") counts only upper-case and after a sign.
    letters = [form for form in scales if len(form) <= 2]
    longer = [form for form in scales if len(form) > 2]

    def build(forms: tuple[str, ...]) -> _Patterns | None:
        signs, units, words = ([f for f in some if f in forms] for some in (before, after, longer))
        return _patterns(signs, units, words, letters) if signs or units else None

    return _Tables(codes, scales, Present([*before, *after, *longer], build), tuple(after))


def _patterns(
    before: Sequence[str], after: Sequence[str], longer: Sequence[str], letters: Sequence[str]
) -> _Patterns:
    """Sums by the signs before and the units after them, and by their magnitudes."""
    sign, unit = _alternatives(before), _alternatives(after)
    scale = rf"(?i:{_alternatives(longer)})"
    # "2,5-3 triliun" is one sum, "2,5 triliun hingga Rp3 triliun" are two.
    to = rf"(?:\s?(?:[-–—]|&ndash;)\s?(?:{sign})?\s?|\s(?:hingga|sampai|to)\s)"
    return _Patterns(
        "".join({case for form in before for case in (form[-1].lower(), form[-1].upper())}),
        re.compile(rf"(?:(?<![\w$])|(?<=[a-z])(?=Rp\s?\Z))(?P<sign>(?i:{sign}))\s?\Z"),
        re.compile(
            rf"(?P<a>{_NUMBER})(?:{to}(?P<b>{_NUMBER}))?"
            rf"(?:\s?(?P<scale>{scale}(?:an\b)?|(?:{'|'.join(letters).upper()}|jt|bn|mn))(?!\w))?(?:\s(?P<scale2>{scale})(?!\w))?"
        ),
        re.compile(
            rf"(?P<a>{_NUMBER})(?:{to}(?P<b>{_NUMBER}))?\s?"
            rf"(?:(?P<scale>{scale})\s)?(?P<unit>(?i:{unit}))(?!\w)"
        ),
    )


def _alternatives(forms: Iterable[str]) -> str:
    """Any of the forms; what nothing fits where there is none."""
    return one_of(forms).replace(r"\ ", r"\s?") or r"(?!)"


def find(body: str) -> Iterator[Found]:
    """Every sum in figures, with its value where the number can be read."""
    patterns = _tables().patterns.in_text(body)
    if patterns is not None:
        yield from _in_figures(body, patterns)


def _in_figures(body: str, patterns: _Patterns) -> Iterator[Found]:
    done = 0
    for at in [match.start() for match in _DIGITS.finditer(body)]:
        if at < done:
            continue
        sign = _sign(patterns, body, done, at)
        if sign:
            match = patterns.signed.match(body, at)
        elif at and (body[at - 1].isalnum() or body[at - 1] in "_.,"):
            continue
        else:
            match = patterns.counted.match(body, at)
        if match:
            done = match.end()
            found = _sum(body, match, sign)
            if found:
                yield found


def _sign(patterns: _Patterns, body: str, done: int, at: int) -> re.Match[str] | None:
    """The sign before the number at ``at``; it does not begin before ``done``."""
    end = at - body[max(0, at - 1) : at].isspace()
    if end <= done or body[end - 1] not in patterns.ends:
        return None
    return patterns.sign.search(body, max(done, at - _REACH), at)


def _sum(body: str, match: re.Match[str], sign: re.Match[str] | None) -> Found | None:
    """The sum that a sign and the number behind it make, or a number and its unit."""
    codes, scales, *_ = _tables()
    groups = match.groupdict()
    currency = _code(sign["sign"] if sign else match["unit"], codes)
    named = [
        groups[group].lower().removesuffix("an")
        for group in ("scale", "scale2")
        if groups.get(group)
    ]
    amount = number(match["a"], _decimal(named))
    if currency is None or amount is None or (not sign and _is_name(body, match)):
        return None
    end = match.end()
    to = number(match["b"] or "", _decimal(named))
    if to is not None and to * _FARTHEST < amount:
        if not named and sign:
            # "Rp 14.000 hingga 1 minggu", "Rp 860.664 - 24 bulan" are no ranges.
            end = match.end("a")
        else:
            # "50.000 hingga 5 juta yuan": the magnitude is that of the second number only.
            named = []
    factor = math.prod(scales[name] for name in named)
    value = Money(round(amount * factor, 2 if amount >= 1 else 6), currency)
    rule = "sign" if sign else "unit"
    start = sign.start() if sign else match.start()
    return Found(start, end, MentionType.MONEY, 0.98, f"money:{rule}", value=value)


@lru_cache(maxsize=1)
def _units() -> tuple[frozenset[str], re.Pattern[str]]:
    """The lower-cased words with which units begin, and what finds a whole unit."""
    units = _tables().units
    whole = re.compile(rf"(?i:{_alternatives(units)})(?!\w)")
    return frozenset(words(unit)[0] for unit in units), whole


def in_words(text: Text) -> Iterator[Found]:
    """Every sum whose amount is written in words: "seratus juta rupiah".

    A capital makes a name of a unit ("Formula Tiga Euro"), unless the amount is great.
    """
    begins, whole = _units()
    codes, scales, *_ = _tables()
    for at in tokens_of(text, begins):
        written = numerals.before(text.body, text.starts[at], scales)
        unit = whole.match(text.body, text.starts[at]) if written else None
        currency = _code(unit[0], codes) if unit else None
        if not written or not unit or currency is None:
            continue
        start, amount = written
        if amount >= _SURELY or unit[0][0].islower():
            value = Money(round(amount, 2), currency)
            yield Found(start, unit.end(), MentionType.MONEY, 0.96, "money:words", value=value)


_SURELY = 10
"""So much is an amount whatever the unit looks like."""
_FARTHEST = 10
"""How many times greater than its end a range does not begin."""
_ENGLISH = frozenset({"million", "billion", "trillion", "thousand", "bn", "mn"})


def _decimal(named: list[str]) -> str:
    """The decimal separator that a magnitude tells of: a number before one has no more than three
    digits before it ("Rp6,198 triliun"), and those before "triliun" are Indonesian."""
    if not named:
        return ""
    return "." if named[0] in _ENGLISH else ","


def _code(sign: str, codes: Mapping[str, str]) -> str | None:
    key = re.sub(r"\s+", " ", sign.lower())
    return codes.get(key) or codes.get(key.replace(" ", ""))


def _is_name(body: str, match: re.Match[str]) -> bool:
    """Whether the unit is the first word of a club ("3-1 Real Madrid")."""
    return match["unit"] == "Real" and body[match.end() : match.end() + 2].strip().isupper()


def number(text: str, decimal: str = "") -> float | None:
    """A number in Indonesian or English notation; None if it is neither.

    A separator before exactly three digits groups thousands ("15.500"), save a single comma after
    "0" and the one known to be ``decimal``; any other separator is the decimal one ("2,5", "1.2").
    """
    separators = re.findall(r"[.,]", text)
    if len(separators) > 1 and separators[-1] != separators[0]:
        decimal = separators[-1]
        whole, fraction = text.rsplit(decimal, 1)
        text = re.sub(r"[.,]", "", whole) + "." + fraction
    elif separators not in ([], [decimal]) and re.fullmatch(r"[1-9]\d{0,2}(?:[.,]\d{3})+", text):
        text = re.sub(r"[.,]", "", text)
    else:
        text = text.replace(",", ".")
    try:
        return float(text)
    except ValueError:
        return None
