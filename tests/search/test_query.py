"""The query language: what is read, what is told, and that nothing typed is ever refused."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.library import Notice
from store.records import Span
from store.search import FIELDS, chips, parse, render, without
from store.search.period import Period, read_period
from store.search.query import Filter, Group, Not, Or, Phrase, Prefix, Word


@pytest.mark.parametrize(
    ("typed", "clauses"),
    [
        pytest.param("kerja sama", (Word("kerja"), Word("sama")), id="words"),
        pytest.param('"nota kesepahaman"', (Phrase("nota kesepahaman"),), id="phrase"),
        pytest.param("“nota kesepahaman”", (Phrase("nota kesepahaman"),), id="curly quotes"),
        pytest.param('"belum ditutup', (Phrase("belum ditutup"),), id="open quote"),
        pytest.param("Indust*", (Prefix("indust"),), id="prefix"),
        pytest.param("-impor", (Not(Word("impor")),), id="minus alone"),
        pytest.param('-"bebas visa"', (Not(Phrase("bebas visa")),), id="minus phrase"),
        pytest.param("ekspor-impor", (Word("ekspor-impor"),), id="hyphen inside"),
        pytest.param("a OR b c", (Or((Word("a"), Word("b"))), Word("c")), id="or binds tighter"),
        pytest.param("a or b", (Word("a"), Word("or"), Word("b")), id="small or is a word"),
        pytest.param("OR a OR", (Word("a"),), id="or with nothing beside it"),
        pytest.param(
            "(a b) OR c", (Or((Group((Word("a"), Word("b"))), Word("c"))),), id="brackets"
        ),
        pytest.param("((a", (Word("a"),), id="open brackets"),
        pytest.param("a) b", (Word("a"), Word("b")), id="closing bracket alone"),
        pytest.param("negara:Jepang", (Filter("country", "Jepang"),), id="field"),
        pytest.param("COUNTRY:Jepang", (Filter("country", "Jepang"),), id="field in English"),
        pytest.param(
            'orang:"Sri Mulyani"', (Filter("person", "Sri Mulyani", exact=True),), id="quoted value"
        ),
        pytest.param("-sumber:jpnn", (Not(Filter("source", "jpnn")),), id="minus field"),
        pytest.param(
            "sejak:2019-02",
            (Filter("after", "2019-02", period=Period("2019-02-01", "2019-02-28")),),
            id="month",
        ),
        pytest.param("ditandai:tidak", (Filter("marked", "tidak", yes=False),), id="not marked"),
        pytest.param("", (), id="empty"),
        pytest.param(' - " () * ', (), id="nothing but signs"),
        pytest.param("\x00 \u202e", (), id="control characters"),
    ],
)
def test_what_is_read(typed: str, clauses: tuple[object, ...]) -> None:
    assert parse(typed).clauses == clauses


@pytest.mark.parametrize(
    ("typed", "notice", "words"),
    [
        pytest.param("warna:merah", Notice("unknown-field", ("warna",)), 2, id="unknown field"),
        pytest.param("tanggal:besok", Notice("bad-date", ("tanggal", "besok")), 1, id="no date"),
        pytest.param("sejak:2019-13", Notice("bad-date", ("sejak", "2019-13")), 1, id="13th month"),
        pytest.param("negara:", Notice("empty-field", ("negara",)), 0, id="no value"),
        pytest.param("ditandai:x", Notice("bad-yes-no", ("ditandai", "x")), 1, id="yes or no"),
        pytest.param("warna:a warna:a", Notice("unknown-field", ("warna",)), 4, id="told once"),
        pytest.param("jenis:hewan", Notice("bad-type", ("jenis", "hewan")), 1, id="no type"),
    ],
)
def test_what_is_told(typed: str, notice: Notice, words: int) -> None:
    query = parse(typed)
    assert query.notices == (notice,)
    assert len(query.clauses) == words


def test_a_web_address_is_no_field() -> None:
    assert parse("https://contoh.id/a").notices == ()


@pytest.mark.parametrize("name", sorted(FIELDS))
def test_every_field_is_read(name: str) -> None:
    value = "orang" if FIELDS[name] == "type" else "2019"
    (clause,) = parse(f"{name}:{value}").clauses
    assert isinstance(clause, Filter)
    assert clause.name == FIELDS[name]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2019", Period("2019-01-01", "2019-12-31")),
        ("2020-02", Period("2020-02-01", "2020-02-29")),
        ("2/2020", Period("2020-02-01", "2020-02-29")),
        ("2019-06-27", Period("2019-06-27", "2019-06-27")),
        ("27/6/2019", Period("2019-06-27", "2019-06-27")),
        ("27 Juni 2019", Period("2019-06-27", "2019-06-27")),
        ("Juni 2019", Period("2019-06-01", "2019-06-30")),
        ("2018..2019-03", Period("2018-01-01", "2019-03-31")),
        ("..2019", Period(None, "2019-12-31")),
        ("2019..", Period("2019-01-01", None)),
        ("2020..2019", Period("2019-01-01", "2020-12-31")),
        ("2019-02-30", None),
        ("kemarin dulu", None),
        ("..", None),
        ("2019..x", None),
    ],
)
def test_periods(text: str, period: Period | None) -> None:
    assert read_period(text) == period


def test_chips_say_what_stands_where() -> None:
    typed = 'kerja sama negara:jepang -impor "nota baru"'
    found = chips(parse(typed))
    assert [(c.kind, c.label) for c in found] == [
        ("word", "kerja sama"),
        ("country", "negara:jepang"),
        ("not", "-impor"),
        ("phrase", '"nota baru"'),
    ]
    assert found[1].span == Span(11, 24)
    assert without(typed, found[1]) == 'kerja sama -impor "nota baru"'
    assert without(typed, found[0]) == 'negara:jepang -impor "nota baru"'


_ATOMS = st.sampled_from(
    [
        *(
            '"',
            "“",
            "(",
            ")",
            "-",
            "*",
            " OR ",
            " ",
            ":",
            "..",
            "negara:",
            "date:",
            "2019",
            "NEAR",
            "^",
        ),
        *(
            "kerja sama",
            "a",
            "judul:",
            "AND",
            "NOT",
            "\x00",
            "é",
            "总统",
            "'",
            ";",
            "--",
            "menteri",
        ),
    ]
)


@settings(max_examples=500, deadline=None)
@given(st.lists(_ATOMS, max_size=12).map("".join) | st.text(max_size=40))
@example("-(-(-a))")
@example("-(a OR b) c")
@example("-(a OR (b c))")
@example("(" * 200 + "a")
def test_a_query_read_back_is_the_same(typed: str) -> None:
    query = parse(typed)
    assert parse(render(query)) == query
    for chip in chips(query):
        assert 0 <= chip.span.start < chip.span.end <= len(typed)
