"""What the sequence model sees of a token: itself, its neighbours, its word class, its capitalised run.

Everything that depends on one word alone is built once per word and kept, so that a token costs a
few list additions. Feature names are short because their bytes are most of the work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from store.extract import countries as states
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
_KEEP, _KEEP_SHARES = 30_000, 15_000
"""Words kept, and those of them with their share of the features (2 KB each); beyond that they are
built anew (a text of random words)."""


_ASCII_KINDS = {
    code: "X" if chr(code).isupper() else "x" if chr(code).islower() else "d"
    for code in range(128)
    if chr(code).isalnum()
}


def shape(form: str) -> str:
    """Case and digits: "MoTIE" → "XxXX", "27" → "dd"; three or more of a kind count as two."""
    if form.isascii():
        kinds = form.translate(_ASCII_KINDS)
    else:
        kinds = "".join(
            "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c for c in form
        )
    return _squeezed(kinds)


@lru_cache(maxsize=4096)
def _squeezed(kinds: str) -> str:
    return _REPEATED.sub(r"\1\1", kinds)


@dataclass(slots=True)
class Region:
    """A stretch of tokens ``[first, last)`` to tag, with the features of each."""

    first: int
    last: int
    items: list[list[bytes]]
    told: bool = True
    """Whether the first model or a rule sees anything in it."""


class _Share:
    """One word's share of every feature it takes part in, as bytes (what the tagger reads fastest)."""

    __slots__ = (
        *("after", "after2", "before", "before2", "low", "low_pair", "own"),
        *("run_after", "run_before", "run_head", "run_tail", "shape", "shape_pair", "shape_pair2"),
    )

    def __init__(self, form: str, flags: Sequence[bytes], classes: tuple[str, str] | None) -> None:
        small = form.lower()
        self.low = low = small.encode()
        self.shape = kind = shape(form).encode()
        known = [b"w=" + low, b"s=" + kind, *flags]
        if classes:
            known += [b"k=" + classes[0].encode(), b"K=" + classes[1].encode()]
        own = [b"b", *known[:2]]
        for n in range(1, min(5, len(small))):
            own.append(f"p{n}={small[:n]}".encode())
            own.append(f"x{n}={small[-n:]}".encode())
        self.own = own + known[2:]
        # "-2" is what an item sees of the word two places before it.
        self.before2 = [b"-2" + name for name in known]
        self.before = [b"-1" + name for name in known]
        self.after = [b"1" + name for name in known]
        self.after2 = [b"2" + name for name in known]
        # With what follows: the words, and the shapes as seen from the second and from the first.
        self.low_pair = b"c=" + low + b"|"
        self.shape_pair = b"d=" + kind + b"|"
        self.shape_pair2 = b"e=" + kind + b"|"
        self.run_head = [b"rh=" + low, *(b"r" + flag for flag in flags)]
        self.run_before = b"rb=" + low
        self.run_after = b"ra=" + low
        self.run_tail = b"rt=" + low


class _Word:
    """What decides where a name may be; the features only of words that are looked at there."""

    __slots__ = ("capital", "everyday", "form", "link", "opens", "share")

    def __init__(self, form: str, *, everyday: bool) -> None:
        self.form = form
        self.capital = form[0].isupper()
        self.everyday = everyday
        self.opens = form in "“\"‘'(:.-–"
        self.link = form.lower() in _LINKS
        self.share: _Share | None = None


class Features:
    """Builds the features of token ranges; keeps what it learns about words."""

    def __init__(self, table: Words) -> None:
        self._words = table
        self._known: dict[str, _Word] = {}
        self._shares = 0
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
        self._lists = Gazetteer.merged(
            (states.gazetteer(), b"g=C"),
            (organisations.load().names, b"g=O"),
            (places.load().names, b"g=L"),
        )

    def _word(self, form: str) -> _Word:
        word = self._known.get(form)
        if word is None:
            word = _Word(form, everyday=form[0].isupper() and self._is_everyday(form))
            if len(self._known) < _KEEP:
                self._known[form] = word
        return word

    def _is_everyday(self, form: str) -> bool:
        low = form.lower()
        habit = self._words.habit(low)
        return (
            habit is not None
            and habit <= _EVERYDAY_HABIT
            and not (form.isupper() and len(form) > 1)
            and not self._flags_of(low)
        )

    def _flags_of(self, low: str) -> list[bytes]:
        return [flag for flag, members in self._flags.items() if low in members]

    def _share(self, word: _Word) -> _Share:
        if word.share is not None:
            return word.share
        low = word.form.lower()
        share = _Share(word.form, self._flags_of(low), self._words.classes(low))
        if self._shares < _KEEP_SHARES:
            word.share = share
            self._shares += 1
        return share

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
    ) -> list[Region]:
        """The regions of the sentence ``[first, last)`` that may hold a name, in order and apart.

        ``listed``: the marks of the whole text.
        """
        known = self._known
        seen = [known.get(form) or self._word(form) for form in text.forms[first:last]]
        bounds = list(_regions(seen))
        if not bounds:
            return []
        runs = self._runs(seen)
        regions: list[Region] = []
        for start, end in bounds:
            items = self._items(seen, start, end, runs)
            for at, item in enumerate(items, first + start):
                if at in listed:
                    item.append(listed[at])
                if at + 1 in listed and at + 1 < last:
                    item.append(b"1" + listed[at + 1])
            regions.append(Region(first + start, first + end, items))
        return regions

    def _items(
        self, seen: Sequence[_Word], start: int, end: int, runs: Sequence[_Run | None]
    ) -> list[list[bytes]]:
        """The features of the tokens ``[start, end)`` of a sentence."""
        low, count = max(0, start - 2), len(seen)
        near = [word.share or self._share(word) for word in seen[low : end + 2]]
        items: list[list[bytes]] = []
        for at, word in enumerate(near[start - low : end - low], start):
            here = at - low
            item = word.own.copy()
            if at > 0:
                before = near[here - 1]
                item += before.before
                item.append(before.low_pair + word.low)
                item.append(before.shape_pair + word.shape)
                if at > 1:
                    item += near[here - 2].before2
                else:
                    item.append(b"-2B")
            else:
                item.append(b"-1B")
            if at + 1 < count:
                following = near[here + 1]
                item += following.after
                item.append(word.shape_pair2 + following.shape)
                if at + 2 < count:
                    item += near[here + 2].after2
                else:
                    item.append(b"2E")
            else:
                item.append(b"1E")
            run = runs[at]
            if run is not None:
                item += run[1]
                item.append(_POSITIONS[min(at - run[0], 3)])
            items.append(item)
        return items

    def _runs(self, seen: Sequence[_Word]) -> list[_Run | None]:
        """Per token the capitalised run it is in: its first token, and the features all of it share."""
        runs: list[_Run | None] = [None] * len(seen)
        count = len(seen)
        for first in [at for at, word in enumerate(seen) if word.capital]:
            if runs[first] is not None:
                continue
            at = first + 1
            while at < count and (
                seen[at].capital or (seen[at].link and at + 1 < count and seen[at + 1].capital)
            ):
                at += 1
            shared = [
                *self._share(seen[first]).run_head,
                _LENGTHS[min(at - first, 6)],
                self._share(seen[first - 1]).run_before if first else b"rb=B",
                self._share(seen[at]).run_after if at < count else b"ra=E",
                self._share(seen[at - 1]).run_tail,
            ]
            runs[first:at] = [(first, shared)] * (at - first)
        return runs


_Run = tuple[int, list[bytes]]
_POSITIONS = (b"ri=0", b"ri=1", b"ri=2", b"ri=3")
_LENGTHS = tuple(b"rl=%d" % n for n in range(7))


def _regions(seen: Sequence[_Word]) -> Iterator[tuple[int, int]]:
    """The neighbourhood of capitals.

    An everyday word that has its capital only from beginning a sentence or a quotation is none.
    """
    start = end = -1
    count = len(seen)
    for at in [at for at, word in enumerate(seen) if word.capital]:
        if (
            seen[at].everyday
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
