"""Import: articles a second without and with extraction.

The reference is a bare ``sqlite_utils`` insert with a full-text table, of the same rows in the same
run.
"""

from __future__ import annotations

import json
import tempfile
import time
from pathlib import Path

import sqlite_utils

from bench.generate import generated, source_articles, split
from store.archive import Archive
from store.pipeline import import_sources


def bare(rows: list[dict[str, str]], path: Path) -> float:
    """Seconds for the least that any program would do with these rows."""
    start = time.perf_counter()
    database = sqlite_utils.Database(path)
    database["articles"].insert_all(rows, pk="id", batch_size=1000)
    database["articles"].enable_fts(["title", "body"])
    database.close()
    return time.perf_counter() - start


def whole(source: Path, path: Path) -> float:
    """Seconds for an import as ``bilat-tui import`` does it."""
    start = time.perf_counter()
    with Archive.open(path, "create") as archive:
        import_sources(archive, [str(source)])
    return time.perf_counter() - start


def stored(corpus: Path | None, count: int, path: Path) -> float:
    """Seconds to store and index articles whose mentions are known."""
    pieces = split(source_articles(corpus, 100))
    pairs = list(generated(count, pieces, 1))
    start = time.perf_counter()
    with Archive.open(path, "create") as archive:
        for at in range(0, len(pairs), 1000):
            archive.add_many(pairs[at : at + 1000], keep_original=False)
    return time.perf_counter() - start


def main(corpus: Path | None, count: int = 3000) -> None:
    """Print articles a second and the ratio to the bare insert."""
    pieces = split(source_articles(corpus, 100))
    rows = [
        {
            "id": a.ref,
            "title": a.title,
            "body": a.body,
            "date": a.date or "",
            "source": a.source or "",
        }
        for a, _ in generated(count, pieces, 1)
    ]
    with tempfile.TemporaryDirectory() as folder:
        base = Path(folder)
        source = base / "articles.jsonl"
        source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
        reference = bare(rows, base / "bare.db")
        for name, seconds in (
            ("bare sqlite-utils insert and index", reference),
            ("stored and indexed, mentions known", stored(corpus, count, base / "stored.db")),
            ("import with extraction, all cores", whole(source, base / "whole.db")),
        ):
            print(
                f"  {name:36} {count / seconds:7.0f} articles/s   {reference / seconds:5.2f} of bare"
            )
