"""The country that the text says a person represents: in the role, or in the clause around the name.

An envoy represents the country before "untuk", never the one after. What an organisation's name, its
seat or another sentence says of it holds for its people too.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from store.extract import kinds, organisations, places, roles, rules
from store.extract.found import Found
from store.extract.link import Links
from store.extract.people import Group
from store.extract.tokens import Text
from store.kb import countries

_ENVOYS = rules.in_order("envoys")
# Posts of a body in a country that it is not from: "Kepala Perwakilan UNICEF di Indonesia".
_ABROAD = rules.pattern("post_abroad", re.IGNORECASE)
_DESTINATION = re.compile(r"\b(?:untuk|for|to)\s\Z", re.IGNORECASE)
_STATION = re.compile(r"\b(?:untuk|for|to|di|in)\s\Z", re.IGNORECASE)
# "Dirjen Kerja Sama ASEAN" is no officer of ASEAN.
_PORTFOLIO = re.compile(r"\b(?:sama|urusan|untuk|bidang|for)\s\Z", re.IGNORECASE)
# "X, perusahaan asal Jepang": what stands between a body and the country it is from.
_FROM = re.compile(r"\)?,?\s(?:[a-z]+\s){0,4}asal\s")
_FROM_BEFORE = re.compile(r"\basal\s\Z")
# Bodies of many states that the knowledge base need not have.
_OF_STATES = rules.pattern("body_of_states")
_LED = frozenset({"dipimpin", "diwakili", "diketuai"})
_LED_REACH = 60
"""Characters between a delegation's country and who leads it, at most."""
_CAPITALISED = re.compile(r"\b[A-Z][a-z]{3,}")
_WITHIN = 40
"""Mentions; no role holds more."""
# Indonesia's missions abroad, whatever city follows ("KBRI Berlin").
_MISSIONS = frozenset({"KBRI", "KJRI", "PTRI", "KDEI"})
# "PT … Tbk" and "Perum" are forms of Indonesian law (UU 40/2007, UU 19/2003); "RI" is too short a word
# to be looked up like the others.
_HOME_WORDS = frozenset({"PT", "Tbk", "Perum", "RI"})


class Places:
    """The mentions that say where something belongs: countries, places and bodies of a country."""

    def __init__(self, text: Text, mentions: Sequence[Found], links: Links) -> None:
        self._text = text
        self._links = links
        self._found = sorted(
            (m for m in mentions if m.country is not None or m.type is kinds.ORG),
            key=lambda m: m.start,
        )
        self._starts = [m.start for m in self._found]
        self._ends = {m.end: m for m in mentions if m.type is kinds.COUNTRY}
        self._bodies = {m.end for m in mentions if m.type is kinds.ORG}
        self._said = self._said_of_bodies()

    def _said_of_bodies(self) -> dict[str, str]:
        """Surface of an organisation → the country that the text says it is from."""
        body = self._text.body
        said: dict[str, str] = {}
        for one, other in pairwise(self._found) if "asal" in body else ():
            between = body[one.end : other.start]
            if one.type is kinds.ORG and other.type is kinds.COUNTRY:
                if other.country and _FROM.fullmatch(between):
                    said.setdefault(body[one.start : one.end], other.country)
            elif one.type is kinds.COUNTRY and other.type is kinds.ORG:
                before = body[max(0, one.start - 8) : one.start]
                if one.country and between in (" ", ", ") and _FROM_BEFORE.search(before):
                    said.setdefault(body[other.start : other.end], one.country)
        for one, other in pairwise(self._found):
            near = other.start == one.end + 2
            if (
                near
                and body[one.end : other.start] == " ("
                and body[other.end : other.end + 1] == ")"
            ):
                # Name and abbreviation are one body.
                a, b = body[one.start : one.end], body[other.start : other.end]
                code = one.country or said.get(a) or said.get(b)
                if code is None and one.type is kinds.ORG:
                    code = _in_name(a)
                if code:
                    said.setdefault(a, code)
                    said.setdefault(b, code)
        return said

    def country_before(self, offset: int, *, of_body: bool) -> str | None:
        """The country whose mention ends exactly at ``offset``.

        ``of_body``: only where it is the country of an organisation ("Ministry of … (METI) Jepang") or
        the one somebody comes from ("pengusaha asal Mesir, …").
        """
        found = self._ends.get(offset)
        if found is None:
            return None
        if of_body:
            before = self._text.body[max(0, found.start - 2) : found.start].rstrip()[-1:]
            ends = found.start - 1 in self._bodies or found.start in self._bodies
            asal = _FROM_BEFORE.search(self._text.body, max(0, found.start - 8), found.start)
            if not ends and before != ")" and not asal:
                return None
        return found.country

    def at(self, offset: int) -> str | None:
        """The country of the state or body whose mention begins exactly at ``offset``."""
        at = bisect_left(self._starts, offset)
        if at == len(self._found) or self._starts[at] != offset:
            return None
        if self._found[at].type is kinds.PLACE:
            # "Budi dari Sofia menyatakan" says where he stands.
            return None
        return self.first_within(offset, self._found[at].end) if offset else None

    def last_before(self, offset: int, reach: int) -> str | None:
        """The country of the last mention that ends within ``reach`` characters before ``offset``."""
        at = bisect_right(self._starts, offset) - 1
        if at < 0 or self._found[at].end > offset or self._found[at].end < offset - reach:
            return None
        return self._country(self._found[at])

    def first_within(
        self, start: int, end: int, away: re.Pattern[str] = _DESTINATION
    ) -> str | None:
        """The country of the first mention inside ``[start, end)`` that has one.

        The country right after an organisation is the organisation's ("Kementerian Luar Negeri
        Brasil"). ``away`` matches, right before a mention, what makes it the country someone is sent to.
        """
        at = bisect_left(self._starts, start)
        for found, following in pairwise([*self._found[at : at + _WITHIN], None]):
            if found is None or found.start >= end:
                break
            if found.end > end:
                continue
            if found.type is not kinds.ORG and away.search(
                self._text.body, max(start, found.start - 8), found.start
            ):
                break
            if (
                following is not None
                and following.type is kinds.COUNTRY
                and following.end <= end
                and following.start - found.end <= 1
            ):
                return following.country
            code = self._country(found)
            if code:
                return code
        return None

    def is_international(self, start: int, end: int) -> bool:
        """Whether the role at ``[start, end)`` is one in a body of many states."""
        at = bisect_left(self._starts, start)
        for found in self._found[at : at + _WITHIN]:
            if found.end > end:
                break
            if found.type is kinds.ORG and not _PORTFOLIO.search(
                self._text.body, max(start, found.start - 8), found.start
            ):
                surface = self._text.body[found.start : found.end]
                best = self._links.resolve(surface, found.type, found.country).best
                if (best is not None and best.country is None) or _OF_STATES.search(surface):
                    return True
        return False

    def _country(self, found: Found) -> str | None:
        if found.country or found.type is kinds.COUNTRY:
            return found.country
        surface = self._text.body[found.start : found.end]
        code = _in_name(surface) or self._said.get(surface)
        if code is None and found.type is kinds.ORG:
            best = self._links.resolve(surface, found.type).best
            code = best.country if best else None
        return code


def represented(text: Text, person: Group, where: Places) -> str | None:
    """The country that the text says the person represents, None where it says none."""
    for role in sorted(
        person.stated, key=lambda r: (r.rule == "roles:predicate", r.first - r.last)
    ):
        code = _of_role(text, role, where)
        if code:
            return code
    if person.entity is not None:
        # The knowledge base knows better than the neighbourhood.
        return None
    firsts = [role.first for role in person.stated if role.rule == "roles:before"]
    firsts += [text.token_at(mention.start) for mention in person.mentions]
    for first in firsts:
        code = _led(text, first, where)
        if code:
            return code
    stated = {role.last for role in person.stated}
    for mention in person.mentions:
        code = _beside(text, mention, where, stated)
        if code:
            return code
    return None


def _beside(text: Text, mention: Found, where: Places, stated: set[int]) -> str | None:
    """The country right before the name, or after it behind "dari" or "asal".

    ``stated``: the tokens after the roles, whose countries have been asked already.
    """
    at = text.token_at(mention.start)
    before = at - 1
    # "dari Jakarta ke Myanmar, Retno": after a comma a country says nothing of the name.
    comma = before >= 0 and text.forms[before] == ","
    if comma:
        before -= 1
    if before >= 0 and before + 1 not in stated and text.starts[at] - text.ends[before] <= 3:
        code = where.country_before(text.ends[before], of_body=comma)
        if code:
            return code
    after = text.token_at(mention.end - 1) + 1
    while after < len(text.forms) and text.lows[after] in (",", "yang", "berasal"):
        after += 1
    if after + 1 < len(text.forms) and text.lows[after] in ("dari", "asal"):
        return where.at(text.starts[after + 1])
    return None


def _led(text: Text, first: int, where: Places) -> str | None:
    """The country of the delegation that is led by whose role or name begins at token ``first``."""
    at = first
    while at > 0 and text.lows[at - 1] in ("oleh", "langsung", ","):
        at -= 1
    if at == 0 or text.lows[at - 1] not in _LED:
        return None
    return where.last_before(text.starts[at - 1], _LED_REACH)


def _in_name(organisation: str) -> str | None:
    """The country whose name or adjective an organisation carries ("Kedutaan Besar Jepang").

    Else that of its legal form, of the well-known name it begins with, or of a place in it.
    """
    parts = organisation.replace("-", " ").split()
    pairs = [" ".join(pair) for pair in pairwise(parts)]
    if not _MISSIONS.isdisjoint(parts):
        return "ID"
    for word in [word for word in parts if word[0].isupper() and len(word) > 2] + pairs:
        code = countries.code_of(word)
        if code:
            return code
    known = organisations.load().seats
    names = [" ".join(parts[:n]) for n in (3, 2, 1)] + [word for word in parts if word.isupper()]
    code = next((code for name in names if (code := known.get(name))), None)
    if code is None and not _HOME_WORDS.isdisjoint(parts):
        return "ID"
    towns = places.load().countries
    return code or next((code for name in (*parts, *pairs) if (code := towns.get(name))), None)


def _adjective(word: str) -> str | None:
    """The country of a demonym in English, None for the name of one."""
    return None if word in countries.forms() else countries.code_of(word)


def _of_role(text: Text, role: roles.Role, where: Places) -> str | None:
    start, end = text.starts[role.first], text.ends[role.last - 1]
    surface = text.body[start:end]
    if surface.lower().startswith("alumn"):
        # Where somebody studied is not what they represent.
        return None
    if not surface.lower().startswith(_ENVOYS):
        own = next(
            (code for word in _CAPITALISED.findall(surface) if (code := _adjective(word))), None
        )
        if own is not None:
            # "Head of Polish Foreign Trade Office Indonesia"
            return own
        return where.first_within(start, end, _STATION if _ABROAD.match(surface) else _DESTINATION)
    cut = surface.find(" untuk ")
    code = where.first_within(start, start + cut if cut >= 0 else end)
    # "Duta Besar untuk Jerman" without a sender is Indonesia's in an Indonesian paper.
    return code or ("ID" if cut >= 0 else None)
