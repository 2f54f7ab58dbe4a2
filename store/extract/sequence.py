"""Tagging with a trained sequence model (a linear-chain CRF, python-crfsuite)."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache

from store.extract.weights import Model, Scores, Weights
from store.tables import table_bytes


class Decoder:
    """Finds the best labels of summed scores; labels are BIO, or without B. Not for use by two threads at once."""

    def __init__(self, model: Model, scores: Scores) -> None:
        import pycrfsuite

        # The tagger reads the model where it lies: the bytes must live as long as it does.
        self._data = model.decoder
        self._scores = scores
        self._tagger = pycrfsuite.Tagger()
        self._tagger.open_inmemory(self._data)

    def tag(self, totals: Sequence[int]) -> list[str]:
        """The best label sequence for tokens with these sums of weights."""
        # The tagger reads each item before it asks for the next one.
        labels: list[str] = self._tagger.tag(self._scores.items(totals))
        return labels

    def confidence(self, labels: Sequence[str], first: int, last: int) -> float:
        """The lowest marginal probability of these labels, which the last sequence was tagged with, in a span."""
        marginal = self._tagger.marginal
        return float(min([marginal(labels[at], at) for at in range(first, last)]))


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


class Models:
    """Models that are asked one after another, with the weights of all."""

    def __init__(self, *models: Model) -> None:
        self.weights = Weights(*models)
        self.decoders = [
            Decoder(model, scores)
            for model, scores in zip(models, self.weights.scores, strict=True)
        ]


@lru_cache(maxsize=2)
def load(*names: str) -> Models | None:
    """Shipped models, read once; None with one line on stderr where one cannot be loaded."""
    try:
        return Models(*(Model(table_bytes(f"extract/{name}")) for name in names))
    except (OSError, ImportError, ValueError) as error:
        print(  # noqa: T201 - the one notice of this room; the rules go on without the models
            f"bilat-tui: the sequence models cannot be loaded ({error}); names are found by rules alone.",
            file=sys.stderr,
        )
        return None
