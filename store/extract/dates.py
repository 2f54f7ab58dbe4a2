"""Calendar expressions with their ISO value, resolved against the article's date.

Found are days ("Kamis (27/6/2019)", "Kamis (27/6)", "19 Juni 2025", "2 Juni"), ranges ("18-20 Juni
2025", "Januari hingga September 2017"), months with a year, and years; never a weekday or a month
alone, a duration, or a year inside a name. A missing year is the one that brings the day closest
to the article's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import Any

from store.dates import MONTHS, WEEKDAYS, day_iso, nearest_year
from store.extract import kinds, rules
from store.extract.digits import stretches, within
from store.extract.found import Found
from store.text import late, lettered, one_of

_YEAR = r"(?:19|20)\d\d"
_TO = r"\s?(?:-{1,2}|–|—|&ndash;|s\.?d\.?|sampai|hingga|sampai dengan)\s?"
# English names that are no Indonesian word: only they may stand before a day without a year.
_ENGLISH = rules.in_order("english_months")
_ORDINAL = r"(?:st|nd|rd|th)"


# As what names of weekdays and months stand while dates are looked for (``lettered``). Letters of the Yi script.
_WEEKDAY, _MONTH, _ENGLISH_MONTH = "ꀀ", "ꀁ", "ꀂ"


def _names() -> str:
    # Abbreviated weekdays ("min", "sel") are words of their own. The apostrophe of "Jum'at" may be curly.
    days = one_of(name for name in WEEKDAYS if len(name) > 3).replace("'", "['’]")
    return (
        # At the beginning of a word, or glued to one or to a number ("sampaiMei", "2Juni").
        r"(?:(?<![^\W_])|(?<=[a-z\d])(?=[A-Z]))"
        rf"(?:(?P<english>{'|'.join(_ENGLISH)})|(?i:(?P<day>{days})|(?P<month>{one_of(MONTHS)})))"
        rf"|[{_WEEKDAY}{_MONTH}{_ENGLISH_MONTH}]"
    )


_NAMES = late(_names)
_LETTERS = {"day": _WEEKDAY, "month": _MONTH, "english": _ENGLISH_MONTH, None: "_"}


def _date() -> str:
    day, month, english = (
        rf"{_WEEKDAY}++",
        rf"(?:{_MONTH}++|{_ENGLISH_MONTH}++)",
        rf"{_ENGLISH_MONTH}++",
    )
    days = rf"{day}(?:\s?(?:[-–/]|dan)\s?{day})?"
    return (
        # A date begins with a digit or a name: the many ways below are tried nowhere else.
        rf"(?=[\d{_WEEKDAY}{_MONTH}{_ENGLISH_MONTH}])(?:"
        # Kamis (27/6/2019) · Senin, (15/6) · Minggu-Senin (6-7/7/2025)
        rf"\b{days},?\s*\(\s?(?P<d1>\d{{1,2}})(?:[-–](?P<e1>\d{{1,2}}))?"
        rf"\s?[/.-]\s?(?P<m1>\d{{1,2}})(?!\d|\s?{month}\b)(?:\s?[/.-]\s?(?P<y1>\d{{4}}|\d\d)|/)?(?:\s?\)|(?=[\s.,]))"
        # Kamis (27 Juni 2019) · Sabtu-Minggu (2-3 Mei)
        rf"|\b{days},?\s*\(\s?(?P<d6>\d{{1,2}})(?:{_TO}(?P<e6>\d{{1,2}}))?[\s/](?P<m6>{month})\.?(?:[\s/](?P<y6>{_YEAR}))?\s?\)"
        # Selasa, 24 Juni 2025 · 18-20 Juni 2025 · 28 Mei · 5th of March 2025
        rf"|(?:\b{days},?\s*|(?<![\w.,/]))(?P<d2>\d{{1,2}}){_ORDINAL}?(?:{_TO}(?P<e2>\d{{1,2}}))?"
        rf"(?:\sof\s|[\s-]|)(?P<m2>{month})\b(?:\.?,?(?:\s+tahun)?[\s-](?P<y2>{_YEAR})\b|-(?P<s2>\d\d)\b(?![-:]))?"
        # Monday, June 24, 2025 · March 5
        rf"|(?:\b{day},?\s)?\b(?P<m7>{month}(?=\s\d{{1,2}}{_ORDINAL}?,\s{_YEAR}\b)|{english})"
        rf"\s(?P<d7>\d{{1,2}}){_ORDINAL}?\b(?:,\s(?P<y7>{_YEAR})\b)?(?![.,]?\d)"
        # Januari hingga September 2017 · Mei 2025
        rf"|\b(?:(?P<m3>{month}){_TO})?(?P<m4>{month})\.?,?(?:\s+tahun)?\s(?P<y4>{_YEAR})\b"
        # 27/6/2019 · Kamis 27-6-2019 · 2019-06-27
        rf"|(?<![\w/.-])(?P<y5>{_YEAR})-(?P<m5>\d\d)-(?P<d5>\d\d)(?![\w/-])"
        rf"|(?:\b{day},?\s|(?<![\w/.-]))(?P<d8>\d{{1,2}})(?P<s8>[/.-])(?P<m8>\d{{1,2}})(?P=s8)(?P<y8>{_YEAR})(?![\w/-])"
        # Sabtu malam (5/7) · di Semarang (7/4): only the day, as modifiers stay outside
        r"|(?<=[a-z]\s\()(?P<d0>\d{1,2})/(?P<m0>\d{1,2})(?=\))"
        # 2025-2029 · 2019/2020 · 1940-an · kuartal I-2025 · 2034
        rf"|(?:(?<=[a-z{_WEEKDAY}{_MONTH}{_ENGLISH_MONTH}]-)|(?<=[IV][-/])|(?<![\w.,/$-]))(?P<y9>{_YEAR})(?:\s?(?:-{{1,2}}|–|—|/)\s?(?P<z9>{_YEAR})\b|(?P<an>(?:\s?-\s?)?(?i:an)\b)\b)?(?![\w%/]|[.,]\d|-\d))"
    )


_DATE = late(_date)
# What every date holds: a year, what begins as a month right behind a digit, the first number of a bracket, or
# a day behind an English month.
_HINT = late(
    lambda: (
        rf"[0-9(](?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=\d){_ORDINAL}?(?:\sof\s|[\s/-]|(?=[A-Z]))(?i:{one_of(name[:3] for name in MONTHS)})"
        r"|(?<=\()\s?\d{1,2}(?:[-–]\d{1,2})?\s?[/.-]\s?\d"
        r"|(?<=(?:ary|rch|May|une|uly|ust|ber)\s\d))"
    )
)


_UNTIL = late(rf"{_TO}\d{{1,2}}\s(?P<month>[^\W\d_]+)\s(?P<year>{_YEAR})\b")


# A four-digit number is a year unless it counts something or names a thing ("2.000", "Rp 2000",
# "2000 ton", "IIME 2018").
_COUNTED = rules.pattern("counted", re.IGNORECASE)
# "Peraturan Menteri Perdagangan Nomor 8 Tahun 2024" is the name of a regulation.
_REGULATION = re.compile(r"\b\d+[A-Z]?\s[Tt]ahun\s\Z|\b(?:[Nn]omor|[Nn]o\.?)\s\Z")
_YEAR_BEFORE = rules.pattern("year_before")


_NEAR = 31
"""Days; so close to the article's own date a figure in brackets is a day."""

# "Januari sampai dengan Oktober tahun 2017" begins 36 characters before its year, "Minggu dan Senin, 18
# sampai dengan 20 Juni" 38 before its month; "20 Juni tahun 2017" has 7 between them.
_BEFORE, _AFTER = 64, 18


def find(body: str, on: str | None) -> Iterator[Found]:
    """Every date in the text; ``on`` is the article's date (ISO), None if unknown.

    A day without a year has no value where ``on`` is None.
    """
    for match in _matches(body):
        kind = next(k for k in _RESOLVE if match[k])
        resolved = _RESOLVE[kind](_Said(match, body), on)
        if resolved is None:
            continue
        value, rule, score = resolved
        if kind == "y9" and not _is_year(body, match):
            continue
        yield Found(match.start(), match.end(), kinds.DATE, score, f"dates:{rule}", value=value)


def _matches(body: str) -> Iterator[re.Match[str]]:
    """What looks like a date, found in the stretches around hints."""
    around = list(stretches(_HINT, body, before=_BEFORE, after=_AFTER))
    seen = lettered(_NAMES, _LETTERS, body, ((start, end) for start, _, end in around))
    return within(_DATE, seen, around)


def _is_year(body: str, match: re.Match[str]) -> bool:
    if match["z9"] or match["an"]:
        return True
    if _COUNTED.match(body, match.end()):
        return False
    before = body[max(0, match.start() - 24) : match.start()]
    if _REGULATION.search(before):
        return False
    word = before.split()[-1] if before.split() else ""
    if _YEAR_BEFORE.search(before) or (
        before.isupper() and _YEAR_BEFORE.search(before.lower())  # text in capitals
    ):
        return True
    # After a capitalised word it is the edition of a name, which the agreement stage claims.
    return not word[:1].isupper() and not word.endswith(("$", "€", "£")) and not word[:1].isdigit()


def _month(name: str) -> int:
    return MONTHS[name.lower().rstrip(".")]


def _full_year(text: str) -> int:
    year = int(text)
    return year + 2000 if year < 100 else year


def _days(first: int, last: str | None, month: int, year: str | None, on: str | None) -> str | None:
    if not 1 <= month <= 12:
        return None
    if year is None and on is None:
        # The day may still be impossible in any year.
        return "" if day_iso(2000, month, first) else None
    number = _full_year(year) if year else nearest_year(first, month, on or "")
    start = day_iso(number, month, first)
    if start is None or last is None:
        return start
    end = day_iso(number, month, int(last))
    return f"{start}/{end}" if end else None


class _Said:
    """What was matched, in the words of the text."""

    __slots__ = ("body", "end", "span", "start")

    def __init__(self, match: re.Match[str], body: str) -> None:
        self.body = body
        self.start, self.end, self.span = match.start, match.end, match.span

    def __getitem__(self, group: str | int) -> Any:
        """As of a match: None where the group is not in it."""
        start, end = self.span(group)
        return None if start < 0 else self.body[start:end]


_Resolved = tuple[str | None, str, float] | None


def _slashed(said: _Said, on: str | None) -> _Resolved:
    first, month = int(said["d1"]), int(said["m1"])
    value = _days(first, said["e1"], month, said["y1"], on)
    swapped = _days(month, None, first, said["y1"], on)
    # "Selasa (6/10/2025)" in an article of June is the tenth of June: the American order is taken
    # when it lies within a week of the article and the usual one more than a month away, unless that
    # one is the weekday it is said to be.
    if (
        value
        and swapped
        and on
        and said["e1"] is None
        and date.fromisoformat(value).weekday() != _weekday(said[0])
        and _apart(value, on) > _NEAR
        and _apart(swapped, on) <= 7
    ):
        return swapped, "weekday-slash-swapped", 0.9
    return (value or None, "weekday-slash", 0.99) if value is not None else None


def _weekday(said: str) -> int | None:
    """0 (Monday) to 6 for what begins with the name of a weekday."""
    name = re.split(r"[^a-z'’]", said.lower(), maxsplit=1)[0]
    return WEEKDAYS.get(name.replace("’", "'"))


def _apart(a: str, b: str) -> int:
    return abs((date.fromisoformat(a[:10]) - date.fromisoformat(b[:10])).days)


def _bracketed(said: _Said, on: str | None) -> _Resolved:
    value = _days(int(said["d6"]), said["e6"], _month(said["m6"]), said["y6"], on)
    return (value or None, "weekday-month", 0.99) if value is not None else None


def _written(said: _Said, on: str | None) -> _Resolved:
    year = said["y2"] or said["s2"]
    if year is None and said.body[said.start("m2") - 1] == "-":
        # "5-Jan Vertonghen" is a player with a number.
        return None
    until = None if year else _UNTIL.match(said.body, said.end())
    if until and until["month"].lower() in MONTHS:
        # "28 Desember-2 Januari 2024": the year of the end, or the one before it.
        year = str(int(until["year"]) - (_month(said["m2"]) > _month(until["month"])))
    value = _days(int(said["d2"]), said["e2"], _month(said["m2"]), year, on)
    rule = "day-month-year" if said["y2"] else "day-month"
    return (value or None, rule, 0.98) if value is not None else None


def _english(said: _Said, on: str | None) -> _Resolved:
    if said.body.endswith("Long ", 0, said.start()):
        # "Long March 7" is a rocket.
        return None
    value = _days(int(said["d7"]), None, _month(said["m7"]), said["y7"], on)
    return (value or None, "month-day-year", 0.97) if value is not None else None


def _alone(said: _Said, on: str | None) -> _Resolved:
    """ "(7/4)" without its weekday; "(1/2)" may as well be the first part of two."""
    first = int(said["d0"])
    value = _days(first, None, int(said["m0"]), None, on)
    if value is None or (_apart(value, on) > _NEAR if on else first <= 12):
        return None
    return value or None, "slash-alone", 0.9


def _months(said: _Said, on: str | None) -> _Resolved:
    end = f"{said['y4']}-{_month(said['m4']):02d}"
    if said["m3"]:
        return f"{said['y4']}-{_month(said['m3']):02d}/{end}", "months", 0.97
    return end, "month-year", 0.98


def _iso(said: _Said, on: str | None) -> _Resolved:
    value = day_iso(int(said["y5"]), int(said["m5"]), int(said["d5"]))
    return (value, "iso", 0.97) if value else None


def _numeric(said: _Said, on: str | None) -> _Resolved:
    value = _days(int(said["d8"]), None, int(said["m8"]), said["y8"], on)
    return (value, "slash", 0.95) if value else None


def _years(said: _Said, on: str | None) -> _Resolved:
    year = said["y9"]
    if said["an"]:
        return f"{year}/{int(year) + 9}", "decade", 0.95
    if said["z9"]:
        return (f"{year}/{said['z9']}", "years", 0.95) if said["z9"] > year else None
    return year, "year", 0.93


_RESOLVE = {
    "d1": _slashed,
    "d6": _bracketed,
    "d2": _written,
    "m7": _english,
    "m4": _months,
    "y5": _iso,
    "d8": _numeric,
    "d0": _alone,
    "y9": _years,
}
