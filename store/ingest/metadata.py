"""Title, publication date and outlet of a text whose source did not give them.

Only what stands in the text, in its file name or in its address is used; what is not there stays
None. A title is always made: the first sentence, without its dateline.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from store.boilerplate.datelines import find_dateline, outlet_names
from store.dates import WEEKDAYS, day_iso, nearest_year, parse_date
from store.records import Span
from store.text import sentences

TITLE_LENGTH = 120
"""A derived title is cut at a word near this many characters."""

_HEAD = 3000
# "date 2019-06", "Tanggal: 27 Juni 2019": what exports and scrapers write before the text (seed 004).
_DATE_PREFIX = re.compile(
    r"\s*(?:date|tanggal|tgl|published|published at)\s*[:=]?\s*"
    r"(?P<value>(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?|[^\n]{6,60}?(?:19|20)\d\d)",
    re.IGNORECASE,
)
_WEEKDAY = "|".join(sorted(WEEKDAYS, key=len, reverse=True))
# "Kamis (27/6/2019)", "Kamis (27/6)": the day a report speaks of, in the press's own form.
_REPORT_DAY = re.compile(
    rf"\b(?P<weekday>{_WEEKDAY})[,\s]*\(\s*(?P<day>\d{{1,2}})\s?[/.-]\s?(?P<month>\d{{1,2}})"
    r"(?:\s?[/.-]\s?(?P<year>(?:19|20)?\d\d))?\s*\)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\(\s*(\d{1,2})\s?/\s?(\d{1,2})\s?/\s?((?:19|20)\d\d)\s*\)")
_NAME_DATE = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-_./]?(0[1-9]|1[0-2])[-_./]?(0[1-9]|[12]\d|3[01])(?!\d)"
)
# A site in a file name, its dots as they are or written as dashes or underscores.
_NAME_SITE = re.compile(
    r"(?<![a-z0-9])((?:[a-z0-9]+[._-])?[a-z0-9]{2,30})[._-](com|co[._-]id|go[._-]id|ac[._-]id|or[._-]id|id|co|net|news|org)"
    r"(?![a-z0-9])",
    re.IGNORECASE,
)
# "Follow WhatsApp Channel Okezone", "Ikuti Google News Liputan6.com": the site names itself.
_FOLLOW = re.compile(
    r"(?:follow|ikuti|gabung)[^\n]{0,40}?(?:whatsapp|google news|telegram)(?: channel)?\s+"
    r"(?P<name>[A-Z][\w.]+(?: Indonesia)?)",
    re.IGNORECASE,
)


def prefix_end(text: str) -> int:
    """Where a leading ``date 2019-06`` ends (0 where there is none)."""
    match = _DATE_PREFIX.match(text)
    return match.end() if match else 0


def outlet_of_url(url: str | None) -> str | None:
    """``https://www.kompas.com/x`` → ``kompas.com``; None where there is no host."""
    if not url:
        return None
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname
    except ValueError:
        return None
    return host.removeprefix("www.").removeprefix("m.") if host and "." in host else None


def outlet_of_name(name: str) -> str | None:
    """The site that a file name carries (``05_detik-com_bd4.txt`` → ``detik.com``)."""
    stem = re.sub(r"\.(?:txt|html?|md|json|gz)\Z", "", name.rsplit("/", 1)[-1], flags=re.IGNORECASE)
    stem = re.sub(r"\A[\d_ -]+", "", stem)
    match = _NAME_SITE.search(stem)
    if match is None:
        return None
    return re.sub(r"[_-]", ".", f"{match[1]}.{match[2]}").lower().removeprefix("www.")


def outlet_of_text(text: str) -> str | None:
    """The outlet in the dateline, else the one a "follow us" line names."""
    dateline = find_dateline(text, prefix_end(text))
    if dateline:
        return dateline.outlet
    for match in _FOLLOW.finditer(text):
        name = match["name"].rstrip(".").lower()
        if name in outlet_names():
            return outlet_names()[name]
        if "." in name:
            return name
    return None


def date_of_name(name: str) -> str | None:
    """A full day in a file name or address (``2019-06-27``, ``20190627``, ``/2019/06/27/``)."""
    match = _NAME_DATE.search(name)
    return day_iso(int(match[1]), int(match[2]), int(match[3])) if match else None


def date_of_text(text: str, *, near: str | None = None) -> str | None:
    """The publication date that the text itself names.

    A date prefix wins; then the first report day ("Kamis (27/6/2019)"). ``near`` (an ISO month or
    year) gives the year of a day printed without one.
    """
    prefix = _DATE_PREFIX.match(text)
    if prefix:
        stated = parse_date(prefix["value"])
        if stated:
            return stated
        near = near or prefix["value"][:7]
    head = text[:_HEAD]
    for match in _REPORT_DAY.finditer(head):
        day, month = int(match["day"]), int(match["month"])
        if match["year"]:
            year = int(match["year"])
            found = day_iso(year + 2000 if year < 100 else year, month, day)
        elif near and 1 <= month <= 12 and 1 <= day <= 31:
            found = day_iso(nearest_year(day, month, near), month, day)
        else:
            found = None
        if found:
            return found
    for bracket in _BRACKETED.finditer(head):
        found = day_iso(int(bracket[3]), int(bracket[2]), int(bracket[1]))
        if found:
            return found
    return None


def derive_title(text: str, boilerplate: tuple[Span, ...] = ()) -> str:
    """The first sentence without dateline and clutter, cut at a word near ``TITLE_LENGTH``."""
    start = prefix_end(text)
    dateline = find_dateline(text, start)
    if dateline:
        start = dateline.body
    head = _without(text, start, start + _HEAD, boilerplate)
    for begin, end in sentences(head):
        sentence = " ".join(head[begin:end].split())
        if sum(char.isalpha() for char in sentence) >= 3:
            return shorten(sentence)
    return shorten(" ".join(head.split()))


def shorten(title: str) -> str:
    """Cut at a word near ``TITLE_LENGTH``, with an ellipsis where something was cut."""
    if len(title) <= TITLE_LENGTH:
        return title
    cut = title.rfind(" ", TITLE_LENGTH // 2, TITLE_LENGTH)
    return title[: cut if cut > 0 else TITLE_LENGTH].rstrip(" ,;:-–—") + "…"


def _without(text: str, start: int, end: int, spans: tuple[Span, ...]) -> str:
    """``text[start:end]`` with the clutter turned into line breaks."""
    parts = []
    for span in spans:
        if span.end <= start or span.start >= end:
            continue
        parts.append(text[start : max(start, span.start)])
        start = span.end
    parts.append(text[start:end])
    return "\n".join(parts)
