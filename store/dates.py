"""Calendar days out of raw strings: month and weekday names, the many ways the press writes a date.

Every day is an ISO ``YYYY-MM-DD`` string of Asia/Jakarta (UTC+7 all year round since 1988). A string
that carries a clock time with a zone is moved to Jakarta; one without a zone is taken as it stands.
Looks at no article: which of several dates is the publication date is for ``store.ingest`` to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache
from types import MappingProxyType

from store.text import late, one_of

JAKARTA = timezone(timedelta(hours=7), "WIB")

FIRST_YEAR = 1900
LAST_YEAR = 2099

# Indonesian and English names and abbreviations of CLDR 44, the Malay ones, and the older or looser
# Indonesian spellings that the press still prints (Pebruari, Nopember, Agt, Nop).
_MONTH_NAMES = (
    "januari january jan",
    "februari february feb pebruari peb febr febuari",
    "maret march mar mac mrt",
    "april apr",
    "mei may",
    "juni june jun",
    "juli july jul julai",
    "agustus august aug agu agt ags agst ogos agus",
    "september sep sept",
    "oktober october okt oct",
    "november nov nopember nop",
    "desember december des dec disember",
)
MONTHS: Mapping[str, int] = MappingProxyType(
    {name: number for number, names in enumerate(_MONTH_NAMES, 1) for name in names.split()}
)
"""Lower-case month name → 1-12."""

_WEEKDAY_NAMES = (
    "senin monday mon sen isnin",
    "selasa tuesday tue tues sel",
    "rabu wednesday wed rab",
    "kamis thursday thu thur thurs kam khamis",
    "jumat jum'at friday fri jum jumaat",
    "sabtu saturday sat sab",
    "minggu sunday sun min ahad",
)
WEEKDAYS: Mapping[str, int] = MappingProxyType(
    {name: number for number, names in enumerate(_WEEKDAY_NAMES) for name in names.split()}
)
"""Lower-case weekday name (straight apostrophe) → 0 (Monday) to 6, as ``date.weekday``."""


_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?(?![0-9-])")


def day_iso(year: int, month: int, day: int) -> str | None:
    """The ISO form, None where there is no such day or the year is outside 1900-2099."""
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def iso_of(text: str | None) -> str | None:
    """``text`` up to its day where it is an ISO day, month or year from 1900 to 2099, else None."""
    match = _ISO.match(text) if text else None
    if match is None:
        return None
    year, month, day = (int(part or 1) for part in match.groups())
    return match[0] if day_iso(year, month, day) else None


def nearest_year(day: int, month: int, near: str) -> int:
    """The year that puts ``day``/``month`` closest to ``near`` (an ISO day, month or year).

    A day that does not exist in a year (29 February) is looked for two years further.
    """
    padded = near + ("-07-01", "-15")[len(near) > 4] if len(near) < 10 else near[:10]
    centre = date.fromisoformat(padded)
    best, distance = centre.year, None
    for year in range(centre.year - 2, centre.year + 3):
        try:
            away = abs((date(year, month, day) - centre).days)
        except ValueError:
            continue
        if distance is None or away < distance:
            best, distance = year, away
    return best


_ANY_MONTH = one_of(MONTHS)
_DAY = rf"""
    (?<![\d.])(?P<y1>\d{{4}})\s?(?P<sep1>[-/.])\s?(?P<m1>\d{{1,2}})\s?(?P=sep1)\s?(?P<d1>\d{{1,2}})(?!\d)
  | (?<![\d.])(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[-./\s]*(?P<n2>{_ANY_MONTH})(?![a-z])
        (?:[-./,\s']*(?P<y2>(?:19|20)\d{{2}}|(?<=')\d{{2}}|(?<=-)\d{{2}})(?!\d))?
  | \b(?P<n3>{_ANY_MONTH})[.\s]+(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<y3>(?:19|20)\d{{2}}))(?!\d)
  | (?<![\d.])(?P<a4>\d{{1,2}})\s?(?P<sep4>[-/.])\s?(?P<b4>\d{{1,2}})\s?(?P=sep4)\s?
        (?P<y4>(?:19|20)\d{{2}}|(?<=[-/])\d{{2}})(?!\d)
  | (?<!\d)(?P<y5>(?:19|20)\d{{2}})(?P<m5>0[1-9]|1[0-2])(?P<d5>0[1-9]|[12]\d|3[01])(?!\d{{1,3}}(?!\d))
        (?:t(?P<h5>\d\d)(?P<i5>\d\d)(?:\d\d)?(?P<z5>z\b|[+-]\d\d:?\d\d))?
  | \b(?P<n6>{_ANY_MONTH})\s+(?P<d6>\d{{1,2}})\s+(?P<h6>\d\d):(?P<i6>\d\d):\d\d\s+
        (?:(?P<z6>[+-]\d{{4}}|[a-z]{{1,4}})\s+)?(?P<y6>(?:19|20)\d\d)(?!\d)
"""
_CLOCK = r"""
    (?:(?:t|[\s,|\-–—()]|at\b|pukul\b|jam\b|pkl\b|sun\b|mon\b|tue\b|wed\b|thu\b|fri\b|sat\b)*
       (?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.]\d{2})?(?:[.,]\d{1,9})?
       \s*(?P<half>[ap]\.?m\b)?\s*\(?
       (?P<zone>wita\b|wit\b|wib\b|z\b|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?(?!\d)|utc\b|gmt\b|[ecmp][sd]t\b)?)?
"""
_DATE = late(f"(?:{_DAY}){_CLOCK}", re.VERBOSE)
# What stands before the publication date where a string names several.
_PUBLISHED = late(r"terbit|tayang|publish|posted|publikasi|dipublikasikan|dibuat|created")
_NAMED_ZONES = {
    "wib": 7, "wita": 8, "wit": 9, "z": 0, "utc": 0, "gmt": 0,
    "est": -5, "edt": -4, "cst": -6, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_ISO_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z")
_EPOCH = re.compile(r"(\d{9,10})(\d{3})?(?:\.\d+)?\Z")
_RELATIVE = late(
    r"\b(?:(?P<n>\d{1,3}|se)\s?(?P<unit>detik|menit|jam|hari|minggu|pekan|seconds?|min(?:ute)?s?|hours?|days?|weeks?)"
    r"\s?(?:yang\s|yg\s)?(?:lalu|ago)|(?P<word>hari ini|today|baru saja|just now|kemarin|yesterday))\b"
)
_FEWEST_DIGITS = 4
"""Digits of a day without the name of its month ("1/2/19")."""
# Longer than any real date field; a text this long is prose.
_LONGEST = 400


@lru_cache(maxsize=16384)
def parse_date(text: str, *, today: str | None = None) -> str | None:
    """The day that a raw date string names, None where it names none.

    Day comes before month unless that is impossible ("10/21/2025"). Of several days the one called
    published wins, else the first. A day without a year, and "2 jam lalu", need ``today``.
    """
    text = text.strip()
    if _ISO_DAY.match(text):
        return day_iso(int(text[:4]), int(text[5:7]), int(text[8:]))
    if not text or len(text) > _LONGEST:
        return None
    epoch = _EPOCH.match(text)
    if epoch:
        return _from_epoch(int(epoch.group(1)))
    folded = text.lower().replace("\xa0", " ").replace("’", "'")
    found: str | None = None
    end = 0
    for start, stop, day in _days(folded, today):
        if _PUBLISHED.search(folded, end, start):
            return day
        found = found or day
        end = stop
    if found is None and today is not None:
        found = _relative(folded, today)
    return found


def _days(folded: str, today: str | None) -> Iterator[tuple[int, int, str]]:
    digits = sum(map(str.isdecimal, folded))
    if digits < _FEWEST_DIGITS and not (digits and any(name in folded for name in MONTHS)):
        return
    at = 0
    while match := _DATE.search(folded, at):
        day = _read(match, today)
        if day is not None:
            yield match.start(), match.end(), day
        # An impossible day may hide a possible one that begins inside it.
        at = match.end() if day else match.start() + 1


def _read(match: re.Match[str], today: str | None) -> str | None:
    get = match.group
    if get("y1"):
        day = day_iso(int(get("y1")), int(get("m1")), int(get("d1")))
    elif get("n2"):
        number, month = int(get("d2")), MONTHS[get("n2")]
        year = _year(get("y2")) if get("y2") else None
        if year is None and today is not None and 1 <= number <= 31:
            year = nearest_year(number, month, today)
        day = day_iso(year, month, number) if year else None
    elif get("n3"):
        day = day_iso(int(get("y3")), MONTHS[get("n3")], int(get("d3")))
    elif get("y4"):
        day = _day_first(int(get("a4")), int(get("b4")), _year(get("y4")))
    elif get("y5"):
        day = day_iso(int(get("y5")), int(get("m5")), int(get("d5")))
    else:
        day = day_iso(int(get("y6")), MONTHS[get("n6")], int(get("d6")))
    for hour, minute, zone in (("hour", "minute", "zone"), ("h5", "i5", "z5"), ("h6", "i6", "z6")):
        if day and get(hour) and get(zone):
            return _in_jakarta(day, int(get(hour)), int(get(minute)), get("half"), get(zone))
    return day


def _day_first(first: int, second: int, year: int) -> str | None:
    return day_iso(year, second, first) or day_iso(year, first, second)


def _year(digits: str) -> int:
    year = int(digits)
    if len(digits) == 2:
        return year + (2000 if year < 70 else 1900)
    return year


def _in_jakarta(day: str, hour: int, minute: int, half: str | None, zone: str) -> str:
    if half:
        hour = hour % 12 + (12 if half[0] == "p" else 0)
    if hour > 23 or minute > 59:
        return day
    offset = _offset(zone)
    moment = datetime.fromisoformat(day).replace(hour=hour, minute=minute, tzinfo=offset)
    return moment.astimezone(JAKARTA).date().isoformat()


def _offset(zone: str) -> timezone:
    named = _NAMED_ZONES.get(zone)
    if named is not None:
        return timezone(timedelta(hours=named))
    sign = -1 if "-" in zone else 1
    digits = re.sub(r"\D", "", zone)
    if not digits:
        return JAKARTA
    hours, minutes = (int(digits[:-2]), int(digits[-2:])) if len(digits) > 2 else (int(digits), 0)
    # The widest offset in use is +14:00; anything beyond is no zone.
    if hours > 14 or minutes > 59:
        return JAKARTA
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _from_epoch(seconds: int) -> str | None:
    moment = datetime.fromtimestamp(seconds, UTC).astimezone(JAKARTA)
    return day_iso(moment.year, moment.month, moment.day)


def _relative(folded: str, today: str) -> str | None:
    match = _RELATIVE.search(folded)
    if match is None:
        return None
    days = 0
    if match["word"]:
        days = 1 if match["word"] in ("kemarin", "yesterday") else 0
    else:
        count = 1 if match["n"] == "se" else int(match["n"])
        if match["unit"].startswith(("hari", "day")):
            days = count
        elif match["unit"].startswith(("minggu", "pekan", "week")):
            days = 7 * count
    return (date.fromisoformat(today) - timedelta(days=days)).isoformat()
