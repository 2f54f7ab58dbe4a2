"""Text helpers: nothing hidden reaches a terminal, folding finds its way back, sentences tile."""

from __future__ import annotations

import importlib
import pickle
import pkgutil
import re
import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

import store
from store.errors import BilatError, LibraryError
from store.text import (
    _Late,
    fold,
    fold_with_offsets,
    has_hidden,
    late,
    sentences,
    visible,
)

ANY_TEXT = st.text(st.characters(), max_size=200)


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("plain teks", "plain teks"),
        ("a\x1b[31mb", "a⟨U+001B⟩[31mb"),
        ("kiri\u202ekanan", "kiri⟨U+202E⟩kanan"),
        ("nol\x00", "nol⟨U+0000⟩"),
        ("c1\x9b1m", "c1⟨U+009B⟩1m"),
        ("lebar\u200bnol", "lebar⟨U+200B⟩nol"),
        ("baris\r\nbaru", "baris\nbaru"),
        ("lone\ud800", "lone⟨U+D800⟩"),
        ("tag\U000e0041", "tag⟨U+E0041⟩"),
    ],
    ids=["plain", "escape", "bidi", "nul", "c1", "zero-width", "crlf", "surrogate", "tag"],
)
def test_visible(raw: str, shown: str) -> None:
    assert visible(raw) == shown


@given(ANY_TEXT)
def test_visible_leaves_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = visible(text, line_breaks=False)
    assert all(unicodedata.category(c) not in {"Cc", "Cf", "Cs", "Zl", "Zp"} for c in shown)
    assert not has_hidden(shown)
    assert visible(shown) == shown


@given(ANY_TEXT)
def test_fold_and_its_offset_map_agree(text: str) -> None:
    folded = fold_with_offsets(text)
    assert folded.text == fold(text)
    assert len(folded.offsets) == len(folded.text) + 1
    assert list(folded.offsets) == sorted(folded.offsets)


@given(ANY_TEXT, st.data())
def test_a_folded_span_comes_from_the_characters_it_names(text: str, data: st.DataObject) -> None:
    folded = fold_with_offsets(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    a, b = folded.span(start, end)
    assert 0 <= a < b <= len(text)
    assert folded.text[start:end] in fold(text[a:b])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Satu kalimat. Dua kalimat.", ["Satu kalimat.", "Dua kalimat."]),
        ("Prof. Budi hadir. Ia bicara.", ["Prof. Budi hadir.", "Ia bicara."]),
        ("Kata A. Rahman di sini. Lalu", ["Kata A. Rahman di sini.", "Lalu"]),
        ("“Kami siap.” Ia pergi.", ["“Kami siap.”", "Ia pergi."]),
        ("Judul\n\nIsi pertama", ["Judul", "Isi pertama"]),
        ("Nilainya Rp 2.500 dan 4.0 persen.", ["Nilainya Rp 2.500 dan 4.0 persen."]),
        ("", []),
        (" \n ", []),
    ],
    ids=["two", "title", "initial", "quote", "heading", "numbers", "empty", "blank"],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[a:b] for a, b in sentences(text)] == expected


@given(ANY_TEXT)
def test_sentences_cover_every_visible_character_once(text: str) -> None:
    spans = list(sentences(text))
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    inside = sum(b - a for a, b in spans)
    kept = "".join(text[a:b] for a, b in spans)
    assert inside == len(kept)
    assert [c for c in kept if not c.isspace()] == [c for c in text if not c.isspace()]


def test_errors_cross_processes_and_hide_nothing() -> None:
    error = LibraryError("not a library", "a\x1b.db", "Choose another file")
    again = pickle.loads(pickle.dumps(error))
    assert isinstance(again, BilatError)
    assert str(again) == str(error) == "not a library: a⟨U+001B⟩.db. Choose another file."
    assert again.exit_code == 3


def test_a_late_pattern_is_the_pattern() -> None:
    pattern = late(r"(?P<word>kata)\s", re.IGNORECASE)
    assert pattern.findall("Kata demi KATA ") == ["Kata", "KATA"]
    assert pattern.pattern == r"(?P<word>kata)\s"
    assert pattern.sub("", "kata kata") == "kata"
    assert late(rb"<a>").search(b"x<a>") is not None


def test_a_late_pattern_is_built_when_first_used() -> None:
    built: list[str] = []

    def build() -> str:
        built.append("built")
        return "kata"

    pattern = late(build)
    assert built == []
    assert pattern.match("kata")
    assert pattern.match("kata")
    assert built == ["built"]


def test_every_late_pattern_can_be_compiled() -> None:
    names = [module.name for module in pkgutil.walk_packages(store.__path__, "store.")]
    late_ones = [
        value
        for name in names
        if name != "store.datasette_plugin"
        for value in vars(importlib.import_module(name)).values()
        if isinstance(value, _Late)
    ]
    assert len(late_ones) > 40
    for pattern in late_ones:
        assert pattern.groups >= 0
