"""What an import keeps apart of mentions, kinds and countries is found all the same, and moves in the end."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from store.archive import Archive, kept, recent
from store.library import ImportReport
from store.records import Article, Extraction
from store.schema import INVERTED
from store.search import Searcher

MakeArticle = Callable[..., Article]

QUERIES = ("negara:jepang", "jenis:uang", "orang:rara", "negara:jepang jenis:uang", "-jenis:uang")


def finish(archive: Archive, number: int) -> None:
    archive.finish_import(number, ImportReport(number, 0, 0, 0, 0, (), 0.0))


def rows(archive: Archive, end: str) -> dict[str, int]:
    return {
        name: archive.connection.execute(f"SELECT count(*) FROM {name}{end}").fetchone()[0]
        for name in INVERTED
    }


def hits(archive: Archive) -> dict[str, set[int]]:
    searcher = Searcher(archive)
    return {
        query: {hit.row.id for hit in searcher.search(query, limit=100).hits} for query in QUERIES
    }


@pytest.fixture
def add(make_article: MakeArticle, found: Extraction) -> Callable[..., int]:
    def add(archive: Archive, n: int, by: int | None = None, title: str = "Judul") -> int:
        article = make_article(f"r{n}", title=f"{title} {n}", date=f"2019-06-{n % 28 + 1:02}")
        return archive.add(article, found, import_id=by).id

    return add


def test_recent_rows_are_found_and_move_at_the_end(
    archive: Archive, add: Callable[..., int]
) -> None:
    before = {add(archive, n) for n in range(3)}
    number = archive.begin_import(["x"])
    ids = before | {add(archive, n, number) for n in range(3, 8)}
    assert rows(archive, "") == {"mentions": 18, "types": 15, "countries": 6}
    assert rows(archive, "_recent") == {"mentions": 30, "types": 25, "countries": 10}
    during = hits(archive)
    assert during == {query: set() if query[0] == "-" else ids for query in QUERIES}
    assert archive.check() == []
    finish(archive, number)
    assert rows(archive, "_recent") == dict.fromkeys(INVERTED, 0)
    assert hits(archive) == during
    assert archive.check() == []
    add(archive, 9)
    assert rows(archive, "_recent") == dict.fromkeys(INVERTED, 0)


def test_of_many_some_move_meanwhile(
    archive: Archive, add: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "LEAST", 4)
    monkeypatch.setattr(recent, "_ROWS_AT_ONCE", 3)
    number = archive.begin_import(["x"])
    for n in range(6):
        add(archive, n, number)
    assert rows(archive, "")["mentions"] == 24
    assert rows(archive, "_recent")["mentions"] == 12
    assert archive.check() == []
    finish(archive, number)
    assert rows(archive, "")["mentions"] == 36


def test_few_of_many_articles_stay_apart_until_they_are_many(
    archive: Archive, add: Callable[..., int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_LEFT_SHARE", 4)
    number = archive.begin_import(["x"])
    ids = {add(archive, n, number) for n in range(8)}
    finish(archive, number)
    number = archive.begin_import(["y"])
    ids |= {add(archive, n, number) for n in (8, 9)}
    finish(archive, number)
    assert rows(archive, "_recent") == {"mentions": 12, "types": 10, "countries": 4}
    assert hits(archive)["negara:jepang"] == ids
    assert archive.check() == []
    number = archive.begin_import(["z"])
    ids |= {add(archive, n, number) for n in (10, 11)}
    finish(archive, number)
    assert rows(archive, "_recent") == dict.fromkeys(INVERTED, 0)
    assert hits(archive)["negara:jepang"] == ids
    assert archive.check() == []


def test_a_row_moves_into_the_place_of_one_that_was_left_behind(
    archive: Archive, add: Callable[..., int]
) -> None:
    number = archive.begin_import(["x"])
    at = add(archive, 1, number)
    archive.connection.execute(
        "INSERT INTO mentions SELECT entity_id, docid, 77 FROM mentions_recent"
    )
    archive.connection.execute("INSERT INTO types SELECT * FROM types_recent")
    finish(archive, number)
    assert hits(archive)["jenis:uang"] == {at}
    assert archive.check() == []


def test_an_import_that_was_cut_off_leaves_nothing_to_mend(
    tmp_path: Path, add: Callable[..., int]
) -> None:
    path = tmp_path / "library.db"
    with Archive.open(path, "create") as cut:
        number = cut.begin_import(["x"])
        ids = {add(cut, n, number) for n in range(4)}
    with Archive.open(path, "read") as reader:
        assert hits(reader)["negara:jepang"] == ids
        assert reader.check() == []
    with Archive.open(path, "write") as archive:
        finish(archive, archive.begin_import(["y"]))
        assert rows(archive, "_recent") == dict.fromkeys(INVERTED, 0)
        assert hits(archive)["negara:jepang"] == ids
        assert archive.check() == []


def test_two_programs_at_once(tmp_path: Path, add: Callable[..., int]) -> None:
    path = tmp_path / "library.db"
    with Archive.open(path, "create") as one, Archive.open(path, "write") as other:
        first, second = one.begin_import(["x"]), other.begin_import(["y"])
        ids = {add(one, 1, first), add(other, 2, second)}
        finish(other, second)
        ids |= {add(one, 3, first), add(other, 4)}
        assert hits(one)["orang:rara"] == hits(other)["orang:rara"] == ids
        assert one.check() == []
        finish(one, first)
        assert rows(other, "_recent") == dict.fromkeys(INVERTED, 0)
        assert other.check() == []


def test_changed_deleted_and_returned_articles_among_them(
    archive: Archive, add: Callable[..., int]
) -> None:
    old = add(archive, 0)
    number = archive.begin_import(["x"])
    ids = [add(archive, n, number) for n in range(1, 4)]
    assert add(archive, 0, number, "Judul baru") == old
    assert add(archive, 1, number, "Judul baru") == ids[0]
    batch = archive.delete(ids[1:])
    assert hits(archive)["jenis:uang"] == {old, ids[0]}
    assert archive.check() == []
    archive.undelete(batch)
    assert hits(archive)["jenis:uang"] == {old, *ids}
    finish(archive, number)
    assert archive.check() == []


def test_repair_of_recent_rows(archive: Archive, add: Callable[..., int]) -> None:
    number = archive.begin_import(["x"])
    ids = {add(archive, n, number) for n in range(3)}
    archive.connection.execute("DELETE FROM types_recent WHERE type = 'MONEY'")
    archive.connection.execute("INSERT INTO countries_recent VALUES ('ZW', 99, 1, 0)")
    problems = archive.check()
    assert any("kinds of mentions" in problem for problem in problems)
    assert any("countries has a row of document 99" in problem for problem in problems)
    archive.mend_findings()
    assert archive.check() == []
    assert hits(archive)["jenis:uang"] == ids


@pytest.mark.parametrize(
    ("articles", "most"), [(0, 8192), (100_000, 8192), (1_000_000, 31_250), (4_000_000, 125_000)]
)
def test_more_are_kept_apart_in_a_larger_library(articles: int, most: int) -> None:
    assert kept.most(articles) == most
