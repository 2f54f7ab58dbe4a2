"""The names that mean the same, as they ship and with rows of one's own."""

from __future__ import annotations

from bench.synonym_forms import table
from store.records import KbRow
from store.search.synonyms import TABLE, Synonyms


def test_the_table_is_what_normaliser_and_names_make_of_it_today() -> None:
    assert TABLE.read_text(encoding="utf-8") == table(), "run python -m bench.synonym_forms"


def test_own_rows_join_the_shipped_ones() -> None:
    row = KbRow("contoh", "program", "Kemitraan Contoh Nusantara", aliases=("KCN",))
    assert Synonyms().longest(["kcn"]) == (0, [])
    assert Synonyms((row,)).longest(["kcn", "baru"]) == (1, [("mitra", "contoh", "nusantara")])
    assert Synonyms((row,)).longest(["menlu"]) == Synonyms().longest(["menlu"]) != (0, [])


def test_an_own_row_replaces_the_shipped_one_of_its_id() -> None:
    row = KbRow("bulog", "organisation", "Badan Contoh", aliases=("BC",))
    assert Synonyms().longest(["bulog"])[1] == [("perum", "bulog")]
    assert Synonyms((row,)).longest(["bulog"]) == (0, [])
