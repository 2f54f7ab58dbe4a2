"""Tokens and sentences with offsets into the text, which itself is never changed.

A token is a run of letters and digits (apostrophes inside), a number with its separators, or one
other visible character. Hyphens always stand alone, so that "Indonesia-Rusia" holds two countries.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import accumulate, compress, count, islice
from operator import add, ne, sub

from store.extract import reading
from store.extract.reading import Edit, Reading
from store.records import Span
from store.text import sentences

# A question mark between letters is what a lost character left behind ("Šef?ovič").
_LOST = r"(?<=[^\W\d_])\?(?=[^\W\d_])"
_LETTERS = rf"(?:[^\W\d_]+|{_LOST})"
# The first way is only a short cut for what most words are.
TOKEN = re.compile(
    rf"[a-zA-Z]++(?![^\W_]|['’ʼ`?])|\d+(?:[.,]\d+)*|{_LETTERS}(?:[^\W_]+|{_LOST})*(?:['’ʼ`]{_LETTERS}+)*|[^\w\s]|_"
)
# With the blanks before it: every visible character is of a token, so that lengths tell where each one is.
_NEXT = re.compile(rf"\s*+(?:{TOKEN.pattern})")
MAX_SENTENCE = 200
"""Tokens; a longer stretch (a table, a text without stops) is cut so that tagging stays linear."""


@dataclass(slots=True)
class Text:
    """An article as the stages see it: parallel lists of tokens, and sentences as token ranges.

    All offsets, those of ``masked`` too, are into ``body``, which may be a reading of the stored text.
    """

    body: str
    forms: list[str]
    lows: list[str]
    starts: list[int]
    ends: list[int]
    sentences: list[tuple[int, int]]
    masked: Sequence[Span] = ()
    sentence_of: list[int] = field(default_factory=list)
    """Per token the number of its sentence; filled by ``read``."""
    readings: tuple[Reading, ...] = ()
    """What led from the stored text to ``body``, in order."""
    stored: str = ""
    uncut: str | None = None
    """``body`` before run-together words were cut, which is the last reading; None if none was."""
    _mask_starts: list[int] = field(default_factory=list)
    _places: dict[str, list[int]] = field(default_factory=dict)
    _capitals: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._mask_starts = [span.start for span in self.masked]

    def places(self) -> dict[str, list[int]]:
        """Per lower-cased word the tokens where it stands."""
        if not self._places:
            places = defaultdict[str, list[int]](list)
            for at, low in enumerate(self.lows):
                places[low].append(at)
            self._places = dict(places)
        return self._places

    def capitals(self) -> list[int]:
        """The tokens that begin with a capital, in order."""
        if not self._capitals:
            forms = self.forms
            mixed = compress(count(), map(ne, forms, self.lows))
            self._capitals = [at for at in mixed if forms[at][0].isupper()]
        return self._capitals

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

    def source(self, start: int, end: int) -> Span:
        """The characters of the stored text that ``body[start:end]`` is read from."""
        for step in reversed(self.readings):
            start, end = step.back(start, end)
        return Span(start, end)

    def here(self, offset: int) -> int:
        """Where an offset of the stored text is in ``body``."""
        for step in self.readings:
            offset = step.here(offset)
        return offset

    def shown(self, start: int, end: int) -> str:
        """``body[start:end]`` with run-together words as the article has them ("PT GarudaFood")."""
        if self.uncut is None:
            return self.body[start:end]
        start, end = self.readings[-1].back(start, end)
        return self.uncut[start:end]

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
    unglue: Cutter | None = None,
) -> Text:
    """``body`` as tokens outside the masked spans.

    ``unglue`` gives the pieces of a capitalised word that may be several run together. Between the
    pieces a blank is read.
    """
    stored = body
    readings = reading.of(body)
    for step in readings:
        body, masked = step.text, step.spans(masked)
    uncut: str | None = None
    forms: list[str] = []
    ends: list[int] = []
    for start, end in _unmasked(body, masked):
        found = _NEXT.findall(body, start, end)
        forms += map(str.lstrip, found)
        ends += islice(accumulate(map(len, found), initial=start), 1, None)
    starts = list(map(sub, ends, map(len, forms)))
    lows = list(map(str.lower, forms))
    if unglue is not None and (pieces := _pieces(forms, lows, unglue)):
        forms, starts, edits = _cut(forms, starts, pieces)
        uncut, apart = body, Reading(body, edits)
        readings, body, masked = (*readings, apart), apart.text, apart.spans(masked)
        ends = list(map(add, starts, map(len, forms)))
        lows = list(map(str.lower, forms))
    if "’" in body:
        lows = [low.replace("’", "'") for low in lows]
    text = Text(
        body, forms, lows, starts, ends, [], masked, readings=readings, stored=stored, uncut=uncut
    )
    text.sentences = _sentence_ranges(text)
    text.sentence_of = [0] * len(forms)
    for number, (at, last) in enumerate(text.sentences):
        text.sentence_of[at:last] = [number] * (last - at)
    return text


Cutter = Callable[[str, Collection[str], str], list[str]]
"""Is given a word, all forms of the text, and the word's successor where it ends like "Budidi" (before a
place, that is a name and "di")."""
_WHERE = ("di", "ke")
_MAY_BE_GLUED = 6
"""Letters; a shorter word is never two, but for one with a capital inside ("BIdan")."""
_LEAST_GLUED = 4


def _pieces(forms: list[str], lows: list[str], unglue: Cutter) -> dict[str, list[str]]:
    """The forms that are several words run together, with those words."""
    seen = set(forms)
    may_be = [
        form
        for form in set(compress(forms, map(ne, forms, lows)))
        if len(form) >= _LEAST_GLUED
        and (len(form) >= _MAY_BE_GLUED or not form[1:].islower())
        and (form.endswith("RI") or not form.isupper())
    ]
    after = _successors(forms, {form for form in may_be if form.endswith(_WHERE)})
    return {
        form: pieces
        for form in may_be
        if len(pieces := unglue(form, seen, after.get(form, ""))) > 1
    }


def _successors(forms: list[str], some: set[str]) -> dict[str, str]:
    """What follows some of the words where they first stand."""
    if not some:
        return {}
    # From the end to the beginning, so that what stands first is kept.
    pairs = zip(reversed(forms[:-1]), reversed(forms[1:]), strict=True)
    return {form: following for form, following in pairs if form in some}


def _cut(
    forms: list[str], starts: list[int], pieces_of: dict[str, list[str]]
) -> tuple[list[str], list[int], list[Edit]]:
    """The tokens with those forms cut, a blank before each piece, and the edits that read it so."""
    cut_forms: list[str] = []
    cut_starts: list[int] = []
    edits: list[Edit] = []
    done = 0
    for number in [number for number, form in enumerate(forms) if form in pieces_of]:
        # What lies between two such words only moves.
        cut_forms += forms[done:number]
        cut_starts += [start + len(edits) for start in starts[done:number]]
        at = start = starts[number]
        for piece in pieces_of[forms[number]]:
            if at > start:
                edits.append((at, at, " "))
            cut_forms.append(piece)
            cut_starts.append(at + len(edits))
            at += len(piece)
        done = number + 1
    cut_forms += forms[done:]
    cut_starts += [start + len(edits) for start in starts[done:]]
    return cut_forms, cut_starts, edits


def _unmasked(body: str, masked: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """What lies between the masked spans, without the blanks at its end."""
    at = 0
    for span in (*masked, Span(len(body), len(body))):
        end = span.start
        while end > at and body[end - 1].isspace():
            end -= 1
        if end > at:
            yield at, end
        at = max(at, span.end)


def _sentence_ranges(text: Text) -> list[tuple[int, int]]:
    starts = text.starts
    ranges: list[tuple[int, int]] = []
    at, count = 0, len(starts)
    stops = [at for at in _stops(text.forms) if _ends_sentence(text, at)]
    stops.append(count)
    stop = 0
    for _, end in sentences(text.body):
        first, at = at, bisect_left(starts, end, at)
        while first < at:
            while stops[stop] <= first:
                stop += 1
            last = min(stops[stop] + 1, at, first + MAX_SENTENCE + 1)
            ranges.append((first, last))
            first = last
    if at < count and ranges:
        ranges.append((at, count))
    return ranges


def _stops(forms: Sequence[str]) -> Iterator[int]:
    """The tokens that are full stops."""
    at = -1
    with suppress(ValueError):
        while True:
            at = forms.index(".", at + 1)
            yield at


def _ends_sentence(text: Text, at: int) -> bool:
    """Whether a full stop stands glued between two words ("kedua negara.Menurut")."""
    forms = text.forms
    return (
        0 < at < len(forms) - 1
        and text.starts[at + 1] == text.ends[at]
        and forms[at + 1][:1].isupper()
        and len(forms[at - 1]) > 3
        and forms[at - 1].islower()
    )
