"""Abbreviations that the article itself introduces: "Name (ACR)" and "ACR (Name)".

The abbreviation takes the type of the name; from there on every occurrence is a mention.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from store.extract import kinds, organisations, places
from store.extract.found import Found
from store.extract.gazetteer import Gazetteer
from store.extract.tokens import Text
from store.kb import countries
from store.records import MentionType

_BRACKET = re.compile(
    r"\s?\(\s?(?:atau\s|disingkat\s)?([A-Z][\w.&/–-]*(?:\s?[-–]?\s?[\w&/–-]+){0,3}?)\s?\)"
)
_ALIAS_WORDS = ("alias", "atau", "disingkat")
_ALIAS = re.compile(r"\s(?:alias|atau|disingkat)\s([A-Z][A-Za-z]*[A-Z][A-Za-z]*)\b")
# An abbreviation of the name in another language ("Badan Akreditasi … (TEQSA)").
_CAPITALS = re.compile(r"[A-Z]{3,8}")
_WORD = re.compile(r"\w+")
_SCORE = 0.85
"""At most; of what this stage added in cross-validation about so much was right."""
# "Kantor Kementerian … (Kem…)": what the bracket abbreviates is the ministry, not the building.
_PREMISES = ("Kantor ", "kantor ", "Gedung ", "gedung ", "Kompleks ", "Markas ")
_TYPES = (kinds.ORG, kinds.AGREEMENT, kinds.COUNTRY, kinds.PLACE)


def introduced(text: Text, mentions: Iterable[Found]) -> dict[str, Found]:
    """Abbreviation → the mention it was introduced for, by first appearance."""
    mentions = list(mentions)
    at = {mention.start: mention for mention in mentions}
    towns, common = places.load().listed, organisations.load().common
    known: dict[str, Found] = {}
    for mention in mentions:
        if mention.type not in _TYPES or text.body.startswith(_PREMISES, mention.start):
            continue
        state = at.get(mention.end + 1) if mention.type is kinds.ORG else None
        match = _bracket(text.body, mention.end) or _alias(text.body, mention.end)
        if match is None and state is not None and state.type is kinds.COUNTRY:
            # "Badan … Australia (TEQSA)" abbreviates the body, not the country.
            match = _bracket(text.body, state.end)
        if match is None:
            continue
        short, name = match[1], text.body[mention.start : mention.end]
        if mention.type is not kinds.COUNTRY and short in countries.forms():
            # "Kamar Dagang Uni Emirat Arab (UEA)" introduces the country, not the chamber.
            continue
        if mention.type is not kinds.PLACE and short in towns:
            continue
        own = at.get(match.start(1))
        seen = own is not None and own.end == match.end(1) and own.type is mention.type
        foreign = (
            mention.type is kinds.ORG
            and " " in name
            and short not in common
            and _CAPITALS.fullmatch(short) is not None
        )
        if seen or foreign or stands_for(short, name):
            known.setdefault(short, mention)
    return known


def _bracket(body: str, at: int) -> re.Match[str] | None:
    """The bracket at ``at`` or a blank later; hardly a name has one."""
    return _BRACKET.match(body, at) if "(" in body[at : at + 2] else None


def _alias(body: str, at: int) -> re.Match[str] | None:
    return _ALIAS.match(body, at) if body.startswith(_ALIAS_WORDS, at + 1) else None


def abbreviated(body: str, found: Found) -> bool:
    """Whether a bracket after a name abbreviates it: "Indonesian Association of … (IABA)"."""
    match = _bracket(body, found.end)
    return match is not None and stands_for(match[1], body[found.start : found.end])


def stands_for(short: str, name: str) -> bool:
    """Whether ``short`` can be an abbreviation of ``name``: its letters appear in order in the name.

    The first letters must agree, or at least half of the capitals of ``short`` be initials of words
    ("Kemenperin" for "Kementerian Perindustrian", "New MIDEC" for "New Manufacturing … Center").
    """
    letters = [c.lower() for c in short if c.isalpha()]
    if len(letters) < 2 or len(short) > len(name) or short[0].isdigit():
        return False
    capitals = [c.lower() for c in short if c.isupper()]
    if len(capitals) < 2 and not short[1:].islower():
        return False
    initials = {word[0].lower() for word in _WORD.findall(name)}
    if sum(c in initials for c in capitals) * 2 < len(capitals):
        return False
    position = 0
    folded = name.lower()
    hits = 0
    for letter in letters:
        at = folded.find(letter, position)
        if at >= 0:
            hits += 1
            position = at + 1
    return hits * 4 >= len(letters) * 3


def without_article(text: Text, mentions: Iterable[Found]) -> None:
    """Leave a leading "The" out of a name whose introduced abbreviation does not count it."""
    for mention in mentions:
        surface = text.body[mention.start : mention.end]
        if surface[:4].lower() != "the ":
            continue
        opened = surface.find(" (")
        match = _bracket(text.body, mention.start + opened if opened > 0 else mention.end)
        if match and not match[1].startswith("T"):
            mention.start += 4


def agree(text: Text, mentions: Sequence[Found]) -> None:
    """A bracketed abbreviation is of the type of the name it stands for."""
    at = {mention.start: mention for mention in mentions}
    told: dict[str, MentionType] = {}
    for mention in mentions:
        if mention.type not in _AGREEING or text.body.startswith(_PREMISES, mention.start):
            continue
        match = _bracket(text.body, mention.end)
        short = at.get(match.start(1)) if match else None
        if (
            match
            and short
            and short.end == match.end(1)
            and short.type in _AGREEING
            and match[1] not in countries.forms()
            and stands_for(match[1], text.body[mention.start : mention.end])
        ):
            short.type, short.country = mention.type, mention.country
            told[match[1]] = mention.type
    for mention in mentions:
        # And so is each of its further occurrences.
        type_ = told.get(text.body[mention.start : mention.end])
        if type_ is not None and mention.type in _AGREEING:
            mention.type = type_


_AGREEING = (kinds.ORG, kinds.AGREEMENT, kinds.PLACE)


def find(text: Text, mentions: Iterable[Found]) -> Iterator[Found]:
    """Every occurrence of an introduced abbreviation."""
    table = Gazetteer(introduced(text, mentions).items())
    for first, last, source in table.scan(text):
        yield Found(
            text.starts[first],
            text.ends[last - 1],
            source.type,
            min(_SCORE, source.score + 0.08),
            "acronyms:introduced",
            country=source.country,
        )
