"""Quality of extraction: on the annotated articles, by cross-validation, and its speed.

python -m bench.extract_quality --cv 6       # second model trained without each article's fold
python -m bench.extract_quality gold_dev     # the shipped models as they are
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from bench import corpora, extract_reports, train_model
from store.extract import Extractor, words
from store.extract.features import Features
from store.extract.shares import Names
from store.kb import KnowledgeBase, countries
from store.match.index import NameIndex
from store.match.linker import MatchLinker
from store.records import Extraction, Linker, Money


def as_object(article: dict[str, Any], extraction: Extraction) -> dict[str, Any]:
    """The part of the contract's object that the scorer reads."""
    return {
        "id": article["id"],
        "date": article["date"],
        "mentions": [
            {
                "start": m.start,
                "end": m.end,
                "type": str(m.type),
                "score": m.score,
                "stage": m.stage,
                "entity": m.entity,
                "value": m.value.amount if isinstance(m.value, Money) else m.value,
            }
            for m in extraction.mentions
        ],
        "persons": [
            {
                "name": p.name,
                "role": p.role,
                "country": countries.name_of(p.country) if p.country else None,
            }
            for p in extraction.persons
        ],
        "partners": [countries.name_of(code) for code in extraction.partners],
    }


def without_case(body: str) -> str:
    """The text in lower case, character by character so that offsets hold."""
    return "".join(low if len(low := c.lower()) == 1 else c for c in body)


_FAMILIES = ("kompas", "detik", "liputan6", "kemdiktisaintek", "tempo", "cnn", "okezone")


def _outlet(article: dict[str, Any]) -> str:
    source = str(article["source"]).lower()
    return next((family for family in _FAMILIES if family in source), source)


def _folds(articles: list[dict[str, Any]], folds: int, by_outlet: bool) -> list[int]:
    """The fold of each article; by outlet, articles of one outlet are never on both sides."""
    if not by_outlet:
        return [k % folds for k in range(len(articles))]
    outlets = [_outlet(article) for article in articles]
    filled = [0] * folds
    place: dict[str, int] = {}
    for outlet, count in Counter(outlets).most_common():
        place[outlet] = filled.index(min(filled))
        filled[place[outlet]] += count
    return [place[outlet] for outlet in outlets]


def cross_validate(
    folds: int, kb: KnowledgeBase, linked: Linker | None, by_outlet: bool, lower: bool = False
) -> list[dict[str, Any]]:
    """Predictions for every annotated article by a second model that has not seen it."""
    names = Features(words.load(), Names(), learning=True)
    first = train_model.tagging_of(train_model.PUBLIC)
    reader = Extractor(kb, tagging=first)
    articles = corpora.annotated()
    further = corpora.further()
    prepared = [
        (article, train_model.examples(reader, names, first, article))
        for article in articles + further
    ]
    predictions: dict[str, dict[str, Any]] = {}
    fold_of = _folds(articles, folds, by_outlet)
    for fold in range(folds):
        tested = [a for a, at in zip(articles, fold_of, strict=True) if at == fold]
        ids = {article["id"] for article in tested}
        outlets = {_outlet(article) for article in tested} if by_outlet else set()
        others = [
            example
            for article, found in prepared
            if article["id"] not in ids and _outlet(article) not in outlets
            for example in found
        ]
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / "fold.model"
            train_model.train_domain(others, target)
            tagging = train_model.tagging_of(train_model.PUBLIC, target)
        extractor = Extractor(kb, linker=linked, tagging=tagging)
        for article in tested:
            body = without_case(article["body"]) if lower else article["body"]
            extraction = extractor.extract(body, date=article["date"])
            predictions[article["id"]] = as_object(article, extraction)
    return [predictions[article["id"]] for article in articles]


def score(
    articles: list[dict[str, Any]],
    predictions: list[dict[str, Any]],
    keep: Path | None,
    errors: int,
) -> None:
    """Print what the scorer of the evaluation folder says."""
    with tempfile.TemporaryDirectory() as folder:
        gold, pred = Path(folder) / "gold.jsonl", keep or Path(folder) / "pred.jsonl"
        gold.write_text(
            "\n".join(json.dumps(a, ensure_ascii=False) for a in articles), encoding="utf-8"
        )
        pred.write_text(
            "\n".join(json.dumps(p, ensure_ascii=False) for p in predictions), encoding="utf-8"
        )
        scorer = corpora.SHARED / "eval" / "gold" / "score.py"
        command = [sys.executable, str(scorer), "--gold", str(gold), "--pred", str(pred)]
        subprocess.run([*command, "--show-errors", str(errors)], check=True)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sets", nargs="*")
    parser.add_argument("--cv", type=int, default=0)
    parser.add_argument("--by-outlet", action="store_true", help="folds share no outlet")
    parser.add_argument("--lower", action="store_true", help="texts without case (with --cv)")
    parser.add_argument("--errors", type=int, default=0)
    parser.add_argument("--keep", type=Path)
    options = parser.parse_args()
    kb = KnowledgeBase.shipped()
    linked = MatchLinker(NameIndex.from_rows(kb.rows), kb)
    if options.cv:
        articles = corpora.annotated()
        found = cross_validate(options.cv, kb, linked, options.by_outlet, options.lower)
        score(articles, found, options.keep, options.errors)
        extract_reports.links(articles, found, kb)
        extract_reports.confidence(articles, found)
    for name in options.sets:
        articles = corpora.rows(f"eval/gold/{name}.jsonl")
        extractor = Extractor(kb, linker=linked)
        begin = time.process_time()
        extracted = [extractor.extract(a["body"], date=a["date"]) for a in articles]
        print(f"{name}: {len(articles) / (time.process_time() - begin):.0f} articles/s")
        found = [as_object(a, x) for a, x in zip(articles, extracted, strict=True)]
        score(articles, found, options.keep, options.errors)
        extract_reports.links(articles, found, kb)


if __name__ == "__main__":
    main()
