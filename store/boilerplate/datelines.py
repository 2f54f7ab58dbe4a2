"""The dateline that opens a report: "JAKARTA, KOMPAS.com -", "Liputan6.com, Jakarta -", "Jakarta (ANTARA) -".

An outlet is a site's name (``kompas.com``) or one of the names in ``outlets.csv``, which holds what
agencies and broadcasters without a domain in their dateline print, with the site that is theirs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from store.tables import table_rows
from store.text import late, lettered, one_of

# Top-level domains under which Indonesian outlets publish.
_DOMAIN = r"\.(?i:com|co\.id|co|id|net|news|org|tv|info)\b"
_SITE = rf"[A-Za-z0-9][A-Za-z0-9-]{{1,30}}{_DOMAIN}"
# One to four capitalised words, perhaps with a province after a comma or slash.
_PLACE = r"[A-Z][\w.'’]*(?:[ /-][A-Z][\w.'’]*){0,3}(?:,\s?[A-Z][\w.'’]*(?: [A-Z][\w.'’]*)?)?"
_DASH = r"\s*(?:[-–—]{1,3}|:|\|)\s*"
# How far from the start of the article's own text a dateline may begin (bylines stand before it).
_REACH = 160


# "date 2019-06", "Tanggal: 27 Juni 2019": what exports and scrapers write before the text (seed 004).
DATE_PREFIX = re.compile(
    r"\s*(?:date|tanggal|tgl|published|published at)\b\s*[:=]?\s*"
    r"(?P<value>(?:19|20)\d\d-[01]\d(?:-[0-3]\d)?(?!\d)|[^\n]{4,40}?(?:19|20)\d\d(?=\s*\n))",
    re.IGNORECASE,
)


class Dateline(NamedTuple):
    """The outlet's characters ``[start, end)``, where the report begins, and the outlet's site."""

    start: int
    end: int
    body: int
    outlet: str


@cache
def outlet_names() -> Mapping[str, str]:
    """Lower-case printed name → site, for outlets that print a name rather than their site."""
    return {row["form"].lower(): row["outlet"] for row in table_rows("boilerplate/outlets.csv")}


# As what the names of outlets stand while datelines are looked for (``lettered``). A letter of the Yi script.
_NAME = "ꀀ"
_LETTERS = {"name": _NAME, None: "_"}
_NAMES = late(lambda: rf"\b(?P<name>(?i:{one_of(outlet_names())}))\b(?![\w-]*{_DOMAIN})|{_NAME}")


def _datelines() -> str:
    outlet = rf"(?P<%s>{_SITE}|{_NAME}++)"
    return (
        "(?<![^\\s\"'“(])(?:"
        + "|".join(
            (
                rf"{_PLACE},\s*{outlet % 'a'}{_DASH}",
                rf"{_PLACE}\s*\(\s*{outlet % 'b'}\s*\){_DASH}",
                rf"{outlet % 'c'}\s*,\s*{_PLACE}{_DASH}",
                rf"{outlet % 'd'}{_DASH}(?=[A-Z{_NAME}\"“'‘])",
                # Pages whose dash was lost or glued: "Liputan6.com, JakartaModena membuka".
                rf"(?P<e>{_SITE}),\s?(?=[A-Z])",
            )
        )
        + ")"
    )


_DATELINE = late(_datelines)
_ANY_DOMAIN = late(_DOMAIN)


def find_dateline(text: str, start: int = 0) -> Dateline | None:
    """The dateline of the report that begins at ``start``, None where it has none."""
    end = start + _REACH
    seen = lettered(_NAMES, _LETTERS, text, [(start, end)])
    # Most texts have none.
    if seen is text and not _ANY_DOMAIN.search(text, start, end):
        return None
    match = _DATELINE.search(seen, start, end)
    if match is None:
        return None
    group = next(name for name in "abcde" if match[name])
    if group == "e" and text[start : match.start()].strip():
        # Without a dash only the very first words are a dateline; later a site is just cited.
        return None
    form = text[slice(*match.span(group))].lower()
    return Dateline(
        match.start(group), match.end(group), match.end(), outlet_names().get(form, form)
    )
