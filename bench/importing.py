"""Import: articles a second without and with extraction, in one process and in all, and once more.

The reference is a bare ``sqlite_utils`` insert with a full-text table, of the same rows in the same
run, before and after the others. With ``--corpus`` the articles are real ones. Processor time, of all
processes together, is told beside the rate: on a busy machine it says more.
"""

from __future__ import annotations

import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import sqlite_utils

from bench.generate import generated, source_articles, split
from store import ingest
from store.archive import Archive
from store.ingest import Unit
from store.kb import KnowledgeBase
from store.pipeline import Analyser, import_sources
from store.pipeline.work import Worker
from store.records import Article, Extraction

Row = dict[str, str]


class Nothing(Analyser):
    """Finds nothing, at once: what is left is reading, normalising, storing and indexing."""

    def analyse(self, article: Article) -> Extraction:
        return Extraction(boilerplate=article.boilerplate)


def bare(rows: list[Row], path: Path) -> None:
    """The least that any program would do with these rows."""
    database = sqlite_utils.Database(path)
    database.table("articles").insert_all(rows, pk="id", batch_size=1000)
    database.table("articles").enable_fts(["title", "body"])
    database.close()


def without_extraction(source: Path, path: Path, *, originals: bool) -> None:
    """What one process of an import does, but for extraction."""
    with Archive.open(path, "create") as archive:
        worker = Worker(archive, Nothing(KnowledgeBase.shipped()), originals)
        for unit in ingest.scan(str(source)):
            if isinstance(unit, Unit):
                worked = worker.work(unit)
                archive.add_prepared(worked.prepared, units=worked.units)


def whole(source: Path, path: Path, jobs: int | None, analyser: type[Analyser] = Analyser) -> None:
    """An import as ``bilat-tui import`` does it."""
    with Archive.open(path, "create") as archive:
        report = import_sources(archive, [str(source)], jobs=jobs, analyser=analyser)
        assert not report.failed, report.failed[:3]


@dataclass(frozen=True, slots=True)
class Cost:
    """Seconds by the clock, and of processors, this process and its children."""

    clock: float
    processor: float


def cost(call: Callable[[], None]) -> Cost:
    start, used = time.perf_counter(), _used()
    call()
    return Cost(time.perf_counter() - start, _used() - used)


def _used() -> float:
    return sum(os.times()[:4])


def articles(corpus: Path | None, count: int) -> Iterator[Article]:
    """Real articles of ``corpus``, else articles made of the seeds."""
    if corpus is not None:
        return islice(source_articles(corpus, count), count)
    return (article for article, _ in generated(count, split(source_articles(None, 2)), 1))


@contextmanager
def written(corpus: Path | None, count: int) -> Iterator[tuple[Path, list[Row]]]:
    """A folder with the articles as ``articles.jsonl``, and their rows."""
    rows = [
        {
            "id": f"{number}",
            "title": article.title,
            "body": article.body,
            "date": article.date or "",
            "source": article.source or "",
        }
        for number, article in enumerate(articles(corpus, count))
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = "\n".join(json.dumps(row, ensure_ascii=False) for row in rows)
        (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
        yield folder, rows


def table(rows: int, cases: Sequence[tuple[str, Callable[[], None]]]) -> None:
    """Run the cases, of which the first and last are the reference, and print what they cost."""
    measured = [(name, cost(call)) for name, call in cases]
    reference = (measured[0][1].clock + measured[-1][1].clock) / 2
    for name, took in measured:
        print(
            f"  {name:36} {rows / took.clock:7.0f} articles/s   {reference / took.clock:5.2f} of bare"
            f"   {1000 * took.processor / rows:6.2f} ms of processor each"
        )


def main(corpus: Path | None, count: int = 2000, texts: int = 20_000) -> None:
    """Print articles a second and the ratio to the bare insert: of ``texts`` articles without
    extraction, of ``count`` with it."""
    with written(corpus, texts) as (folder, rows):
        source = folder / "articles.jsonl"
        table(
            len(rows),
            [
                ("bare sqlite-utils insert and index", lambda: bare(rows, folder / "bare.db")),
                (
                    "without extraction, one process",
                    lambda: without_extraction(source, folder / "text.db", originals=True),
                ),
                (
                    "  the same without originals",
                    lambda: without_extraction(source, folder / "lean.db", originals=False),
                ),
                (
                    "without extraction, all cores",
                    lambda: whole(source, folder / "texts.db", None, Nothing),
                ),
                (
                    "  the same again: unchanged",
                    lambda: whole(source, folder / "texts.db", None, Nothing),
                ),
                ("bare insert once more", lambda: bare(rows, folder / "bare2.db")),
            ],
        )
    with written(corpus, count) as (folder, rows):
        source = folder / "articles.jsonl"
        again = folder / "one.db"
        table(
            len(rows),
            [
                ("bare sqlite-utils insert and index", lambda: bare(rows, folder / "bare.db")),
                ("with extraction, one process", lambda: whole(source, again, 1)),
                ("  the same again: unchanged", lambda: whole(source, again, 1)),
                ("with extraction, all cores", lambda: whole(source, folder / "all.db", None)),
                ("bare insert once more", lambda: bare(rows, folder / "bare2.db")),
            ],
        )
