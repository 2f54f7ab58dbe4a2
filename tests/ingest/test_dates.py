"""Raw date strings of the shapes that outlets print, and the calendar helpers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.dates import MONTHS, WEEKDAYS, day_iso, iso_of, nearest_year, parse_date


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        pytest.param("2026-07-24", "2026-07-24", id="iso"),
        pytest.param("Jumat, 29 Mei 2026 12:45 WIB", "2026-05-29", id="weekday-abbreviation"),
        pytest.param("10/21/2025 15:51", "2025-10-21", id="month-first-where-forced"),
        pytest.param("9/5/2025 21:15", "2025-05-09", id="day-first-where-possible"),
        pytest.param("Diperbarui 17 Jun 2025, 19:46 WIB", "2025-06-17", id="updated"),
        pytest.param("Tayang: Senin, 9 Juni 2025 10:48 WIB", "2025-06-09", id="tayang"),
        pytest.param(
            "Diperbarui 3 Jan 2025 Diterbitkan 1 Jan 2025", "2025-01-01", id="published-wins"
        ),
        pytest.param("Kompas.com- 18/06/2025, 21:35 WIB", "2025-06-18", id="outlet-slash"),
        pytest.param(",\xa0Jurnalis-Jum'at, 13 Juni 2025 |19:04 WIB", "2025-06-13", id="jumat"),
        pytest.param("22 Februari 2018 | 09.19 WIB", "2018-02-22", id="dotted-clock"),
        pytest.param("April 30, 2025", "2025-04-30", id="english"),
        pytest.param("2025/07/02 13:30:42", "2025-07-02", id="year-first-slash"),
        pytest.param("Kamis (27/6/2019)", "2019-06-27", id="bracketed"),
        pytest.param("27-Jun-19", "2019-06-27", id="two-digit-year"),
        pytest.param("Tue, 10 Jun 2025 23:30:00 GMT", "2025-06-11", id="gmt-to-jakarta"),
        pytest.param("2025-06-10T23:30:00Z", "2025-06-11", id="z-to-jakarta"),
        pytest.param("2025-06-10T23:30:00.000+07:00", "2025-06-10", id="offset-jakarta"),
        pytest.param("27 Juni 2019 pukul 00.20 WITA", "2019-06-26", id="wita-to-jakarta"),
        pytest.param("20190627T233000Z", "2019-06-28", id="compact-z"),
        pytest.param("Thu Jun 27 23:30:00 +0000 2019", "2019-06-28", id="year-last"),
        pytest.param("Thu Jun 27 23:30:00 WIB 2019", "2019-06-27", id="year-last-wib"),
        pytest.param("Jun 27, 2019 at 11:30 PM UTC", "2019-06-28", id="half-day-clock"),
        pytest.param(
            "Last updated 28 June 2019, first published 27 June 2019",
            "2019-06-27",
            id="first-published",
        ),
        pytest.param("1446710203000", "2015-11-05", id="epoch-milliseconds"),
        pytest.param("1446710203", "2015-11-05", id="epoch-seconds"),
        pytest.param("20190627", "2019-06-27", id="compact"),
        pytest.param(
            "4,160 Views  | \n      Kamis, 25 Jun 2026 08:16 WIB", "2026-06-25", id="views"
        ),
        pytest.param("31/2/2025", None, id="no-such-day"),
        pytest.param("Juni 2019", None, id="month-only"),
        pytest.param("Tanggal tidak ditemukan", None, id="not-found"),
        pytest.param("", None, id="empty"),
    ],
)
def test_raw_strings(raw: str, day: str | None) -> None:
    assert parse_date(raw) == day


@pytest.mark.parametrize(
    ("raw", "day"),
    [
        ("28 Des", "2024-12-28"),
        ("2 jam lalu", "2025-01-01"),
        ("kemarin", "2024-12-31"),
        ("3 minggu yang lalu", "2024-12-11"),
    ],
)
def test_relative_to_today(raw: str, day: str) -> None:
    assert parse_date(raw, today="2025-01-01") == day
    assert parse_date(raw) is None


@settings(deadline=None)
@given(st.dates(date(1950, 1, 1), date(2068, 12, 31)), st.integers(-180, 180))
def test_nearest_year_finds_the_year_within_half_a_year(day: date, away: int) -> None:
    near = day + timedelta(days=away)
    year = nearest_year(day.day, day.month, near.isoformat())
    assert day_iso(year, day.month, day.day) is not None
    if (day.month, day.day) != (2, 29):
        assert year == day.year


@settings(deadline=None)
@given(st.text(max_size=80))
def test_any_text_gives_a_day_or_none(raw: str) -> None:
    found = parse_date(raw)
    assert found is None or date.fromisoformat(found)


@settings(deadline=None)
@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.sampled_from(sorted(MONTHS.items())))
def test_every_month_name_is_read(day: date, month: tuple[str, int]) -> None:
    name, number = month
    expected = day_iso(day.year, number, min(day.day, 28))
    assert parse_date(f"{min(day.day, 28)} {name.title()} {day.year}") == expected


def test_near_may_be_a_month_or_a_year() -> None:
    assert nearest_year(27, 6, "2019-06") == 2019
    assert nearest_year(27, 6, "2019") == 2019
    assert set(WEEKDAYS.values()) == set(range(7))


@pytest.mark.parametrize("text", ["2019", "2019-06", "2019-06-27", "2020-02-29"])
def test_a_day_month_or_year_is_taken_as_it_is(text: str) -> None:
    assert iso_of(text) == text


def test_of_a_moment_the_day_is_taken() -> None:
    assert iso_of("2019-06-27T10:00:00+07:00") == "2019-06-27"


@pytest.mark.parametrize(
    "text",
    [None, "", "kemarin", "Diperbarui 2019-06-27", "2019-13", "2019-02-29", "0000-01-01",
     "20190627", "2019-6-27", "2019-06-2", "2019-06-271", "٢٠١٩"],
)  # fmt: skip
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert iso_of(text) is None
