"""Imports that are killed, and imports that meet: whole articles only, and nothing lost for good."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from store.archive import Archive
from store.pipeline import import_sources

pytestmark = pytest.mark.slow

ARTICLES = 500
"""More than ten interrupted imports get through."""

IMPORT = """
import multiprocessing, sys
from pathlib import Path
from store.archive import Archive
from store.pipeline import import_sources, importing

def tell(progress):
    print("at", progress.done, *(c.pid for c in multiprocessing.active_children()), flush=True)

if __name__ == "__main__":
    importing.PATIENCE = 0.2
    with Archive.open(Path(sys.argv[1]), "create") as archive:
        report = import_sources(archive, sys.argv[2:], jobs=2, on_progress=tell)
    assert not report.failed, report.failed
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "impor.py"
    path.write_text(IMPORT, encoding="utf-8")
    return path


def write_articles(path: Path, numbers: range) -> Path:
    with path.open("w", encoding="utf-8") as file:
        for number in numbers:
            body = (
                f"Berkas {number}. Menteri Luar Negeri bertemu Duta Besar Jepang di Jakarta, "
                f"Kamis (27/6/2019). Nilai kerja sama {number} miliar dolar AS. " * 3
            )
            row = {"id": f"r{number}", "title": f"Berita {number}", "body": body}
            file.write(json.dumps(row) + "\n")
    return path


@contextmanager
def started(script: Path, library: Path, *sources: Path) -> Iterator[subprocess.Popen[str]]:
    """An import in another process, which does not outlive the block."""
    command = [sys.executable, str(script), str(library), *map(str, sources)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_killed_ten_times_then_completed(tmp_path: Path, script: Path) -> None:
    """Killed at once, or a moment after it told of some articles more."""
    library = tmp_path / "library.db"
    source = write_articles(tmp_path / "artikel.jsonl", range(ARTICLES))
    chance = random.Random(20190627)
    counts = []
    workers: set[int] = set()
    for more in (0, 1, 1, 2, 2, 3, 3, 4, 4, 5):
        with started(script, library, source) as running:
            assert running.stdout is not None
            told = []
            while len(told) < more and (line := running.stdout.readline()):
                told.append(line)
            time.sleep(chance.uniform(0, 0.1 if told else 1.0))
            running.send_signal(signal.SIGKILL)
            told += running.stdout.read().splitlines()
        for line in told:
            workers.update(map(int, line.split()[2:]))
        if not library.exists():
            continue
        with Archive.open(library, "write") as archive:
            assert archive.check() == []
            counts.append(archive.count())
            for docid in archive.newest(5):
                assert archive.by_docid(docid).extraction.mentions
    assert counts[-1] < ARTICLES, counts
    assert counts == sorted(counts)
    if os.path.isdir("/proc"):
        deadline = time.monotonic() + 10
        while any(map(alive, workers)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not [pid for pid in workers if alive(pid)]
    with Archive.open(library, "write") as archive:
        left = archive.count()
        report = import_sources(archive, [str(source)])
        assert (report.added, report.unchanged) == (ARTICLES - left, left)
        assert archive.count() == ARTICLES
        assert archive.check() == []
        cut_off = [record for record in archive.imports(20) if record.finished_at is None]
        assert sum(record.report.added for record in cut_off) <= left


def test_two_imports_at_once_both_finish(tmp_path: Path, script: Path) -> None:
    library = tmp_path / "library.db"
    first = write_articles(tmp_path / "a.jsonl", range(200))
    second = write_articles(tmp_path / "b.jsonl", range(150, 350))
    with started(script, library, first) as one, started(script, library, second) as other:
        for process in (one, other):
            _, errors = process.communicate(timeout=120)
            assert process.returncode == 0, errors
    with Archive.open(library, "read") as archive:
        assert archive.count() == 350
        assert archive.check() == []
        added = [record.report.added for record in archive.imports()]
        assert sum(added) == 350


def test_reader_works_while_another_imports(tmp_path: Path, script: Path) -> None:
    library = tmp_path / "library.db"
    Archive.open(library, "create").close()
    source = write_articles(tmp_path / "a.jsonl", range(900))
    counts = set()
    with started(script, library, source) as running, Archive.open(library, "read") as reader:
        assert running.stdout is not None
        before = reader.data_version()
        while line := running.stdout.readline():
            rows = reader.rows(reader.newest(50))
            assert len({row.id for row in rows}) == len(rows), line
            counts.add(reader.count())
        _, errors = running.communicate()
        assert running.returncode == 0, errors[-2000:]
        assert reader.count() == 900
        assert reader.data_version() != before
    assert len(counts) > 2  # batches of half a second
