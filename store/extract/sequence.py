"""Tagging with a trained sequence model (a linear-chain CRF, python-crfsuite)."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache

from store.tables import table_bytes


class SequenceModel:
    """A trained model; labels are BIO. Not for use by two threads at once."""

    def __init__(self, data: bytes) -> None:
        import pycrfsuite

        # The tagger reads the model where it lies: the bytes must live as long as it does.
        self._data = data
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(data)

    def tag(self, items: Sequence[Sequence[bytes]]) -> list[str]:
        """The best label sequence."""
        labels: list[str] = self._tagger.tag(items)
        return labels

    def confidence(self, label: str, first: int, last: int) -> float:
        """The lowest marginal probability in the last tagged sequence of a span of that type."""
        marginal = self._tagger.marginal
        lowest = marginal("B-" + label, first)
        for at in range(first + 1, last):
            lowest = min(lowest, marginal("I-" + label, at))
        return float(lowest)


def spans(labels: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """The ``[first, last)`` and type of every span of a BIO sequence; a stray I begins one."""
    first, type_ = -1, ""
    for at, label in enumerate(labels):
        if first >= 0 and label != "I-" + type_:
            yield first, at, type_
            first = -1
        if label != "O" and first < 0:
            first, type_ = at, label[2:]
    if first >= 0:
        yield first, len(labels), type_


@lru_cache(maxsize=4)
def load(name: str) -> SequenceModel | None:
    """A shipped model, read once; None with one line on stderr where it cannot be loaded."""
    try:
        return SequenceModel(table_bytes(f"extract/{name}"))
    except (OSError, ImportError, ValueError) as error:
        print(  # noqa: T201 - the one notice of this room; the rules go on without the model
            f"bilat-tui: the sequence model {name} cannot be loaded ({error}); names are found by rules alone.",
            file=sys.stderr,
        )
        return None
