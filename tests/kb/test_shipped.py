"""The rows that ship: complete, consistent, each with its source; the user's rows win."""

from __future__ import annotations

import pytest

from store.kb import KnowledgeBase, check, read_rows
from store.kb.base import SHIPPED
from store.records import KbRow, Post
from store.tables import table_text


@pytest.fixture(scope="module")
def shipped() -> KnowledgeBase:
    return KnowledgeBase.shipped()


def test_the_rows_are_those_that_the_checked_reader_reads(shipped: KnowledgeBase) -> None:
    tables = [(name, table_text(f"kb/{name}").split("\n")) for name in SHIPPED]
    assert [row for name, lines in tables for row in read_rows(lines, name=name)] == [*shipped.rows]


def test_there_are_enough_rows_of_every_kind(shipped: KnowledgeBase) -> None:
    kinds = [row.kind for row in shipped.rows]
    assert len(kinds) >= 1100
    assert kinds.count("minister") >= 800
    assert kinds.count("program") >= 150
    assert kinds.count("organisation") >= 180


def test_every_minister_has_posts_and_every_row_a_source(shipped: KnowledgeBase) -> None:
    assert [row.id for row in shipped.rows if row.kind == "minister" and not row.posts] == []
    assert [row.id for row in shipped.rows if not row.source] == []


def test_a_row_from_memory_does_not_call_itself_verified(shipped: KnowledgeBase) -> None:
    lying = [r.id for r in shipped.rows if r.verified and "recollection" in (r.source or "")]
    assert lying == []


def test_the_checker_finds_nothing_but_unverified_rows(shipped: KnowledgeBase) -> None:
    findings = check(shipped)
    assert len(findings) <= 1
    assert all("are not verified" in finding for finding in findings)


def test_a_users_row_with_the_alias_of_two_others_is_still_a_finding(
    shipped: KnowledgeBase,
) -> None:
    mine = KbRow("kiat-me", "program", "Kerja Ikhlas", aliases=("KIAT",), user=True)
    assert any("share the alias “KIAT”" in finding for finding in check(shipped.with_user([mine])))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        pytest.param(
            [
                KbRow(
                    "a", "minister", "A", posts=(Post("Menteri X", None, "ID", "2019-01-01", None),)
                ),
                KbRow(
                    "b", "minister", "B", posts=(Post("Menteri X", None, "ID", "2020-01-01", None),)
                ),
            ],
            "both hold “menteri x”",
            id="two holders",
        ),
        pytest.param(
            [
                KbRow("a", "program", "A", aliases=("Z",)),
                KbRow("b", "program", "B", aliases=("z",)),
            ],
            "share the alias",
            id="shared alias",
        ),
        pytest.param(
            [KbRow("a", "program", "A"), KbRow("b", "program", "B", aliases=("A",))],
            "is the name of a",
            id="alias is a name",
        ),
        pytest.param([KbRow("a", "program", "A", country="QQ")], "QQ is no country", id="country"),
        pytest.param([KbRow("a", "program", "A")], "a: no source", id="source"),
        pytest.param(
            [KbRow("a", "program", "A", source="memory", verified=False)],
            "1 of 1 rows are not verified",
            id="unverified",
        ),
        pytest.param(
            [KbRow("a", "minister", "A", posts=(Post("X", None, "ID", "2020", "2019-05-01"),))],
            "before it begins",
            id="backward term",
        ),
    ],
)
def test_the_checker_finds(rows: list[KbRow], said: str) -> None:
    assert any(said in finding for finding in check(KnowledgeBase(rows)))


def test_a_hand_over_on_one_day_is_no_overlap() -> None:
    posts = [("2019-01-01", "2020-01-01"), ("2020-01-01", None)]
    rows = [
        KbRow(f"m{n}", "minister", f"M{n}", source="s", posts=(Post("X", None, "ID", *term),))
        for n, term in enumerate(posts)
    ]
    assert check(KnowledgeBase(rows)) == []


def test_user_rows_win_and_change_the_digest(shipped: KnowledgeBase) -> None:
    mine = KbRow("ijepa", "program", "My IJEPA", user=True)
    joined = shipped.with_user([mine])
    assert joined.get("ijepa") == mine
    assert len(joined.rows) == len(shipped.rows)
    assert joined.rows[0] == mine
    assert joined.digest != shipped.digest
    assert shipped.with_user([]).digest == shipped.digest
