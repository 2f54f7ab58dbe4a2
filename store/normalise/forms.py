"""The forms of one written unit ("negara-negara", "Rp30.000", "IEU-CEPA", "Ma'ruf").

A form is folded (case, accents, apostrophes), in today's spelling, and stemmed. Where a unit holds
several words, each has its form, and what people also write as one word has one more.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

from store.normalise.compounds import BOUND, PLAINLY_BOUND, TREATIES, closed_compounds, compound
from store.normalise.stem import is_decided, is_root, stem
from store.text import fold

_DATA = Path(__file__).parent / "data"


class Part(NamedTuple):
    """A form, the folded surface it comes from, its place in the unit; ``joined``: a compound."""

    form: str
    surface: str
    start: int
    end: int
    joined: bool = False


_HYPHENS = re.compile("[-\u2010\u2011]")
_CAMEL = re.compile(r"(?<=[a-zà-ÿ])(?=[A-ZÀ-Þ])|(?<=[A-Z])(?=[A-Z][a-z])")
# A number with separators, also glued to a currency or a word ("Rp30.000", "4.0Perkuat").
_STRETCH = re.compile(
    r"\d+(?:[.,]\d+)+|(?:rp|rm|usd|idr|us|as)(?=\d)|(?:(?!\d+[.,]\d)[^.,])+", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_POSSESSIVE = re.compile(r"['\u2019]s\Z", re.IGNORECASE)
_ASCII = re.compile(r"[a-z]+\Z")
_DECIMAL = "d"
"""Stands for the decimal sign inside a form, which has to be letters and digits alone."""

# Scripts written without blanks: every character is a token of its own. Compiled (2 ms) when such
# a text comes.
_UNSPACED = (
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
    "\uf900-\ufaff\U00020000-\U0003ffff]"
)
# Letters that SQLite 3.40's tokenizer takes for separators, though Python calls them letters
# (New Tai Lue vowels and tones, Vedic signs; found by trying every code point).
_LOST = re.compile("[\u19b0-\u19c0\u19c8\u19c9\u1cf2\u1cf3]")


@dataclass(frozen=True, slots=True)
class Unit:
    """Everything that the index wants to know of a written unit."""

    parts: tuple[Part, ...]
    text: str
    """The forms joined by blanks."""
    first: str
    """The form of the first part."""
    ends: tuple[tuple[str, int], ...]
    """Forms that reach to the end of the unit, each with its start: a next word may join them."""
    surfaces: tuple[tuple[str, str], ...]
    """Each folded word with its form; of a closed compound the form of the whole."""
    plain: bool
    """One form that stands for all that is written: nearly every word."""


@lru_cache(maxsize=16_384)  # some 10 MB
def unit(written: str) -> Unit:
    """The forms of a written unit in reading order, a compound after the words it is made of."""
    parts = _parts(written)
    last = max((part.end for part in parts), default=0)
    return Unit(
        parts,
        " ".join(part.form for part in parts),
        parts[0].form if parts else "",
        tuple((part.form, part.start) for part in parts if part.end == last),
        tuple({part.surface: part.form for part in parts}.items()),
        len(parts) == 1 and parts[0][2:] == (0, len(written), False),
    )


def _parts(written: str) -> tuple[Part, ...]:
    found: list[Part] = []
    at = 0
    for piece in _HYPHENS.split(written):
        for match in _STRETCH.finditer(piece):
            found.extend(_piece(match.group(), at + match.start()))
        at += len(piece) + 1
    words = [part for part in found if not part.joined]
    if len(words) < 2 or not _HYPHENS.search(written):
        return tuple(found)
    return tuple(_chained(written, found, words))


def _chained(written: str, found: list[Part], words: list[Part]) -> list[Part]:
    """The parts of a hyphen chain: reduplication folded, compounds and acronyms joined."""
    first, *rest = words
    if len(words) == 2 and first.form == rest[0].form and not first.form.isdigit():
        whole = Part(first.form, first.surface, first.start, rest[0].end)
        joined = compound(first.form, first.form)
        return [whole, Part(joined, joined, whole.start, whole.end, True)] if joined else [whole]
    chain: list[Part] = []
    for at, part in enumerate(found):
        chain.append(part)
        if at and not part.joined and (pair := compound(found[at - 1].form, part.form)):
            chain.append(Part(pair, pair, found[at - 1].start, part.end, True))
    if _joins(written, words):
        whole_form = "".join(word.surface for word in words[:-1]) + words[-1].form
        if chain[-1].form != whole_form:
            chain.append(Part(whole_form, whole_form, first.start, rest[-1].end, True))
    return chain


def _joins(written: str, words: list[Part]) -> bool:
    """Whether a chain is also written as one word: "G-20", "IA-CEPA", "e-commerce", "pra-kerja"."""
    surfaces = [word.surface for word in words]
    if len(surfaces) > 4:
        return False
    if surfaces[-1] in TREATIES or any(len(s) == 1 for s in surfaces):
        return True
    if surfaces[0] in BOUND:
        return True
    if surfaces[-1].isdigit() and surfaces[0].isalpha() and len(surfaces) == 2:
        return surfaces[0] not in ("ke", "se", "hari", "nomor", "no")
    letters = _HYPHENS.sub("", written)
    return letters.isupper() and max(map(len, surfaces)) <= 6 and letters.isalpha()


def _piece(piece: str, at: int) -> Iterator[Part]:
    if _NUMBER.fullmatch(piece):
        number = _number(piece)
        yield Part(number, number, at, at + len(piece))
        return
    if not piece.isascii() and re.search(_UNSPACED, piece):
        yield from _unspaced(piece, at)
        return
    cuts = [0, *(m.start() for m in _CAMEL.finditer(piece)), len(piece)]
    pieces = [piece[a:b] for a, b in pairwise(cuts)]
    if len(pieces) > 1 and min(map(len, pieces)) >= 2:
        for begin, sub in zip(cuts, pieces, strict=False):
            yield from _word(sub, at + begin)
        whole = plain(piece)
        yield Part(whole, whole, at, at + len(piece), True)
        return
    yield from _word(piece, at)


def _word(piece: str, at: int) -> Iterator[Part]:
    surface = plain(_POSSESSIVE.sub("", piece))
    if not surface:
        return
    form = form_of(surface)
    end = at + len(piece)
    inner = _inside(surface, form)
    for other in inner:
        yield Part(other, surface, at, end)
    yield Part(form, surface, at, end, bool(inner))


def _inside(surface: str, form: str) -> tuple[str, ...]:
    """The words that a closed compound is also found by: "menindaklanjuti", "antarnegara"."""
    known = closed_compounds().get(form)
    if known is not None:
        return known
    if form != surface or len(surface) < 7 or is_decided(surface):
        return ()
    for length in (5, 4, 3):
        if surface[:length] in BOUND and len(surface) - length >= 4:
            rest = form_of(surface[length:])
            plainly = surface[:length] in PLAINLY_BOUND and len(surface) - length >= 5
            if plainly or is_root(rest):
                return (rest,)
    return ()


def _unspaced(piece: str, at: int) -> Iterator[Part]:
    """Characters of a script without blanks one by one, anything between them as words."""
    begin = 0
    for match in re.finditer(_UNSPACED, piece):
        if match.start() > begin:
            yield from _word(piece[begin : match.start()], at + begin)
        yield from _word(match.group(), at + match.start())
        begin = match.end()
    if begin < len(piece):
        yield from _word(piece[begin:], at + begin)


@lru_cache(maxsize=65_536)  # some 12 MB
def form_of(surface: str) -> str:
    """The form of one folded word: today's spelling, stemmed."""
    if not _ASCII.match(surface):
        return surface
    spelt = spellings().get(surface, surface)
    root = stem(spelt)
    return spellings().get(root, root)


def plain(word: str) -> str:
    """Letters and digits of a word, folded; what SQLite would not keep in one token is left out."""
    if word.isascii():
        folded = word.lower()
        return folded if folded.isalnum() else "".join(c for c in folded if c.isalnum())
    folded = unicodedata.normalize("NFC", fold(word))
    return "".join(char for char in _LOST.sub("", folded) if char.isalnum())


def _number(text: str) -> str:
    """Digits without grouping: "30.000" and "30,000" are 30000, "4.0" and "4,0" are 4d0."""
    if _GROUPED.fullmatch(text):
        return re.sub("[.,]", "", text)
    head, *tail = re.split("[.,]", text)
    if len(tail) > 1 and _GROUPED.fullmatch(text[: -len(tail[-1]) - 1]):
        return head + "".join(tail[:-1]) + _DECIMAL + tail[-1]
    return _DECIMAL.join((head, *tail))


@lru_cache(maxsize=1)
def spellings() -> dict[str, str]:
    """Today's spelling of words and roots that are also written otherwise."""
    lines = (_DATA / "spellings.csv").read_text(encoding="utf-8").splitlines()[1:]
    return dict(line.split(",")[:2] for line in lines)
