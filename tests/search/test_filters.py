"""Filters: kinds of mentions, and that any two of them agree with what each finds alone."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import pytest

from store import schema
from store.archive import Archive
from store.records import Article, Extraction, Mention, MentionType
from store.search import Searcher, chips, newest, parse
from store.search.query import TYPES

_BODY = {
    MentionType.PERSON: "Budi Contoh",
    MentionType.ORG: "Lembaga Contoh",
    MentionType.COUNTRY: "Jepang",
    MentionType.PLACE: "Bandung",
    MentionType.AGREEMENT: "Kemitraan Contoh",
    MentionType.MONEY: "Rp3 miliar",
    MentionType.DATE: "2 Mei 2020",
}


def _add(archive: Archive, kinds: tuple[MentionType, ...], number: int) -> None:
    body, mentions = "Nikel.", []
    for kind in kinds:
        surface = _BODY[kind]
        start = len(body) + 1
        country = "JP" if kind is MentionType.COUNTRY else None
        mentions.append(Mention(start, start + len(surface), surface, kind, surface, None, country))
        body += f" {surface}"
    partners = ("JP",) if MentionType.COUNTRY in kinds else ()
    day = f"20{18 + number % 4}-03-0{1 + number % 9}"
    source = "satu.id" if number % 2 else "dua.id"
    archive.add(
        Article(f"a{number}", f"Judul {number}", body, day, source),
        Extraction(tuple(mentions), (), partners),
    )


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An article for each two kinds, and one without any."""
    path = tmp_path_factory.mktemp("filters") / "library.db"
    with Archive.open(path, "create") as made:
        for number, kinds in enumerate([*combinations(MentionType, 2), ()]):
            _add(made, tuple(kinds), number)
        made.mark(made.ids(made.newest(7)), True)
    return path


@pytest.fixture(scope="module")
def searcher(path: Path) -> Iterator[Searcher]:
    with Archive.open(path, "read") as archive:
        yield Searcher(archive)


def found(searcher: Searcher, query: str) -> set[str]:
    return {hit.ref for hit in searcher.search(query, limit=100).hits}


@pytest.mark.parametrize("typed", sorted(TYPES))
def test_a_type_finds_the_articles_with_such_a_mention(searcher: Searcher, typed: str) -> None:
    kinds = [*combinations(MentionType, 2), ()]
    wanted = {f"a{number}" for number, some in enumerate(kinds) if TYPES[typed] in some}
    assert found(searcher, f"jenis:{typed}") == found(searcher, f"type:{typed}") == wanted
    assert found(searcher, f"-jenis:{typed}") == {f"a{n}" for n in range(len(kinds))} - wanted


@pytest.mark.parametrize("kind", MentionType, ids=str)
def test_what_is_named_is_found_whatever_its_kind(searcher: Searcher, kind: MentionType) -> None:
    kinds = [*combinations(MentionType, 2), ()]
    wanted = {f"a{number}" for number, some in enumerate(kinds) if kind in some}
    assert found(searcher, f'menyebut:"{_BODY[kind].upper()}"') == wanted
    assert found(searcher, f'mentions:"{_BODY[kind]}"') == wanted


def test_a_day_is_named_by_its_date_however_it_is_written(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "library.db", "create") as archive:
        for ref, body in (("a", "Kamis (2/5/2019)"), ("b", "2 Mei 2019"), ("c", "3 Mei 2019")):
            value = f"2019-05-0{3 if ref == 'c' else 2}"
            day = Mention(0, len(body), body, MentionType.DATE, body, None, None, value)
            archive.add(Article(ref, "Judul", body, "2020-01-01"), Extraction((day,)))
        searcher = Searcher(archive)
        assert found(searcher, "menyebut:2019-05-02") == {"a", "b"}
        assert found(searcher, "tanggal:2019-05-02") == set()
        unknown = searcher.search("menyebut:2019-06-01")
        assert [notice.kind for notice in unknown.notices] == ["no-such-name"]


_FILTERS = (
    "menyebut:bandung",
    "jenis:orang",
    "type:money",
    "negara:jepang",
    "orang:budi",
    "organisasi:lembaga",
    'program:"kemitraan contoh"',
    "sumber:satu",
    "tanggal:2019",
    "sejak:2020",
    "ditandai:ya",
    "ditandai:tidak",
    "judul:judul",
    "nikel",
    '"nikel"',
    "nik*",
    "-bandung",
)


@pytest.mark.parametrize(("one", "other"), list(combinations(_FILTERS, 2)))
@pytest.mark.parametrize("common", [newest._COMMON, 0], ids=["by hits", "by filters"])
def test_two_filters_find_what_both_find(
    searcher: Searcher, one: str, other: str, common: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(newest, "_COMMON", common)
    searcher.forget()
    both = found(searcher, one) & found(searcher, other)
    assert found(searcher, f"{one} {other}") == both
    plan = searcher.prepare(f"{other} {one}")
    assert searcher.count(plan) == (len(both), True)
    assert set(searcher.first(plan, 100)) == set(searcher.ids(plan))


def test_the_facet_counts_articles_by_type(searcher: Searcher) -> None:
    facet = searcher.facets(searcher.prepare("negara:jepang"))["type"]
    assert (facet[0].value, facet[0].count) == ("country", 6)
    assert {item.count for item in facet[1:]} == {1}
    for item in facet:
        assert len(found(searcher, f"negara:jepang jenis:{item.value}")) == item.count


def test_a_type_is_a_chip() -> None:
    (chip,) = chips(parse("jenis:orang"))
    assert (chip.kind, chip.label) == ("type", "jenis:orang")


def test_a_library_of_the_first_format_says_what_it_lacks(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Archive.open(path, "create") as made:
        _add(made, (MentionType.PERSON,), 1)
    connection = sqlite3.connect(path)
    connection.executescript("DROP TABLE types; PRAGMA user_version = 1")
    connection.close()
    with Archive.open(path, "read") as archive:
        searcher = Searcher(archive)
        result = searcher.search("nikel jenis:orang", facets=True)
        assert [notice.kind for notice in result.notices] == ["no-types"]
        assert result.total == 1
        assert result.facets["type"] == []
    assert schema.SCHEMA_VERSION >= 2
