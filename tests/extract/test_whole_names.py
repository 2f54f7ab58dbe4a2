"""People's names whole, on mentions as an earlier stage left them."""

from __future__ import annotations

import pytest

from store.extract import tokens, whole_names
from store.extract.found import Found
from store.records import MentionType


def _mended(body: str, *surfaces: str, stage: str = "crf:domain") -> list[str]:
    text = tokens.read(body)
    found = [
        Found(body.index(s), body.index(s) + len(s), MentionType.PERSON, 0.9, stage)
        for s in surfaces
    ]
    return [body[f.start : f.end] for f in whole_names.mended(text, found)]


@pytest.mark.parametrize(
    ("body", "found", "whole"),
    [
        ("hadir Muhammad Farid Anwar", ["Farid Anwar"], ["Muhammad Farid Anwar"]),
        ("hadir Iriana Joko Widodo", ["Iriana", "Joko Widodo"], ["Iriana Joko Widodo"]),
        ("kata Ruli (Roy) Santosa", ["Roy", "Santosa"], ["Ruli (Roy) Santosa"]),
        ("Menlu (Menlu) Santosa", ["Santosa"], ["Santosa"]),
        ("judul Brian Tegaskan Komitmen", ["Brian Tegaskan"], ["Brian"]),
        ("oleh Jan Melissen kemarin", ["Jan Melissen"], ["Jan Melissen"]),
        ("CEO Anna Skarbek AM hadir", ["Anna Skarbek AM"], ["Anna Skarbek"]),
        ("Ketua DPRPuan Maharani hadir", ["DPRPuan Maharani"], ["Puan Maharani"]),
        (
            "pasangan Anies Baswedan - Sandiaga Uno menang",
            ["Anies Baswedan - Sandiaga Uno"],
            ["Anies Baswedan", "Sandiaga Uno"],
        ),
        (
            "Bupati Sumbercontoh Choirul Huda",
            ["Sumbercontoh Choirul Huda"],
            ["Sumbercontoh Choirul Huda"],
        ),
        ("Bupati Malang Choirul Huda", ["Malang Choirul Huda"], ["Choirul Huda"]),
    ],
)
def test_names_are_whole(body: str, found: list[str], whole: list[str]) -> None:
    assert _mended(body, *found) == whole


def test_no_name_begins_inside_another_mention() -> None:
    body = "Gubernur Sumatera Utara (Sumut) Bobby Nasution"
    text = tokens.read(body)
    found = [
        Found(body.index(surface), body.index(surface) + len(surface), type_, 0.9, "crf:domain")
        for surface, type_ in [
            ("Sumatera Utara", MentionType.PLACE),
            ("Sumut", MentionType.PERSON),
            ("Bobby Nasution", MentionType.PERSON),
        ]
    ]
    names = [body[f.start : f.end] for f in whole_names.mended(text, found)]
    assert names == ["Sumatera Utara", "Sumut", "Bobby Nasution"]


def test_a_korean_surname_goes_on() -> None:
    assert _mended("kakaknya Kim Jong - nam", "Kim", stage="propagate:short") == ["Kim Jong - nam"]


@pytest.mark.parametrize(
    ("body", "surface"),
    [
        ("tulis Fairfax Media kemarin", "Fairfax Media"),
        ("di Bandara Internasional Hamid Karzai", "Hamid Karzai"),
        ("Komjen Pol. hadir", "Pol"),
        ("aktor dari Surabaya", "Surabaya"),
        ("rektor RWTH Aachen", "RWTH Aachen"),
    ],
)
def test_what_is_no_person(body: str, surface: str) -> None:
    text = tokens.read(body)
    start = body.index(surface)
    found = Found(start, start + len(surface), MentionType.PERSON, 0.9, "crf:domain")
    assert whole_names.without_things(text, [found]) == []


def test_the_commonest_first_name_begins_one() -> None:
    text = tokens.read("antara ketua dan Mohammad Thneibat serta Nabi Muhammad Rasul")
    (found,) = whole_names.forenamed(text, [])
    assert text.body[found.start : found.end] == "Mohammad Thneibat"
