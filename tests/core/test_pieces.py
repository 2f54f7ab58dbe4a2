"""The pieces of the full-text index are merged where they are many, and only then."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.archive import Archive, pieces
from store.library import Progress
from store.pipeline import import_sources
from store.records import Article, Extraction
from store.search import Searcher

DAYS = 9


def pieces_of(archive: Archive) -> int:
    (count,) = archive.connection.execute("SELECT count(DISTINCT segid) FROM docs_idx").fetchone()
    return int(count)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A library that grew by one article at a time, without SQLite's own merging."""
    path = tmp_path / "library.db"
    with Archive.open(path, "create") as archive:
        archive.connection.execute("INSERT INTO docs(docs, rank) VALUES ('automerge', 0)")
        for day in range(1, DAYS + 1):
            body = f"Ekspor nikel naik {day} persen menurut menteri."
            article = Article(f"a{day}", f"Kabar {day}", body, f"2024-03-0{day}", "contoh.id")
            archive.add(article, Extraction())
    return path


def test_many_pieces_become_one_that_answers_the_same(path: Path) -> None:
    with Archive.open(path, "write") as archive:
        assert pieces_of(archive) == DAYS
        before = Searcher(archive).search("ekspor nikel")
        archive.merge_index()
        assert pieces_of(archive) == 1
        assert Searcher(archive).search("ekspor nikel") == before
        assert archive.check() == []


def test_few_pieces_are_left_alone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_FEW", DAYS)
    with Archive.open(path, "write") as archive:
        archive.merge_index()
        assert pieces_of(archive) == DAYS


def test_small_pieces_beside_a_large_one_are_left_alone(path: Path) -> None:
    with Archive.open(path, "write") as archive:
        archive.merge_index()
        words = " ".join(f"kata{n}" for n in range(30_000))
        archive.add(Article("b", "Panjang", words, "2024-04-01", "contoh.id"), Extraction())
        for day in range(1, pieces._FEW + 2):
            archive.add(
                Article(f"c{day}", "Kecil", f"Kopi {day}.", "2024-05-01", None), Extraction()
            )
        before = pieces_of(archive)
        archive.merge_index()
        assert pieces_of(archive) == before > pieces._FEW


def test_a_stop_leaves_a_whole_index(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "_PAGES", 1)
    with Archive.open(path, "write") as archive:
        archive.merge_index(lambda: True)
        assert len(Searcher(archive).search("nikel").hits) == DAYS
        assert archive.check() == []


def test_an_import_says_that_it_merges_and_can_be_stopped_then(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "_PAGES", 1)
    source = tmp_path / "baru.txt"
    source.write_text("Kabar baru\n\nMenteri menyebut ekspor kopi.", encoding="utf-8")
    told: list[Progress] = []
    with Archive.open(path, "write") as archive:
        report = import_sources(
            archive,
            [str(source)],
            jobs=1,
            on_progress=told.append,
            stop=lambda: bool(told) and told[-1].merging,
        )
        assert [state.merging for state in told].count(True) == 1
        assert told[-1].merging
        assert {state.added for state in told[-2:]} == {1}
        assert (report.added, report.stopped) == (1, False)
        assert archive.check() == []


def test_a_library_of_before_is_told_to_hold_more(path: Path) -> None:
    with Archive.open(path, "write") as archive:
        archive.connection.execute("INSERT INTO docs(docs, rank) VALUES ('hashsize', 1048576)")
        archive.begin_import(["x"])
        held = "SELECT v FROM docs_config WHERE k = 'hashsize'"
        assert archive.connection.execute(held).fetchone() == (pieces.HELD,)
