"""Title and outlet of a text whose source did not give them.

Only what stands in the text, in its file name or in its address is used; what is not there stays
None. A title is always made: the first sentence, without its dateline.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from store.boilerplate.datelines import DATE_PREFIX, find_dateline, outlet_names
from store.records import Span
from store.text import late, sentences

TITLE_LENGTH = 120
"""A derived title is cut at a word near this many characters."""

_HEAD = 3000
# A site in a file name, its dots as they are or written as dashes or underscores.
_NAME_SITE = re.compile(
    r"(?<![a-z0-9])((?:[a-z0-9]+[._-])?[a-z0-9]{2,30})[._-](com|co[._-]id|go[._-]id|ac[._-]id|or[._-]id|id|co|net|news|org)"
    r"(?![a-z0-9])",
    re.IGNORECASE,
)
# "Banjarnegara - Akibat …", "Fokus, Banjarnegara - …": a dateline that names no outlet.
_PLACE_ALONE = late(
    r"\s*(?:[A-Z][\w.]*(?: [A-Z][\w.]*){0,2}(?:,\s?[A-Z]\w*(?: [A-Z]\w*)?)?)?\s?[-–—]{1,3}\s+(?=[A-Z\"“])"
)
# "Liputan6.com, Jakarta PT …": the dash is lost; only cities that open most datelines are taken for one.
_CAPITAL = late(
    r"(?i:jakarta|bandung|surabaya|semarang|yogyakarta|medan|makassar|denpasar|palembang|bogor|depok|bekasi|tangerang)"
    r"\s+(?=[A-Z\"“])"
)
# "Follow WhatsApp Channel Okezone", "Ikuti Google News Liputan6.com": the site names itself.
_FOLLOW = re.compile(
    r"(?:follow|ikuti|gabung)[^\n]{0,40}?(?:whatsapp|google news|telegram)(?: channel)?\s+"
    r"(?P<name>[A-Z][\w.]+(?: Indonesia)?)",
    re.IGNORECASE,
)


def prefix_end(text: str) -> int:
    """Where a leading ``date 2019-06`` ends (0 where there is none)."""
    match = DATE_PREFIX.match(text)
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


def derive_title(text: str, boilerplate: tuple[Span, ...] = ()) -> str:
    """The first sentence without dateline and clutter, cut at a word near ``TITLE_LENGTH``."""
    start = prefix_end(text)
    dateline = find_dateline(text, start)
    if dateline:
        start = dateline.body
    place = _PLACE_ALONE.match(text, start) or (_CAPITAL.match(text, start) if dateline else None)
    if place:
        start = place.end()
    head = _without(text, start, start + _HEAD, boilerplate)
    for begin, end in sentences(head):
        sentence = " ".join(head[begin:end].split())
        if sum(char.isalpha() for char in sentence) >= 3:
            return shorten(sentence)
    return shorten(" ".join(head.split()) or " ".join(text[:_HEAD].split()))


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
