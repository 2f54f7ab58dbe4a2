"""What the sequence model sees of a token: itself, its neighbours, its word class, its capitalised run.

Everything that depends on one word alone is built once per word and kept, so that a token costs a
few list additions. Feature names are short because their bytes are most of the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from store.extract import offices, organisations, places
from store.extract.gazetteer import Gazetteer
from store.extract.tokens import Text, words
from store.extract.words import Words
from store.kb import countries

_REPEATED = re.compile(r"(.)\1{2,}")
_LINKS = frozenset({"of", "for", "and", "dan", "de", "bin", "al", "the", "-", "–", "&", "untuk"})
# Verbs of saying: what stands before or after one is often a person (IDNer-News-2k, our articles).
_SPEECH = frozenset(
    [
        "kata",
        "ujar",
        "tutur",
        "ucap",
        "jelas",
        "imbuh",
        "tandas",
        "papar",
        "ungkap",
        "terang",
        "tegas",
        "sebut",
        "lanjut",
        "tambah",
        "katanya",
        "ujarnya",
        "mengatakan",
        "menyatakan",
        "menyampaikan",
        "menjelaskan",
        "menambahkan",
        "mengungkapkan",
        "menegaskan",
        "menuturkan",
        "memaparkan",
        "menyebut",
        "menyebutkan",
        "menilai",
        "mengaku",
        "berharap",
        "meminta",
        "menurut",
    ]
)
MARGIN = 2
"""Lower-case tokens looked at on either side of a capital; further on no name is, and leaving that
out saves half of the time."""
_EVERYDAY_HABIT = 0
"""Tenths; a word this seldom capitalised inside sentences is no name."""
_KEEP = 15_000
"""Words kept with their features; beyond that they are built anew (a text of random words)."""


def shape(form: str) -> str:
    """Case and digits: "MoTIE" → "XxXX", "27" → "dd"; three or more of a kind count as two."""
    kinds = "".join(
        "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c for c in form
    )
    return _REPEATED.sub(r"\1\1", kinds)


@dataclass(slots=True)
class Region:
    """A stretch of tokens ``[first, last)`` to tag, with the features of each."""

    first: int
    last: int
    items: list[list[bytes]]


class _Word:
    """One word's share of every feature it takes part in, as bytes (what the tagger reads fastest)."""

    __slots__ = (
        *("after", "after2", "before", "before2", "capital", "everyday", "link", "low", "opens"),
        *("own", "run_after", "run_before", "run_head", "run_tail", "shape"),
    )

    def __init__(
        self,
        form: str,
        flags: Sequence[bytes],
        classes: tuple[str, str] | None,
        habit: int | None,
    ) -> None:
        low = form.lower()
        kind = shape(form)
        self.low = low.encode()
        self.shape = kind.encode()
        self.capital = form[0].isupper()
        self.everyday = (
            habit is not None
            and habit <= _EVERYDAY_HABIT
            and not flags
            and not (form.isupper() and len(form) > 1)
        )
        self.opens = form in "“\"‘'(:.-–"
        self.link = low in _LINKS
        known = [b"w=" + self.low, b"s=" + self.shape, *flags]
        if classes:
            known += [b"k=" + classes[0].encode(), b"K=" + classes[1].encode()]
        own = [b"b", *known[:2]]
        for n in range(1, min(5, len(low))):
            own.append(f"p{n}={low[:n]}".encode())
            own.append(f"x{n}={low[-n:]}".encode())
        self.own = own + known[2:]
        # "-2" is what an item sees of the word two places before it.
        self.before2 = [b"-2" + name for name in known]
        self.before = [b"-1" + name for name in known]
        self.after = [b"1" + name for name in known]
        self.after2 = [b"2" + name for name in known]
        self.run_head = [b"rh=" + self.low, *(b"r" + flag for flag in flags)]
        self.run_before = b"rb=" + self.low
        self.run_after = b"ra=" + self.low
        self.run_tail = b"rt=" + self.low


class Features:
    """Builds the features of token ranges; keeps what it learns about words."""

    def __init__(self, table: Words) -> None:
        self._words = table
        self._known: dict[str, _Word] = {}
        office = offices.load()
        self._flags = {
            b"fo": office.head_words | office.prefixes,
            b"fh": office.honorifics,
            b"fp": office.portfolios,
            b"fg": organisations.load().head_words,
            b"ft": organisations.load().tails,
            b"fl": places.load().head_words,
            b"fc": frozenset(word for form in countries.forms() for word in words(form)),
            b"fn": places.load().name_words,
            b"fs": _SPEECH,
        }
        self._lists: Gazetteer[bytes] = Gazetteer()
        for form in countries.forms():
            self._lists.add(form, b"g=C")
        for lexicon, mark in (
            (organisations.load().forms, b"g=O"),
            (places.load().forms, b"g=L"),
        ):
            for form in lexicon:
                self._lists.add(form, mark)

    def _word(self, form: str) -> _Word:
        word = self._known.get(form)
        if word is None:
            low = form.lower()
            flags = [flag for flag, members in self._flags.items() if low in members]
            word = _Word(form, flags, self._words.classes(low), self._words.habit(low))
            if len(self._known) < _KEEP:
                self._known[form] = word
        return word

    def listed(self, text: Text) -> dict[int, bytes]:
        """Per token of a well-known name its mark: where it begins, goes on, or has just ended."""
        marks: dict[int, bytes] = {}
        for start, end, mark in self._lists.scan(text):
            inside = mark + b"I"
            marks[start] = mark + b"B"
            for at in range(start + 1, end):
                marks[at] = inside
            if text.sentence_of[start] == text.sentence_of[min(end, len(text.forms) - 1)]:
                marks.setdefault(end, b"g=E")
        return marks

    def sentence(
        self, text: Text, first: int, last: int, listed: Mapping[int, bytes]
    ) -> Iterator[Region]:
        """The regions of the sentence ``[first, last)`` that may hold a name, in order and apart.

        ``listed``: the marks of the whole text.
        """
        known = self._known
        seen = [known.get(form) or self._word(form) for form in text.forms[first:last]]
        runs = _runs(seen)
        for start, end in _regions(seen):
            items = [_item(seen, at, runs[at]) for at in range(start, end)]
            for at, item in enumerate(items, first + start):
                if at in listed:
                    item.append(listed[at])
                if at + 1 in listed and at + 1 < last:
                    item.append(b"1" + listed[at + 1])
            yield Region(first + start, first + end, items)


def _regions(seen: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    """The neighbourhood of capitals.

    An everyday word that has its capital only from beginning a sentence or a quotation is none.
    """
    start = end = -1
    count = len(seen)
    for at, word in enumerate(seen):
        if not word.capital:
            continue
        if (
            word.everyday
            and (at == 0 or seen[at - 1].opens)
            and (at + 1 == count or not seen[at + 1].capital)
        ):
            continue
        if start < 0:
            start = max(0, at - MARGIN)
        elif at - MARGIN > end:
            yield start, end
            start = at - MARGIN
        end = min(count, at + 1 + MARGIN)
    if start >= 0:
        yield start, end


_Run = tuple[int, list[bytes]]
_POSITIONS = (b"ri=0", b"ri=1", b"ri=2", b"ri=3")
_LENGTHS = tuple(b"rl=%d" % n for n in range(7))


def _item(seen: list[_Word], at: int, run: _Run | None) -> list[bytes]:
    word = seen[at]
    item = word.own.copy()
    if at > 0:
        before = seen[at - 1]
        item += before.before
        item.append(b"c=" + before.low + b"|" + word.low)
        item.append(b"d=" + before.shape + b"|" + word.shape)
        if at > 1:
            item += seen[at - 2].before2
        else:
            item.append(b"-2B")
    else:
        item.append(b"-1B")
    beyond = len(seen) - at
    if beyond > 1:
        following = seen[at + 1]
        item += following.after
        item.append(b"e=" + word.shape + b"|" + following.shape)
        if beyond > 2:
            item += seen[at + 2].after2
        else:
            item.append(b"2E")
    else:
        item.append(b"1E")
    if run is not None:
        item += run[1]
        item.append(_POSITIONS[min(at - run[0], 3)])
    return item


def _runs(seen: list[_Word]) -> list[_Run | None]:
    """Per token the capitalised run it is in: its first token, and the features all of it share."""
    runs: list[_Run | None] = [None] * len(seen)
    at, count = 0, len(seen)
    while at < count:
        if not seen[at].capital:
            at += 1
            continue
        first = at
        at += 1
        while at < count and (
            seen[at].capital or (seen[at].link and at + 1 < count and seen[at + 1].capital)
        ):
            at += 1
        shared = [
            *seen[first].run_head,
            _LENGTHS[min(at - first, 6)],
            seen[first - 1].run_before if first else b"rb=B",
            seen[at].run_after if at < count else b"ra=E",
            seen[at - 1].run_tail,
        ]
        runs[first:at] = [(first, shared)] * (at - first)
    return runs
