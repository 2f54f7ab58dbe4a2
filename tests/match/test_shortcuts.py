"""Look-ups that leave most words out find what looking at every word finds."""

from __future__ import annotations

import pytest
from rapidfuzz import process
from rapidfuzz.distance import OSA

from store.match.neighbours import Neighbours
from store.match.similarity import allowed_edits, likeness
from store.match.vocabulary import Vocabulary
from store.match.words import dictionary, lexicon

MISSPELT = [
    "perdagagan",
    "kerjasma",
    "pertahanna",
    "investsi",
    "pendidikan",
    "kementrian",
    "zzzzzzz",
]


@pytest.mark.parametrize("word", MISSPELT)
def test_the_nearest_word_is_that_of_all_words(word: str) -> None:
    edits = 2 if len(word) >= 10 else 1
    known = sorted(dictionary() | lexicon().keys())
    nearest = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=edits)
    assert Neighbours(known).nearest(word, edits) == (nearest[0] if nearest else None)


@pytest.mark.parametrize(
    "word", ["pangn", "pangan", "panganan", "keuangn", "kuangan", "industr", "pariwista", "ekonmi"]
)
def test_words_near_a_typed_one_are_all_that_are_like_it(word: str) -> None:
    known = {"pangan", "keuangan", "industri", "pariwisata", "ekonomi", "uang", "dagang", "panen"}
    vocabulary = Vocabulary(names=False)
    for each in known:
        vocabulary.add([each])
    vocabulary.finish()
    alike = {each: likeness(word, each) for each in known}
    assert allowed_edits(len(word)) > 0
    assert vocabulary.near(word) == {each: like for each, like in alike.items() if like.score > 0}
