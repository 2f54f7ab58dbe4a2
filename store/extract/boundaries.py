"""Where a mention begins and ends, by the annotation guidelines: what the model should not decide anew.

"Kabupaten" belongs to the place, "Kota" does not; a ministry's country is a mention of its own; an
opened bracket is closed or left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from store.extract.found import Found
from store.kb import countries
from store.records import MentionType

_OUTSIDE = re.compile(r"(?:Kota|Provinsi|Pulau|Negara)\s+(?=[A-Z])")
_INSIDE = re.compile(r"Kabupaten\s+\Z")
# Heads of organisations whose official Indonesian name ends before the country.
_STATE_BODY = re.compile(r"(?:Kementerian|Badan|Sekretariat|Direktorat|Bank Sentral|Ministry)\b")
_TRADE_NAME = re.compile(r"\b(?:Corporation|Company|Co|Ltd|Limited|Inc|Technology|Group|Corp)\b")


def tidy(body: str, mentions: Iterable[Found]) -> Iterator[Found]:
    """The mentions with their edges set right; one may become two."""
    for found in mentions:
        for part in _balanced(body, found):
            if part.type is MentionType.PLACE:
                _place(body, part)
                yield part
            elif part.type is MentionType.ORG:
                yield from _organisation(body, part)
            else:
                yield part


def _copy(found: Found, start: int, end: int) -> Found:
    return Found(start, end, found.type, found.score, found.stage, found.country, found.value)


def _balanced(body: str, found: Found) -> Iterator[Found]:
    """Cut at a bracket that the span opens but does not close, or closes but does not open."""
    surface = body[found.start : found.end]
    opened, closed = surface.rfind("("), surface.rfind(")")
    if "(" in surface and surface.count("(") > surface.count(")") and opened > closed:
        head = surface[:opened].rstrip()
        tail = found.start + opened + 1
        if head:
            yield _copy(found, found.start, found.start + len(head))
        if tail < found.end and body[found.end : found.end + 1] == ")":
            yield _copy(found, tail, found.end)
    elif ")" in surface and "(" not in surface:
        start = found.start + surface.find(")") + 1
        while start < found.end and body[start].isspace():
            start += 1
        yield _copy(found, start, found.end)
    else:
        yield found


def _place(body: str, found: Found) -> None:
    surface = body[found.start : found.end]
    outside = _OUTSIDE.match(surface)
    if outside:
        found.start += outside.end()
        return
    inside = _INSIDE.search(body, max(0, found.start - 12), found.start)
    if inside:
        found.start = inside.start()


def _organisation(body: str, found: Found) -> Iterator[Found]:
    surface = body[found.start : found.end]
    words = surface.split(" ")
    if _STATE_BODY.match(surface):
        for count in (2, 1):
            name = " ".join(words[-count:])
            code = countries.forms().get(name)
            if code and len(words) > count + 1:
                cut = found.end - len(name)
                yield _copy(found, found.start, cut - 1)
                yield Found(cut, found.end, MentionType.COUNTRY, found.score, found.stage, code)
                return
    elif len(words) > 2 and _TRADE_NAME.search(surface):
        # "Filipina Citicore Renewable Energy Corporation": the country in Indonesian is not part of
        # an English name.
        code = countries.forms().get(words[0])
        if code and not countries.is_english(words[0]):
            cut = found.start + len(words[0])
            yield Found(found.start, cut, MentionType.COUNTRY, found.score, found.stage, code)
            yield _copy(found, cut + 1, found.end)
            return
    yield found
