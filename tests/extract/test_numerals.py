"""Numbers in words: what they amount to, and where they begin."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.extract import money, numerals, tokens
from store.records import Money

SCALES = {"triliun": 1e12, "miliar": 1e9, "juta": 1e6, "ribu": 1e3}
DIGITS = ["", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"]


def _below_thousand(n: int) -> list[str]:
    hundreds, rest = divmod(n, 100)
    words = [] if not hundreds else ["seratus"] if hundreds == 1 else [DIGITS[hundreds], "ratus"]
    if rest == 10:
        return [*words, "sepuluh"]
    if rest == 11:
        return [*words, "sebelas"]
    if 11 < rest < 20:
        return [*words, DIGITS[rest - 10], "belas"]
    tens, ones = divmod(rest, 10)
    words += [DIGITS[tens], "puluh"] if tens else []
    return words + ([DIGITS[ones]] if ones else [])


def _written(n: int) -> str:
    words: list[str] = []
    for scale, factor in SCALES.items():
        count, n = divmod(n, int(factor))
        if count == 1 and scale == "ribu":
            words.append("seribu")
        elif count:
            words += [*_below_thousand(count), scale]
    return " ".join(words + _below_thousand(n))


@given(st.integers(1, 10**15 - 1), st.sampled_from(["", "denda ", "Rp 1 (", "hingga\n"]))
def test_a_number_written_out_is_read_back(n: int, lead: str) -> None:
    body = f"{lead}{_written(n)} rupiah"
    found = numerals.before(body, len(body) - len("rupiah"), SCALES)
    assert found == (len(lead), float(n))


def test_what_may_go_on_beyond_reach_is_no_number() -> None:
    body = "satu " * 100 + "juta rupiah"
    assert numerals.before(body, len(body) - len("rupiah"), SCALES) is None
    # A number cut by the edge: its rest would be another number.
    body = "x " * 200 + "dua puluh " + "satu " * 55 + "juta rupiah"
    assert numerals.before(body, len(body) - len("rupiah"), SCALES) is None


@given(st.lists(st.sampled_from([*DIGITS[1:], *SCALES, "puluh", "belas", "ratus", "setengah"])))
def test_any_words_have_a_value_or_none(words: list[str]) -> None:
    amount = numerals.value(words, SCALES)
    assert amount is None or amount > 0


@pytest.mark.parametrize(
    ("text", "surface", "amount", "currency"),
    [
        ("denda seratus juta rupiah", "seratus juta rupiah", 1e8, "IDR"),
        ("(Lima Juta Dolar AS)", "Lima Juta Dolar AS", 5e6, "USD"),
        ("setengah miliar dolar AS", "setengah miliar dolar AS", 5e8, "USD"),
        ("satu setengah triliun yen", "satu setengah triliun yen", 1.5e12, "JPY"),
        ("lima ribu triliun rupiah", "lima ribu triliun rupiah", 5e15, "IDR"),
        ("dua belas\neuro", "dua belas\neuro", 12, "EUR"),
        ("sebelas ribu dolar Amerika", "sebelas ribu dolar Amerika", 11e3, "USD"),
    ],
)
def test_a_sum_in_words(text: str, surface: str, amount: float, currency: str) -> None:
    found = [(text[f.start : f.end], f.value) for f in money.in_words(tokens.read(text))]
    assert found == [(surface, Money(amount, currency))]


@pytest.mark.parametrize(
    "text",
    [
        "ratusan juta rupiah",
        "juta rupiah",
        "dua-tiga juta rupiah",
        "kedua dolar itu",
        "dua satu rupiah",
        "sepuluh puluh rupiah",
        "dua ratus lima ratus rupiah",
        "satu juta dua juta rupiah",
        "setengah setengah juta rupiah",
        "Formula Tiga Euro",
        "satu jt rupiah",
    ],
)
def test_no_sum_in_words(text: str) -> None:
    assert list(money.in_words(tokens.read(text))) == []


def test_digits_before_words_are_not_cut_off() -> None:
    text = "Rp 3 juta lima ratus ribu rupiah"
    assert list(money.in_words(tokens.read(text))) == []
