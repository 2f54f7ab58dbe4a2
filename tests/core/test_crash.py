"""Imports that are killed, and imports that meet: whole articles only, and nothing lost for good."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store.archive import Archive
from store.pipeline import import_sources

pytestmark = pytest.mark.slow

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


def start(script: Path, library: Path, *sources: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(script), str(library), *map(str, sources)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_killed_ten_times_then_completed(tmp_path: Path, script: Path) -> None:
    library = tmp_path / "library.db"
    source = write_articles(tmp_path / "artikel.jsonl", range(1500))
    chance = random.Random(20190627)
    counts = []
    workers: set[int] = set()
    for _ in range(10):
        running = start(script, library, source)
        time.sleep(chance.uniform(0.2, 2.5))
        running.send_signal(signal.SIGKILL)
        output, _ = running.communicate()
        for told in output.splitlines():
            workers.update(map(int, told.split()[2:]))
        if not library.exists():
            continue
        with Archive.open(library, "write") as archive:
            assert archive.check() == []
            counts.append(archive.count())
            for docid in archive.newest(5):
                assert archive.by_docid(docid).extraction.mentions
    assert counts == sorted(counts)
    if os.path.isdir("/proc"):
        deadline = time.monotonic() + 10
        while any(map(alive, workers)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert not [pid for pid in workers if alive(pid)]
    with Archive.open(library, "write") as archive:
        left = archive.count()
        report = import_sources(archive, [str(source)])
        assert (report.added, report.unchanged) == (1500 - left, left)
        assert archive.count() == 1500
        assert archive.check() == []
        cut_off = [record for record in archive.imports(20) if record.finished_at is None]
        assert sum(record.report.added for record in cut_off) <= left


def test_two_imports_at_once_both_finish(tmp_path: Path, script: Path) -> None:
    library = tmp_path / "library.db"
    first = write_articles(tmp_path / "a.jsonl", range(400))
    second = write_articles(tmp_path / "b.jsonl", range(300, 700))
    running = [start(script, library, source) for source in (first, second)]
    for process in running:
        _, errors = process.communicate(timeout=120)
        assert process.returncode == 0, errors
    with Archive.open(library, "read") as archive:
        assert archive.count() == 700
        assert archive.check() == []
        added = [record.report.added for record in archive.imports()]
        assert sum(added) == 700


def test_reader_works_while_another_imports(tmp_path: Path, script: Path) -> None:
    library = tmp_path / "library.db"
    Archive.open(library, "create").close()
    source = write_articles(tmp_path / "a.jsonl", range(600))
    errors = tmp_path / "stderr"
    with errors.open("w") as stderr:
        running = subprocess.Popen(
            [sys.executable, str(script), str(library), str(source)],
            stdout=subprocess.DEVNULL,
            stderr=stderr,
        )
    counts = set()
    with Archive.open(library, "read") as reader:
        before = reader.data_version()
        while running.poll() is None:
            rows = reader.rows(reader.newest(50))
            assert len({row.id for row in rows}) == len(rows)
            counts.add(reader.count())
            time.sleep(0.02)
        assert running.returncode == 0, errors.read_text(encoding="utf-8")[-2000:]
        assert reader.count() == 600
        assert reader.data_version() != before
    assert len(counts) > 2
