"""How fast search answers: ``python -m bench.search_speed LIBRARY [LIBRARY …]``.

For each query of ``data/speed_queries.tsv``: the first page (read the query, 50 rows without snippets,
as the screen asks for them), then everything (page, count, facets). Nothing is
remembered from one query to the next; the file is warm. p50 and p95 per class in milliseconds, of
the clock or with ``--cpu`` of the processor (for a busy machine), and as a ratio to
the same figure of the first library, which shows how it grows. Every query also runs broken off at
random moments, to see how soon it stops.
"""

from __future__ import annotations

import argparse
import csv
import random
import string
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from store.archive import Archive
from store.errors import Interrupted
from store.kb import KnowledgeBase
from store.match import NameIndex
from store.search import Searcher

QUERIES = Path(__file__).parent / "data" / "speed_queries.tsv"
PAGE = 50
FUZZED = 100_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("libraries", type=Path, nargs="+")
    parser.add_argument("--fuzz", type=int, default=0, help=f"strings to try, e.g. {FUZZED}")
    parser.add_argument("--cpu", action="store_true", help="processor time instead of the clock")
    parser.add_argument(
        "--slowest", type=int, default=0, help="name so many of the slowest queries"
    )
    options = parser.parse_args()
    names = NameIndex.from_rows(KnowledgeBase.shipped().rows)
    base: dict[str, float] = {}
    for path in options.libraries:
        with Archive.open(path, "read") as archive:
            clock = time.process_time if options.cpu else time.perf_counter
            _report(path, archive, names, base, options.slowest, clock)
            if options.fuzz:
                _fuzz(archive, names, options.fuzz)


def queries() -> list[tuple[str, str]]:
    """Class and text of each query."""
    with QUERIES.open(encoding="utf-8", newline="") as lines:
        return [
            (row[0], row[1]) for row in csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


def _report(
    path: Path,
    archive: Archive,
    names: NameIndex,
    base: dict[str, float],
    slowest: int,
    clock: Callable[[], float],
) -> None:
    opened = _timed(lambda: _open_and_first(path), clock)
    warm = Searcher(archive, names)
    for _, text in queries():  # the file, and what is read once per process
        _page(archive, warm, text)
    pages: dict[str, list[float]] = defaultdict(list)
    totals: dict[str, list[float]] = defaultdict(list)
    each: list[tuple[float, float, str]] = []
    for kind, text in queries():
        warm.forget()
        page = _timed(lambda text=text: _page(archive, warm, text), clock)  # type: ignore[misc]
        warm.forget()
        total = _timed(lambda text=text: _everything(archive, warm, text), clock)  # type: ignore[misc]
        pages[kind].append(page)
        totals[kind].append(total)
        each.append((page, total, text))
    print(f"\n{path.name}: {archive.count()} articles; opened to first rows in {opened:.0f} ms")
    print(f"{'class':<10}{'page p50':>10}{'p95':>8}{'all p50':>10}{'p95':>8}{'growth':>9}")
    for kind in [*pages, "every"]:
        page_times = [t for k, ts in pages.items() if kind in (k, "every") for t in ts]
        all_times = [t for k, ts in totals.items() if kind in (k, "every") for t in ts]
        worst = _at(page_times, 0.95)
        base.setdefault(kind, worst)
        print(
            f"{kind:<10}{_at(page_times, 0.5):>10.1f}{worst:>8.1f}{_at(all_times, 0.5):>10.1f}"
            f"{_at(all_times, 0.95):>8.1f}{worst / base[kind]:>9.1f}"
        )
    for page, total, text in sorted(each, reverse=True)[:slowest]:
        print(f"  {page:7.1f} {total:7.1f}  {text}")
    stops = _stops(archive, names, clock)
    print(f"stopped within p95 {_at(stops, 0.95):.1f} ms ({len(stops)} interrupted)")


def _open_and_first(path: Path) -> None:
    with Archive.open(path, "read") as archive:
        archive.rows(archive.newest(PAGE))


def _page(archive: Archive, searcher: Searcher, text: str) -> None:
    plan = searcher.prepare(text)
    archive.rows(searcher.first(plan, PAGE))


def _everything(archive: Archive, searcher: Searcher, text: str) -> None:
    plan = searcher.prepare(text)
    archive.rows(searcher.first(plan, PAGE))
    searcher.count(plan)
    searcher.facets(plan)


def _timed(work: Callable[[], object], clock: Callable[[], float]) -> float:
    """Milliseconds."""
    start = clock()
    work()
    return (clock() - start) * 1000


def _at(times: Sequence[float], share: float) -> float:
    ordered = sorted(times)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


def _stops(archive: Archive, names: NameIndex, clock: Callable[[], float]) -> list[float]:
    """How long each query went on after an interrupt at a random moment, in milliseconds."""
    chance = random.Random(3)
    found: list[float] = []
    searcher = Searcher(archive, names)
    searcher.prepare("jepang")
    for _, text in queries():
        searcher.forget()
        asked = 0.0

        def interrupt() -> None:
            nonlocal asked
            asked = clock()
            archive.interrupt()

        timer = threading.Timer(chance.uniform(0.0, 0.02), interrupt)
        timer.start()
        try:
            _everything(archive, searcher, text)
        except Interrupted:
            found.append((clock() - asked) * 1000)
        timer.cancel()
        timer.join()
    return found


def _fuzz(archive: Archive, names: NameIndex, count: int) -> None:
    """Ask many strings that nobody would type; any exception ends the run."""
    chance = random.Random(11)
    pieces = [text for _, text in queries()] + list("\"()-*:^'%_;\\") + [" OR ", " AND ", "NEAR("]
    pieces += [
        "\x00",
        "\ud800",
        "\u202e",
        "总统",
        "🙂",
        "é",
        "tanggal:",
        "orang:",
        "negara:",
        "2019..",
    ]
    searcher = Searcher(archive, names)
    start = time.perf_counter()
    for number in range(count):
        if number % 2:
            text = "".join(chance.choice(pieces) for _ in range(chance.randrange(1, 4)))
            text = text[: chance.randrange(1, 60)]
        else:
            text = "".join(chance.choices(string.printable, k=chance.randrange(0, 12)))
        if number % 10:
            searcher.first(searcher.prepare(text), 3)
        else:
            searcher.search(text, limit=3, facets=True)
    print(f"{count} fuzzed queries without an exception in {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
