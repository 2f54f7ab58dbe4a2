"""Look-ups that leave most words out find what looking at every word finds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import process
from rapidfuzz.distance import OSA

from store.kb import KnowledgeBase
from store.match.assignment import _JOINED, _cannot_be_one
from store.match.index import Kind, NameIndex
from store.match.neighbours import Neighbours
from store.match.person_name import parse_person, patronymics_of
from store.match.similarity import allowed_edits, likeness
from store.match.vocabulary import Vocabulary
from store.match.words import dictionary, lexicon

NAMES = NameIndex.from_rows(KnowledgeBase.shipped().rows)
WORDS = st.text(alphabet="abhk", min_size=1, max_size=9)
SPELT = st.text(alphabet="adehjkostuyz", min_size=1, max_size=8)


@pytest.mark.parametrize(
    "word",
    [
        *("perdagagan", "kerjasma", "pertahanna", "investsi", "pendidikan", "kementrian"),
        *("zzzzzzz", "epndidikan", "xbankz"),
    ],
)
def test_the_nearest_word_is_that_of_all_words(word: str) -> None:
    known = sorted(dictionary() | lexicon().keys())
    for edits in (1, 2):
        one = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=edits)
        assert Neighbours(known).nearest(word, edits) == (one[0] if one else None)


@given(st.sets(WORDS, max_size=40), WORDS, st.integers(0, 3))
def test_neighbours_are_all_words_that_few_edits_make(
    words: set[str], word: str, edits: int
) -> None:
    near = {other for other in words if OSA.distance(word, other) <= edits}
    assert {other for other, _ in Neighbours(words).within(word, edits)} == near


@pytest.mark.parametrize(
    "word", ["pangn", "pangan", "panganan", "keuangn", "kuangan", "industr", "pariwista", "ekonmi"]
)
@pytest.mark.parametrize("names", [False, True])
def test_words_near_a_typed_one_are_all_that_are_like_it(word: str, names: bool) -> None:
    known = {"pangan", "keuangan", "industri", "pariwisata", "ekonomi", "uang", "dagang", "panen"}
    vocabulary = Vocabulary(names=names)
    for each in known:
        vocabulary.add([each])
    vocabulary.finish()
    alike = {each: likeness(word, each) for each in known}
    assert allowed_edits(len(word)) > 0
    assert vocabulary.near(word) == {each: like for each, like in alike.items() if like.score > 0}


@given(SPELT, SPELT, SPELT)
def test_words_that_cannot_be_one_are_not_alike(whole: str, first: str, second: str) -> None:
    if _cannot_be_one(whole, first, second):
        assert likeness(whole, first + second).score < _JOINED


@pytest.mark.parametrize(
    "name",
    [
        *("Salman bin Abdulaziz", "Budi Contoh", "Siti binti Contoh, M.Sc.", "Bin Contoh"),
        *("Mohammed bin Salmān", "B'in Contoh A'bin Contoh", "Contoh bin"),
    ],
)
def test_fathers_are_those_of_the_whole_reading(name: str) -> None:
    assert patronymics_of(name) == parse_person(name).patronymics


@pytest.mark.parametrize("kind", ["minister", "program"])
@pytest.mark.parametrize(
    "text",
    [
        *("Kementerian Perdagangan", "Kementerian Contoh", "Departemen Perdagangan Contoh"),
        *("perjanjian dagang RI-Jepang", "FTA Contoh", "Dewan Kerja Sama Ekonomi Contoh"),
        *("Prabowo", "Sri Mulyani", "Muhammad Contoh", "Budi Contoh", "UNCLOS 1982", "N-MIDEC"),
        *("Asosiasi Pengusaha Contoh Indonesia", "Konferensi Perubahan Iklim", "Bank Contoh"),
    ],
)
def test_a_least_score_leaves_out_only_what_is_below_it(text: str, kind: Kind) -> None:
    every = NAMES.resolve(text, kind=kind, limit=60)
    worth = NAMES.resolve(text, kind=kind, limit=60, least=0.45)
    assert worth.status == every.status
    assert worth.candidates == tuple(one for one in every.candidates if one.score >= 0.45)
