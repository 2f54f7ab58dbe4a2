"""Saved searches: kept, opened, renamed, removed, and what is new to each since it was opened."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.errors import InputError, NotFoundError
from store.records import Article, Extraction
from store.search import Searcher, saved


def add(archive: Archive, ref: str, body: str) -> int:
    return archive.add(Article(ref, f"Judul {ref}", body), Extraction()).id


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(tmp_path / "library.db", "create") as opened:
        add(opened, "a", "Ekspor nikel ke Jepang naik.")
        yield opened


def test_a_search_is_kept_by_name_and_listed_by_name(archive: Archive) -> None:
    saved.save(archive, "nikel", "nikel")
    saved.save(archive, "  Beras   impor ", " beras ")
    saved.save(archive, "nikel", "ekspor nikel")
    assert [(s.name, s.query) for s in saved.saved(archive)] == [
        ("Beras impor", "beras"),
        ("nikel", "ekspor nikel"),
    ]


def test_new_are_the_hits_that_came_after_it_was_opened(archive: Archive) -> None:
    search = saved.save(archive, "nikel", "nikel")
    searcher = Searcher(archive)
    assert saved.count_new(searcher, search) == (0, True)
    add(archive, "b", "Smelter nikel baru dibuka di Morowali.")
    add(archive, "c", "Panen padi di Karawang.")
    assert saved.count_new(searcher, search) == (1, True)
    assert saved.count_new(searcher, saved.opened(archive, "nikel")) == (0, True)


def test_an_article_that_misses_a_word_is_not_new(archive: Archive) -> None:
    search = saved.save(archive, "dua", "nikel Jepang")
    add(archive, "b", "Smelter nikel baru dibuka di Morowali.")
    assert saved.count_new(Searcher(archive), search) == (0, True)


def test_new_without_words_of_text(archive: Archive) -> None:
    search = saved.save(archive, "tahun", "tanggal:2020")
    archive.add(Article("d", "Judul", "Isi.", "2020-03-01"), Extraction())
    archive.add(Article("e", "Judul lain", "Isi lain.", "2021-03-01"), Extraction())
    assert saved.count_new(Searcher(archive), search) == (1, True)


def test_rename_and_remove(archive: Archive) -> None:
    saved.save(archive, "nikel", "nikel")
    saved.save(archive, "beras", "beras")
    seen = saved.find(archive, "nikel").seen
    assert saved.rename(archive, "nikel", "bijih nikel").seen == seen
    saved.remove(archive, "beras")
    assert [s.name for s in saved.saved(archive)] == ["bijih nikel"]


@pytest.mark.parametrize(
    ("name", "query"), [("", "nikel"), ("nikel", " ")], ids=["no name", "no query"]
)
def test_nothing_is_kept_without_name_or_query(archive: Archive, name: str, query: str) -> None:
    with pytest.raises(InputError):
        saved.save(archive, name, query)


def test_unknown_and_taken_names_are_said(archive: Archive) -> None:
    saved.save(archive, "nikel", "nikel")
    saved.save(archive, "beras", "beras")
    for ask in (saved.find, saved.remove, saved.opened):
        with pytest.raises(NotFoundError):
            ask(archive, "padi")
    with pytest.raises(InputError):
        saved.rename(archive, "nikel", "beras")


def test_what_was_changed_is_put_back_as_it_was(archive: Archive) -> None:
    first = saved.save(archive, "nikel", "nikel")
    add(archive, "b", "Nikel lagi.")
    second = saved.save(archive, "nikel", "ekspor nikel")
    saved.swap(archive, second, first)
    assert saved.saved(archive) == [first]
    saved.swap(archive, first, None)
    assert saved.saved(archive) == []
    saved.swap(archive, None, second)
    assert saved.saved(archive) == [second]
