"""What a text looks like, and the way back: offsets stay exact whatever it holds."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from store.text import has_hidden, visible
from tui.display import Display, fit, line_at, pad, wrap

ANY = st.text(
    alphabet=st.one_of(
        st.sampled_from("ab \t\n\r界e\u0301\u200b\u202e\x1b\x00é🤝\ufe0f⟨[]"),
        st.characters(codec="utf-8"),
    ),
    max_size=80,
)


@given(ANY)
def test_hidden_characters_are_shown_and_offsets_return(text: str) -> None:
    display = Display(text)
    assert not has_hidden(display.shown.replace("\n", ""))
    for offset in range(len(text) + 1):
        back = display.to_source(display.to_shown(offset))
        # Only a carriage return before a line feed is shown as nothing, and stepped over.
        assert back <= offset or text[offset:back] == "\r"
    for offset, char in enumerate(text):
        start, end = display.span_shown(offset, offset + 1)
        if char not in "\t\r" and visible(char) == char:
            assert display.shown[start:end] == char


@given(ANY)
def test_a_display_without_hidden_characters_is_its_source(text: str) -> None:
    plain = "".join(c for c in text if visible(c) == c and c not in "\t\r")
    display = Display(plain)
    assert display.shown == plain
    assert [display.to_shown(at) for at in range(len(plain))] == list(range(len(plain)))


@given(ANY, st.integers(1, 30))
def test_wrapping_keeps_every_character_in_order(text: str, width: int) -> None:
    shown = Display(text).shown
    lines = wrap(shown, width)
    assert "".join(shown[a:b] for a, b in lines).replace(" ", "") == shown.replace(
        "\n", ""
    ).replace(" ", "")
    assert all(b <= c for (_, b), (c, _) in pairwise(lines))


@given(st.text(alphabet="ab 界e\u0301", max_size=60), st.integers(2, 20))
def test_no_line_is_wider_than_asked(text: str, width: int) -> None:
    assert all(cell_len(text[a:b]) <= width for a, b in wrap(text, width))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("halo dunia yang luas", 10, ["halo dunia", "yang luas"]),
        ("satu\n\ndua", 10, ["satu", "", "dua"]),
        ("panjangsekali", 5, ["panja", "ngsek", "ali"]),
        ("日本語 の文章", 6, ["日本語", "の文章"]),
        ("", 5, [""]),
    ],
    ids=["blanks", "empty-line", "long-word", "wide", "nothing"],
)
def test_wrap(text: str, width: int, lines: list[str]) -> None:
    assert [text[a:b] for a, b in wrap(text, width)] == lines


def test_replacements_shift_what_follows() -> None:
    display = Display("ab\tcd", [(0, 0, "@"), (3, 5, "…")])
    assert display.shown == "@ab    …"
    assert display.span_shown(0, 2) == (1, 3)
    assert display.to_source(0) == 0
    assert display.to_source(7) == 3


@given(ANY, st.integers(0, 40))
def test_fitted_text_fits_and_is_safe(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert cell_len(fitted) <= max(width, 0)
    assert not has_hidden(fitted)
    assert "\n" not in fitted


def test_pad_fills() -> None:
    assert pad("ab", 4) == "ab  "
    assert cell_len(pad("界界界", 5)) == 5


def test_line_at_finds_the_line() -> None:
    lines = [(0, 4), (5, 9), (10, 12)]
    assert [line_at(lines, at) for at in (0, 4, 5, 9, 11, 12)] == [0, 0, 1, 1, 2, 2]


@pytest.mark.parametrize(
    "text",
    ["kata " * 1_000_000, "x" * 5_000_000, "界" * 500_000, "baris\n" * 800_000],
    ids=["words", "one-word", "wide", "lines"],
)
def test_megabytes_wrap_about_as_fast_as_their_characters_are_counted(text: str) -> None:
    # Each in the processor's time, and next to each other: machines differ, and so do their moments.
    started = time.process_time()
    sum(char == "\0" for char in text * (5_000_000 // len(text)))
    counted = time.process_time()
    wrap(Display(text).shown, 70)
    assert time.process_time() - counted < 10 * (counted - started)
