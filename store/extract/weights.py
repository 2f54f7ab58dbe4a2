"""The weights of the sequence models, side by side in one integer, so that adding them up is cheap.

A score is a whole number of units of 2**-16. The scores that a token gives to each label but "O", less
what it gives to "O", stand in lanes of 32 bits, those of the first model below those of the second.
Adding two such integers adds all lanes; a negative lane takes one unit from the lane above it, which
is far less than a score means.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise

UNIT = 1 << 16
"""Units in a score of one."""
_LANE = 4
"""Bytes of a lane: sums stay below 2**15, and weights are below 2**4."""
_HEAD = struct.Struct("<3I")


def label_key(at: int) -> bytes:
    """The attribute by which a decoding model is told the score of its label at that place."""
    return b"%d" % at


def to_bytes(
    labels: Sequence[str], decoder: bytes, rows: Mapping[bytes, Mapping[str, float]]
) -> bytes:
    """A model as a file. ``rows``: per attribute, in order, its weights by label.

    ``labels`` begin with "O"; ``decoder`` is a CRFsuite model with an attribute for each other one.
    """
    names = "\n".join(labels).encode()
    attributes = b"\n".join(rows)
    lanes = b"".join(_lanes(labels, row) for row in rows.values())
    return (
        _HEAD.pack(len(names), len(decoder), len(attributes)) + names + decoder + attributes + lanes
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
            sizes = _HEAD.unpack_from(data)
        except struct.error as error:
            raise ValueError(str(error)) from error
        ends = list(accumulate(sizes, initial=_HEAD.size))
        names, self.decoder, attributes = (data[start:end] for start, end in pairwise(ends))
        self.labels = names.decode().split("\n")
        listed = attributes.split(b"\n")
        self._size = (len(self.labels) - 1) * _LANE
        self.at = dict(zip(listed, range(ends[-1], len(data), self._size), strict=False))
        """Where the weights of an attribute lie."""
        self._data = data
        if len(data) - ends[-1] != len(listed) * self._size:
            raise ValueError("it is cut off")

    def lanes(self, at: int) -> int:
        """The weights that lie there."""
        return int.from_bytes(self._data[at : at + self._size], "little", signed=True)


class Weights(dict[bytes, int]):
    """What an attribute, by its name, adds to the scores of all models; KeyError for an unknown one.

    What was looked up is kept: the models have some 50,000 attributes.
    """

    def __init__(self, *models: Model) -> None:
        super().__init__()
        firsts = list(accumulate((len(model.labels) - 1 for model in models), initial=0))
        self._models = [
            (model, 8 * _LANE * first) for model, first in zip(models, firsts, strict=False)
        ]
        self.known = frozenset().union(*(model.at for model in models))
        """The attributes that any model knows."""
        self.scores = [Scores(first, last, firsts[-1] * _LANE) for first, last in pairwise(firsts)]
        """How each model's scores are read from a sum."""

    def __missing__(self, attribute: bytes) -> int:
        if attribute not in self.known:
            raise KeyError(attribute)
        total = 0
        for model, shift in self._models:
            if attribute in model.at:
                total += model.lanes(model.at[attribute]) << shift
        self[attribute] = total
        return total

    def each(self, attributes: Sequence[bytes]) -> list[int]:
        """What each of them adds, 0 of an unknown one."""
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

    def items(self, totals: Sequence[int]) -> list[dict[bytes, int]]:
        """Per token the scores, in units, as attributes of the decoding model."""
        size, offset, keys, unpack = self._size, self._offset, self._keys, self._unpack
        return [
            dict(zip(keys, unpack(total.to_bytes(size, "little", signed=True), offset)))  # noqa: B905
            for total in totals
        ]
