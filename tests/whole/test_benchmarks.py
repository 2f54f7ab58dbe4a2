"""The benchmarks must still find what they measure."""

from __future__ import annotations

import pytest

from bench.dirt import WAYS, Article, Dirt, made_dirty
from bench.extraction import STAGES, stages
from bench.generate import source_articles
from store.kb import KnowledgeBase
from store.pipeline import Analyser


def test_the_stages_of_an_extraction_are_told_and_nothing_stays_watched() -> None:
    methods = [getattr(owner, name) for owner, name, _ in STAGES]
    told = stages(Analyser(KnowledgeBase.shipped()), source_articles(None, 2))
    assert all(stage in told for _, _, stage in STAGES)
    assert methods == [getattr(owner, name) for owner, name, _ in STAGES]


BODY = (
    "JAKARTA - “Menteri” Sari Dewi, dari Jepang, tiba di Café Solo.\nIa bertemu duta besar Korea."
)


def annotated(*surfaces: str) -> Article:
    mentions = [
        {"start": BODY.index(one), "end": BODY.index(one) + len(one), "type": "PERSON"}
        for one in surfaces
    ]
    return {"id": "uji", "body": BODY, "mentions": mentions}


@pytest.mark.parametrize(("name", "dirt"), WAYS)
def test_annotations_move_along_with_dirt(name: str, dirt: Dirt) -> None:
    letters = "sarideijpngko"
    body, spans = made_dirty(annotated("Sari Dewi", "Jepang", "Korea"), dirt)
    found = [
        "".join(c for c in body[start:end].lower() if c in letters)
        for start, end, _ in sorted(spans)
    ]
    assert found == ["saridei", "jepang", "korea"], name


def test_dirt_is_the_same_each_time_and_does_something() -> None:
    article = annotated("Sari Dewi")
    made = {name: made_dirty(article, dirt) for name, dirt in WAYS}
    assert made == {name: made_dirty(article, dirt) for name, dirt in WAYS}
    assert made["all blanks beside names missing"][0].startswith(
        "JAKARTA - “Menteri”Sari Dewi, dari"
    )
    assert "â€œMenteriâ€\x9d Sari" in made["UTF-8 read as Windows-1252"][0]
    assert "&ldquo;Menteri&rdquo; Sari" in made["HTML entities"][0]
    assert "Jepang,tiba" in made["no blank after commas"][0]
    assert "\n• Ia" in made["bullets"][0]
