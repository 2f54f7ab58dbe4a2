"""Calendar expressions with their ISO value, resolved against the article's date.

Found are days ("Kamis (27/6/2019)", "Kamis (27/6)", "19 Juni 2025", "2 Juni"), ranges ("18-20 Juni
2025", "Januari hingga September 2017"), months with a year, and years; never a weekday or a month
alone, a duration, or a year inside a name. A missing year is the one that brings the day closest
to the article's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

from store.dates import MONTHS, WEEKDAYS, day_iso, nearest_year
from store.extract import rules
from store.extract.digits import near
from store.extract.found import Found
from store.extract.present import Present
from store.records import MentionType
from store.text import first_letter, late, one_of

_YEAR = r"(?:19|20)\d\d"
_TO = r"\s?(?:-{1,2}|–|—|&ndash;|s\.?d\.?|sampai|hingga|sampai dengan)\s?"
# English names that are no Indonesian word: only they may stand before a day without a year.
_ENGLISH = rules.in_order("english_months")
_ORDINAL = r"(?:st|nd|rd|th)"


class _Patterns(NamedTuple):
    """The patterns of dates with the names of some months and weekdays."""

    date: re.Pattern[str]
    hint: re.Pattern[str]
    """What every date holds: a year, a month right behind a digit, the first number of a bracket, or a day
    behind an English month."""


def _patterns(names: tuple[str, ...]) -> _Patterns:
    # Abbreviated weekdays ("min", "sel") are words of their own. The apostrophe of "Jum'at" may be curly.
    days = _any(name for name in names if name in WEEKDAYS).replace("'", "['’]")
    month = _any(name for name in names if name in MONTHS)
    english = "|".join(name for name in _ENGLISH if name.lower() in names) or _NOTHING
    begins = first_letter(names) or _NOTHING
    return _Patterns(_date(days, month, english, begins), _hint(month))


def _date(name: str, month: str, english: str, begins: str) -> re.Pattern[str]:
    days = rf"(?i:{name})(?:\s?(?:[-–/]|dan)\s?(?i:{name}))?"
    return re.compile(
        # A date begins with a digit or a name: the many ways below are tried nowhere else.
        rf"(?=\d|\b{begins})(?:"
        # Kamis (27/6/2019) · Senin, (15/6) · Minggu-Senin (6-7/7/2025)
        rf"\b{days},?\s*\(\s?(?P<d1>\d{{1,2}})(?:[-–](?P<e1>\d{{1,2}}))?"
        rf"\s?[/.-]\s?(?P<m1>\d{{1,2}})(?!\d|\s?(?i:{month})\b)(?:\s?[/.-]\s?(?P<y1>\d{{4}}|\d\d)|/)?(?:\s?\)|(?=[\s.,]))"
        # Kamis (27 Juni 2019) · Sabtu-Minggu (2-3 Mei)
        rf"|\b{days},?\s*\(\s?(?P<d6>\d{{1,2}})(?:{_TO}(?P<e6>\d{{1,2}}))?[\s/](?P<m6>(?i:{month}))\.?(?:[\s/](?P<y6>{_YEAR}))?\s?\)"
        # Selasa, 24 Juni 2025 · 18-20 Juni 2025 · 28 Mei · 5th of March 2025
        rf"|(?:\b{days},?\s*|(?<![\w.,/]))(?P<d2>\d{{1,2}}){_ORDINAL}?(?:{_TO}(?P<e2>\d{{1,2}}))?"
        rf"(?:\sof\s|[\s-]|(?=[A-Z]))(?P<m2>(?i:{month}))\b(?:\.?,?(?:\s+tahun)?[\s-](?P<y2>{_YEAR})\b|-(?P<s2>\d\d)\b(?![-:]))?"
        # Monday, June 24, 2025 · March 5
        rf"|(?:\b(?i:{name}),?\s)?\b(?P<m7>(?i:{month})(?=\s\d{{1,2}}{_ORDINAL}?,\s{_YEAR}\b)|{english})"
        rf"\s(?P<d7>\d{{1,2}}){_ORDINAL}?\b(?:,\s(?P<y7>{_YEAR})\b)?(?![.,]?\d)"
        # Januari hingga September 2017 · Mei 2025
        rf"|\b(?:(?P<m3>(?i:{month})){_TO})?(?P<m4>(?i:{month}))\.?,?(?:\s+tahun)?\s(?P<y4>{_YEAR})\b"
        # 27/6/2019 · Kamis 27-6-2019 · 2019-06-27
        rf"|(?<![\w/.-])(?P<y5>{_YEAR})-(?P<m5>\d\d)-(?P<d5>\d\d)(?![\w/-])"
        rf"|(?:\b(?i:{name}),?\s|(?<![\w/.-]))(?P<d8>\d{{1,2}})(?P<s8>[/.-])(?P<m8>\d{{1,2}})(?P=s8)(?P<y8>{_YEAR})(?![\w/-])"
        # Sabtu malam (5/7) · di Semarang (7/4): only the day, as modifiers stay outside
        r"|(?<=[a-z]\s\()(?P<d0>\d{1,2})/(?P<m0>\d{1,2})(?=\))"
        # 2025-2029 · 2019/2020 · 1940-an · kuartal I-2025 · 2034
        rf"|(?:(?<=[a-z]-)|(?<=[IV][-/])|(?<![\w.,/$-]))(?P<y9>{_YEAR})(?:\s?(?:-{{1,2}}|–|—|/)\s?(?P<z9>{_YEAR})\b|(?P<an>(?:\s?-\s?)?(?i:an)\b)\b)?(?![\w%/]|[.,]\d|-\d))"
    )


def _hint(month: str) -> re.Pattern[str]:
    return re.compile(
        rf"[\d(](?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=\d){_ORDINAL}?(?:\sof\s|[\s/-]|(?=[A-Z]))(?i:{month})"
        r"|(?<=\()\s?\d{1,2}(?:[-–]\d{1,2})?\s?[/.-]\s?\d"
        r"|(?<=(?:ary|rch|May|une|uly|ust|ber)\s\d))"
    )


_NOTHING = "(?!)"


def _any(names: Iterable[str]) -> str:
    """Any of the names; what nothing fits where there is none."""
    return one_of(names) or _NOTHING


NAMES = (*(name for name in WEEKDAYS if len(name) > 3), *MONTHS)
PATTERNS = Present(NAMES, _patterns)


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
    patterns = PATTERNS.in_text(body)
    for match in near(patterns.hint, patterns.date, body, before=_BEFORE, after=_AFTER):
        kind = next(k for k in _RESOLVE if match[k])
        resolved = _RESOLVE[kind](match, on)
        if resolved is None:
            continue
        value, rule, score = resolved
        end = match.end()
        if kind == "y9" and not _is_year(body, match):
            continue
        yield Found(match.start(), end, MentionType.DATE, score, f"dates:{rule}", value=value)


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


_Resolved = tuple[str | None, str, float] | None


def _slashed(match: re.Match[str], on: str | None) -> _Resolved:
    first, month = int(match["d1"]), int(match["m1"])
    value = _days(first, match["e1"], month, match["y1"], on)
    swapped = _days(month, None, first, match["y1"], on)
    # "Selasa (6/10/2025)" in an article of June is the tenth of June: the American order is taken
    # when it lies within a week of the article and the usual one more than a month away, unless that
    # one is the weekday it is said to be.
    if (
        value
        and swapped
        and on
        and match["e1"] is None
        and date.fromisoformat(value).weekday() != _weekday(match[0])
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


def _bracketed(match: re.Match[str], on: str | None) -> _Resolved:
    value = _days(int(match["d6"]), match["e6"], _month(match["m6"]), match["y6"], on)
    return (value or None, "weekday-month", 0.99) if value is not None else None


def _written(match: re.Match[str], on: str | None) -> _Resolved:
    year = match["y2"] or match["s2"]
    if year is None and match.string[match.start("m2") - 1] == "-":
        # "5-Jan Vertonghen" is a player with a number.
        return None
    until = None if year else _UNTIL.match(match.string, match.end())
    if until and until["month"].lower() in MONTHS:
        # "28 Desember-2 Januari 2024": the year of the end, or the one before it.
        year = str(int(until["year"]) - (_month(match["m2"]) > _month(until["month"])))
    value = _days(int(match["d2"]), match["e2"], _month(match["m2"]), year, on)
    rule = "day-month-year" if match["y2"] else "day-month"
    return (value or None, rule, 0.98) if value is not None else None


def _english(match: re.Match[str], on: str | None) -> _Resolved:
    if match.string.endswith("Long ", 0, match.start()):
        # "Long March 7" is a rocket.
        return None
    value = _days(int(match["d7"]), None, _month(match["m7"]), match["y7"], on)
    return (value or None, "month-day-year", 0.97) if value is not None else None


def _alone(match: re.Match[str], on: str | None) -> _Resolved:
    """ "(7/4)" without its weekday; "(1/2)" may as well be the first part of two."""
    first = int(match["d0"])
    value = _days(first, None, int(match["m0"]), None, on)
    if value is None or (_apart(value, on) > _NEAR if on else first <= 12):
        return None
    return value or None, "slash-alone", 0.9


def _months(match: re.Match[str], on: str | None) -> _Resolved:
    end = f"{match['y4']}-{_month(match['m4']):02d}"
    if match["m3"]:
        return f"{match['y4']}-{_month(match['m3']):02d}/{end}", "months", 0.97
    return end, "month-year", 0.98


def _iso(match: re.Match[str], on: str | None) -> _Resolved:
    value = day_iso(int(match["y5"]), int(match["m5"]), int(match["d5"]))
    return (value, "iso", 0.97) if value else None


def _numeric(match: re.Match[str], on: str | None) -> _Resolved:
    value = _days(int(match["d8"]), None, int(match["m8"]), match["y8"], on)
    return (value, "slash", 0.95) if value else None


def _years(match: re.Match[str], on: str | None) -> _Resolved:
    year = match["y9"]
    if match["an"]:
        return f"{year}/{int(year) + 9}", "decade", 0.95
    if match["z9"]:
        return (f"{year}/{match['z9']}", "years", 0.95) if match["z9"] > year else None
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
