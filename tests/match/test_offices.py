"""Offices by day: who held them, and what a person's post was."""

from __future__ import annotations

import pytest

from store.kb import KnowledgeBase
from store.match import NameIndex
from store.match.offices import parse_offices
from store.records import KbRow


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return NameIndex.from_rows(KnowledgeBase.shipped().rows)


HOLDERS = [
    ("Menperin", "2019-06-27", None, "airlangga-hartarto"),
    ("Menteri Perindustrian", "2019-10-23", None, "agus-gumiwang"),
    ("Mendag", "2016-07-26", None, "tom-lembong"),
    ("Mendag RI", "2016-07-28", None, "enggartiasto-lukita"),
    ("Menlu", "2015-01-01", None, "retno-marsudi"),
    ("Menteri Koordinator Bidang Perekonomian", "2018-07-19", None, "darmin-nasution"),
    ("Menko Marves", "2021-01-01", None, "luhut"),
    ("Wamenlu Mahendra", "2020-01-01", None, "mahendra-siregar"),
    ("Kepala BKPM", "2018-03-12", None, "tom-lembong"),
    ("Gubernur BI", "2014-06-01", None, "agus-martowardojo"),
    ("Presiden", "2013-01-01", None, "sby"),
    ("Menteri Perdagangan Jepang", "2019-06-27", None, "hiroshige-seko"),
    ("Menteri METI", "2023-03-04", None, "yasutoshi-nishimura"),
    ("MOTIE Korea Selatan", "2019-06-27", None, "sung-yun-mo"),
    ("Menteri Perdagangan Korea Selatan", "2020-12-18", None, "yoo-myung-hee"),
    ("Menlu Korsel", "2017-07-01", None, "kang-kyung-wha"),
    ("Menteri Luar Negeri", "2017-07-01", "KR", "kang-kyung-wha"),
    ("Perwakilan Dagang AS", "2022-05-05", None, "katherine-tai"),
    ("Menlu AS", "2016-05-05", None, "kerry"),
    ("Presiden AS", "2019-05-05", None, "trump"),
    ("Komisioner Perdagangan Uni Eropa", "2018-07-20", None, "malmstrom"),
    ("Menteri Perdagangan Internasional dan Industri Malaysia", "2021-05-18", None, "azmin-ali"),
    ("Foreign Secretary of the United Kingdom", "2022-01-01", None, "liz-truss"),
    ("Putra Mahkota Arab Saudi", "2020-01-01", None, "mbs"),
]


@pytest.mark.parametrize(
    ("role", "on", "country", "who"), HOLDERS, ids=[f"{h[0]} {h[1]}" for h in HOLDERS]
)
def test_the_holder_on_a_day(
    names: NameIndex, role: str, on: str, country: str | None, who: str
) -> None:
    found = names.resolve(role, on=on, country=country)
    assert (found.status, found.candidates[0].id) == ("match", who)


@pytest.mark.parametrize(
    ("role", "on"),
    [("Menperin", "1950-01-01"), ("Menteri Sihir", "2020-01-01"), ("Menlu Atlantis", "1900-01-01")],
)
def test_outside_known_terms_there_is_nobody(names: NameIndex, role: str, on: str) -> None:
    assert names.holder(role, on=on).status == "none"


def test_without_a_day_the_holders_are_listed_but_none_is_meant(names: NameIndex) -> None:
    found = names.resolve("Menperin")
    assert found.status == "ambiguous"
    assert {"airlangga-hartarto", "agus-gumiwang"} <= {c.id for c in found.candidates}


def test_on_the_day_of_change_the_new_holder_counts(names: NameIndex) -> None:
    assert names.holder("Mendag", on="2016-07-27").candidates[0].id == "enggartiasto-lukita"


def test_the_most_senior_post_on_a_day(names: NameIndex) -> None:
    post = names.post("airlangga-hartarto", on="2019-06-27")
    assert post is not None
    assert post.role == "Menteri Perindustrian"
    seko = names.post("hiroshige-seko", on="2019-06-27")
    assert seko is not None
    assert (seko.country, seko.ministry) == ("JP", "METI")
    assert names.post("hiroshige-seko", on="2024-01-01") is None
    assert names.post("nobody", on="2024-01-01") is None


def test_years_alone_still_decide_where_they_can() -> None:
    rows = [
        KbRow("one", "minister", "Menteri Satu", role="Menteri Perdagangan", country="ID", start="2014", end="2016"),
        KbRow("two", "minister", "Menteri Dua", role="Menteri Perdagangan", country="ID", start="2016", end="2019"),
    ]  # fmt: skip
    names = NameIndex.from_rows(rows)
    assert names.holder("Mendag", on="2015-05-01").candidates[0].id == "one"
    assert names.holder("Mendag", on="2016-05-01").status == "ambiguous"
    assert names.holder("Mendag", on="2021-05-01").status == "none"


@pytest.mark.parametrize(
    ("text", "rank", "portfolios", "country"),
    [
        ("Menperin", "minister", {"industry"}, None),
        ("Menteri Ekonomi, Perdagangan, dan Industri Jepang", "minister", {"economy", "trade", "industry"}, "JP"),
        ("Wakil Menteri Luar Negeri", "deputy", {"foreign"}, None),
        ("Duta Besar Korea Selatan untuk Indonesia", "ambassador", set(), "ID"),
        ("Secretary of State", "minister", {"foreign"}, None),
        ("Presiden Prancis", "president", set(), "FR"),
    ],
)  # fmt: skip
def test_an_office_is_read(text: str, rank: str, portfolios: set[str], country: str | None) -> None:
    (office,) = parse_offices(text)
    assert (office.rank, set(office.portfolios), office.country) == (rank, portfolios, country)


@pytest.mark.parametrize("text", ["Airlangga Hartarto", "", "Jepang", "perdagangan"])
def test_what_is_no_office(text: str) -> None:
    assert parse_offices(text) == ()
