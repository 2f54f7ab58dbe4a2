"""`check` finds what does not agree, and `repair` makes what is derived anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from store.archive import Archive
from store.records import Article, Extraction

MakeArticle = Callable[..., Article]


@pytest.fixture
def filled(library: Path, make_article: MakeArticle, found: Extraction) -> Path:
    with Archive.open(library, "create") as archive:
        for n in range(5):
            archive.add(make_article(f"r{n}", title=f"Judul {n}"), found)
        archive.add(make_article("r0", title="Judul baru"), found)
        archive.delete([2])
    return library


MENDED = {
    "index row missing": (
        "INSERT INTO articles (docid, title, ref, imported_at, content_hash, body_hash, body)"
        " SELECT 5, title, 'x', imported_at, x'00', x'00', body FROM articles LIMIT 1",
        "not in the full-text index",
    ),
    "index row too many": ("INSERT INTO docs (rowid, body) VALUES (99, 'hantu')", "no article"),
    "tombstone lost": ("DELETE FROM tombstones", "no article"),
    "buried alive": (
        "INSERT INTO tombstones SELECT docid FROM articles WHERE id = 3",
        "struck from",
    ),
    "counter": ("UPDATE meta SET value = 99 WHERE key = 'articles'", "counts 99"),
    "entity counter": ("UPDATE entities SET articles = 7 WHERE name = 'Jepang'", "Jepang"),
    "mentions lost": ("DELETE FROM mentions", "mention counts"),
    "normaliser": ("UPDATE meta SET value = 0 WHERE key = 'normaliser'", "word forms"),
}
BEYOND_REPAIR = {
    "span moved": ("UPDATE spans SET start = start + 1 WHERE start = 27", "does not match"),
    "text edited": ("UPDATE articles SET body = 'x' || body WHERE id = 1", "was changed"),
    "mention of nobody": ("UPDATE spans SET entity_id = 999 WHERE start = 27", "points to"),
}


def spoil(path: Path, statement: str) -> None:
    plain = sqlite3.connect(path)
    plain.execute(statement)
    plain.commit()
    plain.close()


def test_sound_library_has_no_problems(filled: Path) -> None:
    with Archive.open(filled, "read") as archive:
        assert archive.check() == []


@pytest.mark.parametrize(
    ("statement", "words"),
    [*MENDED.values(), *BEYOND_REPAIR.values()],
    ids=[*MENDED, *BEYOND_REPAIR],
)
def test_problem_is_found(filled: Path, statement: str, words: str) -> None:
    spoil(filled, statement)
    with Archive.open(filled, "read") as archive:
        assert any(words in problem for problem in archive.check())


@pytest.mark.parametrize(("statement", "_"), list(MENDED.values())[1:], ids=list(MENDED)[1:])
def test_repair_mends_what_is_derived(filled: Path, statement: str, _: str) -> None:
    with Archive.open(filled, "read") as archive:
        before = [archive.by_docid(docid) for docid in archive.all_docids()]
        entities = archive.entities()
    spoil(filled, statement)
    with Archive.open(filled, "write") as archive:
        assert archive.check(repair=True) == []
        assert [archive.by_docid(docid) for docid in archive.all_docids()] == before
        assert archive.entities() == entities
        hits = archive.connection.execute("SELECT count(*) FROM docs WHERE docs MATCH 'jepang'")
        assert hits.fetchone() == (4,)
        assert archive.undelete() == [2]
        assert archive.check() == []


def test_repair_says_what_it_cannot_mend(filled: Path) -> None:
    spoil(filled, BEYOND_REPAIR["span moved"][0])
    with Archive.open(filled, "write") as archive:
        assert archive.check(repair=True) != []


def test_many_problems_are_counted(
    archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    archive.add_many([(make_article(f"r{n}", title=f"Judul {n}"), found) for n in range(50)])
    archive.connection.execute("UPDATE spans SET surface = surface || '!'")
    problems = archive.check()
    assert len(problems) < 30
    assert any("more" in problem for problem in problems)
