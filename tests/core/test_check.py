"""`check` finds what does not agree, and `repair` makes what is derived anew."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from store.archive import Archive
from store.pipeline.repairing import repair
from store.records import Article, Extraction
from store.search import Searcher

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
    "mention counted twice": ("UPDATE mentions SET n = 2 WHERE n = 1", "mention counts"),
    "types lost": ("DELETE FROM types WHERE type = 'MONEY'", "kinds of mentions"),
    "type too many": ("INSERT INTO types SELECT 'ORG', docid FROM articles", "kinds of mentions"),
    "countries lost": ("DELETE FROM countries", "countries"),
    "partner lost": ("UPDATE countries SET partner = 0", "partner countries"),
    "facets lost": ("DELETE FROM facets", "facets"),
    "outlet differing": ("UPDATE facets SET source = 'x'", "facets"),
    "partner differing": ("UPDATE facets SET partners = 'KR'", "facets"),
    "person missing among the facets": ("UPDATE facets SET persons = ''", "facets"),
    "kind too many among the facets": ("UPDATE facets SET types = types || ' ORG'", "facets"),
    "mention too many": (
        "INSERT INTO mentions SELECT (SELECT max(id) FROM entities), docid, 1 FROM articles"
        " WHERE true ON CONFLICT DO UPDATE SET n = n + 1",
        "mention counts",
    ),
    "country too many": (
        "INSERT INTO countries SELECT 'ZW', docid, 1, 0 FROM articles",
        "countries",
    ),
    "mentions left behind": (
        "INSERT INTO mentions SELECT id, 99, 1 FROM entities",
        "mentions has a row of document 99",
    ),
    "type left behind": ("INSERT INTO types VALUES ('ORG', 99)", "types has a row of document 99"),
    "country left behind": (
        "INSERT INTO countries VALUES ('JP', 99, 1, 1)",
        "countries has a row of document 99",
    ),
    "facets left behind": (
        "INSERT INTO facets VALUES (99, NULL, '', '', '', '', '')",
        "facets has a row of document 99",
    ),
    "terms lost": ("DELETE FROM terms WHERE surface = 'jepang'", "word jepang is missing"),
    "all terms lost": ("DELETE FROM terms", "table of terms"),
    "index emptied": ("DELETE FROM docs_data WHERE id > 10", "index"),
    "index without sizes": ("DELETE FROM docs_docsize", "not in the full-text index"),
    "index of garbage": ("UPDATE docs_data SET block = randomblob(200)", "index is damaged"),
    # SQLite says of these bytes that memory has run out.
    "index of impossible lengths": (
        f"UPDATE docs_data SET block = x'{random.Random(33).randbytes(200).hex()}'",
        "index is damaged",
    ),
    "index without structure": ("DELETE FROM docs_data WHERE id = 10", "index"),
    "index without version": ("DELETE FROM docs_config", "index is damaged"),
    "index of other words": (
        "UPDATE docs_docsize SET sz = x'0101' WHERE id = (SELECT max(id) FROM docs_docsize)",
        "words, but",
    ),
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
        assert repair(archive) == []
        assert [archive.by_docid(docid) for docid in archive.all_docids()] == before
        assert archive.entities() == entities
        assert Searcher(archive).search("jepang").total == 4
        assert archive.undelete() == [2]
        assert archive.check() == []


def test_repair_says_what_it_cannot_mend(filled: Path) -> None:
    spoil(filled, BEYOND_REPAIR["span moved"][0])
    with Archive.open(filled, "write") as archive:
        assert repair(archive) != []


def test_many_problems_are_counted(
    archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    archive.add_many([(make_article(f"r{n}", title=f"Judul {n}"), found) for n in range(50)])
    archive.connection.execute("UPDATE spans SET surface = surface || '!'")
    problems = archive.check()
    assert len(problems) < 30
    assert any("more" in problem for problem in problems)
