"""Title, day and outlet of texts whose source gave none."""

from __future__ import annotations

import pytest

from store.ingest.metadata import (
    TITLE_LENGTH,
    derive_title,
    outlet_of_name,
    outlet_of_text,
    outlet_of_url,
)
from store.ingest.publication import date_of_name, date_of_text


@pytest.mark.parametrize(
    ("text", "day"),
    [
        pytest.param("Menteri tiba, Kamis (27/6/2019).", "2019-06-27", id="report-day"),
        pytest.param("Ia tiba, Rabu (26/6/2019). Ia berkata, Kamis (27/6/2019).", "2019-06-27", id="latest"),
        pytest.param("Ia tiba, Kamis (27/6/2019). Pertemuan akan digelar pada Senin (1/7/2019).", "2019-06-27", id="not-the-future"),
        pytest.param("Ia tiba, Kamis (27/6/2019), untuk rencana hingga 2045.", "2019-06-27", id="later-plans"),
        pytest.param("Ia tiba, Selasa (6/10/2025).", "2025-06-10", id="day-and-month-swapped"),
        pytest.param("Ia tiba, Kamis, 27 Juni 2019.", "2019-06-27", id="month-in-words"),
        pytest.param("Osaka, 27 Juni 2019 - Menteri tiba.", "2019-06-27", id="dateline"),
        pytest.param(" date 2019-06 Menteri tiba, Kamis (27/6).", "2019-06-27", id="month-before-the-text"),
        pytest.param("Tanggal: 27 Juni 2019\nMenteri tiba.", "2019-06-27", id="day-before-the-text"),
        pytest.param("Pada 2019 menteri tiba, Kamis (27/6).", "2019-06-27", id="year-elsewhere"),
        pytest.param("Menteri tiba, Kamis (27/6).", None, id="no-year"),
        pytest.param("Perjanjian ditandatangani pada 10 September 2018 di Seoul, " + "kata dia. " * 30, "2018-09-10", id="only-day-near-the-start"),
        pytest.param("Menteri tiba di Osaka.", None, id="none"),
    ],
)  # fmt: skip
def test_the_day_a_text_names(text: str, day: str | None) -> None:
    assert date_of_text(text) == day


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("2019-06-27_menteri.txt", "2019-06-27"),
        ("berita_20190627.txt", "2019-06-27"),
        ("https://contoh.id/read/2019/06/27/12345/menteri", "2019-06-27"),
        ("https://contoh.id/read/2019/6/7/menteri", "2019-06-07"),
        ("https://contoh.id/read/201906271234/menteri", None),
        ("https://contoh.id/d-5123456/menteri", None),
    ],
)
def test_the_day_a_name_holds(name: str, day: str | None) -> None:
    assert date_of_name(name) == day


@pytest.mark.parametrize(
    ("text", "outlet"),
    [
        ("JAKARTA, KOMPAS.com - Menteri tiba.", "kompas.com"),
        ("jpnn.com, JAKARTA - Menteri tiba.", "jpnn.com"),
        ("Liputan6.com, Jakarta -Menteri tiba.", "liputan6.com"),
        ("Liputan6.com, JakartaMenteri tiba.", "liputan6.com"),
        ("TEMPO.CO, Jakarta - Menteri tiba.", "tempo.co"),
        ("Jakarta, CNN Indonesia -- Menteri tiba.", "cnn indonesia"),
        ("Jakarta (ANTARA) - Menteri tiba.", "antara"),
        ("Mataram, NTB (ANTARA News) - Menteri tiba.", "antara"),
        ("KOMPAS.com – Menteri tiba.", "kompas.com"),
        ("REPUBLIKA.CO.ID, JAKARTA -- Menteri tiba.", "republika.co.id"),
        ("Menteri tiba.\nFollow WhatsApp Channel Okezone untuk berita", "okezone"),
        ("Menteri Perdagangan (Kemendag) tiba. Menurut Kompas.com, ia lelah.", None),
        ("Menteri tiba di Osaka.", None),
    ],
)
def test_the_outlet_of_a_text(text: str, outlet: str | None) -> None:
    assert outlet_of_text(text) == outlet


def test_the_outlet_of_names_and_addresses() -> None:
    assert outlet_of_name("/x/05_news-detik-com_bd4.txt") == "news.detik.com"
    assert outlet_of_name("catatan.txt") is None
    assert outlet_of_url("https://www.kompas.com/a") == "kompas.com"
    assert outlet_of_url("https://[rusak") is None
    assert outlet_of_url(None) is None


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("jpnn.com, JAKARTA - Menteri tiba di Osaka. Ia lelah.", "Menteri tiba di Osaka."),
        (
            " date 2019-06 jpnn.com, JAKARTA - Menteri tiba di Osaka. Ia lelah.",
            "Menteri tiba di Osaka.",
        ),
        ("Banjarmasin - Menteri tiba di Osaka. Ia lelah.", "Menteri tiba di Osaka."),
        ("Liputan6.com, Jakarta Menteri tiba di Osaka. Ia lelah.", "Menteri tiba di Osaka."),
        ("Hubungan Indonesia-Jepang membaik. Ia senang.", "Hubungan Indonesia-Jepang membaik."),
        ("a", "a"),
    ],
)
def test_a_derived_title(text: str, title: str) -> None:
    assert derive_title(text) == title


def test_a_derived_title_is_cut_at_a_word() -> None:
    title = derive_title("Menteri " + "perdagangan " * 30 + "tiba.")
    assert len(title) <= TITLE_LENGTH + 1
    assert title.endswith("perdagangan…")
