"""A second index beside the first: complete whatever happens meanwhile, and swapped in one step."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from store import normalise
from store.archive import Archive
from store.library import Progress
from store.pipeline import import_sources, reindexing
from store.records import Article, Extraction
from store.search import Searcher

MakeArticle = Callable[..., Article]


def age(path: Path, version: int = 0) -> None:
    """As if other word forms had made the index."""
    plain = sqlite3.connect(path)
    plain.execute("UPDATE meta SET value = ? WHERE key = 'normaliser'", (version,))
    plain.commit()
    plain.close()


def spoil_index(archive: Archive) -> None:
    """Words that no word form of today finds."""
    archive.connection.execute("DROP TABLE docs_terms")
    archive.connection.execute("DROP TABLE docs")
    archive.connection.execute(
        "CREATE VIRTUAL TABLE docs USING fts5"
        "(title, body, content='', tokenize='unicode61 remove_diacritics 2')"
    )
    archive.connection.execute("CREATE VIRTUAL TABLE docs_terms USING fts5vocab(docs, row)")
    archive.connection.execute("INSERT INTO docs (rowid, body) SELECT docid, 'usang' FROM articles")
    archive.connection.execute(
        "INSERT OR IGNORE INTO docs (rowid, body) SELECT docid, 'usang' FROM tombstones"
    )


def hits(archive: Archive, query: str) -> list[int]:
    return sorted(hit.row.id for hit in Searcher(archive).search(query, limit=10_000).hits)


@pytest.fixture(scope="module")
def made(
    tmp_path_factory: pytest.TempPathFactory, make_article: MakeArticle, found: Extraction
) -> Path:
    """A library of 1,000 articles whose index was made by something else; copied for each test."""
    library = tmp_path_factory.mktemp("aged") / "library.db"
    with Archive.open(library, "create") as archive:
        archive.add_many(
            [
                (make_article(f"r{n}", title=f"Judul {n}", date=f"2019-{n % 12 + 1:02}-11"), found)
                for n in range(1000)
            ]
        )
        archive.delete([7])
        spoil_index(archive)
    age(library)
    return library


@pytest.fixture
def aged(made: Path, library: Path) -> Path:
    return Path(shutil.copy(made, library))


@pytest.mark.parametrize("jobs", [None, 1], ids=["here", "elsewhere"])
def test_index_is_made_anew(aged: Path, jobs: int | None) -> None:
    told: list[Progress] = []
    with Archive.open(aged, "write") as archive, Archive.open(aged, "read") as reader:
        assert archive.index_is_older()
        assert hits(reader, "perdagangan") == []
        result = reindexing.renew_index(archive, jobs=jobs, on_progress=told.append)
        assert (result.articles, result.stopped) == (999, False)
        assert not archive.index_is_older()
        assert archive.check() == []
        assert len(hits(reader, "perdagangan")) == 999
        assert hits(reader, "usang") == []
        assert archive.undelete() == [7]
        assert archive.check() == []
        assert 7 in hits(reader, "perdagangan")
    assert told[-1].share is not None
    assert 0.5 < told[-1].share <= 1


def test_what_happens_meanwhile_is_in_both(
    aged: Path, make_article: MakeArticle, found: Extraction
) -> None:
    with Archive.open(aged, "write") as archive, Archive.open(aged, "write") as other:
        steps = 0

        def meanwhile(_: Progress) -> None:
            nonlocal steps
            steps += 1
            if steps != 2:
                return
            for n in range(3):
                new = make_article(
                    f"baru{n}", title=f"Warta baru {n}", date=f"20{10 + 8 * n}-01-01"
                )
                other.add(new, found)
            assert len(hits(other, "warta")) == 3
            other.add(make_article("r1", title="Kabar lain", date="2019-02-11"), found)
            other.delete([1, 3, 1000])
            assert other.undelete() == [1, 3, 1000]
            other.delete([5, 999])

        reindexing.renew_index(archive, on_progress=meanwhile)
        assert archive.count() == 1000
        assert archive.check() == []
        assert len(hits(archive, "warta")) == 3
        assert hits(archive, "kabar") == [2]
        assert archive.undelete() == [5, 999]
        assert archive.check() == []
        docids = archive.connection.execute("SELECT id FROM docs_docsize").fetchall()
        assert len(docids) == len({*docids})


def test_stopped_one_goes_on(aged: Path) -> None:
    with Archive.open(aged, "write") as archive:
        result = reindexing.renew_index(archive, stop=lambda: True)
        assert (result.articles, result.stopped) == (reindexing.STEP, True)
        assert archive.index_is_older()
        assert hits(archive, "perdagangan") == []
        assert len(archive.missing_from_renewal()) == 999 - reindexing.STEP
        result = reindexing.renew_index(archive)
        assert result.articles == 999 - reindexing.STEP
        assert archive.check() == []


def test_one_by_other_word_forms_starts_anew(aged: Path) -> None:
    with Archive.open(aged, "write") as archive:
        reindexing.renew_index(archive, stop=lambda: True)
        archive.connection.execute(
            "UPDATE meta SET value = value + 1 WHERE key = 'next_normaliser'"
        )
        archive.connection.execute("INSERT INTO terms_next VALUES ('sesat', 'sesat')")
        assert reindexing.renew_index(archive).articles == 999
        assert archive.check() == []
        assert (
            archive.connection.execute("SELECT 1 FROM terms WHERE form = 'sesat'").fetchone()
            is None
        )


def test_two_at_once(aged: Path) -> None:
    with Archive.open(aged, "write") as archive, Archive.open(aged, "write") as other:
        finished = []

        def meanwhile(_: Progress) -> None:
            if not finished:
                finished.append(reindexing.renew_index(other))

        reindexing.renew_index(archive, on_progress=meanwhile)
        assert archive.check() == []
        assert len(hits(archive, "perdagangan")) == 999


def test_docids_are_never_given_twice(aged: Path, make_article: MakeArticle) -> None:
    with Archive.open(aged, "write") as archive:
        last = archive.add(make_article("akhir", date="2020-01-01", body="Terakhir."), Extraction())
        (before,) = archive.docids([last.id])
        archive.delete([last.id])
        reindexing.renew_index(archive)
        after = archive.add(make_article("lain", date="2020-01-01", body="Lain."), Extraction())
        assert archive.docids([after.id]) != [before]
        archive.delete([after.id])
        archive.undelete()
        assert archive.undelete() == [last.id]
        assert archive.docids([last.id]) == [before]
        assert hits(archive, "terakhir") == [last.id]
        assert archive.check() == []


def test_newer_index_is_left_alone_but_renewed_when_asked(aged: Path) -> None:
    age(aged, normalise.VERSION + 1)
    with Archive.open(aged, "write") as archive:
        assert not archive.index_is_older()
        assert any("word forms" in problem for problem in archive.check())
        reindexing.renew_index(archive)
        assert archive.check() == []


def test_old_index_is_asked_by_its_own_forms(aged: Path, make_article: MakeArticle) -> None:
    with Archive.open(aged, "write") as archive:
        archive.connection.execute("UPDATE terms SET form = 'usang' WHERE surface = 'perdagangan'")
        found = Searcher(archive).search("perdagangan", limit=2000)
        assert (found.total, found.notices) == (999, ())
        archive.add(make_article("baru", title="Perdagangan", body="Baru."), Extraction())
        assert len(hits(archive, "perdagangan")) == 1000
        reindexing.renew_index(archive)
        assert len(hits(archive, "perdagangan")) == 1000
        assert archive.check() == []


KILLED = """
import sys, time
from pathlib import Path
from store.archive import Archive
from store.pipeline import reindexing
reindexing.STEP = 50
def tell(progress):
    print(progress.done, flush=True)
    time.sleep(0.05)
with Archive.open(Path(sys.argv[1]), "write") as archive:
    reindexing.renew_index(archive, on_progress=tell)
print("end", flush=True)
"""


@pytest.mark.parametrize("after", [1, 5, 9], ids=str)
def test_killed_one_goes_on(aged: Path, after: int) -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(aged)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout
    for _ in range(after):
        running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    running.communicate()
    with Archive.open(aged, "write") as archive:
        assert archive.index_is_older()
        assert len(archive.missing_from_renewal()) <= 999 - 50 * after
        assert hits(archive, "perdagangan") == []
        reindexing.renew_index(archive)
        assert archive.check() == []
        assert len(hits(archive, "perdagangan")) == 999


STARTS = """
import sys, time
from pathlib import Path
from store.pipeline import background, reindexing
renewal = background.IndexRenewal(Path(sys.argv[1]))
print(renewal._process.pid, flush=True)
for share in renewal.shares():
    print(share, flush=True)
"""


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()[0]
    except (ProcessLookupError, FileNotFoundError):
        return False
    return state != "Z"


@pytest.mark.skipif(not os.path.isdir("/proc"), reason="looks processes up in /proc")
def test_process_in_the_background_ends_with_its_starter(aged: Path) -> None:
    running = subprocess.Popen(
        [sys.executable, "-c", STARTS, str(aged)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout
    pid = int(running.stdout.readline())
    running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    running.communicate()
    deadline = time.monotonic() + 20
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)
    with Archive.open(aged, "write") as archive:
        reindexing.renew_index(archive)
        assert archive.check() == []


@pytest.mark.slow
def test_import_at_the_same_time(aged: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.jsonl"
    rows = [{"id": f"x{n}", "title": f"Warta {n}", "body": f"Isi warta {n}."} for n in range(1500)]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(aged)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout
    running.stdout.readline()
    with Archive.open(aged, "write") as archive:
        import_sources(archive, [str(source)], jobs=1)
    output, _ = running.communicate(timeout=120)
    assert output.endswith("end\n")
    with Archive.open(aged, "read") as archive:
        assert archive.check() == []
        assert len(hits(archive, "warta")) == 1500
