"""A trained CRFsuite model in the form that ships: weights to be added up, and a model that decodes sums.

Almost all of the time CRFsuite takes to tag goes into reading thirty attribute names a token. Their
weights are therefore kept apart, as integers that ``store.extract.weights`` adds up, and CRFsuite is
given the sums: by a model with the transitions of the trained one and a single attribute for each
label, of weight one unit.
"""

from __future__ import annotations

import struct
import tempfile
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import NamedTuple

import pycrfsuite

from store.extract.weights import FROM_NONE, TO_NONE, UNIT, label_key, to_bytes

_HEADER = struct.Struct("<4sI4s9I")
_CHUNK = struct.Struct("<4sII")
_FEATURE = struct.Struct("<IIId")
_STATE = 0


class _Feature(NamedTuple):
    """A weight of a model: of an attribute for a label, or of a label after a label."""

    kind: int
    source: int
    label: int
    weight: float


def _features(model: bytes) -> tuple[int, list[_Feature]]:
    """Where the weights of a CRFsuite model lie (layout: ``crf1d_model.c``), and what they are."""
    begin = _HEADER.unpack_from(model)[7]
    (_, _, count) = _CHUNK.unpack_from(model, begin)
    begin += _CHUNK.size
    return begin, [
        _Feature(*_FEATURE.unpack_from(model, begin + at * _FEATURE.size)) for at in range(count)
    ]


def _named(model: bytes) -> Iterator[tuple[str, str, float, bool]]:
    """Source, label and weight of every feature, and whether the source is an attribute."""
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(model)
    info = tagger.info()
    attributes = {int(number): name for name, number in info.attributes.items()}
    labels = {int(number): name for name, number in info.labels.items()}
    for feature in _features(model)[1]:
        state = feature.kind == _STATE
        source = (attributes if state else labels)[feature.source]
        yield source, labels[feature.label], feature.weight, state


def _decoder(labels: list[str], transitions: dict[tuple[str, str], float]) -> bytes:
    """A model with these transitions whose attributes are the labels themselves.

    CRFsuite lays it out by learning from a few sequences; the weights are then put in their places.
    """
    keys = {label: label_key(at) for at, label in enumerate(labels)}
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.select("lbfgs", "crf1d")
    trainer.set_params({"c1": 0, "c2": 0.01, "max_iterations": 3})
    for pair in product(labels, repeat=2):
        trainer.append([[keys[label]] for label in pair], list(pair))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "decoder"
        trainer.train(str(path))
        model = bytearray(path.read_bytes())
    begin, features = _features(bytes(model))
    named = list(_named(bytes(model)))
    if len(named) != len(labels) + len(labels) ** 2:
        raise ValueError("the decoding model lacks weights")
    for at, (feature, (source, label, _, state)) in enumerate(zip(features, named, strict=True)):
        weight = 1 / UNIT if state else transitions.get((source, label), 0.0)
        _FEATURE.pack_into(model, begin + at * _FEATURE.size, *feature[:3], weight)
    return bytes(model)


def compiled(model: bytes) -> bytes:
    """The shipped form of a trained model whose labels are BIO."""
    states: dict[bytes, dict[str, float]] = {}
    transitions: dict[tuple[str, str], float] = {}
    names: set[str] = set()
    for source, label, weight, state in _named(model):
        names.add(label)
        if state:
            states.setdefault(source.encode(), {})[label] = weight
        else:
            transitions[source, label] = weight
    labels = ["O", *sorted(names - {"O"})]
    states[FROM_NONE] = {label: transitions.get(("O", label), 0.0) for label in labels}
    states[TO_NONE] = {label: transitions.get((label, "O"), 0.0) for label in labels}
    return to_bytes(labels, _decoder(labels, transitions), dict(sorted(states.items())))
