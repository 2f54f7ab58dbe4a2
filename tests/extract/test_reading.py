"""Dirty text is read as it was meant, and every character leads back to where it came from."""

from __future__ import annotations

import re
import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.extract import reading, tokens
from store.extract.digits import near
from store.records import Span


def read(body: str) -> str:
    steps = reading.of(body)
    return steps[-1].text if steps else body


@pytest.mark.parametrize(
    ("body", "meant"),
    [
        ("Menteri Budi tiba di Oslo.", "Menteri Budi tiba di Oslo."),
        ("Bu\u200bdi\ufeff San\u00adtoso\u200e", "Budi Santoso"),
        ("kerja\u00a0sama\u2009dengan\u202fOslo", "kerja sama dengan Oslo"),
        ("Budi   Santoso  tiba", "Budi Santoso tiba"),
        ("Budi &nbsp; Santoso&#160;&amp; Ani &ldquo;setuju&rdquo;", "Budi Santoso & Ani “setuju”"),
        ("R&amp;amp;D, AT&T, A&B; C", "R&D, AT&T, A&B; C"),
        ("â€œKamiâ€\x9d, kata JosÃ© â€“ itu", "“Kami”, kata José – itu"),
        ("â\x80\x9cBaikâ\x80\x9d di Ã\x89vian", "“Baik” di Évian"),
        ("kata SÃƒÂ¸ren", "kata Søren"),
        ("Café Ångström", "Café Ångström"),
        ("ofﬁce non\u2011migas", "office non-migas"),
        (
            "Menteri <b>Budi</b> tiba.<br/>Ia <a href='x'>senang</a>",
            "Menteri Budi tiba.\nIa senang",
        ),
        ("baris satu\r\nbaris dua\rbaris tiga", "baris satu\nbaris dua\nbaris tiga"),
        ("| Oslo | Budi |", ", Oslo , Budi ,"),
        ("senilaiRp5 triliunpada tahun2024", "senilai Rp5 triliun pada tahun 2024"),
        ("pada19 Juni2025di Oslo", "pada 19 Juni 2025 di Oslo"),
        ("a < b dan c > d, KTT G20, B2B, 5G", "a < b dan c > d, KTT G20, B2B, 5G"),
        ("Ä dan Å serta â", "Ä dan Å serta â"),
    ],
)
def test_read_as_meant(body: str, meant: str) -> None:
    assert read(body) == meant


WRAPPED = (
    "Menteri Perdagangan Budi Santoso menerima utusan dagang Norwegia di\n"
    "kantornya, Senin pagi. Keduanya membahas perjanjian dagang yang akan\n"
    "ditandatangani akhir tahun ini, termasuk ekspor ikan, kayu, dan kar-\n"
    "et, serta kunjungan pejabat ke daerah, yang dihadiri wakil negara-\n"
    "negara lain yang berminat.\n\n"
    "Utusan itu senang."
)


def test_lines_broken_at_a_width() -> None:
    meant = read(WRAPPED)
    assert "Norwegia di kantornya" in meant
    assert "karet" in meant
    assert "negara-negara lain" in meant
    assert meant.endswith("berminat.\n\nUtusan itu senang.")


def test_lists_keep_their_lines() -> None:
    body = "Hadir:\nBudi Santoso dari Jakarta\nAni Wijaya dari Surabaya\nRudi Hartono dari Medan\n"
    assert read(body) == body


@pytest.mark.parametrize(
    ("start", "end", "stored"),
    [(0, 12, "Bu\u200bdi  Santoso"), (5, 12, "Santoso"), (13, 14, "&amp;"), (15, 18, "JosÃ©")],
)
def test_back_to_the_source(start: int, end: int, stored: str) -> None:
    body = "\ufeffBu\u200bdi  Santoso\u00a0&amp; JosÃ©"
    text = tokens.read(body)
    assert text.body.startswith("Budi Santoso & José")
    end += end == 18
    span = text.source(start, end)
    assert body[span.start : span.end] == stored
    assert text.here(span.start) == start


DIRT = st.lists(
    st.sampled_from(
        [
            *(
                "Budi",
                "Santoso",
                "dan",
                "Oslo",
                "pada",
                "2025",
                "19 Juni",
                "Rp5 juta",
                "JosÃ©",
                "e\u0301",
            ),
            *(
                " ",
                "  ",
                "\n",
                "\r\n",
                "\u00a0",
                "\u200b",
                "\u00ad",
                "&nbsp;",
                "&amp;",
                "<b>",
                "</p>",
            ),
            *("â€œ", "â€\x9d", "-\n", "|", ".", ",", "Â", "\ufb01", "&", "<", "\x85"),
        ]
    )
).map("".join)


def apart(form: str, seen: object, successor: str) -> list[str]:
    """Cuts at every capital, so that cuts and other edits meet."""
    borders = [at for at, char in enumerate(form) if char.isupper()] or [0]
    edges = sorted({0, *borders, len(form)})
    return [form[a:b] for a, b in pairwise(edges)]


@given(DIRT)
def test_every_token_has_its_characters(body: str) -> None:
    text = tokens.read(body, (), apart)
    last = 0
    for start, end, form in zip(text.starts, text.ends, text.forms, strict=True):
        assert text.body[start:end] == form
        span = text.source(start, end)
        assert last <= span.start < span.end <= len(body)
        if body[span.start : span.end] != form:
            last = span.start
            continue
        last = span.end


@given(DIRT, st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=3))
def test_every_visible_character_outside_boilerplate_is_of_a_token(
    body: str, clutter: list[tuple[int, int]]
) -> None:
    masked, last = [], 0
    for gap, length in clutter:
        if last + gap + length <= len(body):
            masked.append(Span(last + gap, last + gap + length))
            last += gap + length
    text = tokens.read(body, masked)
    held = bytearray(len(text.body))
    for start, end in zip(text.starts, text.ends, strict=True):
        assert not any(held[start:end])
        held[start:end] = b"\x01" * (end - start)
    for at, char in enumerate(text.body):
        hidden = any(span.start <= at < span.end for span in text.masked)
        assert held[at] == (not hidden and not char.isspace())


@given(DIRT)
def test_capitals_are_the_tokens_that_begin_with_one(body: str) -> None:
    text = tokens.read(body)
    assert text.capitals() == [at for at, form in enumerate(text.forms) if form[0].isupper()]


def test_time_grows_with_the_text() -> None:
    for piece in ("a. ", "<a ", "&amp;", " \u200b", "x- y ", "   ", "kata\nkata ", "Ã©"):
        body = "baris\n" * 5 + piece * 40_000
        begin = time.process_time()
        reading.of(body)
        assert time.process_time() - begin < 2, piece


BITS = [
    *(
        "kata",
        "  ",
        " ",
        "\xa0",
        "&nbsp;",
        "&amp;amp;",
        "<b>",
        "</p>",
        "\u200b",
        "e\u0301",
        "â\u20ac",
    ),
    *(
        "â\u20ac™",
        "\r\n",
        "\u2010",
        "ﬁ",
        "A",
        ". ",
        "\n",
        "Â ",
        '<a href="x">',
        "\xad\n",
        "don't",
        "x_1",
    ),
]


@given(st.lists(st.sampled_from(BITS), max_size=14).map("".join))
def test_short_cuts_see_what_the_whole_patterns_see(text: str) -> None:
    nearby = near(reading._HINT, reading._ACCIDENT, text, before=1, after=reading._LONGEST)
    assert [m.span() for m in nearby] == [m.span() for m in reading._ACCIDENT.finditer(text)]
    pattern = tokens.TOKEN.pattern
    whole = re.compile(pattern[pattern.index(r"\d+(?:") :])
    assert [m.span() for m in tokens.TOKEN.finditer(text)] == [
        m.span() for m in whole.finditer(text)
    ]


def test_several_words_run_together_are_cut_in_place() -> None:
    cuts = {"Indonesiadan": ["Indonesia", "dan"], "Jepangpada": ["Jepang", "pada"]}
    body = "Kata Indonesiadan Jepangpada Senin, lalu Indonesiadan Laos."
    text = tokens.read(body, (), lambda form, _seen, _after: cuts.get(form, [form]))
    assert text.body == "Kata Indonesia dan Jepang pada Senin, lalu Indonesia dan Laos."
    assert [text.body[a:b] for a, b in zip(text.starts, text.ends, strict=True)] == text.forms
    assert text.source(text.starts[4], text.ends[4]) == Span(24, 28)
    assert body[24:28] == text.forms[4] == "pada"
