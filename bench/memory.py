"""``python -m bench.memory [CASE …] [--megabytes N] [--seconds S] [--corpus FILE] [--texts]``: peak memory of an import.

Writes an input much larger than memory may get, imports it in two processes and samples what the
import takes: the proportional share (PSS) of its process and its children, summed. An input that
would take longer is stopped after ``--seconds``; whether memory still grew then is told by the peak of
the last third beside that of the middle third. Needs Linux (``/proc``).
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import count
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path

from bench.generate import source_articles
from bench.importing import Nothing
from store.archive import Archive
from store.pipeline import Analyser, import_sources

LIMIT = 400
"""MB that an import may take, whatever it reads."""

JOBS = 2
_INTERVAL = 0.2


def articles(corpus: Path | None) -> Iterator[dict[str, str]]:
    """Endless articles: sentences of real ones in ever new order, so that words and names recur as they do."""
    chance = random.Random(20190627)
    sentences = [
        sentence
        for article in source_articles(corpus, 2000)
        for sentence in article.body.replace("\n", " ").split(". ")
    ]
    for number in count():
        body = ". ".join(chance.choices(sentences, k=14)) + f". Berkas {number}."
        yield {"id": f"r{number}", "title": f"Berita {number}", "date": "2025-03-04", "body": body}


def write_jsonl(path: Path, size: int, corpus: Path | None) -> None:
    with path.open("w", encoding="utf-8") as file:
        for row in articles(corpus):
            if file.write(json.dumps(row, ensure_ascii=False) + "\n") and file.tell() > size:
                return


def write_json(path: Path, size: int, corpus: Path | None) -> None:
    """One list on one line."""
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        for row in articles(corpus):
            file.write(json.dumps(row, ensure_ascii=False))
            if file.tell() > size:
                break
            file.write(",")
        file.write("]")


def write_csv(path: Path, size: int, corpus: Path | None) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ["id", "title", "date", "body"])
        writer.writeheader()
        for row in articles(corpus):
            writer.writerow(row)
            if file.tell() > size:
                return


def write_line(path: Path, size: int, corpus: Path | None) -> None:
    """One line, between two articles of common size."""
    before, after = (json.dumps(row) for row, _ in zip(articles(corpus), range(2), strict=False))
    with path.open("w", encoding="utf-8") as file:
        file.write(before + "\n" + '{"id": "besar", "title": "Besar", "body": "')
        piece = "kata " * 200_000
        while file.tell() < size:
            file.write(piece)
        file.write('"}\n' + after + "\n")


CASES: dict[str, tuple[str, Callable[[Path, int, Path | None], None]]] = {
    "jsonl": ("jsonl", write_jsonl),
    "json": ("json", write_json),
    "csv": ("csv", write_csv),
    "line": ("jsonl", write_line),
}


def share(pid: int) -> int:
    """Kilobytes that the process and its children take, memory in common counted once."""
    total = 0
    try:
        with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
            total = next(int(line.split()[1]) for line in file if line.startswith("Pss:"))
        for task in os.listdir(f"/proc/{pid}/task"):
            with open(f"/proc/{pid}/task/{task}/children", encoding="ascii") as file:
                total += sum(share(int(child)) for child in file.read().split())
    except (OSError, StopIteration):
        return total
    return total


def fill(source: str, library: str, analyser: type[Analyser]) -> None:
    """The import, in a process of its own; an interrupt stops it as Ctrl+C does."""
    stopped: list[int] = []
    signal.signal(signal.SIGINT, lambda number, _: stopped.append(number))
    with Archive.open(Path(library), "create") as archive:
        report = import_sources(
            archive, [source], jobs=JOBS, analyser=analyser, stop=lambda: bool(stopped)
        )
    told = io.StringIO()
    told.write(f"{report.added} added, {len(report.failed)} failed")
    for failure in report.failed[:2]:
        told.write(f"; {failure.source.rpartition('/')[2]}: {failure.error}")
    print(f"    {told.getvalue()}", flush=True)


def watch(running: BaseProcess, seconds: float) -> list[int]:
    """Samples until the process ends, which it is asked to after ``seconds``."""
    samples: list[int] = []
    end = time.monotonic() + seconds
    asked = False
    while running.is_alive():
        assert running.pid is not None
        samples.append(share(running.pid))
        if time.monotonic() > end and not asked:
            os.kill(running.pid, signal.SIGINT)
            asked = True
        running.join(_INTERVAL)
    return samples


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.memory", description=__doc__)
    parser.add_argument("cases", nargs="*", metavar="CASE", help=f"of {', '.join(CASES)}")
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=180)
    parser.add_argument("--corpus", type=Path, help="JSONL of real articles instead of the seeds")
    parser.add_argument("--texts", action="store_true", help="without extraction, which is faster")
    options = parser.parse_args()
    if unknown := set(options.cases) - set(CASES):
        parser.error(f"no case named {', '.join(sorted(unknown))}")
    over = False
    for name in options.cases or CASES:
        ending, write = CASES[name]
        with tempfile.TemporaryDirectory() as folder:
            source, library = Path(folder) / f"masukan.{ending}", Path(folder) / "library.db"
            write(source, options.megabytes * 1_000_000, options.corpus)
            analyser = Nothing if options.texts else Analyser
            running = get_context("spawn").Process(
                target=fill, args=(str(source), str(library), analyser)
            )
            running.start()
            samples = [kilobytes / 1024 for kilobytes in watch(running, options.seconds)]
        third = len(samples) // 3
        middle, last = max(samples[third : 2 * third + 1]), max(samples[2 * third :])
        print(
            f"  {name:6} {options.megabytes} MB: peak {max(samples):.0f} MB of {LIMIT}"
            f" (middle third {middle:.0f}, last third {last:.0f})"
        )
        over = over or max(samples) > LIMIT
    raise SystemExit(over)


if __name__ == "__main__":
    main()
