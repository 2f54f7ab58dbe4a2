"""The finder: starts of names and whole names together, with reasons that are true."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.kb import KnowledgeBase
from store.match import NameIndex, find

NAMES = NameIndex.from_rows(KnowledgeBase.shipped().rows)


@pytest.mark.parametrize(
    ("typed", "first", "least", "reason"),
    [
        ("airl", "Airlangga Hartarto", 0.9, "“airl” begins “Airlangga”"),
        ("airlanga", "Airlangga Hartarto", 0.9, "“airlanga” is a spelling of “Airlangga”"),
        ("airlanga hartato", "Airlangga Hartarto", 0.85, "“hartato” is close to “Hartarto”"),
        ("hart airl", "Airlangga Hartarto", 0.7, "“hart” = start of “Hartarto”"),
        ("sri mulyni", "Sri Mulyani Indrawati", 0.9, "“mulyni” is close to “Mulyani”"),
        ("zulhas", "Zulkifli Hasan", 1.0, "same letters as “Zulhas”"),
    ],
)
def test_the_better_of_completion_and_scorer(
    typed: str, first: str, least: float, reason: str
) -> None:
    found = find(NAMES, typed, kind="minister")
    assert found.status == "match"
    best = found.candidates[0]
    assert best.name == first
    assert best.score >= least
    assert reason in best.reasons


@pytest.mark.parametrize("typed", ["cepa korea", "korea cepa", "ik cepa"])
def test_programs_in_any_word_order(typed: str) -> None:
    assert find(NAMES, typed, kind="program").candidates[0].id == "ik-cepa"


def test_a_near_miss_is_none_with_the_nearest() -> None:
    found = find(NAMES, "hartuntu airlingga pratama", kind="minister")
    assert found.status == "none"
    assert found.candidates


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=40))
def test_any_text_gives_ranked_candidates_with_reasons(typed: str) -> None:
    found = find(NAMES, typed, limit=20)
    scores = [candidate.score for candidate in found.candidates]
    assert scores == sorted(scores, reverse=True)
    assert len({candidate.id for candidate in found.candidates}) == len(scores)
    for candidate in found.candidates:
        assert candidate.reasons
        assert all(0 <= s.start < s.end <= len(candidate.matched) for s in candidate.spans)
