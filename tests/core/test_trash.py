"""Deleting and undoing an import, and taking both back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import pytest

from store.archive import Archive, codec
from store.archive.analysed import Analysis
from store.archive.anew import anew
from store.errors import NotFoundError
from store.library import ImportReport
from store.pipeline.repairing import repair
from store.records import Article, Extraction, Original

MakeArticle = Callable[..., Article]
EMPTY = Extraction()


def report(import_id: int) -> ImportReport:
    return ImportReport(import_id, 0, 0, 0, 0, (), 0.1)


def run(archive: Archive, *articles: Article, found: Extraction = EMPTY) -> int:
    """One import of these articles."""
    import_id = archive.begin_import(["uji"])
    archive.add_many([(one, found) for one in articles], import_id=import_id)
    archive.finish_import(import_id, report(import_id))
    return import_id


def everything(archive: Archive) -> list[object]:
    """All that a reader can see."""
    seen: list[object] = []
    for docid in archive.all_docids():
        stored = archive.by_docid(docid)
        seen.append((stored, archive.versions(stored.id), archive.original(stored.id)))
    return [*seen, archive.marked(), archive.entities()]


def test_nothing_large_is_gone_through_for_one_article(
    archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    first, second = (
        run(archive, make_article(), found=found),
        run(archive, make_article(title="Judul baru"), found=found),
    )
    said: list[str] = []
    archive.connection.set_trace_callback(said.append)
    archive.find_anew([anew(archive.article(1), EMPTY)], archive.analysis(Analysis("a", "b")))
    archive.undo_import(second)
    archive.undelete()
    archive.delete([1])
    archive.undelete()
    archive.undo_import(first)
    archive.connection.set_trace_callback(None)
    plans = [
        (step, statement)
        for statement in set(said)
        if statement.startswith(("SELECT", "UPDATE", "DELETE"))
        for *_, step in archive.connection.execute(f"EXPLAIN QUERY PLAN {statement}")
    ]
    large = ("articles", "spans", "persons", "mentions", "types", "countries", "facets")
    assert {table for table in large if any(f"DELETE FROM {table}" in one for one in said)} == {
        *large
    }
    assert [plan for plan in plans if plan[0].startswith(tuple(f"SCAN {t}" for t in large))] == []


def test_rows_that_were_left_behind_do_not_keep_an_article_away(
    archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    at = archive.add(make_article(), found).id
    before = everything(archive)
    tables = ("mentions", "types", "countries", "facets")
    left = {name: archive.connection.execute(f"SELECT * FROM {name}").fetchall() for name in tables}
    archive.delete([at])
    for name, rows in left.items():
        marks = ", ".join("?" * len(rows[0]))
        archive.connection.executemany(f"INSERT INTO {name} VALUES ({marks})", rows)
    assert len(archive.check()) > len(tables)
    assert archive.undelete() == [at]
    assert everything(archive) == before
    assert archive.check() == []


def test_deleted_article_comes_back_as_it_was(
    archive: Archive, make_article: MakeArticle, found: Extraction, html_original: Original
) -> None:
    archive.add(make_article(title="Dulu"), found)
    at = archive.add(make_article(original=html_original), found).id
    archive.add(make_article("lain", body="Tetap di sini."), EMPTY)
    archive.mark([at])
    archive.set_note(at, "penting")
    archive.set_read(at)
    before = everything(archive)
    batch = archive.delete([at, at, 999])
    assert archive.count() == 1
    assert archive.marked() == []
    with pytest.raises(NotFoundError):
        archive.article(at)
    assert archive.entities() == []
    (item,) = archive.trash()
    assert (item.batch, item.article_id, item.kind) == (batch, at, "deleted")
    assert archive.check() == []
    assert archive.undelete() == [at]
    assert everything(archive) == before
    assert archive.trash() == []
    assert archive.check() == []


def test_article_comes_back_after_the_index_was_made_anew(
    archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    at = archive.add(make_article(), found).id
    archive.add(make_article("lain", body="Tetap di sini."), EMPTY)
    archive.delete([at])
    archive.connection.execute("UPDATE meta SET value = 0 WHERE key = 'normaliser'")
    assert repair(archive) == []
    assert archive.undelete() == [at]
    assert archive.article(at).extraction == found
    assert archive.check() == []


def test_what_waits_in_the_trash_lacks_no_field_of_a_record(found: Extraction) -> None:
    assert codec.dumps(found) == codec.dumps(asdict(found))


def test_what_is_no_record_is_no_json() -> None:
    with pytest.raises(TypeError):
        codec.dumps({"a": object()})


def test_shares_are_told_of_all_that_goes_and_comes_back(
    archive: Archive, make_article: MakeArticle
) -> None:
    changed, kept = make_article("lama", body="Teks lama."), make_article("sama", body="Tetap.")
    run(archive, changed, kept)
    second = run(
        archive,
        make_article("lama", body="Teks baru."),
        make_article("baru", body="Teks pertama."),
        make_article("baru", body="Teks kedua."),
    )
    told: list[float] = []
    batch = archive.undo_import(second, tell=told.append)
    assert told == [0.5, 1.0], "one that it brought and one that it changed"
    told.clear()
    assert len(archive.undelete(batch, tell=told.append)) == 2
    assert told == [0.5, 1.0]
    told.clear()
    archive.delete([1, 2, 3], tell=told.append)
    assert told == [1 / 3, 2 / 3, 1.0]
    assert archive.check() == []


def test_deleting_nothing_makes_no_batch(archive: Archive) -> None:
    assert archive.delete([5]) == 0
    assert archive.undelete() == []
    assert archive.undelete(7) == []


def test_batches_come_back_one_by_one(archive: Archive, make_article: MakeArticle) -> None:
    ids = [archive.add(make_article(ref, body=f"Isi {ref}."), EMPTY).id for ref in "abc"]
    first = archive.delete(ids[:2])
    archive.delete(ids[2:])
    assert archive.undelete(first) == ids[:2]
    assert archive.undelete() == ids[2:]
    assert archive.count() == 3


def test_ids_are_never_given_twice(archive: Archive, make_article: MakeArticle) -> None:
    first = archive.add(make_article("a"), EMPTY)
    docid = archive.docids([first.id])[0]
    archive.delete([first.id])
    archive.empty_trash()
    second = archive.add(make_article("b"), EMPTY)
    assert second.id > first.id
    assert archive.docids([second.id])[0] > docid
    assert archive.check() == []


def test_emptied_trash_forgets_originals_that_nothing_else_needs(
    archive: Archive, make_article: MakeArticle, html_original: Original
) -> None:
    shared = archive.add(make_article("a", body="Satu.", original=html_original), EMPTY).id
    archive.add(make_article("b", body="Dua.", original=html_original), EMPTY)
    alone = Original(b"sendiri", "text/plain", "x")
    own = archive.add(make_article("c", body="Tiga.", original=alone), EMPTY).id
    archive.delete([shared, own])
    assert archive.info()["originals"] == 2
    archive.empty_trash()
    assert archive.info()["originals"] == 1
    assert archive.undelete() == []
    assert archive.original(2) == html_original


def test_article_imported_anew_meanwhile_is_not_doubled(
    archive: Archive, make_article: MakeArticle
) -> None:
    at = archive.add(make_article(), EMPTY).id
    archive.delete([at])
    anew = archive.add(make_article(), EMPTY)
    assert anew.outcome == "added"
    assert archive.undelete() == [anew.id]
    assert archive.count() == 1


def test_undone_import_takes_back_what_it_added_and_changed(
    archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    run(archive, make_article("a"), make_article("b", body="Isi b."), found=EMPTY)
    archive.mark([1])
    before = everything(archive)
    second = run(
        archive, make_article("a", body="Isi a, diubah."), make_article("c", body="Isi c.")
    )
    after = everything(archive)
    batch = archive.undo_import(second)
    assert everything(archive) == before
    assert archive.imports(1)[0].undone_at is not None
    assert {item.kind for item in archive.trash()} == {"deleted", "reverted"}
    assert archive.check() == []
    archive.undelete(batch)
    assert everything(archive) == after
    assert archive.imports(1)[0].undone_at is None
    assert archive.check() == []
    # What was undone is new to the library again.
    archive.undo_import(second)
    assert archive.outcome(make_article("a", body="Isi a, diubah.")).outcome == "updated"


def test_undoing_an_import_keeps_later_texts(archive: Archive, make_article: MakeArticle) -> None:
    run(archive, make_article(body="Satu."))
    second = run(archive, make_article(body="Dua."))
    run(archive, make_article(body="Tiga."))
    archive.undo_import(second)
    assert archive.article(1).body == "Tiga."
    assert [version.body for version in archive.versions(1)] == ["Satu."]
    assert archive.check() == []


def test_import_that_changed_an_article_twice_is_undone_whole(
    archive: Archive, make_article: MakeArticle
) -> None:
    run(archive, make_article(body="Satu."))
    second = run(archive, make_article(body="Dua."), make_article(body="Tiga."))
    batch = archive.undo_import(second)
    assert archive.article(1).body == "Satu."
    assert archive.versions(1) == []
    archive.undelete(batch)
    assert archive.article(1).body == "Tiga."
    assert [version.body for version in archive.versions(1)] == ["Satu.", "Dua."]
    assert archive.check() == []


def test_mark_set_after_an_undo_survives_taking_it_back(
    archive: Archive, make_article: MakeArticle
) -> None:
    run(archive, make_article(body="Satu."))
    batch = archive.undo_import(run(archive, make_article(body="Dua.")))
    archive.mark([1])
    archive.undelete(batch)
    assert archive.article(1).body == "Dua."
    assert archive.marked() == [1]


def test_unknown_import_is_not_found(archive: Archive) -> None:
    with pytest.raises(NotFoundError):
        archive.undo_import(3)
