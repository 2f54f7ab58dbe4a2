"""Near-duplicates are found, linked both ways, counted, and survive whatever happens to articles."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

from store.archive import Archive, neighbours
from store.pipeline import import_sources
from store.records import Article, Extraction

WORDS = ("menteri", "industri", "jepang", "korea", "ekspor", "impor", "tarif", "mitra", "nilai")


def release(seed: int, changed: int = 0) -> str:
    """A text of 200 words; ``changed`` of them replaced."""
    chance = random.Random(seed)
    words = [f"{chance.choice(WORDS)}{chance.randrange(60)}" for _ in range(200)]
    for at in range(changed):
        words[at * 7] = "diganti"
    return " ".join(words)


def add(archive: Archive, ref: str, body: str) -> tuple[int, bool]:
    added = archive.add(Article(ref, f"Judul {ref}", body), Extraction())
    return added.id, added.near_duplicate


def test_reprints_are_kept_and_linked_both_ways(archive: Archive) -> None:
    assert add(archive, "a", release(1)) == (1, False)
    assert add(archive, "b", release(2)) == (2, False)
    assert add(archive, "c", release(1, changed=3)) == (3, True)
    assert [other for other, _ in archive.near_duplicates(1)] == [3]
    ((other, score),) = archive.near_duplicates(3)
    assert other == 1
    assert 0.7 <= score < 1.0
    assert archive.near_duplicates(2) == archive.near_duplicates(99) == []
    assert archive.count() == 3


def test_reprints_in_one_transaction_meet_as_well(archive: Archive) -> None:
    pairs = [
        (Article(f"r{n}", f"Judul {n}", release(1, changed=n)), Extraction()) for n in range(3)
    ]
    added = archive.add_many(pairs)
    assert [one.near_duplicate for one in added] == [False, True, True]
    assert {other for other, _ in archive.near_duplicates(2)} == {1, 3}


def test_links_go_and_come_back_with_the_article(archive: Archive) -> None:
    add(archive, "a", release(1))
    add(archive, "b", release(1, changed=2))
    before = archive.near_duplicates(2)
    archive.delete([1])
    assert archive.near_duplicates(2) == []
    archive.undelete()
    assert archive.near_duplicates(2) == before
    assert archive.near_duplicates(1) == [(2, before[0][1])]
    archive.delete([1, 2])
    archive.undelete()
    assert archive.near_duplicates(2) == before
    assert archive.check() == []


def test_links_follow_the_text(archive: Archive) -> None:
    add(archive, "a", release(1))
    add(archive, "b", release(2))
    second = archive.begin_import(["x"])
    archive.add(Article("b", "Judul b", release(1, changed=1)), Extraction(), import_id=second)
    assert [other for other, _ in archive.near_duplicates(1)] == [2]
    archive.undo_import(second)
    assert archive.near_duplicates(1) == []


def test_a_long_series_costs_no_more_for_each(archive: Archive) -> None:
    """Hundreds of bulletins of one mould: each is linked to some, none to all."""
    pairs = [
        (Article(f"b{n}", f"Laporan {n}", f"{release(1)} nomor{n}"), Extraction())
        for n in range(300)
    ]
    assert sum(one.near_duplicate for one in archive.add_many(pairs)) == 299
    (links,) = archive.connection.execute("SELECT count(*) FROM near_duplicates").fetchone()
    assert links <= 300 * neighbours.MOST_LINKS


def test_copies_are_those_of_copies_too_and_groups_say_the_same(archive: Archive) -> None:
    texts = [release(1, changed=n) for n in (0, 5, 10)] + [release(2), release(3), release(3, 2)]
    days = ["2020-01-03", "2020-01-01", "2020-01-02", "2020-01-04", "2020-01-05", "2020-01-06"]
    for n, (text, day) in enumerate(zip(texts, days, strict=True)):
        archive.add(Article(f"r{n}", f"Judul {n}", text, day), Extraction())
    first, second, third, _, fifth, sixth = archive.docids(range(1, 7))
    assert archive.copies(1) == [second, third]
    assert archive.copies(4) == archive.copies(99) == []
    groups = archive.copy_groups()
    assert groups.keys() == {first, second, third, fifth, sixth}
    for at, docid in enumerate((first, second, third, None, fifth, sixth), start=1):
        alike = {other for other in groups if docid and groups[other] == groups[docid]}
        assert set(archive.copies(at)) == alike - {docid}


@pytest.mark.parametrize("jobs", [1, 2])
def test_report_counts_them_within_the_added(archive: Archive, tmp_path: Path, jobs: int) -> None:
    path = tmp_path / "siaran.jsonl"
    rows = [
        {"id": str(n), "title": f"Siaran {n}", "body": release(n // 2, n % 2)} for n in range(6)
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    report = import_sources(archive, [str(path)], jobs=jobs)
    assert (report.added, report.near_duplicates) == (6, 3)
    assert archive.imports(1)[0].report.near_duplicates == 3
    again = import_sources(archive, [str(path)], jobs=jobs)
    assert (again.unchanged, again.near_duplicates) == (6, 0)
