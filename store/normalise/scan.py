"""From text to tokens: where words begin and end, and which forms each one puts into the index.

A written unit (letters, digits, inner apostrophes, hyphen chains) is looked up whole in a cache that
maps it to its forms, so that running text costs one dictionary access per unit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.normalise.compounds import compound
from store.normalise.forms import Part, parts
from store.records import Span


@dataclass(frozen=True, slots=True)
class Token:
    """One form of the index and the source range ``[start, end)`` that it stands for.

    Ranges of a compound ("kerja sama") cover those of its words; starts never fall.
    """

    form: str
    start: int
    end: int
    joined: bool = False
    """A compound: the words that it is made of have tokens of their own as well."""


# A unit: a number with its separators ("30.000", "4.0"), or letters and digits with inner
# apostrophes ("Ma'ruf") and combining marks; joined by single hyphens ("negara-negara", "G-20").
# A currency sign glued to its number ("Rp30.000") is a unit of its own.
_MARKS = "\u0300-\u036f\u064b-\u065f\u0670"
_WORD = rf"[^\W_]+(?:['\u2019\u2018\u02bc`{_MARKS}]+[^\W_]+)*[{_MARKS}]*"
_NUMBER = r"\d+(?:[.,]\d+)+"
_HYPHENS = "[-\u2010\u2011]"
_UNIT = re.compile(
    rf"(?:Rp|RM|USD|IDR|US|AS)(?=\d)|{_NUMBER}|{_WORD}(?:{_HYPHENS}(?:{_NUMBER}|{_WORD}))*",
    re.IGNORECASE,
)
_GAP = 3
"""Words further apart than this many characters (" - ") make no compound."""


def tokens(text: str) -> list[Token]:
    """The forms of ``text`` in reading order, each with its source range."""
    return [Token(*item) for item in _walk(text)]


def index_text(text: str, skip: Sequence[Span] = ()) -> str:
    """The forms of ``text`` outside ``skip`` (sorted, disjoint), joined by blanks, for the index."""
    return " ".join(form for piece in _pieces(text, skip) for form, *_ in _walk(piece))


def surfaces(text: str, skip: Sequence[Span] = ()) -> set[tuple[str, str]]:
    """Each distinct ``(folded word, form)`` of ``text`` outside ``skip``, for the table of terms."""
    found: set[tuple[str, str]] = set()
    for piece in _pieces(text, skip):
        for match in _UNIT.finditer(piece):
            found.update((part.surface, part.form) for part in parts(match.group()))
    return found


def _pieces(text: str, skip: Sequence[Span]) -> Iterator[str]:
    at = 0
    for span in skip:
        yield text[at : span.start]
        at = max(at, span.end)
    yield text[at:]


def _walk(text: str) -> list[tuple[str, int, int, bool]]:
    found: list[tuple[str, int, int, bool]] = []
    last: tuple[str, int, int, bool] | None = None
    for match in _UNIT.finditer(text):
        start = match.start()
        for part in parts(match.group()):
            item = (part.form, start + part.start, start + part.end, False)
            joined = last is not None and compound(last[0], part.form)
            found.append(item)
            if joined and last is not None and item[1] - last[2] <= _GAP:
                found.append((joined, last[1], item[2], True))
            last = item
    return found
