"""The normaliser: which forms meet, where they stand, and that the index keeps each as one token."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.normalise import index_text, indexed, surfaces, tokens
from store.records import Span

FAMILIES = Path(__file__).parents[2] / "bench" / "data" / "families.txt"


def forms(text: str) -> list[str]:
    return [token.form for token in tokens(text)]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("kerjasama", "bekerja sama", id="open and closed compound"),
        pytest.param("tanda tangan", "penandatanganan", id="compound inside a confix"),
        pytest.param("tanda tangan", "tertanda-tangani", id="compound with a hyphen"),
        pytest.param("ketenagakerjaan", "tenaga kerja", id="compound in ke-an"),
        pytest.param("negara", "negara-negaranya", id="reduplication with clitic"),
        pytest.param("undang-undang", "perundang-undangan", id="reduplication with a sense"),
        pytest.param("perundingan", "merundingkan", id="peN-an and meN-kan"),
        pytest.param("sepakat", "kesepakatannya", id="ke-an-nya"),
        pytest.param("tuju", "tujuanmukah", id="clitic and particle"),
        pytest.param("pukul", "kupukul", id="proclitic"),
        pytest.param(
            "pertahanan", "mempertahankan", id="per-an around a root, not per- before -an"
        ),
        pytest.param("pemakaian", "memakai", id="peN-an likewise"),
        pytest.param("kirim", "pengiriman", id="k lost"),
        pytest.param("sampai", "disampaikan", id="suffix -kan"),
        pytest.param("ajar", "mempelajari", id="irregular"),
        pytest.param("kuat", "memperkuat", id="memper-"),
        pytest.param("Prancis", "Perancis", id="spelling"),
        pytest.param("izin", "perijinan", id="old spelling inside an affix"),
        pytest.param("G20", "G-20", id="letters and digits"),
        pytest.param("IEU-CEPA", "ieu cepa", id="treaty"),
        pytest.param("IEU-CEPA", "I-EU CEPA", id="treaty, letters apart"),
        pytest.param("IA-CEPA", "IA – CEPA", id="treaty, spaced dash"),
        pytest.param("Ma'ruf", "Ma’ruf", id="apostrophes"),
        pytest.param("Maruf", "Ma'ruf", id="no apostrophe"),
        pytest.param("Elysee", "Élysée", id="accents"),
        pytest.param("30.000", "30,000", id="grouped digits"),
        pytest.param("30000", "Rp30.000", id="currency glued on"),
        pytest.param("4.0", "4,0", id="decimals"),
        pytest.param("pandemi", "pascapandemi", id="bound element"),
        pytest.param("Rusia", "FederasiRusiaVladimir", id="glued words"),
        pytest.param("Macron", "Macron's", id="English possessive"),
        pytest.param("smelter", "smelternya", id="clitic on a loan"),
        pytest.param("menlu", "menlunya", id="clitic on an abbreviation"),
        pytest.param("pakaian", "berpakaian", id="inflected after leaving the root"),
        pytest.param("mengalami", "pengalamannya", id="family that left its root"),
        pytest.param("melatarbelakangi", "latar belakang", id="compound in me-i"),
    ],
)
def test_what_people_write_differently_meets(one: str, other: str) -> None:
    # What is asked for is the compound where the words make one.
    wanted = [t.form for t in tokens(one) if t.joined] or forms(one)
    assert set(wanted) & set(forms(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("setuju", "tuju", id="setuju is no se-"),
        pytest.param("perdana", "dana", id="perdana is no per-"),
        pytest.param("kepala", "pala", id="kepala is no ke-"),
        pytest.param("Kediri", "diri", id="a town is no ke-"),
        pytest.param("merdeka", "deka", id="merdeka is no me-"),
        pytest.param("Sukarno", "sukar", id="a name"),
        pytest.param("kemudian", "kemudi", id="an adverb"),
        pytest.param("selatan", "selat", id="selatan is no -an"),
        pytest.param("industri 4.0", "industri 40", id="decimal point"),
        pytest.param("kerja", "kerjasama", id="compound and its word"),
        pytest.param("pakai", "pakaian", id="clothes and to use"),
        pytest.param("alam", "pengalaman", id="nature and experience"),
        pytest.param("tahanan", "pertahanan", id="prisoners and defence"),
        pytest.param("utara", "diutarakan", id="north and to express"),
        pytest.param("dapat", "pendapatan", id="can and revenue"),
        pytest.param("hubungan", "perhubungan", id="relations and transport"),
        pytest.param("gram", "program", id="no pro- in a loan"),
        pytest.param("demi", "pandemi", id="no pan- in a loan"),
    ],
)
def test_what_means_something_else_stays_apart(one: str, other: str) -> None:
    assert set(forms(one)) != set(forms(other))


@pytest.mark.parametrize(
    "name",
    [
        "Prabowo",
        "Subianto",
        "Airlangga",
        "Hartarto",
        "Jokowi",
        "Widodo",
        "Pertamina",
        "Danantara",
        "Marsudi",
        "Sugiono",
        "Menperin",
        "Bekasi",
        "Selandia",
        "Belanda",
        "Perindo",
        "Kemlu",
        "Denpasar",
        "Merkel",
        "Putin",
        "Erdogan",
    ],
)
def test_names_are_not_stemmed(name: str) -> None:
    assert forms(name) == [name.lower()]


def test_word_families_meet() -> None:
    lines = FAMILIES.read_text(encoding="utf-8").splitlines()
    families = [line.split() for line in lines if line and not line.startswith("#")]
    met = total = 0
    for root, *derived in families:
        total += len(derived)
        met += sum(bool(set(forms(root)) & set(forms(word))) for word in derived)
    assert met / total >= 0.95


def test_tokens_know_their_place() -> None:
    text = "Kedua negara bekerja sama di bidang 4.0."
    found = [(t.form, text[t.start : t.end], t.joined) for t in tokens(text)]
    assert ("kerjasama", "bekerja sama", True) in found
    assert ("4d0", "4.0", False) in found


def test_index_text_leaves_spans_out() -> None:
    text = "Kerja sama\nAdvertisement\ndagang"
    assert index_text(text, [Span(11, 24)]) == "kerja sama kerjasama dagang"


def test_surfaces_give_each_word_its_form() -> None:
    assert ("menandatangani", "tandatangan") in surfaces("Menandatangani MoU")
    assert dict(surfaces("menindaklanjuti")) == {"menindaklanjuti": "tindaklanjut"}


def test_scripts_without_blanks_are_searchable_by_part() -> None:
    assert set(forms("总统")) <= set(forms("印度尼西亚总统普拉博沃"))
    assert forms("Владимир ПУТИН") == ["владимир", "путин"]
    assert len(forms("대한민국")) == 1


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=60))
def test_forms_survive_the_tokenizer_of_the_index(text: str) -> None:
    database = sqlite3.connect(":memory:")
    database.execute(
        "CREATE VIRTUAL TABLE t USING fts5(x, tokenize='unicode61 remove_diacritics 2')"
    )
    database.execute("CREATE VIRTUAL TABLE v USING fts5vocab(t, instance)")
    found = index_text(text).split()
    database.execute("INSERT INTO t VALUES (?)", (" ".join(found),))
    kept = [term for (term,) in database.execute("SELECT term FROM v ORDER BY offset")]
    database.close()
    assert len(kept) == len(found)


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="aeiknsty-' .,0123456789ABéँ总\u0301", max_size=40))
def test_tokens_stay_inside_the_text_and_agree_with_the_index(text: str) -> None:
    found = tokens(text)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert [t.form for t in found] == index_text(text).split()
    assert all(t.form for t in found)


PIECES = [
    "kerja", "sama", "Kerja", "IA", "CEPA", "ieu", "tanggung", "jawab", "e", "-commerce", "3,5", "Ma'ruf",
    " ", " ", " ", "  ", "\n", "\r\n", "\t", "\u00a0", "\u200b", "\u19b0", "-", ", ", ".", "()", "\"",
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
@settings(max_examples=500, deadline=None)
def test_compounds_are_the_same_in_index_and_query_whatever_lies_between(text: str) -> None:
    assert index_text(text).split() == [token.form for token in tokens(text)]


def test_known_words_bring_their_surfaces_once() -> None:
    known: set[str] = set()
    text, first = indexed("Kerja sama dagang", known=known)
    again, second = indexed("Perdagangan: kerja sama", known=known)
    assert text == "kerja sama kerjasama dagang"
    assert first == surfaces("Kerja sama dagang")
    # "kerja" is written otherwise than "Kerja"; "sama" came before.
    assert {surface for surface, _ in second} == {"perdagangan", "kerja"}
    assert again == index_text("Perdagangan: kerja sama")


def test_importing_loads_no_table() -> None:
    code = "import store.normalise.stem as s; print(s._tables.cache_info().currsize)"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "0"
