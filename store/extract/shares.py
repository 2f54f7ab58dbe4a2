"""What one word adds to the features of a token: of itself, of its neighbours, of its capitalised run.

It is built once per word and kept. A feature stands for the sum of its weights where texts are tagged,
for its name where a model is trained.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from functools import lru_cache
from typing import Generic, Protocol, TypeVar

from store.extract.weights import PLACES, RUN, WORD

_REPEATED = re.compile(r"(.)\1{2,}")

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


Value = TypeVar("Value", int, list[bytes])
"""What stands for some features: the sum of their weights for tagging, their names for training."""


class Values(Protocol[Value]):
    """The value of features by name."""

    @property
    def known(self) -> Container[bytes]:
        """The features that have one, but for placed ones."""

    def __getitem__(self, name: bytes, /) -> Value:
        """Of a known one."""

    def placed(self, name: bytes, /) -> Sequence[Value]:
        """Of a feature as seen from each of ``PLACES``, and of a word in or beside a run as well."""

    def first(self, name: bytes, /) -> bytes | None:
        """``name`` where a known feature of two words in a row begins so."""

    def no_name(self, value: Value, /) -> bool:
        """Whether a word with that value by itself is no name whatever stands around it."""

    def each(self, names: Sequence[bytes], /) -> list[Value]:
        """Of any but placed ones."""

    def sum(self, names: Sequence[bytes], /) -> Value:
        """Of several of these together."""


class Names:
    """Features as their names."""

    class _Every:
        def __contains__(self, _: object) -> bool:
            return True

    known = _Every()

    def __getitem__(self, name: bytes, /) -> list[bytes]:
        return [name]

    def placed(self, name: bytes, /) -> list[list[bytes]]:
        names = [place + name for place in PLACES]
        if name.startswith(WORD):
            names += [place + name.removeprefix(WORD) for place in RUN]
        return [[each] for each in names]

    def first(self, name: bytes, /) -> bytes:
        return name

    def no_name(self, value: list[bytes], /) -> bool:
        return False

    def each(self, names: Sequence[bytes], /) -> list[list[bytes]]:
        return [[name] for name in names]

    def sum(self, names: Sequence[bytes], /) -> list[bytes]:
        return list(names)


class Shape(Generic[Value]):
    """A shape, with what it adds beside others."""

    __slots__ = ("followed", "name", "preceding")

    def __init__(self, name: bytes) -> None:
        self.name = name
        self.followed: dict[bytes, Value] = {}
        """By the shape behind it, as seen from there."""
        self.preceding: dict[bytes, Value] = {}
        """The same as seen from here."""


class Common(Generic[Value]):
    """What words of one shape, with the same flags and classes, share."""

    __slots__ = ("by_place", "head", "shape")

    def __init__(self, shape: Shape[Value], by_place: list[Value], head: Value) -> None:
        """``head``: what they add to a run that begins with one."""
        self.shape: Shape[Value] = shape
        self.by_place: list[Value] = by_place
        self.head: Value = head


class Share(Generic[Value]):
    """One word's share of every feature it takes part in."""

    __slots__ = (
        *("after", "after2", "before", "before2", "first", "low", "no_name", "own"),
        *("run_after", "run_before", "run_head", "run_tail", "shape"),
    )

    def __init__(self, form: str, common: Common[Value], values: Values[Value]) -> None:
        small = form.lower()
        low: bytes = small.encode()
        self.low = low
        self.shape: Shape[Value] = common.shape
        if len(low) == len(small):
            affixes = [
                *(b"p1=" + low[:1], b"x1=" + low[-1:], b"p2=" + low[:2], b"x2=" + low[-2:]),
                *(b"p3=" + low[:3], b"x3=" + low[-3:], b"p4=" + low[:4], b"x4=" + low[-4:]),
            ][: 2 * (len(low) - 1)]
        else:
            affixes = [
                affix
                for n in range(1, min(5, len(small)))
                for affix in (
                    b"p%d=%b" % (n, small[:n].encode()),
                    b"x%d=%b" % (n, small[-n:].encode()),
                )
            ]
        placed = values.placed(WORD + low)
        own, before, before2, after, after2, head, run_before, run_after, run_tail = placed
        self.own: Value = common.by_place[0] + own + values.sum(affixes)
        plain = form == "," or (small.isalpha() and not form[0].isupper())
        self.no_name = plain and values.no_name(self.own)
        """Whether it is none wherever it stands beside names; of other marks too many are parts of names."""
        # A model knows few words at every place: the others are spared a value of their own.
        _, by_before, by_before2, by_after, by_after2 = common.by_place
        self.before: Value = by_before + before if before else by_before
        self.before2: Value = by_before2 + before2 if before2 else by_before2
        self.after: Value = by_after + after if after else by_after
        self.after2: Value = by_after2 + after2 if after2 else by_after2
        self.run_head: Value = common.head + head if head else common.head
        self.run_before: Value = run_before
        self.run_after: Value = run_after
        self.run_tail: Value = run_tail
        self.first = values.first(b"c=" + low + b"|")
        """How its features with the word behind it begin; None where it has none."""
