"""What the sequence model sees of a token: itself, its neighbours, its word class, its capitalised run.

Everything that depends on one word alone is built once per word and kept, so that a token costs a
few list additions. Feature names are short because their bytes are most of the work.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.extract import offices, organisations, places
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
_KEEP = 100_000
"""Words kept with their features; beyond that they are built anew (a text of random words)."""


def shape(form: str) -> str:
    """Case and digits: "MoTIE" → "XxXX", "27" → "dd"; three or more of a kind count as two."""
    kinds = "".join(
        "X" if c.isupper() else "x" if c.islower() else "d" if c.isdigit() else c for c in form
    )
    return _REPEATED.sub(r"\1\1", kinds)


class _Word:
    __slots__ = (
        "after",
        "after2",
        "before",
        "before2",
        "capital",
        "low",
        "own",
        "run_flags",
        "shape",
    )

    def __init__(self, form: str, flags: Sequence[str], classes: tuple[str, str] | None) -> None:
        low = form.lower()
        self.low = low
        self.shape = shape(form)
        self.capital = form[0].isupper()
        own = ["b", "w=" + low, "s=" + self.shape]
        size = len(low)
        for n in (1, 2, 3, 4):
            if size > n:
                own.append(f"p{n}={low[:n]}")
                own.append(f"x{n}={low[-n:]}")
        own.extend(flags)
        if classes:
            own += ["k=" + classes[0], "K=" + classes[1]]
        self.own = own
        around = ["w=" + low, "s=" + self.shape, *flags]
        if classes:
            around += ["k=" + classes[0], "K=" + classes[1]]
        # "-2" is what an item sees of the word two places before it.
        self.before2 = ["-2" + name for name in around]
        self.before = ["-1" + name for name in around]
        self.after = ["1" + name for name in around]
        self.after2 = ["2" + name for name in around]
        self.run_flags = ["rh=" + low, *("r" + flag for flag in flags)]


class Features:
    """Builds the features of token ranges; keeps what it learns about words."""

    def __init__(self, table: Words) -> None:
        self._words = table
        self._known: dict[str, _Word] = {}
        office = offices.load()
        self._flags = {
            "fo": office.head_words | office.prefixes,
            "fh": office.honorifics,
            "fp": office.portfolios,
            "fg": organisations.load().head_words,
            "ft": organisations.load().tails,
            "fl": places.load().head_words,
            "fc": frozenset(word for form in countries.forms() for word in words(form)),
            "fn": places.load().name_words,
            "fs": _SPEECH,
        }

    def _word(self, form: str) -> _Word:
        word = self._known.get(form)
        if word is None:
            low = form.lower()
            flags = [flag for flag, members in self._flags.items() if low in members]
            word = _Word(form, flags, self._words.classes(low))
            if len(self._known) < _KEEP:
                self._known[form] = word
        return word

    def sentence(self, text: Text, first: int, last: int) -> list[list[str]]:
        """A feature list per token of the sentence ``[first, last)``."""
        seen = [self._word(form) for form in text.forms[first:last]]
        count = len(seen)
        items: list[list[str]] = []
        runs = _runs(seen)
        for at, word in enumerate(seen):
            item = word.own.copy()
            if at > 0:
                before = seen[at - 1]
                item += before.before
                item.append("c=" + before.low + "|" + word.low)
                item.append("d=" + before.shape + "|" + word.shape)
                item += seen[at - 2].before2 if at > 1 else ("-2B",)
            else:
                item.append("-1B")
            if at < count - 1:
                following = seen[at + 1]
                item += following.after
                item.append("e=" + word.shape + "|" + following.shape)
                item += seen[at + 2].after2 if at < count - 2 else ("2E",)
            else:
                item.append("1E")
            run = runs[at]
            if run is not None:
                item += run[2]
                item.append(f"ri={min(at - run[0], 3)}")
            items.append(item)
        return items


_Run = tuple[int, int, list[str]]


def _runs(seen: list[_Word]) -> list[_Run | None]:
    """Per token the capitalised run it is in, with the features all its tokens share."""
    runs: list[_Run | None] = [None] * len(seen)
    at, count = 0, len(seen)
    while at < count:
        if not seen[at].capital:
            at += 1
            continue
        first = at
        at += 1
        while at < count and (
            seen[at].capital or (seen[at].low in _LINKS and at + 1 < count and seen[at + 1].capital)
        ):
            at += 1
        shared = [
            *seen[first].run_flags,
            f"rl={min(at - first, 6)}",
            "rb=" + (seen[first - 1].low if first else "B"),
            "ra=" + (seen[at].low if at < count else "E"),
            "rt=" + seen[at - 1].low,
        ]
        run = (first, at, shared)
        for position in range(first, at):
            runs[position] = run
    return runs
