"""The weights of the sequence models, side by side in one integer, so that adding them up is cheap.

A score is a whole number of units of 2**-16. The scores that a token gives to each label but "O", less
what it gives to "O", stand in lanes of 32 bits, those of the first model below those of the second.
Adding two such integers adds all lanes; a negative lane takes one unit from the lane above it, which
is far less than a score means.

Attributes that are asked for together lie together: what a word adds where it stands, beside it and in
a run of capitals.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

UNIT = 1 << 16
"""Units in a score of one."""
_SURE = (6, 4)
"""Scores of the first and the second model by which a word alone speaks against every name, so that beside
names it is none whatever stands around it: 3 of 10,000 are one all the same."""
_LANE = 4
"""Bytes of a lane: sums stay below 2**15, and weights are below 2**4."""

PLACES = (b"", b"-1", b"-2", b"1", b"2")
"""Of a feature as seen from a token: its own, before it, two before it, after it, two after."""
RUN = (b"rh=", b"rb=", b"ra=", b"rt=")
"""Of a word in or beside a run of capitals: at its head, before it, after it, at its tail."""
WORD = b"w="
FROM_NONE, TO_NONE = b"O>", b">O"
"""What a token adds by standing right behind one that is no name, or right before one."""
_COUNT = len(PLACES) + len(RUN)
_PLACED = re.compile(rb"(-?[12]|)(w=.*|[kKs]=.*|f.)", re.DOTALL)
_IN_RUN = re.compile(rb"(r[hbat]=)(?![BE]\Z)(.+)", re.DOTALL)
_FIRST = re.compile(rb"(c=(?:\||[^|]*)\|).+", re.DOTALL)


def place_of(attribute: bytes) -> tuple[bytes, int] | None:
    """Under which name an attribute is kept and at which place; None for one that is kept alone."""
    match = _PLACED.fullmatch(attribute)
    if match:
        return match[2], PLACES.index(match[1])
    match = _IN_RUN.fullmatch(attribute)
    return (WORD + match[2], len(PLACES) + RUN.index(match[1])) if match else None


def label_key(at: int) -> bytes:
    """The attribute by which a decoding model is told the score of its label at that place."""
    return b"%d" % at


class _Head(NamedTuple):
    """Sizes in bytes of what a model is made of, in order; the rows of lanes come last."""

    labels: int
    decoder: int
    placed: int
    firsts: int
    alone: int


_HEAD = struct.Struct("<5I")


def to_bytes(
    labels: Sequence[str], decoder: bytes, rows: Mapping[bytes, Mapping[str, float]]
) -> bytes:
    """A model as a file. ``rows``: per attribute its weights by label.

    ``labels`` begin with "O"; ``decoder`` is a CRFsuite model with an attribute for each other one.
    """
    placed: dict[bytes, dict[int, bytes]] = {}
    alone: dict[bytes, bytes] = {}
    for attribute, row in rows.items():
        under, lanes = place_of(attribute), _lanes(labels, row)
        if under is None:
            alone[attribute] = lanes
        else:
            placed.setdefault(under[0], {})[under[1]] = lanes
    firsts = {match[1]: True for match in map(_FIRST.fullmatch, alone) if match}
    masks = [sum(1 << place for place in seen) for seen in placed.values()]
    tables = (b"\n".join(table) for table in (placed, firsts, alone))
    parts = ["\n".join(labels).encode(), decoder, *tables]
    return b"".join(
        [
            _HEAD.pack(*map(len, parts)),
            *parts,
            struct.pack(f"<{len(masks)}H", *masks),
            *(seen[place] for seen in placed.values() for place in sorted(seen)),
            *alone.values(),
        ]
    )


def _lanes(labels: Sequence[str], row: Mapping[str, float]) -> bytes:
    own = [round((row.get(label, 0.0) - row.get("O", 0.0)) * UNIT) for label in labels[1:]]
    total = sum(weight << 8 * _LANE * at for at, weight in enumerate(own))
    return total.to_bytes(len(own) * _LANE, "little", signed=True)


class Model:
    """A model as it ships: its labels, the weights of its attributes, and what decodes their sums."""

    def __init__(self, data: bytes) -> None:
        """Raises ValueError where the bytes are no model."""
        try:
            sizes = _Head(*_HEAD.unpack_from(data))
            ends = list(accumulate(sizes, initial=_HEAD.size))
            names, self.decoder, *listed = (data[start:end] for start, end in pairwise(ends))
            placed, firsts, alone = (part.split(b"\n") if part else [] for part in listed)
            masks = struct.unpack_from(f"<{len(placed)}H", data, ends[-1])
        except struct.error as error:
            raise ValueError(str(error)) from error
        self.labels = names.decode().split("\n")
        self._size = (len(self.labels) - 1) * _LANE
        self._data = data
        self._rows = ends[-1] + 2 * len(placed)
        """Where the lanes begin."""
        *begins, count = accumulate(map(int.bit_count, masks), initial=0)
        self.placed = dict(zip(placed, zip(masks, begins, strict=True), strict=True))
        """Of each shared name its places, a bit each, and the row of the first of them."""
        self.alone = dict(zip(alone, range(count, count + len(alone)), strict=True))
        """The row of each attribute that is kept alone."""
        self.firsts = firsts
        """How the attributes of two words in a row begin."""
        if len(data) - self._rows != (count + len(alone)) * self._size:
            raise ValueError("it is cut off")

    def lanes(self, row: int) -> int:
        """The weights in that row."""
        at = self._rows + row * self._size
        return int.from_bytes(self._data[at : at + self._size], "little", signed=True)

    def lanes_from(self, row: int) -> Iterator[int]:
        """The weights in that row and each behind it, as many as are asked for."""
        data, size = self._data, self._size
        for at in range(self._rows + row * size, len(data), size):
            yield int.from_bytes(data[at : at + size], "little", signed=True)


_NOTHING = (0,) * _COUNT
_PLACES_OF = [
    tuple(place for place in range(_COUNT) if mask >> place & 1) for mask in range(1 << _COUNT)
]


class Weights(dict[bytes, int]):
    """What attributes add to the scores of all models.

    Those that are kept alone are the items, by name, KeyError for an unknown one; what was looked up is
    kept: the models have some 20,000 of them.
    """

    def __init__(self, *models: Model) -> None:
        super().__init__()
        firsts = list(accumulate((len(model.labels) - 1 for model in models), initial=0))
        self._models = [
            (model, 8 * _LANE * first) for model, first in zip(models, firsts, strict=False)
        ]
        self.known = frozenset().union(*(model.alone for model in models))
        """The attributes kept alone."""
        self._firsts = frozenset().union(*(model.firsts for model in models))
        self._signs = sum(1 << 8 * _LANE * (at + 1) - 1 for at in range(firsts[-1]))
        self._sure = sum(
            least * UNIT << 8 * _LANE * at
            for (first, last), least in zip(pairwise(firsts), _SURE, strict=False)
            for at in range(first, last)
        )
        self.scores = [Scores(first, last, firsts[-1] * _LANE) for first, last in pairwise(firsts)]
        """How each model's scores are read from a sum."""

    def __missing__(self, attribute: bytes) -> int:
        if attribute not in self.known:
            raise KeyError(attribute)
        total = 0
        for model, shift in self._models:
            row = model.alone.get(attribute)
            if row is not None:
                total += model.lanes(row) << shift
        self[attribute] = total
        return total

    def placed(self, name: bytes) -> Sequence[int]:
        """What a feature adds as seen from each of ``PLACES`` and, of a word, of ``RUN``."""
        totals: list[int] | None = None
        for model, shift in self._models:
            held = model.placed.get(name)
            if held is not None:
                totals = totals or [0] * _COUNT
                mask, row = held
                for place, lanes in zip(_PLACES_OF[mask], model.lanes_from(row), strict=False):
                    totals[place] += lanes << shift
        return totals or _NOTHING

    def first(self, name: bytes) -> bytes | None:
        """``name`` where it is how an attribute of two words in a row begins, None where none does."""
        return name if name in self._firsts else None

    def no_name(self, total: int) -> bool:
        """Whether what a word adds by itself speaks so much against every name that it is none."""
        return (total + self._sure) & self._signs == self._signs

    def each(self, attributes: Sequence[bytes]) -> list[int]:
        """What each of them, kept alone, adds; 0 of an unknown one."""
        known = self.known
        return [self[attribute] if attribute in known else 0 for attribute in attributes]

    def sum(self, attributes: Sequence[bytes]) -> int:
        """What they add together."""
        return sum([self[attribute] for attribute in attributes if attribute in self.known])


class Scores:
    """Reads one model's lanes ``[first, last)`` from sums of ``size`` bytes."""

    def __init__(self, first: int, last: int, size: int) -> None:
        self._size = size
        self._offset = first * _LANE
        self._keys = [label_key(at) for at in range(1, last - first + 1)]
        self._unpack = struct.Struct(f"<{last - first}i").unpack_from

    def items(self, totals: Iterable[int]) -> Iterator[dict[bytes, int]]:
        """Per token the scores, in units, as attributes of the decoding model: the same dictionary each time."""
        size, offset, keys, unpack = self._size, self._offset, self._keys, self._unpack
        item: dict[bytes, int] = {}
        for total in totals:
            scores = unpack(total.to_bytes(size, "little", signed=True), offset)
            item.update(zip(keys, scores))  # noqa: B905 - both are of one length
            yield item
