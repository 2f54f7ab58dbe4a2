"""What the scorer of the evaluation folder does not count: links, and how honest the confidence is."""

from __future__ import annotations

import itertools
from collections import Counter
from typing import Any

from store.kb import KnowledgeBase
from store.text import fold

_LINKED = ("PERSON", "ORG", "AGREEMENT")
_STEPS = (0.0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
_SHOWN = 40


def _rows_by_form(kb: KnowledgeBase) -> dict[tuple[bool, str], set[str]]:
    """Whether people, and the folded name or alias → the rows that have it."""
    rows: dict[tuple[bool, str], set[str]] = {}
    for row in kb.rows:
        for form in (row.name, *row.aliases):
            rows.setdefault((row.kind == "minister", fold(form)), set()).add(row.id)
    return rows


def links(
    articles: list[dict[str, Any]], predictions: list[dict[str, Any]], kb: KnowledgeBase
) -> None:
    """Print the share of right links among the mentions that name a row unambiguously, and the false.

    A mention names a row where its canonical name in the annotation, else its surface, is exactly a
    name or alias of that row and of no other. A link is false where the annotated name belongs to
    other rows only, and unsure where no row has that name: those are listed to be read.
    """
    rows = _rows_by_form(kb)
    counts: Counter[str] = Counter()
    listed: Counter[str] = Counter()
    for article, prediction in zip(articles, predictions, strict=True):
        found = {(m["start"], m["end"], m["type"]): m for m in prediction["mentions"]}
        for mention in article["mentions"]:
            if mention["type"] not in _LINKED:
                continue
            person = mention["type"] == "PERSON"
            names = (str(mention["canonical"] or mention["text"]), str(mention["text"]))
            known = next((r for n in names if (r := rows.get((person, fold(n))))), set())
            mine = found.get((mention["start"], mention["end"], mention["type"]))
            entity = mine["entity"] if mine else None
            if len(known) == 1:
                counts["named"] += 1
                counts["right"] += entity in known
                counts["not found"] += mine is None
                if mine is not None and entity is None:
                    listed[f"unlinked  {mention['text']} = {names[0]}"] += 1
            if entity is not None:
                counts["links"] += 1
                row = kb.get(entity)
                name = row.name if row else entity
                if known and entity not in known:
                    counts["false"] += 1
                    listed[f"FALSE     {mention['text']} = {names[0]} -> {name}"] += 1
                elif not known:
                    counts["unsure"] += 1
                    listed[f"unsure    {mention['text']} = {names[0]} -> {name}"] += 1
    share = counts["right"] / max(1, counts["named"])
    seen = counts["right"] / max(1, counts["named"] - counts["not found"])
    print(
        f"links: {counts['named']} mentions name a row, {share:.3f} linked to it"
        f" ({seen:.3f} of those found); {counts['links']} links,"
        f" {counts['false']} false, {counts['unsure']} with a name that no row has"
    )
    for line, count in sorted(listed.items())[:_SHOWN]:
        print(f"  {count:3}  {line}")


def confidence(articles: list[dict[str, Any]], predictions: list[dict[str, Any]]) -> None:
    """Print of the mentions of a score how many are right (exact span and type)."""
    counts: Counter[tuple[float, bool]] = Counter()
    for article, prediction in zip(articles, predictions, strict=True):
        gold = {(m["start"], m["end"], m["type"]) for m in article["mentions"]}
        ignored = [(r["start"], r["end"]) for r in article["ignore_regions"]]
        for m in prediction["mentions"]:
            if not any(m["start"] < end and start < m["end"] for start, end in ignored):
                step = max(low for low in _STEPS if low <= m["score"])
                counts[step, (m["start"], m["end"], m["type"]) in gold] += 1
    for low, high in itertools.pairwise(_STEPS):
        total = counts[low, True] + counts[low, False]
        if total:
            print(
                f"score {low:.2f}-{min(high, 1):.2f}: {total:5} mentions, {counts[low, True] / total:.3f} right"
            )
