"""The forms of running text, looked up blank by blank: what stands between two blanks is read once.

A text is made of words that stood in other texts, with the same comma behind them. Cutting at blanks
and looking up what lies between takes a sixth of the time that finding the written units anew does.
Only what a word makes with the word before it ("kerja sama") depends on the neighbour.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import compress, count
from typing import NamedTuple

from store.normalise.compounds import compound, second_words
from store.normalise.forms import Unit, unit

# Letters and digits, then more of them after one hyphen, apostrophe, combining mark or, between
# digits, a point or comma: "negara-negara", "Ma'ruf", "Rp30.000", "4.0".
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_UNIT = rf"[^\W_]+(?:(?:[-'\u2019\u2018\u02bc`\u2010\u2011]|[{_MARKS}]+|(?<=\d)[.,](?=\d))[^\W_]+)*"
UNITS = re.compile(f"({_UNIT})")
"""Splits a text into gaps and written units, in turn."""

GAP = 3
"""Words further apart than this many characters (" - ") make no compound."""

LONGEST = 48
"""Characters of a chunk that is likely to come again; longer ones are addresses, or scripts without
blanks."""

_MOST = 500_000
"""Characters of the chunks remembered (some 60,000 chunks, 12 MB); then the memory is begun anew, and
takes over from the one before what still comes."""


class Chunk(NamedTuple):
    """What stands between two blanks: words with their punctuation, usually one."""

    text: str
    """The forms of all its words, joined by blanks."""
    first: Unit | None
    """The first word that has forms; None where there is no such word."""
    rest: str
    """The forms of the words after the first."""
    ends: tuple[tuple[str, int], ...]
    """Forms of the last word that a next word may join (``Unit.ends``)."""
    before: int
    """Characters before its first word."""
    after: int
    """Characters behind its last word."""


class _Memory(dict[str, str]):
    """Chunk → its forms; ``seconds`` are the chunks that may end a compound begun in another."""

    def __init__(self, before: _Memory | None = None) -> None:
        self.seconds: set[str] = set()
        self.characters = 0
        self._before = before

    def __missing__(self, written: str) -> str:
        self.characters += len(written)
        known = self._before.get(written) if self._before is not None else None
        if known is not None and self._before is not None:
            second = written in self._before.seconds
        else:
            chunk = _read(written)
            known = chunk.text
            second = chunk.first is not None and chunk.first.first in second_words()
        if second:
            self.seconds.add(written)
        self[written] = known
        return known

    def successor(self) -> _Memory:
        """A new one, which still knows what this one knows but nothing older."""
        self._before = None
        return _Memory(self)


def cut(text: str) -> list[str]:
    """The chunks of ``text``: joined by blanks they are the text, with a blank around line ends."""
    return text.replace("\n", " \n ").split(" ")


def forms(chunks: Sequence[str]) -> list[str]:
    """The forms of each chunk, joined by blanks, with the compounds that it makes with those before."""
    kept = _kept()
    memory = kept[0]
    if memory.characters > _MOST:
        memory = kept[0] = memory.successor()
    found = list(map(memory.__getitem__, chunks))
    for at in compress(count(), map(memory.seconds.__contains__, chunks)):
        found[at] = _with_previous(chunks, found, at) or found[at]
    return found


def surfaces(chunks: Iterable[str]) -> set[tuple[str, str]]:
    """Each distinct ``(folded word, form)`` of the chunks."""
    return {
        pair for one in chunks for written in UNITS.findall(one) for pair in unit(written).surfaces
    }


@lru_cache(maxsize=1)
def _kept() -> list[_Memory]:
    """The one memory of the process, in a place where another can be put."""
    return [_Memory()]


def _chunk(written: str) -> Chunk:
    return _remembered(written) if len(written) <= LONGEST else _read(written)


@lru_cache(maxsize=16_384)
def _remembered(written: str) -> Chunk:
    return _read(written)


def _read(written: str) -> Chunk:
    parts = UNITS.split(written)
    entries = [unit(one) for one in parts[1::2]]
    texts = [entry.text for entry in entries]
    filled = [at for at, entry in enumerate(entries) if entry.parts]
    if not filled:
        return Chunk("", None, "", (), 0, 0)
    first, last = filled[0], filled[-1]
    for at in filled[1:]:
        if entries[at].first in second_words():
            texts[at] = _with_compounds(entries[at], _compounds(entries, parts, at))
    rest = " ".join(filter(None, texts[first + 1 :]))
    return Chunk(
        " ".join(filter(None, texts)),
        entries[first],
        rest,
        entries[last].ends,
        sum(map(len, parts[: 2 * first + 1])),
        sum(map(len, parts[2 * last + 2 :])),
    )


def _compounds(entries: Sequence[Unit], parts: Sequence[str], at: int) -> list[str]:
    """The compounds that end with the first word of ``entries[at]``; ``parts`` as split."""
    before = at - 1
    gap = len(parts[2 * at])
    while not entries[before].parts:
        gap += len(parts[2 * before + 1]) + len(parts[2 * before])
        before -= 1
    return _ending_with(entries[at], entries[before].ends) if gap <= GAP else []


def _with_previous(chunks: Sequence[str], texts: Sequence[str], at: int) -> str:
    """The forms of ``chunks[at]`` with what its first word makes with the word before; empty where
    it makes nothing. ``texts``: the forms of each chunk."""
    gap = 1
    before = at - 1
    while before >= 0 and not texts[before] and gap <= GAP:
        # Of a line end the two blanks around it are none.
        gap += 1 + (-1 if chunks[before] == "\n" else len(chunks[before]))
        before -= 1
    if before < 0 or gap > GAP:
        return ""
    last, this = _chunk(chunks[before]), _chunk(chunks[at])
    if this.first is None or gap + last.after + this.before > GAP:
        return ""
    compounds = _ending_with(this.first, last.ends)
    if not compounds:
        return ""
    return " ".join(filter(None, (_with_compounds(this.first, compounds), this.rest)))


def _ending_with(second: Unit, ends: Iterable[tuple[str, int]]) -> list[str]:
    return [joined for form, _ in ends if (joined := compound(form, second.first))]


def _with_compounds(entry: Unit, compounds: Sequence[str]) -> str:
    """The forms of a word, compounds that end with its first part directly after that."""
    return " ".join((entry.first, *compounds, *(part.form for part in entry.parts[1:])))
