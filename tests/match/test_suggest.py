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
