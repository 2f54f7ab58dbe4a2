"""From text to tokens: where words begin and end, and which forms each one puts into the index.

A written unit (letters, digits, inner apostrophes, hyphen chains, separators of a number) is looked
up whole in a cache that maps it to its forms, so that running text costs one access per unit.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.normalise import chunks
from store.normalise.chunks import GAP, UNITS
from store.normalise.compounds import compound, second_words
from store.normalise.forms import Unit, unit
from store.normalise.sieve import STOPPED, Sieve, sieve, stretches
from store.records import Span

_APART = [""] * GAP
"""Chunks that keep the words before and behind them from making a compound."""


class Token(NamedTuple):
    """One form of the index and the source range ``[start, end)`` that it stands for.

    Ranges of a compound ("kerja sama") cover those of its words; starts never fall but for them.
    """

    form: str
    start: int
    end: int
    joined: bool = False
    """A compound: the words that it is made of have tokens of their own as well."""


def tokens(text: str, wanted: frozenset[str] | None = None) -> list[Token]:
    """The forms of ``text`` in reading order, each with its source range.

    Where only some are ``wanted``, ``sieve.STOPPED`` stands for words in a row that have others.
    """
    passes = sieve(wanted) if wanted is not None else None
    small = text.lower() if passes is not None else ""
    if passes is None or len(small) != len(text):
        return _tokens(text, 0)
    found: list[Token] = []
    for start, end, skipped in stretches(small, passes, GAP):
        if skipped:
            found.append(Token(STOPPED, start, start))
        found += _tokens(text[start:end], start)
    return found


def _tokens(text: str, end: int) -> list[Token]:
    """The forms of a text that begins at ``end``."""
    found: list[Token] = []
    seconds = second_words()
    last: Unit | None = None
    last_start = last_end = 0
    parts = UNITS.split(text)
    for gap, written in zip(parts[::2], parts[1::2], strict=False):
        start = end + len(gap)
        end = start + len(written)
        entry = unit(written)
        if entry.plain:
            found.append(Token(entry.first, start, end))
            close = end
        elif entry.parts:
            part = entry.parts[0]
            close = start + part.end
            found.append(Token(part.form, start + part.start, close, part.joined))
        else:
            continue
        if entry.first in seconds and last is not None and start - last_end <= GAP:
            for form, at in last.ends:
                if pair := compound(form, entry.first):
                    found.append(Token(pair, last_start + at, close, True))
        for part in entry.parts[1:]:
            found.append(Token(part.form, start + part.start, start + part.end, part.joined))
        last, last_start, last_end = entry, start, end
    return found


def index_text(text: str, skip: Sequence[Span] = ()) -> str:
    """The forms of ``text`` outside ``skip`` (sorted, disjoint), joined by blanks, for the index."""
    return " ".join(
        form for piece in _pieces(text, skip) for form in chunks.forms(chunks.cut(piece)) if form
    )


def sifted(text: str, wanted: frozenset[str]) -> str:
    """As ``index_text``, but most words of other forms than those ``wanted`` are ``sieve.STOPPED``."""
    return sifted_each([text], wanted)[0]


def sifted_each(texts: Sequence[str], wanted: frozenset[str]) -> list[str]:
    """``sifted`` of each text; of many short ones together it takes half the time."""
    written: list[str] = []
    ends: list[int] = []
    for text in texts:
        written += chunks.cut(text)
        ends.append(len(written))
        written += _APART
    passes = sieve(wanted)
    if passes is not None:
        written = _passed(written, passes)
    found = chunks.forms(written)
    begins = [0, *(end + len(_APART) for end in ends)]
    return [" ".join(filter(None, found[a:b])) for a, b in zip(begins, ends, strict=False)]


def _passed(written: Sequence[str], passes: Sieve) -> list[str]:
    """The chunks, ``STOPPED`` for those without what passes.

    What passes holds no blank, so blanks tell which chunk it stands in.
    """
    small = " ".join(written).lower()
    kept = [STOPPED if one and one != "\n" else one for one in written]
    at = number = 0
    for place in passes.places(small):
        number += small.count(" ", at, place)
        at = place
        kept[number] = written[number]
    return kept


def surfaces(text: str, skip: Sequence[Span] = ()) -> set[tuple[str, str]]:
    """Each distinct ``(folded word, form)`` of ``text`` outside ``skip``, for the table of terms."""
    return indexed(text, skip)[1]


def indexed(
    text: str, skip: Sequence[Span] = (), known: set[str] | frozenset[str] | None = None
) -> tuple[str, set[tuple[str, str]]]:
    """``index_text`` and ``surfaces`` in one walk, which is much of the time that storing takes.

    ``known``: what the caller has had the surfaces of already; they are left out, and what is in
    this text is added, unless it is frozen.
    """
    forms: list[str] = []
    written: set[str] = set()
    for piece in _pieces(text, skip):
        cut = chunks.cut(piece)
        forms.extend(filter(None, chunks.forms(cut)))
        written.update(cut)
    if known is not None:
        written -= known
    if isinstance(known, set):
        known.update(one for one in written if len(one) <= chunks.LONGEST)
    return " ".join(forms), chunks.surfaces(written)


def _pieces(text: str, skip: Sequence[Span]) -> Iterator[str]:
    at = 0
    for span in skip:
        yield text[at : span.start]
        at = max(at, span.end)
    yield text[at:] if at else text
