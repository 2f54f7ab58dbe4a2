"""JSON as scripts get it: readable, and without a character that a terminal obeys."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.export import forms
from store.export.sheet import cell, rows_as_csv
from store.records import Money


@given(st.text())
def test_json_stands_for_the_same_value_and_shows_no_hidden_character(text: str) -> None:
    dumped = forms.dumps({"a": text, text: [text]})
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069]", dumped)
    dumped.encode("utf-8")
    lone = any("\ud800" <= char <= "\udfff" for char in text)
    assert lone or json.loads(dumped) == {"a": text, text: [text]}


@pytest.mark.parametrize(
    ("text", "dumped"),
    [
        ("kerja sama – “dua”", '"kerja sama – “dua”"'),
        ("\u202e\x85\u2028\x7f", r'"\u202e\u0085\u2028\u007f"'),
        ("\U000e0041", r'"\udb40\udc41"'),
        ("\ud800", r'"\ud800"'),
    ],
    ids=["readable", "controls", "beyond the plane", "surrogate"],
)
def test_what_is_escaped(text: str, dumped: str) -> None:
    assert forms.dumps(text) == dumped
    assert json.loads(dumped) == text


@pytest.mark.parametrize(
    ("amount", "expected"),
    [(3e10, 30000000000), (2.5, 2.5), (0.1, 0.1), (1e21, 10**21)],
    ids=["whole", "half", "tenth", "huge"],
)
def test_amounts(amount: float, expected: float) -> None:
    value = forms.value_object(Money(amount, "USD"))
    assert value == {"amount": expected, "currency": "USD"}
    assert isinstance(value["amount"], type(expected))


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("=1+1", "'=1+1"),
        ("+62", "'+62"),
        ("-impor", "'-impor"),
        ("@siti", "'@siti"),
        ("  =cmd", "'  =cmd"),
        ("\t=x", "'\t=x"),
        ("biasa", "biasa"),
        (-3, "-3"),
        (2.0, "2"),
        (None, ""),
        (True, "true"),
        ("\x1b[0m", "⟨U+001B⟩[0m"),
    ],
)
def test_cells_are_never_formulas(value: object, expected: str) -> None:
    assert cell(value) == expected


def test_rows_have_the_columns_asked_for() -> None:
    assert rows_as_csv(("a", "b"), [{"b": "x,y", "c": 1}]) == 'a,b\n,"x,y"\n'
