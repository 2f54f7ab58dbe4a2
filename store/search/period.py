"""Stretches of days in a query: a year, a month, a day, or two of them with ``..`` between."""

from __future__ import annotations

import re
from typing import NamedTuple

_YEAR = r"\d{4}"
_MONTH = r"(\d{4})[-/.](\d{1,2})|(\d{1,2})[-/.](\d{4})"
_ISO = r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})"
_NAMED_MONTH = r"([^\W\d_]+)\.?[\s-]+(\d{4})"


class Period(NamedTuple):
    """From ``first`` to ``last``, both included, as ISO days; None is open."""

    first: str | None
    last: str | None


def read_period(text: str) -> Period | None:
    """A year, month, day or ``a..b`` (either end may be open); None where it is no date.

    >>> read_period("2019-02")
    Period(first='2019-02-01', last='2019-02-28')
    """
    left, dots, right = text.partition("..")
    if not dots:
        return _single(text)
    first, last = _single(left), _single(right)
    if (left.strip(" .") and first is None) or (right.strip(" .") and last is None):
        return None
    if first is None and last is None:
        return None
    begin = first.first if first else None
    end = last.last if last else None
    if begin and end and begin > end and first and last:
        return Period(last.first, first.last)
    return Period(begin, end)


def _single(text: str) -> Period | None:
    # Reading dates takes larger tables than a query without any should pay for.
    from store.dates import MONTHS, day_iso, parse_date

    text = text.strip(" .")
    if re.fullmatch(_YEAR, text):
        return _span(int(text), None)
    if match := re.fullmatch(_MONTH, text):
        year, month = (match[1], match[2]) if match[1] else (match[4], match[3])
        return _span(int(year), int(month))
    if match := re.fullmatch(_ISO, text):
        day = day_iso(int(match[1]), int(match[2]), int(match[3]))
        return Period(day, day) if day else None
    if (match := re.fullmatch(_NAMED_MONTH, text)) and match[1].casefold() in MONTHS:
        return _span(int(match[2]), MONTHS[match[1].casefold()])
    day = parse_date(text)
    return Period(day, day) if day else None


def _span(year: int, month: int | None) -> Period | None:
    import calendar

    from store.dates import FIRST_YEAR, LAST_YEAR

    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    if month is None:
        return Period(f"{year}-01-01", f"{year}-12-31")
    if not 1 <= month <= 12:
        return None
    return Period(
        f"{year}-{month:02}-01", f"{year}-{month:02}-{calendar.monthrange(year, month)[1]}"
    )
