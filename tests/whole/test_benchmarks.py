"""The benchmarks must still find what they measure."""

from __future__ import annotations

from bench.extraction import STAGES, stages
from bench.generate import source_articles
from store.kb import KnowledgeBase
from store.pipeline import Analyser


def test_the_stages_of_an_extraction_are_told_and_nothing_stays_watched() -> None:
    methods = [getattr(owner, name) for owner, name, _ in STAGES]
    told = stages(Analyser(KnowledgeBase.shipped()), source_articles(None, 2))
    assert all(stage in told for _, _, stage in STAGES)
    assert methods == [getattr(owner, name) for owner, name, _ in STAGES]
