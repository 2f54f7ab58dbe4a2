"""Floors of quality on the annotated articles; they move down only with a reason in the commit.

The shipped second model has learnt from these articles, so the floors with it are those of a model on
what it knows: they catch a broken pipeline, not a weaker one. What it does on unseen articles is
measured by ``python -m bench.extract_quality --cv 6``. The rules alone have learnt nothing by number.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from store.extract import Extractor
from store.kb import KnowledgeBase
from store.records import Money

DIGESTS = {
    "gold_dev.jsonl": "437242541180b0c003484f1be447837f755f3b9b891db27e65d162ccfb5eb5a2",
    "gold_train.jsonl": "5fb4a216ca5033699e6091c9ca64ac190326e81f1f68a02b936039943e0aba0e",
}


def articles(eval_dir: Path, name: str) -> list[dict[str, Any]]:
    data = (eval_dir / "gold" / name).read_bytes()
    if hashlib.sha256(data).hexdigest() != DIGESTS[name]:
        pytest.skip(f"{name} is another version than the one the floors were set for")
    return [json.loads(line) for line in data.decode("utf-8").splitlines() if line.strip()]


def scores(extractor: Extractor, gold: list[dict[str, Any]]) -> dict[str, float]:
    """Exact F1 by type and together, passages marked as clutter left out."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in gold:
        wanted = {(m["start"], m["end"], m["type"]) for m in article["mentions"]}
        ignored = [(r["start"], r["end"]) for r in article["ignore_regions"]]
        found = {
            (m.start, m.end, str(m.type))
            for m in extractor.extract(article["body"], date=article["date"]).mentions
            if not any(m.start < end and start < m.end for start, end in ignored)
        }
        for group, spans in (("gold", wanted), ("found", found), ("right", wanted & found)):
            for span in spans:
                counts[group, span[2]] += 1
                counts[group, "all"] += 1
    types = {type_ for _, type_ in counts}
    return {t: 2 * counts["right", t] / (counts["gold", t] + counts["found", t]) for t in types}


@pytest.mark.parametrize(
    "name", ["gold_dev.jsonl", pytest.param("gold_train.jsonl", marks=pytest.mark.slow)]
)
def test_with_models(eval_dir: Path, name: str) -> None:
    f1 = scores(Extractor(KnowledgeBase.shipped()), articles(eval_dir, name))
    assert f1["all"] >= 0.985
    assert min(f1.values()) >= 0.94


@pytest.mark.parametrize(
    "name", ["gold_dev.jsonl", pytest.param("gold_train.jsonl", marks=pytest.mark.slow)]
)
def test_rules_alone(eval_dir: Path, name: str) -> None:
    extractor = Extractor(KnowledgeBase.shipped(), rules_only=True)
    f1 = scores(extractor, articles(eval_dir, name))
    assert f1["all"] >= 0.85
    assert f1["DATE"] >= 0.98
    assert f1["MONEY"] >= 0.99
    assert f1["COUNTRY"] >= 0.96
    assert f1["ORG"] >= 0.70
    assert f1["AGREEMENT"] >= 0.62


@pytest.mark.parametrize("name", list(DIGESTS))
def test_values_of_dates(eval_dir: Path, name: str) -> None:
    extractor = Extractor(KnowledgeBase.shipped(), rules_only=True)
    right = wrong = 0
    for article in articles(eval_dir, name):
        wanted = {
            (m["start"], m["end"]): m["canonical"]
            for m in article["mentions"]
            if m["type"] == "DATE"
        }
        for mention in extractor.extract(article["body"], date=article["date"]).mentions:
            canonical = wanted.get((mention.start, mention.end))
            if canonical is not None and article["date"]:
                right += mention.value == canonical
                wrong += mention.value != canonical
    assert right / (right + wrong) >= 0.97


def test_every_sum_has_a_value(eval_dir: Path) -> None:
    extractor = Extractor(KnowledgeBase.shipped(), rules_only=True)
    for article in articles(eval_dir, "gold_train.jsonl"):
        spans = {(m["start"], m["end"]) for m in article["mentions"] if m["type"] == "MONEY"}
        mentions = extractor.extract(article["body"]).mentions
        found = {(m.start, m.end): m.value for m in mentions if isinstance(m.value, Money)}
        assert spans <= set(found), article["id"]
