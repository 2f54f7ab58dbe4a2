"""Analysing again: only the findings change, and what was stopped or killed goes on."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.archive.analysed import Analysis
from store.library import StoredArticle
from store.pipeline import import_sources, reanalysing
from store.pipeline.reanalysing import reanalyse
from store.records import KbRow

LEMBAGA = KbRow("lembaga-uji", "organisation", "Lembaga Uji Serasi", ("Balai Serasi",), user=True)
ARTICLES = 200


def body(number: int) -> str:
    who = "Balai Serasi" if number % 4 == 0 else "Duta Besar Jepang"
    return (
        f"JAKARTA - Berkas {number}. Menteri Luar Negeri bertemu {who} di Jakarta, "
        f"Kamis (27/6/2019). Nilai kerja sama {number} miliar dolar AS."
    )


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Articles, every fourth of which names what nobody knows yet."""
    source = tmp_path_factory.mktemp("masukan") / "artikel.jsonl"
    rows = [
        {"id": f"r{n}", "title": f"Berita {n}", "body": body(n), "date": "2019-06-28"}
        for n in range(ARTICLES)
    ]
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return source


@pytest.fixture(scope="module")
def imported(source: Path) -> Path:
    """A library of those articles; copied for each test."""
    library = source.parent / "library.db"
    with Archive.open(library, "create") as archive:
        import_sources(archive, [str(source)], jobs=1)
        archive.mark([3, 5])
        archive.set_read(3)
        archive.set_note(5, "catatan")
        archive.delete([9])
    return library


@pytest.fixture
def filled(imported: Path, library: Path) -> Path:
    return Path(shutil.copy(imported, library))


@pytest.fixture
def writer(filled: Path) -> Iterator[Archive]:
    with Archive.open(filled, "write") as archive:
        yield archive


def own(article: StoredArticle) -> tuple[object, ...]:
    """What a second analysis must leave alone."""
    return (
        article.id, article.docid, article.ref, article.title, article.body, article.date,
        article.marked, article.read, article.note, article.imported_at,
        article.extraction.boilerplate,
    )  # fmt: skip


def whole(archive: Archive) -> list[tuple[object, ...]]:
    return [own(archive.by_docid(docid)) for docid in archive.all_docids()]


def naming(archive: Archive) -> set[int]:
    """Ids of articles in which the user's own name was found."""
    found = set()
    for docid in archive.all_docids():
        article = archive.by_docid(docid)
        if any(mention.entity == LEMBAGA.id for mention in article.extraction.mentions):
            found.add(article.id)
    return found


EXPECTED = {number + 1 for number in range(0, ARTICLES, 4)} - {9}


def test_imported_is_up_to_date_until_names_change(writer: Archive) -> None:
    assert writer.count_outdated() == 0
    assert reanalyse(writer).articles == 0
    writer.put_kb_rows([LEMBAGA])
    assert writer.count_outdated() == ARTICLES - 1
    writer.delete_kb_row(LEMBAGA.id)
    assert writer.count_outdated() == 0


@pytest.mark.parametrize("jobs", [None, 2], ids=["here", "elsewhere"])
def test_only_the_findings_change(writer: Archive, jobs: int | None) -> None:
    before = whole(writer)
    index = writer.connection.execute("SELECT id, sz FROM docs_docsize").fetchall()
    writer.put_kb_rows([LEMBAGA])
    trial = reanalyse(writer, dry_run=True)
    assert (trial.articles, trial.changed) == (ARTICLES - 1, len(EXPECTED))
    assert writer.count_outdated() == ARTICLES - 1
    assert naming(writer) == set()
    shares: list[float | None] = []
    report = reanalyse(writer, jobs=jobs, on_progress=lambda state: shares.append(state.share))
    assert (report.articles, report.changed, report.failed) == (ARTICLES - 1, len(EXPECTED), ())
    assert shares[-1] == 1
    assert naming(writer) == EXPECTED
    assert whole(writer) == before
    assert writer.connection.execute("SELECT id, sz FROM docs_docsize").fetchall() == index
    assert writer.count_outdated() == 0
    assert writer.check() == []


def test_same_as_imported_anew(writer: Archive, source: Path, tmp_path: Path) -> None:
    writer.put_kb_rows([LEMBAGA])
    reanalyse(writer)
    with Archive.open(tmp_path / "new.db", "create") as anew:
        anew.put_kb_rows([LEMBAGA])
        import_sources(anew, [str(source)], jobs=1)
        anew.delete([9])
        for docid, other in zip(writer.all_docids(), anew.all_docids(), strict=True):
            assert writer.by_docid(docid).extraction == anew.by_docid(other).extraction
        assert writer.entities() == anew.entities()


def test_some_articles_only(writer: Archive) -> None:
    writer.put_kb_rows([LEMBAGA])
    report = reanalyse(writer, ids=[1, 2, 5, 999])
    assert (report.articles, report.changed) == (3, 2)
    assert naming(writer) == {1, 5}
    assert writer.count_outdated() == ARTICLES - 4
    assert reanalyse(writer, ids=[1, 2, 5], everything=True).articles == 3
    assert reanalyse(writer, ids=[1], everything=True, dry_run=True).articles == 1
    assert writer.check() == []


def test_new_name_of_an_entity(writer: Archive) -> None:
    writer.put_kb_rows([LEMBAGA])
    reanalyse(writer)
    renamed = KbRow(LEMBAGA.id, "organisation", "Lembaga Serasi Raya", ("Balai Serasi",), user=True)
    writer.put_kb_rows([renamed])
    reanalyse(writer, ids=[1])

    def names() -> set[str]:
        return {
            mention.canonical
            for at in EXPECTED
            for mention in writer.article(at).extraction.mentions
            if mention.entity == LEMBAGA.id
        }

    assert names() == {LEMBAGA.name, renamed.name}
    report = reanalyse(writer)
    assert report.changed == 0
    assert names() == {renamed.name}
    (entity,) = [one for one in writer.entities() if one.entity == LEMBAGA.id]
    assert (entity.name, entity.articles) == (renamed.name, len(EXPECTED))
    assert [one.name for one in writer.entities("raya")] == [renamed.name]
    assert writer.check() == []


def test_stopped_one_goes_on(writer: Archive) -> None:
    writer.put_kb_rows([LEMBAGA])
    report = reanalyse(writer, stop=lambda: True)
    assert report.stopped
    assert (report.articles, report.left) == (reanalysing.STEP, ARTICLES - 1 - reanalysing.STEP)
    assert writer.count_outdated() == report.left
    assert writer.check() == []
    assert reanalyse(writer).articles == report.left
    assert naming(writer) == EXPECTED


def test_nothing_stays_open(filled: Path) -> None:
    with Archive.open(filled, "write") as archive:
        reanalyse(archive, everything=True)
    assert [path.name for path in filled.parent.glob(f"{filled.name}*")] == [filled.name]


def test_what_changed_meanwhile_is_left_alone(writer: Archive, tmp_path: Path) -> None:
    writer.put_kb_rows([LEMBAGA])
    newer = tmp_path / "baru.jsonl"
    row = {"id": "r199", "title": "Berita 199", "body": body(199) + " Balai Serasi hadir."}
    newer.write_text(json.dumps(row), encoding="utf-8")
    with Archive.open(writer.path, "write") as other:

        def meanwhile(_: object) -> None:
            if len(other.trash()) == 1:
                import_sources(other, [str(newer)], jobs=1)
                other.delete([198])

        report = reanalyse(writer, jobs=1, on_progress=meanwhile)
    assert not report.failed
    assert "Balai Serasi hadir" in writer.article(200).body
    assert naming(writer) == EXPECTED | {200}
    assert writer.count_outdated() == 0
    assert writer.check() == []


def test_restored_article_is_as_old_as_it_was(writer: Archive) -> None:
    writer.put_kb_rows([LEMBAGA])
    reanalyse(writer)
    writer.undelete()
    assert writer.count_outdated() == 1
    assert naming(writer) == EXPECTED
    reanalyse(writer)
    assert naming(writer) == EXPECTED | {9}
    assert writer.check() == []


def test_other_rules_make_everything_out_of_date(writer: Archive) -> None:
    assert writer.count_outdated(Analysis("lain", "")) == ARTICLES - 1
    assert len(writer.outdated(Analysis("lain", ""))) == ARTICLES - 1


def test_library_is_consistent_meanwhile(writer: Archive) -> None:
    writer.put_kb_rows([LEMBAGA])
    seen: set[tuple[int, int]] = set()
    done = threading.Event()

    def read() -> None:
        with Archive.open(writer.path, "read") as reader:
            while not done.is_set():
                seen.add((reader.entities()[0].articles, len(naming(reader))))

    thread = threading.Thread(target=read)
    thread.start()
    reanalyse(writer)
    done.set()
    thread.join(30)
    assert {most for most, _ in seen} == {ARTICLES - 1}
    assert {named for _, named in seen} <= set(range(len(EXPECTED) + 1))


KILLED = """
import sys
from pathlib import Path
from store.archive import Archive
from store.pipeline import reanalysing
reanalysing.STEP = 10
def tell(progress):
    print(progress.done, flush=True)
if __name__ == "__main__":
    with Archive.open(Path(sys.argv[1]), "write") as archive:
        reanalysing.reanalyse(archive, on_progress=tell, jobs=int(sys.argv[2]))
"""


@pytest.mark.parametrize("jobs", [1, 2], ids=["here", "elsewhere"])
@pytest.mark.parametrize("after", [1, 6], ids=str)
def test_killed_one_goes_on(filled: Path, tmp_path: Path, after: int, jobs: int) -> None:
    script = tmp_path / "ulang.py"
    script.write_text(KILLED, encoding="utf-8")
    with Archive.open(filled, "write") as archive:
        archive.put_kb_rows([LEMBAGA])
        before = whole(archive)
    running = subprocess.Popen(
        [sys.executable, str(script), str(filled), str(jobs)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout
    for _ in range(after):
        running.stdout.readline()
    running.send_signal(signal.SIGKILL)
    running.communicate()
    with Archive.open(filled, "write") as archive:
        assert archive.check() == []
        left = archive.count_outdated()
        assert left <= ARTICLES - 1 - 10 * after
        assert reanalyse(archive).articles == left
        assert naming(archive) == EXPECTED
        assert whole(archive) == before
        assert archive.check() == []
