"""The queries of before: each once, the newest last, a bounded number, and a way back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.recall import LIMIT, Recall


def test_older_newer_and_back_to_what_was_typed() -> None:
    recall = Recall(["a", "b", "c"])
    assert recall.older("typed") == "c"
    assert recall.older("c") == "b"
    assert recall.newer("b") == "c"
    assert recall.newer("c") == "typed"
    assert recall.newer("typed") is None


def test_what_is_shown_already_is_passed_over() -> None:
    recall = Recall(["a", "b"])
    assert recall.older("b") == "a"
    assert recall.newer("a") == "b"
    assert recall.newer("b") == "b"


def test_a_changed_query_counts_as_typed() -> None:
    recall = Recall(["a", "b", "c"])
    recall.older("")
    assert recall.older("cx") == "c"
    assert recall.newer("c") == "cx"


def test_nothing_older_than_the_oldest() -> None:
    assert Recall().older("x") is None
    recall = Recall(["a"])
    assert recall.older("") == "a"
    assert recall.older("a") is None


@given(st.lists(st.text("ab \u00e9", max_size=4), max_size=3 * LIMIT))
def test_each_once_bounded_and_never_blank(queries: list[str]) -> None:
    kept = Recall(queries).queries
    assert len(kept) == len(set(kept)) <= LIMIT
    assert all(query.strip() == query != "" for query in kept)
    used = [query.strip() for query in queries if query.strip()]
    assert not used or kept[-1] == used[-1]
    assert Recall(kept).queries == kept
