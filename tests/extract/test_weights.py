"""Weights added up as integers must say what the trained models say."""

from __future__ import annotations

import random
import struct
from pathlib import Path

import pycrfsuite
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.compile_model import compiled
from store.extract import sequence, tagging, tokens, words
from store.extract.features import Features
from store.extract.glue import Unglue
from store.extract.sequence import Models
from store.extract.shares import Names
from store.extract.weights import (
    FROM_NONE,
    PLACES,
    RUN,
    TO_NONE,
    UNIT,
    Model,
    Weights,
    place_of,
    to_bytes,
)

LABELS = ["O", "B-A", "I-A", "B-B"]
NAMES = st.binary(min_size=1, max_size=6).filter(lambda name: b"\n" not in name)
SHAPED = st.one_of(
    NAMES,
    st.builds(lambda place, name: place + b"w=" + name, st.sampled_from(PLACES), NAMES),
    st.builds(lambda place, name: place + name, st.sampled_from(RUN), NAMES),
    st.builds(lambda one, other: b"c=" + one + b"|" + other, NAMES, NAMES),
    st.sampled_from([b"fo", b"1fo", b"b", b"rfo", b"rb=B", b"ra=E", b"c=|||", b"d=x||", b"k=1"]),
)
ROWS = st.dictionaries(
    SHAPED,
    st.dictionaries(st.sampled_from(LABELS), st.floats(-15, 15, allow_subnormal=False), min_size=1),
    min_size=1,
    max_size=8,
)


@given(st.lists(ROWS, min_size=1, max_size=2), st.data())
def test_sums_are_those_of_the_weights(
    tables: list[dict[bytes, dict[str, float]]], data: st.DataObject
) -> None:
    weights = Weights(*(Model(to_bytes(LABELS, b"", rows)) for rows in tables))
    names = sorted({name for rows in tables for name in rows} | {b"unknown"})
    asked = data.draw(st.lists(st.sampled_from(names), max_size=40))
    total = sum(_of(weights, name) for name in asked)
    alone = [name for name in asked if place_of(name) is None]
    assert sum(weights.each(alone)) == weights.sum(alone) == sum(_of(weights, n) for n in alone)
    for rows, scores in zip(tables, weights.scores, strict=True):
        (item,) = scores.items([total])
        wanted = [
            sum(rows[n].get(label, 0) - rows[n].get("O", 0) for n in asked if n in rows)
            for label in LABELS[1:]
        ]
        # Half a unit for each rounding, and one for each lane below.
        assert list(item.values()) == pytest.approx([w * UNIT for w in wanted], abs=30)


def _of(weights: Weights, name: bytes) -> int:
    """What an attribute adds, wherever it is kept."""
    under = place_of(name)
    return weights.sum([name]) if under is None else weights.placed(under[0])[under[1]]


def _toy(seed: int, count: int) -> list[tuple[list[list[bytes]], list[str]]]:
    rng = random.Random(seed)
    sequences = []
    for _ in range(count):
        labels, items, last = [], [], "O"
        for _ in range(rng.randint(1, 9)):
            last = rng.choice([name for name in LABELS if name != "I-A" or last[2:] == "A"])
            labels.append(last)
            noise = rng.sample(range(9), 3)
            items.append([f"{last}.{rng.randint(0, 2)}".encode(), *(b"n%d" % n for n in noise)])
        sequences.append((items, labels))
    return sequences


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("crf") / "toy"
    trainer = pycrfsuite.Trainer(verbose=False)
    trainer.set_params({"c1": 0.05, "c2": 0.1, "max_iterations": 60})
    for items, labels in _toy(1, 80):
        trainer.append(items, labels)
    trainer.train(str(path))
    return path


def test_a_compiled_model_says_what_the_trained_one_says(trained: Path) -> None:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(trained))
    models = Models(Model(compiled(trained.read_bytes())))
    (decoder,) = models.decoders
    for items, _ in _toy(2, 60):
        items[0].append(b"never seen")
        labels = decoder.tag([sum(_of(models.weights, name) for name in item) for item in items])
        assert labels == tagger.tag(items)
        for first, last, type_ in sequence.spans(labels):
            parts = [tagger.marginal(f"B-{type_}", first)]
            parts += [tagger.marginal(f"I-{type_}", at) for at in range(first + 1, last)]
            assert decoder.confidence(labels, first, last) == pytest.approx(min(parts), abs=1e-3)


def test_what_is_left_out_beside_a_region_counts_as_no_name(trained: Path) -> None:
    models = Models(Model(compiled(trained.read_bytes())))
    (decoder,) = models.decoders
    weights = models.weights
    none = sum(-40 * UNIT << 32 * at for at in range(len(LABELS) - 1))
    assert weights.no_name(none)
    behind, before = weights.each((FROM_NONE, TO_NONE))
    assert behind
    assert before
    for items, _ in _toy(3, 60):
        sums = [sum(_of(weights, name) for name in item) for item in items]
        whole = decoder.tag([none, *sums, none])
        found = list(sequence.spans(whole))
        sure = [decoder.confidence(whole, first, last) for first, last, _ in found]
        sums[0] += behind
        sums[-1] += before
        inner = decoder.tag(sums)
        assert ["O", *inner, "O"] == whole
        assert [decoder.confidence(inner, a - 1, b - 1) for a, b, _ in found] == pytest.approx(
            sure, abs=1e-4
        )


@given(st.lists(st.floats(-12, 12), min_size=3, max_size=3))
def test_no_name_is_what_every_label_scores_less_than_none(scores: list[float]) -> None:
    rows = {b"own": dict(zip(LABELS[1:], scores, strict=True))}
    weights = Weights(Model(to_bytes(LABELS, b"", rows)))
    assert weights.no_name(weights[b"own"]) == (max(scores) < -6) or max(scores) == pytest.approx(
        -6
    )


def test_words_that_begin_a_sentence_or_are_no_names_are_left_out() -> None:
    models = sequence.load(tagging.FIRST, tagging.SECOND)
    assert models is not None
    text = tokens.read(
        'Pertemuan yang dibuka oleh Siti Ayu dengan para menteri di Kota Bekasi. "Rapat PT Maju "Namun ia pergi.'
    )
    asked = Features(words.load(), models.weights).regions(text)
    learnt = Features(words.load(), models.weights, learning=True).regions(text)
    assert [text.surface(r.first, r.last) for r in asked] == [
        "Siti Ayu",
        "Kota Bekasi",
        '"Rapat PT Maju',
    ]
    assert [text.surface(r.first, r.last) for r in learnt] == [
        "dibuka oleh Siti Ayu dengan para menteri di Kota Bekasi.",
        '"Rapat PT Maju "Namun ia pergi',
    ]


def test_a_token_weighs_what_its_named_features_weigh() -> None:
    models = sequence.load(tagging.FIRST, tagging.SECOND)
    assert models is not None
    text = tokens.read(
        "Menteri Luar Negeri Siti Ayu Ñandú bertemu di Kota X, kata dia. “Baik,” ujar Siti."
    )
    named = Features(words.load(), Names(), learning=True).regions(text)
    summed = Features(words.load(), models.weights, learning=True).regions(text)
    assert [(r.first, r.last) for r in named] == [(r.first, r.last) for r in summed]
    assert sum(len(r.items) for r in named) > 10
    for names, sums in zip(named, summed, strict=True):
        assert [sum(_of(models.weights, n) for n in item) for item in names.items] == sums.items


def test_what_is_told_of_a_token_weighs_what_its_features_weigh() -> None:
    models = sequence.load(tagging.FIRST, tagging.SECOND)
    assert models is not None
    claims = ("countries:table.B", "countries:table.B", "organisations:head.I")
    seen: list[tagging.Seen] = [
        ("", "B-LOC", "O", (), claims, ("places:table.E",), "LOC"),
        ("O", "O", "", claims, (), (), None),
    ]
    names, told = tagging.Told(Names()), tagging.Told(models.weights)
    named, first, again = names.of(seen), told.of(seen), told.of(seen)
    assert b"am=countries:table.BB-LOC" in named[0]
    assert b"-1m=" not in named[0]
    assert named[0].count(b"a=countries:table.B") == 2
    assert [sum(_of(models.weights, name) for name in item) for item in named] == first == again


@pytest.mark.parametrize("data", [b"", b"\x01", struct.pack("<5I", 9, 9, 9, 9, 9), b"\xff" * 40])
def test_what_is_no_model_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        Model(data)


def test_a_model_cut_off_is_refused() -> None:
    whole = to_bytes(
        LABELS, b"decoder", {b"a": {"B-A": 1.0}, b"1w=b": {"O": -1.0}, b"c=a|b": {"B-A": 1.0}}
    )
    assert Model(whole).decoder == b"decoder"
    for end in range(len(whole)):
        with pytest.raises(ValueError, match=r"."):
            Model(whole[:end])


PARTS = [
    "Prabowo",
    "dan",
    "di",
    "RI",
    "menerima",
    "PT",
    "Garuda",
    "kata",
    "Siti",
    "hadir",
    "A",
    "s",
]


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4), st.sets(st.sampled_from(PARTS)))
def test_a_word_that_is_remembered_whole_would_be_whole(parts: list[str], seen: set[str]) -> None:
    def unglue() -> Unglue:
        return Unglue(words.load(), {"prabowo", "siti"}.__contains__, {"garuda"})

    form, cutter = "".join(parts), unglue()
    cutter(form, set())
    assert cutter(form, seen) == unglue()(form, seen)
