"""Sums of money with amount and ISO 4217 currency: "30 miliar dolar AS", "Rp 2,5 triliun", "US$1.2 billion".

Amounts may be written in words ("dua ratus juta rupiah"). The tables are ``currencies.csv`` and
``magnitudes.csv``. Amounts are in major units.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple, cast

from store.extract import kinds, numerals
from store.extract.found import Found
from store.extract.tokens import Text, words
from store.extract.triggers import tokens_of
from store.records import Money
from store.tables import table_rows

_DIGITS = re.compile(r"[0-9][0-9]*")  # so that digits are looked for as a set of characters
# Atomic, as nothing that follows a number can begin inside it.
_NUMBER = r"(?>\d{1,3}(?:[.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)"
# "2,5-3 triliun" is one sum, "2,5 triliun hingga Rp3 triliun" are two.
_NUMBERS = re.compile(
    rf"(?P<a>{_NUMBER})(?:(?:\s?(?:[-–—]|&ndash;)\s?(?P<sign>[^\s\d][^\d\n]{{0,8}}?)?\s?"
    rf"|\s(?:hingga|sampai|to)\s)(?P<b>{_NUMBER}))?"
)
_WORD = re.compile(r"[^\W\d_]+(?!\w)")
_BLANK = re.compile(r"\s")
_REACH = 12
"""Characters before a number in which its sign begins ("US dollar ")."""
_KEY = 2
"""First characters of units by which they are looked up."""


class _Tables(NamedTuple):
    """Everything by its lower-cased form."""

    signs: dict[str, str]
    """What stands before a number, with and without its blanks: the code of its currency."""
    lengths: tuple[int, ...]
    """Of signs, the longest first."""
    ends: frozenset[str]
    """The last characters of signs, in both cases."""
    units: dict[str, str]
    """The same of what stands behind a number."""
    units_by_key: dict[str, tuple[str, ...]]
    """The units that begin so, the longest first."""
    scales: dict[str, float]


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    signs: dict[str, str] = {}
    units: dict[str, str] = {}
    for row in table_rows("extract/currencies.csv"):
        forms = signs if row["place"] == "before" else units
        forms.update(dict.fromkeys(_spaced(row["form"].lower()), row["code"]))
    by_key: dict[str, list[str]] = {}
    for unit in sorted(units, key=len, reverse=True):
        by_key.setdefault(unit[:_KEY], []).append(unit)
    return _Tables(
        signs,
        tuple(sorted({len(sign) for sign in signs}, reverse=True)),
        frozenset(case for sign in signs for case in (sign[-1], sign[-1].upper())),
        units,
        {key: tuple(found) for key, found in by_key.items()},
        {row["form"].lower(): float(row["factor"]) for row in table_rows("extract/magnitudes.csv")},
    )


def _spaced(form: str) -> list[str]:
    """The form with each of its blanks or without: "dolar AS", "dolarAS"."""
    first, *rest = form.split(" ")
    forms = [first]
    for word in rest:
        forms = [begun + blank + word for begun in forms for blank in (" ", "")]
    return forms


def find(body: str) -> Iterator[Found]:
    """Every sum in figures, with its value where the number can be read."""
    ends = _tables().ends
    done = 0
    for match in _DIGITS.finditer(body):
        at = match.start()
        if at < done:
            continue
        before = body[at - 1] if at else ""
        char = body[at - 2 : at - 1] if before.isspace() else before
        sign = _sign(body, done, at) if char in ends else None
        if sign is not None:
            read: _Read | None = _signed(body, at, *sign)
        elif before and (before.isalnum() or before in "_.,"):
            continue
        else:
            read = _counted(body, at)
        if read:
            done = read.end
            found = _sum(body, read)
            if found:
                yield found


class _Read(NamedTuple):
    """A sum as it was read: where it begins and ends, its currency, numbers and magnitudes."""

    start: int
    end: int
    rule: str
    currency: str
    numbers: re.Match[str]
    to: str | None
    """The second number of a range."""
    named: list[str]


def _sign(body: str, done: int, at: int) -> tuple[int, str] | None:
    """Where the sign before the number at ``at`` begins, not before ``done``, and its currency.

    Before it stands the end of a sign.
    """
    tables = _tables()
    end = at - body[at - 1].isspace()
    least = max(done, at - _REACH)
    before = _plain(body[least:end])
    for length in tables.lengths:
        start = end - length
        code = tables.signs.get(before[-length:]) if start >= least else None
        if code and (
            start == 0
            or not (body[start - 1].isalnum() or body[start - 1] in "_$")
            or ("a" <= body[start - 1] <= "z" and body.startswith("Rp", start) and length == 2)
        ):
            return start, code
    return None


def _plain(text: str) -> str:
    return _BLANK.sub(" ", text.lower())


def _numbers(body: str, at: int) -> tuple[re.Match[str], str | None, int]:
    """The number at ``at``, the second one of a range, and where they end."""
    match = cast("re.Match[str]", _NUMBERS.match(body, at))
    between = match["sign"]
    if between is not None and _plain(between) not in _tables().signs:
        return match, None, match.end("a")
    return match, match["b"], match.end()


def _signed(body: str, at: int, start: int, currency: str) -> _Read:
    """A sum behind its sign."""
    scales = _tables().scales
    numbers, to, end = _numbers(body, at)
    named: list[str] = []
    word = _WORD.match(body, end + body[end : end + 1].isspace())
    if word:
        name = word[0].lower().removesuffix("an")
        # A letter counts only upper-case ("Rp488 T", "US$3 M").
        if name in scales and (len(name) > 2 or word[0].isupper() or word[0] in _SMALL):
            named.append(name)
            end = word.end()
            word = _WORD.match(body, end + 1) if body[end : end + 1].isspace() else None
            if word and len(word[0]) > 2 and word[0].lower() in scales:
                named.append(word[0].lower())
                end = word.end()
    return _Read(start, end, "sign", currency, numbers, to, named)


def _counted(body: str, at: int) -> _Read | None:
    """A sum before its unit."""
    tables = _tables()
    numbers, to, end = _numbers(body, at)
    named: list[str] = []
    end += body[end : end + 1].isspace()
    word = _WORD.match(body, end)
    if word and len(word[0]) > 2 and word[0].lower() in tables.scales:
        named.append(word[0].lower())
        end = word.end() + 1
        if not body[end - 1 : end].isspace():
            return None
    unit = _unit(body, end)
    if unit is None or _is_name(body, end, unit[0]):
        return None
    return _Read(at, unit[0], "unit", unit[1], numbers, to, named)


def _unit(body: str, start: int) -> tuple[int, str] | None:
    """Where the unit at ``start`` ends, and its currency."""
    tables = _tables()
    units = tables.units_by_key.get(body[start : start + _KEY].lower())
    if units:
        text = _plain(body[start : start + len(units[0])])
        for unit in units:
            if text.startswith(unit):
                end = start + len(unit)
                following = body[end : end + 1]
                if not (following.isalnum() or following == "_"):
                    return end, tables.units[unit]
    return None


def _sum(body: str, read: _Read) -> Found | None:
    """The sum with its value; None where the number cannot be read."""
    named = read.named
    first = read.numbers["a"]
    amount = number(first, _decimal(named))
    if amount is None:
        return None
    end = read.end
    to = number(read.to or "", _decimal(named))
    if to is not None and to * _FARTHEST < amount:
        if not named and read.rule == "sign":
            # "Rp 14.000 hingga 1 minggu", "Rp 860.664 - 24 bulan" are no ranges.
            end = read.numbers.end("a")
        else:
            # "50.000 hingga 5 juta yuan": the magnitude is that of the second number only.
            named = []
    scales = _tables().scales
    whole = amount * math.prod(scales[name] for name in named)
    if not math.isfinite(whole):
        # Hundreds of digits in a row are no amount, and JSON has no number for them.
        return None
    value = Money(round(whole, 2 if amount >= 1 else 6), read.currency)
    return Found(read.start, end, kinds.MONEY, 0.98, f"money:{read.rule}", value=value)


def in_words(text: Text) -> Iterator[Found]:
    """Every sum whose amount is written in words: "seratus juta rupiah".

    A capital makes a name of a unit ("Formula Tiga Euro"), unless the amount is great.
    """
    body, scales = text.body, _tables().scales
    for at in tokens_of(text, _unit_words()):
        begin = text.starts[at]
        written = numerals.before(body, begin, scales)
        unit = _unit(body, begin) if written else None
        if not written or not unit:
            continue
        start, amount = written
        if amount >= _SURELY or body[begin].islower():
            value = Money(round(amount, 2), unit[1])
            yield Found(start, unit[0], kinds.MONEY, 0.96, "money:words", value=value)


@lru_cache(maxsize=1)
def _unit_words() -> frozenset[str]:
    """The lower-cased words with which units begin."""
    return frozenset(words(unit)[0] for unit in _tables().units)


_SMALL = frozenset({"rb", "jt", "bn", "mn"})
"""Abbreviated magnitudes that count in small letters, too."""
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


def _is_name(body: str, start: int, end: int) -> bool:
    """Whether the unit is the first word of a club ("3-1 Real Madrid")."""
    return body[start:end] == "Real" and body[end : end + 2].strip().isupper()


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
