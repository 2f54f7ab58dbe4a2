"""Importing through the whole pipeline: seeds, files, repetition, stopping, faults."""

from __future__ import annotations

import io
import json
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from store import ingest, seeds
from store.archive import Archive
from store.errors import InputError, LibraryError
from store.ingest import Unit
from store.kb import KnowledgeBase
from store.library import Progress
from store.pipeline import Analyser, create_with_seeds, import_sources, importing
from store.pipeline.pool import Pool
from store.pipeline.work import Worker
from store.records import Article, Extraction, KbRow

SENTENCES = (
    "Menteri Perdagangan bertemu Duta Besar Jepang di Jakarta, Kamis (27/6/2019).",
    "Indonesia dan Korea Selatan meneken kerja sama senilai 2 miliar dolar AS.",
    "Keduanya membahas IJEPA dan ekspor kelapa sawit ke India.",
)


def line(number: int, **changes: object) -> str:
    row = {
        "id": f"r{number}",
        "title": f"Berita nomor {number}",
        "body": f"Berkas {number}. " + " ".join(SENTENCES[: number % 3 + 1]),
        "date": f"2019-06-{number % 28 + 1:02}",
        "source": "contoh.id",
    }
    return json.dumps({**row, **changes}, ensure_ascii=False)


@pytest.fixture
def jsonl(tmp_path: Path) -> Callable[..., str]:
    def make(count: int, name: str = "artikel.jsonl", first: int = 0) -> str:
        path = tmp_path / name
        lines = (line(number) for number in range(first, first + count))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
        return str(path)

    return make


def bodies(archive: Archive) -> list[tuple[str, str, object]]:
    stored = (archive.by_docid(docid) for docid in archive.all_docids())
    return sorted((one.ref, one.body, one.extraction.mentions) for one in stored)


# --- seeds ----------------------------------------------------------------------------------------


def test_first_library_holds_the_seeds(library: Path, seeds_dir: Path) -> None:
    with create_with_seeds(library) as archive:
        stored = [archive.by_docid(docid) for docid in archive.all_docids("oldest")]
        assert [(one.source, one.date, one.title_derived) for one in stored] == [
            ("okezone", "2019-06-27", False),
            ("jpnn.com", "2019-06-27", True),
        ]
        assert stored[0].title == "Indonesia-Korea Selatan Perkuat Kerja Sama Industri 4.0"
        assert [one.extraction.partners for one in stored] == [("KR",), ("JP",)]
        for one, path in zip(stored, seeds.paths(), strict=True):
            data = path.read_bytes()
            assert (seeds_dir / path.name).read_bytes() == data
            assert one.body == data.decode()
            assert one.ref == f"seeds/{path.name}"
            original = archive.original(one.id)
            assert original is not None
            assert (original.data, original.name) == (data, one.ref)
        assert archive.check() == []
    assert [path.name for path in library.parent.iterdir()] == [library.name]


def test_library_that_exists_is_opened_as_it_is(library: Path) -> None:
    Archive.open(library, "create").close()
    with create_with_seeds(library) as archive:
        assert archive.count() == 0


def test_seed_file_from_elsewhere_is_the_same_article(library: Path) -> None:
    with create_with_seeds(library) as archive:
        report = import_sources(archive, [str(path) for path in seeds.paths()])
        assert (report.added, report.updated, report.unchanged) == (0, 0, 2)


# --- ordinary imports -----------------------------------------------------------------------------


def test_import_twice_is_import_once(archive: Archive, jsonl: Callable[..., str]) -> None:
    source = jsonl(20)
    first = import_sources(archive, [source])
    assert (first.added, first.unchanged, first.failed) == (20, 0, ())
    before = bodies(archive)
    again = import_sources(archive, [source])
    assert (again.added, again.updated, again.unchanged) == (0, 0, 20)
    assert bodies(archive) == before
    assert archive.check() == []


def test_record_of_a_large_file_keeps_only_its_own_bytes(
    archive: Archive, jsonl: Callable[..., str]
) -> None:
    import_sources(archive, [jsonl(3)])
    for at in (1, 2, 3):
        original = archive.original(at)
        assert original is not None
        assert json.loads(original.data) == json.loads(line(at - 1))
        assert original.locator == f"line {at}"


def test_without_originals(archive: Archive, jsonl: Callable[..., str]) -> None:
    import_sources(archive, [jsonl(3)], keep_originals=False)
    assert archive.original(1) is None


def test_bad_inputs_are_reported_and_the_rest_goes_on(
    archive: Archive, tmp_path: Path, jsonl: Callable[..., str]
) -> None:
    (tmp_path / "rusak.jsonl").write_text(f"{line(90)}\n{{tidak\n{line(91)}\n", encoding="utf-8")
    sources = [str(tmp_path / "tiada.txt"), str(tmp_path / "rusak.jsonl"), jsonl(2)]
    report = import_sources(archive, sources)
    assert report.added == 4
    assert len(report.failed) == 2
    assert "tiada.txt" in report.failed[0].source
    (record,) = archive.imports(1)
    assert record.report.failed == report.failed
    assert (record.report.added, record.sources) == (4, tuple(sources))
    assert record.finished_at is not None


def test_unknown_format_begins_no_import(archive: Archive, jsonl: Callable[..., str]) -> None:
    with pytest.raises(InputError):
        import_sources(archive, [jsonl(1)], format="wordperfect")
    assert archive.imports() == []


def test_rehearsal_writes_nothing_and_counts_right(
    archive: Archive, tmp_path: Path, jsonl: Callable[..., str]
) -> None:
    import_sources(archive, [jsonl(3)])
    path = tmp_path / "baru.jsonl"
    rows = [
        line(0),
        line(1, body="Diubah."),
        line(50),
        line(50),
        line(50, body="Diubah pula."),
        line(51),
    ]
    path.write_text("\n".join(rows), encoding="utf-8")
    with Archive.open(archive.path, "read") as reader:
        rehearsed = import_sources(reader, [str(path)], dry_run=True)
    assert rehearsed.import_id is None
    assert archive.count() == 3
    done = import_sources(archive, [str(path)])
    counts = [(r.added, r.updated, r.unchanged) for r in (rehearsed, done)]
    assert counts == [(2, 2, 2)] * 2


def test_text_from_a_pipe(archive: Archive) -> None:
    text = "Jepang dan Indonesia bertemu di Tokyo.\n\nMereka berunding lama."
    for expected in ("added", "unchanged"):
        report = import_sources(archive, ["-"], stdin=io.BytesIO(text.encode()))
        assert getattr(report, expected) == 1
    assert archive.article(1).body == text


def test_reader_cannot_import(archive: Archive, jsonl: Callable[..., str]) -> None:
    with Archive.open(archive.path, "read") as reader, pytest.raises(LibraryError):
        import_sources(reader, [jsonl(1)])


def test_progress_and_stopping(
    archive: Archive, jsonl: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[Progress] = []
    source = jsonl(400)
    report = import_sources(
        archive, [source], jobs=1, on_progress=seen.append, stop=lambda: len(seen) >= 2
    )
    assert report.stopped
    assert 0 < report.added < 400
    assert archive.count() == report.added
    assert [progress.done for progress in seen] == sorted(progress.done for progress in seen)
    assert seen[-2].current == source
    assert (seen[-1].current, seen[-1].added) == ("", report.added), "all that is written"
    assert archive.imports(1)[0].report.stopped
    rest = import_sources(archive, [source])
    assert rest.added == 400 - report.added
    assert rest.unchanged == report.added
    assert archive.check() == []


def test_stopping_waits_for_one_article_only(archive: Archive, jsonl: Callable[..., str]) -> None:
    asked: list[None] = []

    def stop() -> bool:
        asked.append(None)
        return len(asked) > 5

    report = import_sources(archive, [jsonl(60)], stop=stop)
    assert report.stopped
    assert 0 < report.added < 6
    assert archive.count() == report.added


def test_own_names_of_the_library_are_found(archive: Archive, tmp_path: Path) -> None:
    own = KbRow("u-nusa", "program", "Prakarsa Nusa Lestari", country="ID")
    archive.put_kb_rows([own])
    (tmp_path / "a.txt").write_text(
        "Kedua negara memulai Prakarsa Nusa Lestari pada 2024.", encoding="utf-8"
    )
    import_sources(archive, [str(tmp_path / "a.txt")])
    assert any(entity.entity == "u-nusa" for entity in archive.entities())


class Fragile(Analyser):
    """Rules with a fault that one text brings out."""

    def analyse(self, article: Article) -> Extraction:
        if "nomor 1" in article.title:
            raise IndexError("list index out of range")
        return super().analyse(article)


def test_fault_in_the_rules_costs_one_article(archive: Archive, jsonl: Callable[..., str]) -> None:
    worker = Worker(archive, Fragile(KnowledgeBase.shipped()), True)
    (unit,) = (unit for unit in ingest.scan(jsonl(3)) if isinstance(unit, Unit))
    worked = worker.work(unit)
    assert [item.article.ref for item in worked.prepared] == ["r0", "r2"]
    (failure,) = worked.failed
    assert failure.source == "r1"


# --- many processes -------------------------------------------------------------------------------


@pytest.fixture
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other processes do all the work: an import waits for them instead of working meanwhile."""
    is_ready = Pool.is_ready

    def wait(pool: Pool) -> bool:
        while not is_ready(pool):
            time.sleep(0.01)
        return True

    monkeypatch.setattr(importing, "PATIENCE", 0.0)
    monkeypatch.setattr(Pool, "is_ready", wait)


@pytest.mark.slow
@pytest.mark.usefixtures("at_once")
def test_many_processes_do_what_one_does(tmp_path: Path, jsonl: Callable[..., str]) -> None:
    sources = [jsonl(200), str(tmp_path / "tiada"), jsonl(30, "lagi.jsonl", first=190)]
    seen = []
    for name, jobs in (("satu", 1), ("dua", 2)):
        with Archive.open(tmp_path / f"{name}.db", "create") as archive:
            report = import_sources(archive, sources, jobs=jobs)
            assert (report.added, report.unchanged, len(report.failed)) == (220, 10, 1)
            seen.append([archive.article(at).ref for at in range(1, 221)])
            seen.append(bodies(archive))
            assert archive.check() == []
    assert seen[:2] == seen[2:]


@pytest.mark.slow
@pytest.mark.usefixtures("at_once")
def test_death_of_a_worker_costs_nothing(archive: Archive, jsonl: Callable[..., str]) -> None:
    killed: list[int] = []

    def kill_one() -> None:
        deadline = time.monotonic() + 20
        while not killed and time.monotonic() < deadline:
            for child in multiprocessing.active_children():
                if child.pid is not None:
                    os.kill(child.pid, signal.SIGKILL)
                    killed.append(child.pid)
                    break
            time.sleep(0.05)

    killer = threading.Thread(target=kill_one)
    killer.start()
    report = import_sources(archive, [jsonl(300)], jobs=2)
    killer.join()
    assert killed
    assert (report.added, report.failed) == (300, ())
    assert archive.check() == []


@pytest.mark.slow
def test_where_no_process_can_start_one_does_it_all(
    library: Path, jsonl: Callable[..., str], tmp_path: Path
) -> None:
    # The main module of a program read from standard input cannot be imported by a fresh process.
    code = (
        "import sys; from pathlib import Path; from store.archive import Archive\n"
        "from store.pipeline import import_sources, importing\n"
        "importing.PATIENCE = 0.0\n"
        f"with Archive.open(Path({str(library)!r}), 'create') as archive:\n"
        f"    print(import_sources(archive, [{jsonl(100)!r}], jobs=2).added)\n"
    )
    done = subprocess.run(
        [sys.executable, "-"], input=code, capture_output=True, text=True, timeout=100
    )
    assert done.stdout == "100\n", done.stderr


@pytest.mark.slow
def test_work_goes_on_while_processes_start(
    archive: Archive, jsonl: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing, "PATIENCE", 0.0)
    monkeypatch.setattr(Pool, "is_ready", lambda pool: False)
    assert import_sources(archive, [jsonl(70)], jobs=2).added == 70


@pytest.mark.slow
@pytest.mark.usefixtures("at_once")
def test_stopping_many_processes_is_prompt(archive: Archive, jsonl: Callable[..., str]) -> None:
    told: list[float] = []

    def tell(progress: Progress) -> None:
        told.append(time.monotonic())

    report = import_sources(
        archive, [jsonl(3000)], jobs=2, on_progress=tell, stop=lambda: len(told) >= 2
    )
    assert report.stopped
    assert time.monotonic() - told[-1] < 5
    assert archive.count() == report.added > 0
    assert multiprocessing.active_children() == []
    assert archive.check() == []


# --- what was read before -------------------------------------------------------------------------


def test_what_was_read_whole_is_not_parsed_again(
    archive: Archive, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "halaman.html"
    page.write_text(f"<html><body><article><p>{' '.join(SENTENCES)}</p></article></body></html>")
    assert import_sources(archive, [str(page)], keep_originals=False).added == 1
    parsed: list[Unit] = []
    parse = ingest.parse
    monkeypatch.setattr(ingest, "parse", lambda unit: parsed.append(unit) or parse(unit))
    assert import_sources(archive, [str(page)]).unchanged == 1
    assert parsed == []
    page.write_text(page.read_text().replace("Jepang", "Korea"))
    assert import_sources(archive, [str(page)]).updated == 1
    assert len(parsed) == 1


def test_what_was_deleted_comes_back_by_importing(
    archive: Archive, jsonl: Callable[..., str]
) -> None:
    source = jsonl(10)
    import_sources(archive, [source])
    archive.delete([3])
    again = import_sources(archive, [source])
    assert (again.added, again.unchanged) == (1, 9)
    archive.undo_import(1)
    assert import_sources(archive, [source]).added == 9


def test_part_of_a_file_is_no_whole(archive: Archive, jsonl: Callable[..., str]) -> None:
    source = jsonl(10)
    with open(source, "a", encoding="utf-8") as file:
        file.write("{rusak\n")
    for added, unchanged in ((10, 0), (0, 10)):
        report = import_sources(archive, [source])
        assert (report.added, report.unchanged, len(report.failed)) == (added, unchanged, 1)


def test_full_disk_leaves_whole_articles(archive: Archive, jsonl: Callable[..., str]) -> None:
    source = jsonl(600)
    (pages,) = archive.connection.execute("PRAGMA page_count").fetchone()
    archive.connection.execute(f"PRAGMA max_page_count = {pages + 30}")
    with pytest.raises(LibraryError, match="No room is left"):
        import_sources(archive, [source], jobs=1)
    stored = archive.count()
    assert archive.check() == []
    archive.connection.execute("PRAGMA max_page_count = 1000000")
    rest = import_sources(archive, [source], jobs=1)
    assert (rest.added, rest.unchanged) == (600 - stored, stored)
