"""The table of countries: every printed form leads to one code, every code to a name."""

from __future__ import annotations

import pytest

from store.kb import countries


@pytest.mark.parametrize(
    ("form", "code"),
    [
        ("Korsel", "KR"),
        ("Republik Korea", "KR"),
        ("RRT", "CN"),
        ("China", "CN"),
        ("UEA", "AE"),
        ("PEA", "AE"),
        ("Afsel", "ZA"),
        ("AS", "US"),
        ("RI", "ID"),
        ("Federasi Rusia", "RU"),
        ("Türkiye", "TR"),
        ("turkiye", "TR"),
        ("Timor-Leste", "TL"),
        ("timor leste", "TL"),
        ("Japanese", "JP"),
        ("jp", "JP"),
        ("Uni Eropa", "EU"),
        ("Hongkong", "HK"),
        ("Atlantis", None),
        ("", None),
    ],
)
def test_code_of(form: str, code: str | None) -> None:
    assert countries.code_of(form) == code


def test_every_form_leads_back_to_its_code() -> None:
    for form, code in countries.forms().items():
        assert countries.code_of(form) == code, form
        assert countries.name_of(code) != code, code


def test_adjectives_and_territories_are_no_mentions() -> None:
    assert "Japanese" not in countries.forms()
    assert "Hong Kong" not in countries.forms()
    assert countries.forms()["Korea Selatan"] == "KR"


def test_shown_names_follow_the_press() -> None:
    assert countries.name_of("GB") == "Inggris"
    assert countries.name_of("??") == "??"
