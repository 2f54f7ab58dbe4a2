"""The day a text was published, from what the text, its file name or its address says.

Measured when the rule was chosen, on 8,638 articles of the evaluation pool with a known date (fact-check
sites left out): where a text names such a day, the latest past one with the right weekday is the day of
publication or the day before in 87 %, the first named one in 81 %. All rules together:
``python -m bench.ingest_quality``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from store.boilerplate.datelines import DATE_PREFIX
from store.dates import MONTHS, WEEKDAYS, day_iso, nearest_year, parse_date
from store.text import late

_MONTH = "|".join(sorted((name for name in MONTHS if len(name) > 2), key=len, reverse=True))
_DAY = re.compile(
    r"(?<![\d/.,:-])(?P<day>[0-3]?\d)(?:\s?[/]\s?(?P<month>[01]?\d)(?:\s?[/]\s?(?P<year>(?:20|19)?\d\d))?(?![\d/])"
    rf"|\s(?P<name>{_MONTH})\s(?P<named_year>(?:20|19)\d\d)(?!\d))",
    re.IGNORECASE,
)
_WEEKDAY = "|".join(sorted((name for name in WEEKDAYS if len(name) > 3), key=len, reverse=True))
_BEFORE = re.compile(rf"(?P<weekday>\b(?:{_WEEKDAY}))?[\s,]*(?P<bracket>\()?\s*\Z", re.IGNORECASE)
_BEFORE_REACH = 16
# Words before or after a day that put it into the future or at the end of a period.
_AHEAD = re.compile(
    r"\b(?:akan|mendatang|nanti|hingga|sampai|besok|dijadwalkan|rencananya|depan|mulai|berakhir|jatuh tempo|sebelum)\b",
    re.IGNORECASE,
)
_AHEAD_AFTER = re.compile(r"\s*\)?\s*(?:mendatang|nanti|depan|besok)\b", re.IGNORECASE)
_AHEAD_REACH = 60
_DATELINE_REACH = 120
_YEAR = late(r"(?<![\d.,])(20[0-4]\d)(?![.,]?\d)")
_NAME_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)([-_./]?)(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)"
)


class _Day(NamedTuple):
    start: int
    day: int
    month: int
    year: int | None
    weekday: int | None
    bracketed: bool
    ahead: bool

    @property
    def iso(self) -> str | None:
        return day_iso(self.year, self.month, self.day) if self.year else None

    @property
    def agrees(self) -> bool:
        """Whether the printed weekday is that of the day."""
        return self.iso is not None and date.fromisoformat(self.iso).weekday() == self.weekday


def date_of_name(name: str) -> str | None:
    """A full day in a file name or address (``2019-06-27``, ``20190627``, ``/2019/06/27/``)."""
    for match in _NAME_DATE.finditer(name):
        # Without separators only eight digits are a day; "20191" is a number.
        if match[2] or len(match[3]) == len(match[4]) == 2:
            return day_iso(int(match[1]), int(match[3]), int(match[4]))
    return None


def date_of_text(text: str, *, near: str | None = None) -> str | None:
    """The publication date that the text itself names, None where it names none.

    ``near`` (an ISO month or year) gives the year of days printed without one; where it is missing,
    the latest year the text speaks of does, if the weekday fits.
    """
    prefix = DATE_PREFIX.match(text)
    if prefix:
        stated = parse_date(prefix["value"])
        if stated:
            return stated
        near = near or prefix["value"][:7]
    days = list(_days(text))
    return (
        (_without_year(days, near) if near else None)
        or _best(days)
        or _in_dateline(days)
        or _by_latest_year(days, text)
    )


def _days(text: str) -> Iterator[_Day]:
    for match in _DAY.finditer(text):
        before = _BEFORE.search(text, max(0, match.start() - _BEFORE_REACH), match.start())
        weekday = before["weekday"] if before else None
        bracketed = bool(before and before["bracket"])
        year = match["year"] or match["named_year"]
        start = before.start() if before else match.start()
        yield _Day(
            start,
            int(match["day"]),
            int(match["month"]) if match["month"] else MONTHS[match["name"].lower()],
            (int(year) if len(year) == 4 else 2000 + int(year)) if year else None,
            WEEKDAYS[weekday.lower().replace("’", "'")] if weekday else None,
            bracketed and match["name"] is None,
            _is_ahead(text, start, match.end()),
        )


def _is_ahead(text: str, start: int, end: int) -> bool:
    clause = max(text.rfind(mark, 0, start) for mark in ".\n")
    return (
        _AHEAD.search(text, max(clause + 1, start - _AHEAD_REACH), start) is not None
        or _AHEAD_AFTER.match(text, end) is not None
    )


def _best(days: list[_Day]) -> str | None:
    """The latest of the most trustworthy days: weekday right and in brackets; weekday right; day and
    month swapped by the writer; brackets alone; weekday wrong."""
    past = [day for day in days if not day.ahead and day.iso]
    return (
        _latest(day.iso for day in past if day.agrees and day.bracketed)
        or _latest(day.iso for day in past if day.agrees)
        or _latest(_swapped(day) for day in past)
        or _latest(day.iso for day in past if day.bracketed)
        or _latest(day.iso for day in past if day.weekday is not None)
    )


def _latest(days: Iterator[str | None]) -> str | None:
    return max((day for day in days if day), default=None)


def _swapped(day: _Day) -> str | None:
    """ "Selasa (6/10/2025)" is Tuesday, 10 June: only then does the weekday fit."""
    if day.weekday is None or day.year is None:
        return None
    other = day_iso(day.year, day.day, day.month)
    return other if other and date.fromisoformat(other).weekday() == day.weekday else None


def _without_year(days: list[_Day], near: str) -> str | None:
    for day in days:
        if day.year is None and day.weekday is not None and not day.ahead:
            found = (
                day_iso(nearest_year(day.day, day.month, near), day.month, day.day)
                if day_iso(2000, day.month, day.day)
                else None
            )
            if found:
                return found
    return None


def _in_dateline(days: list[_Day]) -> str | None:
    """ "Sydney, 14 Juli 2026 - …": a full day in the opening words."""
    if days and days[0].start < _DATELINE_REACH and not days[0].ahead:
        return days[0].iso
    return None


def _by_latest_year(days: list[_Day], text: str) -> str | None:
    """Bracketed days without a year, in the text's latest past year where that makes a weekday right."""
    bare = [day for day in days if day.year is None and day.bracketed and not day.ahead]
    if not bare:
        return None
    this_year = date.today().year
    year = max((y for y in map(int, _YEAR.findall(text)) if y <= this_year), default=None)
    found = (_Day(d.start, d.day, d.month, year, d.weekday, True, d.ahead) for d in bare)
    return _latest(day.iso for day in found if day.agrees)
