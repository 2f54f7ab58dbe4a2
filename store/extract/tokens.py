"""Tokens and sentences with offsets into the text, which itself is never changed.

A token is a run of letters and digits (apostrophes inside), a number with its separators, or one
other visible character. Hyphens always stand alone, so that "Indonesia-Rusia" holds two countries.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from store.records import Span
from store.text import sentences

# Letters that UTF-8 read as Latin-1 or cp1252 leaves behind ("Ã©" for "é"): part of the word.
_MOJIBAKE = "[ÃÂÅÄ][\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u20ac\u2122]"
# A question mark between letters is what a lost character left behind ("Šef?ovič").
_LOST = r"(?<=[^\W\d_])\?(?=[^\W\d_])"
# Other letters are taken by the run, which is much faster than one by one.
_ODD = rf"{_MOJIBAKE}|[ÃÂÅÄ]|{_LOST}"
_LETTERS = rf"(?:[^\W\d_ÃÂÅÄ]+|{_ODD})"
TOKEN = re.compile(
    rf"\d+(?:[.,]\d+)*|{_LETTERS}(?:[^\W_ÃÂÅÄ]+|{_ODD})*(?:['’ʼ`]{_LETTERS}+)*|[^\w\s]|_"
)
MAX_SENTENCE = 200
"""Tokens; a longer stretch (a table, a text without stops) is cut so that tagging stays linear."""


@dataclass(slots=True)
class Text:
    """An article as the stages see it: parallel lists of tokens, and sentences as token ranges."""

    body: str
    forms: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]
    masked: Sequence[Span] = ()
    sentence_of: list[int] = field(default_factory=list)
    """Per token the number of its sentence; filled by ``read``."""
    _mask_starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._mask_starts = [span.start for span in self.masked]

    def token_at(self, offset: int) -> int:
        """The index of the first token that ends after ``offset``."""
        at = bisect_left(self.starts, offset)
        return at - 1 if at and self.ends[at - 1] > offset else at

    def is_masked(self, start: int, end: int) -> bool:
        """Whether ``[start, end)`` touches boilerplate."""
        at = bisect_left(self._mask_starts, end) - 1
        return at >= 0 and self.masked[at].end > start

    def sentence_end(self, token: int) -> int:
        """The token after the last one of the sentence that ``token`` is in."""
        return self.sentences[self.sentence_of[token]][1]

    def surface(self, first: int, last: int) -> str:
        """The characters of the tokens ``[first, last)``."""
        return self.body[self.starts[first] : self.ends[last - 1]]

    def wording(self, first: int, last: int) -> str:
        """The same on one line, with a blank where a scraper lost it ("KetuaDPR")."""
        parts = [self.body[self.starts[first] : self.ends[first]]]
        for at in range(first + 1, last):
            gap = self.body[self.ends[at - 1] : self.starts[at]]
            lost = not gap and self.forms[at - 1][-1].isalpha() and self.forms[at][0].isalpha()
            parts += [" " if gap or lost else "", self.body[self.starts[at] : self.ends[at]]]
        return "".join(parts)


def lower(form: str) -> str:
    """A token in lower case with straight apostrophes: what lexicons are looked up by."""
    return form.lower().replace("’", "'") if "’" in form else form.lower()


@lru_cache(maxsize=8192)
def words(form: str) -> tuple[str, ...]:
    """The tokens of a name, lower-cased: the key under which gazetteers keep it.

    Kept, because a start asks for the same few thousand names of the tables several times.
    """
    if form.isascii() and form.replace(" ", "").isalpha():
        return tuple(form.lower().split())
    return tuple(lower(form) for form in TOKEN.findall(form))


def read(
    body: str,
    masked: Sequence[Span] = (),
    unglue: Callable[[str, Collection[str]], list[str]] | None = None,
) -> Text:
    """``body`` as tokens outside the masked spans.

    ``unglue`` gives the pieces of a capitalised word that may be several run together; it is told
    all forms of the text.
    """
    forms: list[str] = []
    starts: list[int] = []
    for start, end in _unmasked(len(body), masked):
        for match in TOKEN.finditer(body, start, end):
            forms.append(match.group())
            starts.append(match.start())
    if unglue is not None:
        forms, starts = _cut(forms, starts, unglue)
    ends = [start + len(form) for start, form in zip(starts, forms, strict=True)]
    text = Text(body, forms, [lower(form) for form in forms], starts, ends, [], masked)
    text.sentences = _sentence_ranges(text)
    text.sentence_of = [0] * len(forms)
    for number, (first, last) in enumerate(text.sentences):
        text.sentence_of[first:last] = [number] * (last - first)
    return text


_MAY_BE_GLUED = 6
"""Letters; a shorter word is never two."""


def _cut(
    forms: list[str], starts: list[int], unglue: Callable[[str, Collection[str]], list[str]]
) -> tuple[list[str], list[int]]:
    seen = set(forms)
    pieces_of = {
        form: pieces
        for form in seen
        if len(form) >= _MAY_BE_GLUED
        and not form.islower()
        and not form.isupper()
        and len(pieces := unglue(form, seen)) > 1
    }
    if not pieces_of:
        return forms, starts
    cut_forms: list[str] = []
    cut_starts: list[int] = []
    for form, start in zip(forms, starts, strict=True):
        for piece in pieces_of.get(form, (form,)):
            cut_forms.append(piece)
            cut_starts.append(start)
            start += len(piece)
    return cut_forms, cut_starts


def _unmasked(length: int, masked: Sequence[Span]) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    at = 0
    for span in masked:
        if span.start > at:
            ranges.append((at, span.start))
        at = max(at, span.end)
    if at < length:
        ranges.append((at, length))
    return ranges


def _sentence_ranges(text: Text) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    at, count = 0, len(text.forms)
    previous_end = 0
    for _, end in sentences(text.body):
        first = at
        while at < count and text.starts[at] < end:
            # A full stop glued between two words ends a sentence too ("kedua negara.Menurut").
            if (
                text.forms[at] == "."
                and first < at < count - 1
                and text.starts[at + 1] == text.ends[at]
                and text.forms[at + 1][:1].isupper()
                and len(text.forms[at - 1]) > 3
                and text.forms[at - 1].islower()
            ) or at - first >= MAX_SENTENCE:
                ranges.append((first, at + 1))
                first = at + 1
            at += 1
        if at > first:
            ranges.append((first, at))
        previous_end = end
    if at < count and previous_end:
        ranges.append((at, count))
    return ranges
