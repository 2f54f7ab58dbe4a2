"""Sums: which characters, which amount, which currency."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.extract import money
from store.records import Money
from store.tables import table_rows


@pytest.mark.parametrize(
    ("text", "surface", "amount", "currency"),
    [
        ("hingga 30 miliar dolar AS pada", "30 miliar dolar AS", 30e9, "USD"),
        ("senilai Rp 2,5 triliun.", "Rp 2,5 triliun", 2.5e12, "IDR"),
        ("senilai Rp2,5 triliun.", "Rp2,5 triliun", 2.5e12, "IDR"),
        ("worth US$ 1.2 billion in", "US$ 1.2 billion", 1.2e9, "USD"),
        ("US$1.2 billion", "US$1.2 billion", 1.2e9, "USD"),
        ("sebesar Rp488 T tahun", "Rp488 T", 488e12, "IDR"),
        ("kurs Rp15.500 per", "Rp15.500", 15500, "IDR"),
        ("Rp 1.250.000,50 saja", "Rp 1.250.000,50", 1250000.5, "IDR"),
        ("USD 120 juta", "USD 120 juta", 120e6, "USD"),
        ("10 milar dollar AS", "10 milar dollar AS", 10e9, "USD"),
        ("9,23 miliar US dolar", "9,23 miliar US dolar", 9.23e9, "USD"),
        ("2 miliar euro", "2 miliar euro", 2e9, "EUR"),
        ("¥500 juta", "¥500 juta", 500e6, "JPY"),
        ("500 juta yen Jepang", "500 juta yen Jepang", 500e6, "JPY"),
        ("A$ 3 juta", "A$ 3 juta", 3e6, "AUD"),
        ("600 Juta Rupiah", "600 Juta Rupiah", 600e6, "IDR"),
        ("rp 5 miliar", "rp 5 miliar", 5e9, "IDR"),
        ("Rp2,5-3 triliun", "Rp2,5-3 triliun", 2.5e12, "IDR"),
        ("sekitar 5 hingga 6 miliar dolar AS", "5 hingga 6 miliar dolar AS", 5e9, "USD"),
        ("1.200 juta dolar AS", "1.200 juta dolar AS", 1.2e9, "USD"),
        ("USD 1,2 M", "USD 1,2 M", 1.2e9, "USD"),
        ("US dolar 5,9 miliar", "US dolar 5,9 miliar", 5.9e9, "USD"),
        ("Rp 100 ribuan", "Rp 100 ribuan", 1e5, "IDR"),
        ("PHP 100 juta", "PHP 100 juta", 1e8, "PHP"),
        ("Rp6,198 triliun", "Rp6,198 triliun", 6.198e12, "IDR"),
        ("Rp 1.015 triliun", "Rp 1.015 triliun", 1015e12, "IDR"),
        ("US$ 1,500 million", "US$ 1,500 million", 1.5e9, "USD"),
        ("68,800 yuan", "68,800 yuan", 68800, "CNY"),
        ("50.000 hingga 5 juta yuan", "50.000 hingga 5 juta yuan", 50000, "CNY"),
        ("Rp 14.000 hingga 1 minggu", "Rp 14.000", 14000, "IDR"),
        ("sebesarRp 1,5 juta", "Rp 1,5 juta", 1.5e6, "IDR"),
        ("USD 0,00329 per saham", "USD 0,00329", 0.00329, "USD"),
        ("SGD500 juta", "SGD500 juta", 5e8, "SGD"),
        ("10 miliar RMB", "10 miliar RMB", 1e10, "CNY"),
        ("500 miliar won Korea", "500 miliar won Korea", 5e11, "KRW"),
        ("10 juta riyal Qatar", "10 juta riyal Qatar", 1e7, "QAR"),
        ("3 juta ringgit", "3 juta ringgit", 3e6, "MYR"),
        ("32,4 milliar dollar AS", "32,4 milliar dollar AS", 32.4e9, "USD"),
        ("5 million euros", "5 million euros", 5e6, "EUR"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_money(text: str, surface: str, amount: float, currency: str) -> None:
    found = [(text[f.start : f.end], f.value) for f in money.find(text)]
    assert found == [(surface, Money(amount, currency))]


@pytest.mark.parametrize(
    "text",
    [
        "500.000 ton",
        "5,6 persen",
        "1,37 miliar orang",
        "dolar AS menguat",
        "RUPTL PLN 2025-2034",
        "3-1 Real Madrid",
        "Rp" + "9" * 400,
        "Rp 1" + "0" * 305 + " triliun",
        "9" * 400 + " dolar AS",
    ],
    ids=lambda text: text[:20],
)
def test_what_is_no_sum(text: str) -> None:
    assert list(money.find(text)) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,5", 2.5),
        ("1.2", 1.2),
        ("15.500", 15500.0),
        ("1.234,5", 1234.5),
        ("1,234.5", 1234.5),
        ("0,125", 0.125),
    ],
)
def test_numbers_in_both_notations(text: str, value: float) -> None:
    assert money.number(text) == value


@pytest.mark.parametrize(
    "sum_", ["Rp34.624,42", "Rp2,14 triliun", "US$ 1,5 juta", "989,8 miliar yen"]
)
@given(apart=st.integers(0, 90))
def test_an_earlier_number_does_not_cut_a_sum(sum_: str, apart: int) -> None:
    alone = next(money.find(sum_))
    before = "2024 " + "kata " * (apart // 5) + "k" * (apart % 5) + " "
    [found] = money.find(before + sum_ + " lagi")
    assert (found.start - len(before), found.end - len(before)) == (alone.start, alone.end)
    assert found.value == alone.value


def test_two_complete_sums_are_two() -> None:
    text = "Rp2,5 triliun hingga Rp3 triliun"
    assert [text[f.start : f.end] for f in money.find(text)] == ["Rp2,5 triliun", "Rp3 triliun"]


CURRENCIES = table_rows("extract/currencies.csv")


@pytest.mark.parametrize("row", CURRENCIES, ids=lambda row: f"{row['form']} {row['place']}")
def test_every_currency_in_every_case_and_with_or_without_its_blanks(row: dict[str, str]) -> None:
    forms = {row["form"], row["form"].upper(), row["form"].lower()}
    for form in forms | {form.replace(" ", "") for form in forms}:
        for sum_ in (f"{form} 5", f"{form}5") if row["place"] == "before" else (f"5 {form}",):
            [found] = money.find(f"senilai {sum_} saja")
            assert (found.start, found.end) == (8, 8 + len(sum_))
            assert found.value == Money(5, row["code"])


@pytest.mark.parametrize("row", table_rows("extract/magnitudes.csv"), ids=lambda row: row["form"])
def test_every_magnitude(row: dict[str, str]) -> None:
    for form in (row["form"], row["form"].upper()):
        for text in (f"Rp 5 {form} saja", f"Rp5{form}"):
            if len(form) > 1 or form.isupper():
                [found] = money.find(text)
                assert found.value == Money(5 * float(row["factor"]), "IDR")


MONEY_PIECES = st.sampled_from(
    [
        *("Rp", "rp.", "US$", "US $", "USD", "dolar", "Dolar AS", "dolar Amerika Serikat", "euro"),
        *("2", "2,5", "15.500", "juta", "Miliar", "triliun", "million", "M", "T", "jt", "an"),
        *(" ", "\n", "-", "–", " hingga ", ",", ".", "(", "ſ", "İ", "yen", "won"),
    ]
)


@given(st.lists(MONEY_PIECES, max_size=16).map("".join))
def test_sums_lie_in_the_text_and_apart(text: str) -> None:
    end = 0
    for found in money.find(text):
        assert end <= found.start < found.end <= len(text)
        assert any(char.isdigit() for char in text[found.start : found.end])
        end = found.end
