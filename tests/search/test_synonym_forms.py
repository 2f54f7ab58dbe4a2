"""The names that mean the same, as they ship and with rows of one's own."""

from __future__ import annotations

from bench.synonym_forms import holders_table, table
from store.records import KbRow
from store.search import holders
from store.search.synonyms import TABLE, Synonyms
from store.search.units import units


def test_the_table_is_what_normaliser_and_names_make_of_it_today() -> None:
    assert TABLE.read_text(encoding="utf-8") == table(), "run python -m bench.synonym_forms"


def test_the_table_of_holders_is_what_the_knowledge_base_makes_of_it_today() -> None:
    assert holders.TABLE.read_text(encoding="utf-8") == holders_table(), (
        "run python -m bench.synonym_forms"
    )


def test_a_foreign_office_stands_for_its_holders_however_both_are_typed() -> None:
    for typed in ("presiden prancis", "Presiden Perancis"):
        (unit,) = units(typed, Synonyms())
        assert (("macron",),) in unit.options
    (unit,) = units("menlu AS", Synonyms())
    assert (("blinken",),) in unit.options
    assert (("menlu",), ("amerika", "serikat")) in unit.options


def test_an_office_at_home_or_without_a_country_stands_for_itself() -> None:
    for typed in ("presiden", "presiden indonesia", "presiden jakarta"):
        assert len(units(typed, Synonyms())) == len(typed.split()), typed


def test_own_rows_join_the_shipped_ones() -> None:
    row = KbRow("contoh", "program", "Kemitraan Contoh Nusantara", aliases=("KCN",))
    assert Synonyms().longest(["kcn"]) == (0, [])
    assert Synonyms((row,)).longest(["kcn", "baru"]) == (1, [("mitra", "contoh", "nusantara")])
    assert Synonyms((row,)).longest(["menlu"]) == Synonyms().longest(["menlu"]) != (0, [])


def test_an_own_row_replaces_the_shipped_one_of_its_id() -> None:
    row = KbRow("bulog", "organisation", "Badan Contoh", aliases=("BC",))
    assert Synonyms().longest(["bulog"])[1] == [("perum", "bulog")]
    assert Synonyms((row,)).longest(["bulog"]) == (0, [])


def test_of_many_names_the_short_ones_are_looked_for() -> None:
    _, others = Synonyms().longest(["tiongkok"])
    assert ("china",) in others
    assert [len(name) for name in others] == sorted(len(name) for name in others)
