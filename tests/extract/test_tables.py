"""What makes a start short finds what the plain way finds."""

from __future__ import annotations

import pytest

from store.extract import Extractor, tokens, words
from store.extract.gazetteer import Gazetteer
from store.extract.words import Words
from store.kb import KnowledgeBase
from store.tables import table_bytes, table_columns, table_rows


def test_merged_gazetteers_find_what_one_of_all_names_finds() -> None:
    states, cities = ["Jepang", "Korea Selatan"], ["Jepang Baru", "Seoul", "Korea Selatan", "Åland"]
    merged = Gazetteer.merged(
        (Gazetteer((name, name) for name in states), "C"),
        (Gazetteer((name, None) for name in cities), "L"),
    )
    plain = Gazetteer([*((name, "C") for name in states), *((name, "L") for name in cities)])
    text = tokens.read("Dari Seoul ke Jepang Baru, Åland dan Korea Selatan di Jepang.")
    assert list(merged.scan(text)) == list(plain.scan(text))
    assert merged.knows("seoul")
    assert not merged.knows("tokyo")


def test_a_word_is_found_in_the_table_of_words_with_and_without_a_table_of_all(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = table_bytes("extract/words.tsv").decode().split("\n")[:-1]
    assert lines == sorted(lines, key=lambda line: line.split("\t")[0].encode())
    asked = [line.split("\t")[0] for line in lines[::97]]
    asked += ["", "\t", "\n", "a\n", "zzzzzz", "\U0010ffff", "\ud800", lines[0][0], lines[-1][:3]]
    monkeypatch.setattr(words, "_MANY", len(asked))
    table = Words(table_bytes("extract/words.tsv"))
    before = [table._find(word) for word in asked]
    assert table._table is None
    table._find("a")
    assert table._table is not None
    assert [table._find(word) for word in asked] == before
    assert sum(line is not None for line in before) >= len(lines[::97])


@pytest.mark.parametrize("name", ["kb/countries.csv", "boilerplate/inline.tsv"])
def test_columns_are_those_of_the_rows(name: str) -> None:
    rows = table_rows(name)
    wanted = list(rows[0])[:2][::-1]
    assert list(table_columns(name, *wanted)) == [tuple(row[key] for key in wanted) for row in rows]


@pytest.mark.parametrize("body", ["", "ketua", "kata ketua umum", "ketua umum partai ketua"])
def test_a_range_may_reach_beyond_the_text(body: str) -> None:
    table = Gazetteer([("ketua umum partai", 1), ("ketua", 2)], any_case=True)
    text = tokens.read(body)
    whole = list(table.scan(text))
    assert list(table.scan(text, 0, len(text.lows) + 4)) == whole
    assert whole or "ketua" not in body


def test_an_office_at_the_end_of_an_article_is_no_fault() -> None:
    body = "Kerja sama itu baik, kata Siti Ayu selaku UNDP Resident"
    extraction = Extractor(KnowledgeBase.shipped()).extract(body)
    assert [person.name for person in extraction.persons] == ["Siti Ayu"]
