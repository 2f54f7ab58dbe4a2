"""``python -m bench.crash [TIMES] [--corpus FILE]``: parallel imports killed at random moments.

After each kill -9 the library must open, hold whole articles only and agree with itself; at the end
one import completes the rest.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bench.generate import generated, source_articles, split
from store.archive import Archive
from store.pipeline import import_sources

LONGEST = 4.0
"""Seconds until a kill at most: start, work in one process, work in several."""


def write(path: Path, count: int, corpus: Path | None) -> None:
    """``count`` articles as JSONL."""
    pieces = split(source_articles(corpus, 100))
    with path.open("w", encoding="utf-8") as file:
        for article, _ in generated(count, pieces, 1):
            row = {"id": article.ref, "title": article.title, "body": article.body}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


def kill_once(library: Path, source: Path, chance: random.Random) -> int:
    """Start an import, kill it and what it started; the number of articles that it left."""
    command = [sys.executable, "-m", "tui.cli", "--library", str(library), "import", str(source)]
    running = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    time.sleep(chance.uniform(0.05, LONGEST))
    if chance.random() < 0.5:
        os.killpg(running.pid, signal.SIGKILL)
    else:
        # The parent alone: its workers have to notice.
        running.kill()
    running.wait()
    if not library.exists():
        return 0
    with Archive.open(library, "write") as archive:
        problems = archive.check()
        if problems:
            raise SystemExit(f"The library does not agree with itself: {problems}")
        return archive.count()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.crash", description=__doc__)
    parser.add_argument("times", nargs="?", type=int, default=100)
    parser.add_argument("--corpus", type=Path, help="JSONL of real articles instead of the seeds")
    options = parser.parse_args()
    chance = random.Random(20190627)
    # Enough that the last kill still finds work.
    count = 50 * options.times + 500
    with tempfile.TemporaryDirectory() as folder:
        library, source = Path(folder) / "library.db", Path(folder) / "articles.jsonl"
        write(source, count, options.corpus)
        counts = [kill_once(library, source, chance) for _ in range(options.times)]
        if counts != sorted(counts):
            raise SystemExit(f"Articles were lost: {counts}")
        with Archive.open(library, "create") as archive:
            report = import_sources(archive, [str(source)])
            whole = (report.added, report.unchanged) == (count - counts[-1], counts[-1])
            if not whole or archive.check():
                raise SystemExit(f"The next import did not complete the rest: {report}")
    print(f"  {options.times} kills, {counts[-1]} articles by then, {count} in the end; no problem")


if __name__ == "__main__":
    main()
