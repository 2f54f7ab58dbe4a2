"""From text to tokens: where words begin and end, and which forms each one puts into the index.

A written unit (letters, digits, inner apostrophes, hyphen chains, separators of a number) is looked
up whole in a cache that maps it to its forms, so that running text costs one access per unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from store.normalise.compounds import compound, second_words
from store.normalise.forms import Unit, unit
from store.records import Span


class Token(NamedTuple):
    """One form of the index and the source range ``[start, end)`` that it stands for.

    Ranges of a compound ("kerja sama") cover those of its words; starts never fall but for them.
    """

    form: str
    start: int
    end: int
    joined: bool = False
    """A compound: the words that it is made of have tokens of their own as well."""


# Letters and digits, then more of them after one hyphen, apostrophe, combining mark or, between
# digits, a point or comma: "negara-negara", "Ma'ruf", "Rp30.000", "4.0".
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_UNIT = rf"[^\W_]+(?:(?:[-'\u2019\u2018\u02bc`\u2010\u2011]|[{_MARKS}]+|(?<=\d)[.,](?=\d))[^\W_]+)*"
_UNITS = re.compile(f"({_UNIT})")
_GAP = 3
"""Words further apart than this many characters (" - ") make no compound."""


def tokens(text: str) -> list[Token]:
    """The forms of ``text`` in reading order, each with its source range."""
    found: list[Token] = []
    seconds = second_words()
    last: Unit | None = None
    last_start = last_end = end = 0
    parts = _UNITS.split(text)
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
        if entry.first in seconds and last is not None and start - last_end <= _GAP:
            for form, at in last.ends:
                if pair := compound(form, entry.first):
                    found.append(Token(pair, last_start + at, close, True))
        for part in entry.parts[1:]:
            found.append(Token(part.form, start + part.start, start + part.end, part.joined))
        last, last_start, last_end = entry, start, end
    return found


def index_text(text: str, skip: Sequence[Span] = ()) -> str:
    """The forms of ``text`` outside ``skip`` (sorted, disjoint), joined by blanks, for the index."""
    return indexed(text, skip)[0]


def surfaces(text: str, skip: Sequence[Span] = ()) -> set[tuple[str, str]]:
    """Each distinct ``(folded word, form)`` of ``text`` outside ``skip``, for the table of terms."""
    return indexed(text, skip)[1]


def indexed(text: str, skip: Sequence[Span] = ()) -> tuple[str, set[tuple[str, str]]]:
    """``index_text`` and ``surfaces`` in one walk, which is most of the time that storing takes."""
    forms: list[str] = []
    found: set[tuple[str, str]] = set()
    for piece in _pieces(text, skip):
        # Gaps and units in turn, split at once: a match object for each unit costs twice as much.
        parts = _UNITS.split(piece)
        written = parts[1::2]
        entries = [unit(one) for one in written]
        texts = [entry.text for entry in entries]
        seconds = second_words()
        for at in [at for at, entry in enumerate(entries) if entry.first in seconds]:
            if compounds := _joined(entries, parts, at):
                rest = (part.form for part in entries[at].parts[1:])
                texts[at] = " ".join((entries[at].first, *compounds, *rest))
        forms.extend(filter(None, texts))
        for entry in dict(zip(written, entries, strict=True)).values():
            found.update(entry.surfaces)
    return " ".join(forms), found


def _joined(entries: Sequence[Unit], parts: Sequence[str], at: int) -> list[str]:
    """The compounds that end with the first word of ``entries[at]``; ``parts`` as split."""
    before = at - 1
    gap = len(parts[2 * at])
    while before >= 0 and not entries[before].parts:
        gap += len(parts[2 * before + 1]) + len(parts[2 * before])
        before -= 1
    if before < 0 or gap > _GAP:
        return []
    first = entries[at].first
    return [joined for form, _ in entries[before].ends if (joined := compound(form, first))]


def _pieces(text: str, skip: Sequence[Span]) -> Iterator[str]:
    at = 0
    for span in skip:
        yield text[at : span.start]
        at = max(at, span.end)
    yield text[at:] if at else text
