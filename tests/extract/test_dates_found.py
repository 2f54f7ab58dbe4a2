"""Calendar expressions: which characters, which ISO value, and what is no date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.dates import MONTHS, WEEKDAYS
from store.extract import dates
from store.text import lettered


def found(text: str, on: str | None = "2025-06-28") -> list[tuple[str, object]]:
    return [(text[f.start : f.end], f.value) for f in dates.find(text, on)]


@pytest.mark.parametrize(
    ("text", "surface", "value"),
    [
        ("ujarnya, Jumat (27/6/2025).", "Jumat (27/6/2025)", "2025-06-27"),
        ("ujarnya, Jumat (27/6).", "Jumat (27/6)", "2025-06-27"),
        ("kata dia, Senin, (30/12) malam", "Senin, (30/12)", "2024-12-30"),
        ("pada Kamis (27 Juni 2019) lalu", "Kamis (27 Juni 2019)", "2019-06-27"),
        ("pada 19 Juni 2025 di Moskow", "19 Juni 2025", "2025-06-19"),
        ("pada Selasa, 24 Juni 2025.", "Selasa, 24 Juni 2025", "2025-06-24"),
        ("tanggal 2 Juni dirayakan", "2 Juni", "2025-06-02"),
        ("berlangsung 18-20 Juni 2025 nanti", "18-20 Juni 2025", "2025-06-18/2025-06-20"),
        ("Minggu-Senin (6-7/7/2025)", "Minggu-Senin (6-7/7/2025)", "2025-07-06/2025-07-07"),
        ("sejak Mei 2025 lalu", "Mei 2025", "2025-05"),
        ("Januari hingga September 2017", "Januari hingga September 2017", "2017-01/2017-09"),
        ("pada 2022 mendatang", "2022", "2022"),
        ("Rencana 2025-2029 disusun", "2025-2029", "2025/2029"),
        ("era 1940-an dulu", "1940-an", "1940/1949"),
        ("on June 24, 2025 in Paris", "June 24, 2025", "2025-06-24"),
        ("Selasa (6/10/2025) kemarin", "Selasa (6/10/2025)", "2025-10-06"),
        ("dibuka hingga 9 April. Setelah itu", "9 April", "2025-04-09"),
        ("pada 22—24 Agustus.", "22—24 Agustus", "2025-08-22/2025-08-24"),
        ("Selasa dan Rabu (4-5/11)", "Selasa dan Rabu (4-5/11)", "2025-11-04/2025-11-05"),
        ("Kamis,27 Juni 2019 siang", "Kamis,27 Juni 2019", "2019-06-27"),
        ("Selasa (6-8 Mei 2025), di Bali", "Selasa (6-8 Mei 2025)", "2025-05-06/2025-05-08"),
        ("Sabtu-Minggu (2-3 Mei), siang", "Sabtu-Minggu (2-3 Mei)", "2025-05-02/2025-05-03"),
        ("tercatat 10-Jun-25 pagi", "10-Jun-25", "2025-06-10"),
        ("Senin 29/6/2026 malam", "Senin 29/6/2026", "2026-06-29"),
        ("on Monday, March 5, 2025 here", "Monday, March 5, 2025", "2025-03-05"),
        ("until March 5 in Bonn", "March 5", "2025-03-05"),
        ("the 5th of March 2025", "5th of March 2025", "2025-03-05"),
        ("di Ambon (3/7) pagi", "3/7", "2025-07-03"),
        ("tahun ajaran 2024/2025", "2024/2025", "2024/2025"),
        ("pada kuartal I-2024 lalu", "2024", "2024"),
        ("Q1 2024 naik", "2024", "2024"),
        ("awal Juni 2025 nanti", "Juni 2025", "2025-06"),
        ("2030 nanti", "2030", "2030"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_dates(text: str, surface: str, value: str) -> None:
    assert found(text) == [(surface, value)]


def test_both_ends_of_a_range_are_in_its_year() -> None:
    assert found("dari 28 Desember hingga 2 Januari 2024") == [
        ("28 Desember", "2023-12-28"),
        ("2 Januari 2024", "2024-01-02"),
    ]


def test_american_order_only_where_the_article_says_so() -> None:
    assert found("Selasa (6/10/2025)", "2025-06-10") == [("Selasa (6/10/2025)", "2025-06-10")]


def test_the_weekday_decides_against_the_american_order() -> None:
    assert found("Selasa (6/5/2025)", "2025-06-07") == [("Selasa (6/5/2025)", "2025-05-06")]
    assert found("Jum’at (6/6/2025)", "2025-06-07") == [("Jum’at (6/6/2025)", "2025-06-06")]


def test_without_the_articles_date_a_bare_day_has_no_value() -> None:
    assert found("Kamis (27/6)", None) == [("Kamis (27/6)", None)]


@pytest.mark.parametrize(
    "text",
    [
        "hari ini, Senin, pada bulan Mei",
        "sebanyak 2000 orang hadir",
        "Peraturan Menteri Nomor 8 Tahun 2024 tentang impor",
        "Kamis (31/2) tidak ada",
        "senilai Rp2025 saja",
        "skor 20/20 dan 4.0",
        "Permendag 8 Tahun 2024 direvisi",
        "seri tulisan (1/12) ini",
        "awal Juni, Jumat pekan lalu, Sabtu malam",
        "5-Jan menjaga gawang",
        "roket Long March 7 meluncur",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert found(text) == []


DATE_PIECES = st.sampled_from(
    [
        *("Kamis", "Jum'at", "Monday", "27", "6", "19", "2019", "2024", "Juni", "Mei", "desember"),
        *("March", "May", "January", "th", " of ", " sampai dengan ", " hingga ", "-an", " tahun "),
        *(" ", ", ", " (", "(", ")", "/", "-", "–", ".", "dan", "Q1-", "I-", "orang", "\n"),
    ]
)


@given(st.lists(DATE_PIECES, max_size=24).map("".join))
def test_searching_near_hints_loses_nothing(text: str) -> None:
    seen = lettered(dates._NAMES, dates._LETTERS, text, [(0, len(text))])
    assert len(seen) == len(text)
    spans = [match.span() for match in dates._DATE.finditer(seen)]
    assert [match.span() for match in dates._matches(text)] == spans


@pytest.mark.parametrize("letter", sorted(set(dates._LETTERS.values())))
def test_letters_that_stand_for_names_are_no_names_in_a_text(letter: str) -> None:
    assert found(f"{letter} 2024, 5 {letter} 2024")[-1][1] == "2024"
    assert found(f"pada 5 {letter * 3} lalu") == []


@pytest.mark.parametrize("name", [name for name in WEEKDAYS if len(name) > 3])
def test_every_weekday(name: str) -> None:
    for form in (name, name.upper(), name.title(), name.replace("'", "’")):
        assert found(f"pada {form} (27/6) lalu", "2024-06-20") == [(f"{form} (27/6)", "2024-06-27")]


@pytest.mark.parametrize("name", MONTHS)
def test_every_month(name: str) -> None:
    for form in (name, name.upper(), name.title()):
        value = f"2024-{MONTHS[name]:02d}"
        assert found(f"pada 7 {form} 2024 lalu") == [(f"7 {form} 2024", f"{value}-07")]
        assert found(f"pada {form} 2024 lalu") == [(f"{form} 2024", value)]
