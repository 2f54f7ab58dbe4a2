"""Clutter is found, the article's own sentences are left alone."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.boilerplate import find


def covered(text: str) -> list[str]:
    return [text[span.start : span.end] for span in find(text)]


def test_clutter_of_the_seeds(seeds_dir: Path) -> None:
    first = (seeds_dir / "000_012170eb7bd0eae3.txt").read_text("utf-8")
    pieces = covered(first)
    assert pieces[0].split() == ["Advertisement"] * 4
    assert pieces[1].split("\n") == ["(Foto: Dok. Kemenperin)", "A", "A", "A"]
    assert pieces[2].startswith("Halaman:")
    assert pieces[2].endswith("Advertisement")
    second = (seeds_dir / "004_902d00309b1eaa23.txt").read_text("utf-8")
    assert any(piece.startswith("BACA JUGA: Menperin") for piece in covered(second))


@pytest.mark.parametrize(
    ("line", "is_clutter"),
    [
        pytest.param("Baca juga: Ekspor Kopi Naik", True, id="related"),
        pytest.param("Baca Juga", True, id="related-alone"),
        pytest.param("SCROLL TO CONTINUE WITH CONTENT", True, id="scroll"),
        pytest.param("[Gambas:Video 20detik]", True, id="embed"),
        pytest.param("Simak Video: Menteri Tiba di Osaka", True, id="video"),
        pytest.param("(abc/def)", True, id="initials"),
        pytest.param("(Foto: Dok. Kementerian)", True, id="credit"),
        pytest.param("#KerjaSama #Indonesia", True, id="hashtags"),
        pytest.param("Menteri membaca juga surat dari Tokyo.", False, id="sentence-with-baca"),
        pytest.param("Iklan itu ditayangkan di Jepang.", False, id="sentence-with-iklan"),
        pytest.param("Foto bersama kedua menteri menutup acara.", False, id="sentence-with-foto"),
    ],
)
def test_lines(line: str, is_clutter: bool) -> None:
    text = f"Kedua menteri bertemu di Osaka.\n{line}\nMereka sepakat."
    assert covered(text) == ([line] if is_clutter else [])


@settings(deadline=None)
@given(st.text(alphabet=st.sampled_from("Aa \n()[]:#-bcjugBaca Juga")) | st.text())
def test_spans_are_sorted_disjoint_and_trimmed(text: str) -> None:
    spans = find(text)
    for span in spans:
        assert 0 <= span.start < span.end <= len(text)
        assert text[span.start : span.end] == text[span.start : span.end].strip()
    assert all(a.end < b.start for a, b in pairwise(spans))
