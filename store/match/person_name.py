"""A person's name as it is typed or printed → the words that identify the person.

Titles, ranks and offices before the name, degrees after it, and particles are left out of the
comparison, but kept by: a dropped office ("Mendag") tells two namesakes apart. Working on plain
letters with offsets into the source.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from store.kb.countries import forms as country_forms
from store.match.normalise import LONGEST, Latin, Token, latin, plain
from store.match.words import degrees, titles

_WORD = re.compile(r"[a-z0-9]+")
_CHUNK = re.compile(r"[^\s,]+")
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_MOST_WORDS = 12
"""Words of a name that are compared; more than any name has, few enough for any text."""
_SRI_TITLES = frozenset({"dato", "datuk", "datin", "tan"})
"""Malay styles that end in "Sri", which is also a Javanese name."""
_DEGREE_STARTS = frozenset({"s", "m", "a", "d", "b", "sp", "ph", "dr", "dipl", "str", "mtr", "ed"})
_SON = frozenset({"bin", "ben", "ibn", "binti", "bint"})
_NAME_TOO = frozenset({"ma", "su", "ak", "se", "me", "sp", "mm"})
"""Degrees that are also syllables of names: only dropped when printed in capitals."""


class PersonName(NamedTuple):
    """``tokens`` identify the person (none: the text was only a title)."""

    tokens: tuple[Token, ...]
    dropped: tuple[Token, ...]
    office: str
    """The office the text gives besides the name, as typed; empty where it gives none."""
    characters: str = ""
    """The name's Han characters or Hangul, empty where it is printed in letters."""
    patronymics: frozenset[tuple[str, str]] = frozenset()
    """(child, father) of each "A bin B"."""
    son: bool = False
    """Whether a particle like "bin" stands in the name."""

    @property
    def words(self) -> list[str]:
        return [token.form for token in self.tokens]


@lru_cache(maxsize=1)
def _country_words() -> frozenset[str]:
    return frozenset(word for form in country_forms() for word in _WORD.findall(plain(form)))


@lru_cache(maxsize=512)
def parse_person(text: str) -> PersonName:
    """The name in ``text``, its titles and degrees set apart. Never raises.

    Kept, because who is linked is asked for by its name several times.
    """
    source = latin(text)
    masked = _BRACKETS.sub(lambda m: " " * len(m.group()), source.text)
    bracketed = [m.span() for m in _BRACKETS.finditer(source.text)]
    if not _WORD.search(masked):
        masked, bracketed = source.text, []
    kept: list[Token] = []
    offices: list[tuple[int, int]] = [
        (source.offsets[a], source.offsets[b]) for a, b in bracketed if _is_office(source.text[a:b])
    ]
    start = 0
    for number, segment in enumerate(masked.split(",")):
        end = start + len(segment)
        if number == 0 or not kept:
            kept.extend(_segment(text, source, masked, start, end))
        elif _is_office(segment):
            offices.append((source.offsets[start], source.offsets[end]))
        elif not _only_degrees(text[source.offsets[start] : source.offsets[end]], text):
            kept.extend(_segment(text, source, masked, start, end))
        start = end + 1
        if len(kept) >= _MOST_WORDS:
            break
    lead, rest = _split_titles(kept[:_MOST_WORDS])
    named, fathers = rest, _patronymics(rest)
    rest, tail = _without_suffixes(text, rest)
    if office := _office_span(lead):
        offices.insert(0, office)
    return PersonName(
        tuple(rest),
        tuple(lead + tail),
        " ".join(text[a:b].strip(" ,()") for a, b in offices[:2]),
        characters_of(text),
        fathers,
        any(token.form in _SON for token in named),
    )


def characters_of(text: str) -> str:
    """The Han characters and Hangul of a name (``PersonName.characters``)."""
    return "" if text.isascii() else "".join(filter(_is_character, text[:LONGEST]))


def patronymics_of(text: str) -> frozenset[tuple[str, str]]:
    """``PersonName.patronymics`` of a name, which is only read in full where it may have some."""
    if text.isascii() and _SON.isdisjoint(_WORD.findall(plain(text))):
        return frozenset()
    return parse_person(text).patronymics


def _is_character(char: str) -> bool:
    """Whether it is a Han character or Hangul."""
    return char > "\u33ff" and (
        char <= "\u9fff" or "\uac00" <= char <= "\ud7af" or "\uf900" <= char <= "\ufaff"
    )


def _segment(text: str, source: Latin, masked: str, start: int, end: int) -> list[Token]:
    """The words of a part between commas; dotted degrees after the first word go."""
    found: list[Token] = []
    for chunk in _CHUNK.finditer(masked, start, end):
        printed = text[source.offsets[chunk.start()] : source.offsets[chunk.end()]]
        if found and "." in printed and _is_degree(printed):
            continue
        found.extend(source.token(*m.span()) for m in _WORD.finditer(masked, *chunk.span()))
        if len(found) >= _MOST_WORDS:
            break
    return found


def _only_degrees(segment: str, text: str) -> bool:
    """Whether a part after a comma holds degrees and no name ("S.E., M.Si", not "Airlangga")."""
    if plain(segment).replace(".", "").replace(" ", "") in degrees():
        return True
    capitals = text != text.upper()
    return all(
        _is_degree(chunk) or (capitals and chunk.isupper() and chunk.isalpha() and len(chunk) <= 5)
        for chunk in _BRACKETS.sub("", segment).replace(". ", ".").split()
        if _WORD.search(plain(chunk))
    )


def _is_degree(printed: str) -> bool:
    """Whether a printed word is a degree: known, or of the shape "M.Farm", "S.Pi", "Dipl.Ing"."""
    pieces = [piece for piece in plain(printed).split(".") if piece]
    if "".join(pieces) in degrees():
        return True
    if len(pieces) < 2 or not printed[:1].isupper():
        return False
    if all(piece in degrees() for piece in pieces):
        return True
    short = all(len(piece) <= 5 for piece in pieces) and any(len(piece) > 1 for piece in pieces)
    return short and pieces[0] in _DEGREE_STARTS


def _is_office(segment: str) -> bool:
    word = _WORD.search(segment)
    return word is not None and "office" in titles().get(word.group(), ())


def _split_titles(items: list[Token]) -> tuple[list[Token], list[Token]]:
    """Titles at the front, and the rest. Portfolios and countries count only after an office."""
    known = titles()
    in_office = False
    at = 0
    while at < len(items):
        word = items[at].form
        after = items[at + 1].form if at + 1 < len(items) else ""
        before = items[at - 1].form if at else ""
        kinds = known.get(word, frozenset())
        if kinds & {"office"}:
            in_office = True
        elif not (
            kinds & {"honorific", "rank", "status"}
            or (in_office and (kinds & {"portfolio", "linking"} or word in _country_words()))
            or (word in ("sri", "seri") and before in _SRI_TITLES)
            or (word == "tan" and after == "sri")
            or (word == "k" and after == "h")
        ):
            break
        at += 1
    return items[:at], items[at:]


def _office_span(lead: list[Token]) -> tuple[int, int] | None:
    known = titles()
    first = next((t for t in lead if "office" in known.get(t.form, ())), None)
    return (first.start, lead[-1].end) if first else None


def _patronymics(items: list[Token]) -> frozenset[tuple[str, str]]:
    words = [item.form for item in items]
    return frozenset(
        (before, after)
        for before, word, after in zip(words, words[1:], words[2:], strict=False)
        if word in _SON
    )


def _without_suffixes(text: str, items: list[Token]) -> tuple[list[Token], list[Token]]:
    known = titles()
    tail: list[Token] = []
    while len(items) > 1:
        last = items[-1]
        suffix = "suffix" in known.get(last.form, ())
        printed = text[last.start : last.end]
        degree = last.form in degrees() and len(last.form) <= 4
        if not suffix and not (degree and (last.form not in _NAME_TOO or printed.isupper())):
            break
        if degree and not suffix and printed == last.form and len(last.form) < 3:
            break  # all in small letters nothing tells a degree from a syllable
        tail.insert(0, items[-1])
        items = items[:-1]
    without = [item for item in items if "particle" not in known.get(item.form, ())]
    return without or items, tail
