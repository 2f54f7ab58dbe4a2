"""The table of how shipped names are read says what reading them says."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from anyascii import anyascii

from bench.name_readings import TABLE, table
from store.match.normalise import _taken_apart, compact
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


def test_what_unicode_takes_apart_needs_no_transliteration() -> None:
    differing = [
        char
        for char in map(chr, range(0x80, sys.maxunicode + 1))
        if (plain := _taken_apart(char))
        and plain != anyascii(unicodedata.normalize("NFKC", char)).replace("'", "").lower()
    ]
    assert differing == []
    assert [_taken_apart(char) for char in "éÑﬁ¼đ世'"] == ["e", "n", "fi", "1/4", "", "", ""]
