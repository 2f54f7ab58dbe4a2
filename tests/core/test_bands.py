"""What an import keeps back of the table of bands is found all the same, and gets there in the end."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from store.archive import Archive, bands, kept
from store.archive.fingerprint import bands as keys_of
from store.library import Added, ImportReport
from store.records import Article, Extraction


def text(seed: int, changed: int = 0) -> str:
    """A text of 200 words; ``changed`` of them replaced."""
    chance = random.Random(seed)
    words = [f"kata{chance.randrange(900)}" for _ in range(200)]
    words[:changed] = ["diganti"] * changed
    return " ".join(words)


def add(
    archive: Archive, seed: int, *, ref: str | None = None, changed: int = 0, by: int | None = None
) -> Added:
    article = Article(ref or f"{seed}-{changed}", f"Judul {seed}", text(seed, changed))
    return archive.add(article, Extraction(), import_id=by)


def finish(archive: Archive, number: int) -> None:
    archive.finish_import(number, ImportReport(number, 0, 0, 0, 0, (), 0.0))


def table(archive: Archive) -> set[tuple[int, int]]:
    return set(archive.connection.execute("SELECT band, article_id FROM bands"))


def wanted(archive: Archive) -> set[tuple[int, int]]:
    """What follows from the fingerprints."""
    prints = archive.connection.execute("SELECT article_id, print FROM fingerprints")
    return {(key, at) for at, print_ in prints for key in keys_of(print_)}


def missing(archive: Archive) -> bool:
    return bool(
        archive.connection.execute("SELECT 1 FROM meta WHERE key = 'bands_missing_from'").fetchone()
    )


def test_what_is_kept_back_is_found_and_written_at_the_end(archive: Archive) -> None:
    add(archive, 1)
    before = table(archive)
    number = archive.begin_import(["x"])
    assert not add(archive, 2, by=number).near_duplicate
    assert add(archive, 1, changed=2, by=number).near_duplicate
    assert add(archive, 2, changed=2, by=number).near_duplicate
    assert table(archive) == before
    finish(archive, number)
    assert table(archive) == wanted(archive) > before
    assert not missing(archive)
    assert add(archive, 2, changed=3).near_duplicate
    assert table(archive) == wanted(archive)


def test_of_many_the_table_gets_some_meanwhile(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "LEAST", 4)
    monkeypatch.setattr(bands, "_ROWS_AT_ONCE", 5)
    number = archive.begin_import(["x"])
    for seed in range(6):
        add(archive, seed, by=number)
    assert {at for _, at in table(archive)} == {1, 2, 3, 4}
    assert all(add(archive, seed, changed=2, by=number).near_duplicate for seed in range(6))
    finish(archive, number)
    assert table(archive) == wanted(archive)


def test_few_of_many_articles_stay_apart_until_they_are_many(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "_LEFT_SHARE", 4)
    path = tmp_path / "library.db"
    with Archive.open(path, "create") as archive:
        for seed in range(8):
            add(archive, seed)
        before = table(archive)
        number = archive.begin_import(["x"])
        add(archive, 20, by=number)
        finish(archive, number)
        assert table(archive) == before
        assert missing(archive)
        assert archive.check() == []
    with Archive.open(path, "write") as archive:
        assert add(archive, 20, changed=1).near_duplicate
        assert table(archive) == before
        number = archive.begin_import(["y"])
        assert add(archive, 20, changed=2, by=number).near_duplicate
        add(archive, 21, by=number)
        finish(archive, number)
        assert not missing(archive)
        assert table(archive) == wanted(archive)


def test_keys_that_begin_alike_are_found_together() -> None:
    late = bands.Late()
    late.note(1, [5 << 40])
    late.note(2, [(5 << 40) + 1])
    assert list(late.under(5 << 40, 9)) == [1, 2]
    assert not list(late.under(6 << 40, 9))


def test_an_import_that_was_cut_off_is_made_up_for(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Archive.open(path, "create") as cut:
        number = cut.begin_import(["x"])
        add(cut, 1, by=number)
        add(cut, 2, by=number)
    with Archive.open(path, "write") as archive:
        assert missing(archive)
        assert not table(archive)
        assert archive.check() == []
        assert add(archive, 1, changed=2).near_duplicate
        number = archive.begin_import(["y"])
        assert add(archive, 2, changed=2, by=number).near_duplicate
        finish(archive, number)
        assert not missing(archive)
        assert table(archive) == wanted(archive)


def test_two_programs_find_what_the_other_keeps_back(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    with Archive.open(path, "create") as one, Archive.open(path, "write") as other:
        first, second = one.begin_import(["x"]), other.begin_import(["y"])
        add(one, 1, by=first)
        assert add(other, 1, changed=2, by=second).near_duplicate
        add(other, 2, by=second)
        finish(other, second)
        assert add(one, 2, changed=2, by=first).near_duplicate
        assert add(one, 1, changed=3, by=first).near_duplicate
        assert add(other, 2, changed=3).near_duplicate
        finish(one, first)
        assert table(one) == wanted(one)


def test_deleted_and_changed_articles_among_them(archive: Archive) -> None:
    number = archive.begin_import(["x"])
    for seed in (1, 2, 3):
        add(archive, seed, by=number)
    archive.delete([1])
    assert not add(archive, 1, changed=2, by=number).near_duplicate
    assert add(archive, 4, ref="2-0", by=number).outcome == "updated"
    assert add(archive, 4, changed=2, by=number).near_duplicate
    assert not add(archive, 2, changed=2, by=number).near_duplicate
    archive.undelete()
    finish(archive, number)
    assert table(archive) == wanted(archive)


def test_what_others_do_between_the_steps_counts(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bands, "_ROWS_AT_ONCE", 6)
    path = tmp_path / "library.db"
    with Archive.open(path, "create") as one, Archive.open(path, "write") as other:
        number = one.begin_import(["x"])
        for seed in (1, 2, 3, 4):
            add(one, seed, by=number)
        for turn, step in enumerate(bands.complete(one.connection)):
            if turn == 3:
                other.delete([1])
                add(other, 5, ref="2-0")
                add(other, 6)
            if turn == 5:
                other.undelete()
                other.delete([3])
            step(one.connection)
        assert not missing(one)
        assert table(one) == wanted(one)


def test_a_batch_that_failed_leaves_nothing_in_memory(
    archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = archive.begin_import(["x"])
    add(archive, 1, by=number)

    def fail(*_: object) -> None:
        raise RuntimeError

    with monkeypatch.context() as patched:
        patched.setattr("store.archive.imports.remember_units", fail)
        with pytest.raises(RuntimeError):
            add(archive, 2, by=number)
    assert not add(archive, 2, changed=1, by=number).near_duplicate
    assert add(archive, 1, changed=2, by=number).near_duplicate
    finish(archive, number)
    assert table(archive) == wanted(archive)
