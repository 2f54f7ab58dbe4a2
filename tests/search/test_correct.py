"""Which near word is meant: slips of the fingers by how likely they are."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from store.archive import Archive
from store.records import Article, Extraction
from store.search.correct import corrections
from store.search.lexicon import Lexicon

WORDS = [
    "sentra",
    "setara",
    "nafkah",
    "naskah",
    "rider",
    "ride",
    "mazda",
    "pasok",
    "nilai",
    "dilansir",
    "status",
]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("setnra", "sentra"),  # a swap before a change
        ("nagkah", "nafkah"),  # the key beside before one far away
        ("ridre", "rider"),
        ("mzda", "mazda"),  # the slip stands among the first letters
        ("paok", "pasok"),
        ("niai", "nilai"),
        ("dliansir", "dilansir"),
    ],
)
def test_the_likelier_slip_is_nearer(tmp_path: Path, typed: str, meant: str) -> None:
    assert _nearest(tmp_path, WORDS, typed) == meant


def test_among_equal_slips_the_commoner_word_is_nearer(tmp_path: Path) -> None:
    assert _nearest(tmp_path, ["patuh", "paruh", "paruh"], "pauh") == "paruh"


@pytest.mark.parametrize("typed", ["kerjsama", "krejasama", "kerjasma"])
def test_a_compound_is_meant_where_it_is_only_written_apart(tmp_path: Path, typed: str) -> None:
    assert _nearest(tmp_path, ["kerja sama", "bersama", "kerjanya"], typed) == "kerjasama"


@pytest.mark.parametrize(("typed", "other"), [("taliban", "tulisan"), ("natuna", "namun")])
def test_a_short_word_with_two_other_letters_is_another(
    tmp_path: Path, typed: str, other: str
) -> None:
    assert _found(tmp_path, [other], typed) == []


def test_a_word_that_begins_right_is_not_looked_for_under_other_beginnings(tmp_path: Path) -> None:
    assert _found(tmp_path, ["rugatan"], "gugatan") == ["rugatan"]
    assert _found(tmp_path / "again", ["rugatan"], "gugatan", begins_right=True) == []


def _nearest(folder: Path, words: Sequence[str], typed: str) -> str:
    return _found(folder, words, typed)[0]


def _found(
    folder: Path, words: Sequence[str], typed: str, *, begins_right: bool = False
) -> list[str]:
    with Archive.open(folder / "library.db", "create") as archive:
        for number, word in enumerate(words):
            article = Article(f"{number}", "Judul", f"Kalimat nomor {number}: {word}.", None, None)
            archive.add(article, Extraction())
        near = corrections(typed, Lexicon(archive.connection), begins_right=begins_right)
        return [item.surface for item in near]
