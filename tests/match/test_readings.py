"""The table of how shipped names are read says what reading them says."""

from __future__ import annotations

import pytest

from bench.name_readings import TABLE, table
from store.match.normalise import compact
from store.match.person_name import parse_person
from store.match.readings import read_person, read_programme


def test_the_table_is_what_the_rules_make_of_the_names_today() -> None:
    assert TABLE.read_text(encoding="utf-8") == table(), "run python -m bench.name_readings"


@pytest.mark.parametrize("name", ["Retno L.P. Marsudi", "Dr. Budi Contoh, M.Sc.", "S.E.", ""])
def test_a_name_reads_the_same_with_and_without_the_table(name: str) -> None:
    reading = read_person(name)
    assert reading.words == tuple(parse_person(name).words)
    assert reading.letters == compact(name)


def test_an_own_program_is_read_when_it_comes() -> None:
    reading = read_programme("Kemitraan Contoh Indonesia-Jepang")
    assert reading.parties == {"ID", "JP"}
    assert reading.words == ("partnership", "contoh")
