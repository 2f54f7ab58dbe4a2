"""As you type."""

from __future__ import annotations

import pytest

from store.kb import KnowledgeBase
from store.match import NameIndex


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return NameIndex.from_rows(KnowledgeBase.shipped().rows)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("airl", "airlangga-hartarto"),
        ("hart airl", "airlangga-hartarto"),
        ("arlangga", "airlangga-hartarto"),
        ("enggrt", "enggartiasto-lukita"),
        ("ik-c", "ik-cepa"),
        ("asean outl", "aoip"),
        ("menperin airl", "airlangga-hartarto"),
        ("perjanjian kemitraan ekonomi indonesia-j", "ijepa"),
        ("성윤", "sung-yun-mo"),
    ],
)
def test_the_start_of_a_name_finds_it(names: NameIndex, typed: str, first: str) -> None:
    assert names.suggest(typed).candidates[0].id == first


def test_the_typed_letters_are_the_matched_ones(names: NameIndex) -> None:
    best = names.suggest("hart airl").candidates[0]
    assert [best.matched[s.start : s.end] for s in best.spans] == ["Airl", "Hart"]


def test_no_more_than_asked_and_nothing_for_nothing(names: NameIndex) -> None:
    assert len(names.suggest("a", limit=3).candidates) == 3
    assert names.suggest("").candidates == ()
    assert names.suggest("zzzzq").status == "none"


def test_kind_and_office(names: NameIndex) -> None:
    assert {c.kind for c in names.suggest("in", kind="minister").candidates} == {"minister"}
    assert names.suggest("menperin").candidates[0].role == "Menteri Perindustrian"


@pytest.mark.parametrize(
    ("typed", "role"),
    [
        ("menteri luar", "Menteri Luar Negeri"),
        ("Menteri Perd", "Menteri Perdagangan"),
        ("menteri koor", "Menteri Koordinator"),
        ("menteri luar negeri jep", "Menteri Luar Negeri"),
    ],
)
def test_the_start_of_an_office_lists_its_holders(names: NameIndex, typed: str, role: str) -> None:
    found = names.suggest(typed, on="2019-06-27")
    assert found.status == "ambiguous"
    assert len({one.id for one in found.candidates}) == len(found.candidates)
    best = found.candidates[0]
    assert best.role is not None
    assert best.role.startswith(role)
    assert best.start is not None
    assert best.start <= "2019-06-27"
    assert best.country == ("JP" if typed.endswith("jep") else "ID")


def test_the_start_of_an_office_is_no_program(names: NameIndex) -> None:
    assert all(c.kind != "minister" for c in names.suggest("menteri", kind="program").candidates)
