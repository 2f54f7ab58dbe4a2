"""How fast search answers: ``python -m bench.search_speed LIBRARY [LIBRARY …]``.

For each query of ``data/speed_queries.tsv``: the first page (read the query, 50 rows without snippets,
as the screen asks for them), then everything (page, count, facets). Nothing is
remembered from one query to the next; the file is warm. Each is timed ``--repeat`` times and the
least counts, which on a busy machine is nearest to the truth. p50, p95 and the most per class in
milliseconds, of the clock or with ``--cpu`` of the processor, and the growth of both p95 since the
first library of the command line. Every query also runs broken off at random moments, to see how soon
it stops.
"""

from __future__ import annotations

import argparse
import csv
import random
import string
import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

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
    parser.add_argument("--repeat", type=int, default=3, help="runs of each query")
    parser.add_argument(
        "--slowest", type=int, default=0, help="name so many of the slowest queries"
    )
    options = parser.parse_args()
    names = NameIndex.from_rows(KnowledgeBase.shipped().rows)
    base: dict[str, tuple[float, float]] = {}
    for path in options.libraries:
        with Archive.open(path, "read") as archive:
            clock = time.process_time if options.cpu else time.perf_counter
            _report(path, archive, names, base, options, clock)
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
    base: dict[str, tuple[float, float]],
    options: argparse.Namespace,
    clock: Callable[[], float],
) -> None:
    opened = min(_timed(lambda: _open_and_first(path), clock) for _ in range(options.repeat))
    each = _times(archive, Searcher(archive, names), options.repeat, clock)
    print(f"\n{path.name}: {archive.count()} articles; opened to first rows in {opened:.0f} ms")
    heads = "".join(f"{head:>9}" for head in ("p50", "p95", "most", "growth") * 2)
    print(f"{'':<10}{'first page':^36}{'page, count, facets':^36}\n{'class':<10}{heads}")
    for kind in [*dict.fromkeys(one.kind for one in each), "every"]:
        those = [one for one in each if kind in (one.kind, "every")]
        columns = [one.page for one in those], [one.total for one in those]
        worst = _at(columns[0], 0.95), _at(columns[1], 0.95)
        first = base.setdefault(kind, worst)
        print(f"{kind:<10}" + "".join(map(_columns, columns, worst, first)))
    for one in sorted(each, key=lambda one: -one.page)[: options.slowest]:
        print(f"  {one.page:7.1f} {one.total:7.1f}  {one.text}")
    stops = _stops(archive, names, clock)
    print(f"stopped within p95 {_at(stops, 0.95):.1f} ms ({len(stops)} interrupted)")


def _columns(times: Sequence[float], worst: float, first: float) -> str:
    return f"{_at(times, 0.5):>9.1f}{worst:>9.1f}{max(times):>9.1f}{worst / first:>8.1f}x"


class _Query(NamedTuple):
    """A query and what it took, in milliseconds."""

    kind: str
    text: str
    page: float
    total: float


def _times(
    archive: Archive, searcher: Searcher, repeat: int, clock: Callable[[], float]
) -> list[_Query]:
    for _, text in queries():  # the file, and what is read once per process
        _page(archive, searcher, text)
    found = []
    for kind, text in queries():
        least = []
        for ask in (_page, _everything):
            runs = []
            for _ in range(repeat):
                searcher.forget()
                runs.append(_timed(partial(ask, archive, searcher, text), clock))
            least.append(min(runs))
        found.append(_Query(kind, text, *least))
    return found


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
