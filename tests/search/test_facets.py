"""Facets: their counts are those of the tables that they follow from."""

from __future__ import annotations

import math
import random
from array import array
from collections.abc import Iterator

import pytest

from store.archive import Archive
from store.errors import Interrupted
from store.library import Notice
from store.records import Article, Extraction, Mention, MentionType
from store.search import Searcher, facets
from store.search.asking import Asking

_KINDS = {
    "Orang": MentionType.PERSON,
    "Lembaga": MentionType.ORG,
    "Perjanjian": MentionType.AGREEMENT,
    "Kota": MentionType.PLACE,
}


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searcher]:
    """Over articles with more names, outlets and countries than a facet shows, many equally often."""
    chance = random.Random(5)
    path = tmp_path_factory.mktemp("facets") / "library.db"
    with Archive.open(path, "create") as archive:
        for number in range(120):
            body, mentions = "Nikel.", []
            for kind, type in _KINDS.items():
                for _ in range(chance.randrange(3)):
                    surface = f"{kind} {chance.choice('abcdefgh')}{chance.choice('xyz')}{chance.randrange(3)}"
                    start = len(body) + 1
                    mentions.append(Mention(start, start + len(surface), surface, type, surface))
                    body += f" {surface}"
            codes = ["JP", "KR", "US", "CN", "IN", "MY", "SG", "TH", "VN", "PH", "AU", "NZ", "FR"]
            codes += ["DE", "NL", "GB", "IT", "ES", "RU", "TR", "SA", "AE", "EG", "ZA", "BR"]
            partners = tuple(chance.sample(codes, chance.randrange(4)))
            source = f"contoh{chance.randrange(30)}.id" if number % 9 else None
            day = f"{2010 + number % 5}-01-02" if number % 7 else None
            archive.add(
                Article(f"a{number}", f"Judul {number}", body, day, source),
                Extraction(tuple(mentions), (), partners),
            )
        yield Searcher(archive)


_PLAIN = {
    "country": "SELECT code, count(*) FROM countries WHERE partner > 0 GROUP BY 1"
    " ORDER BY 2 DESC, 1 LIMIT 20",
    "source": "SELECT source, count(*) FROM articles WHERE source IS NOT NULL GROUP BY 1"
    " ORDER BY 2 DESC, 1 LIMIT 20",
    "year": "SELECT substr(date, 1, 4), count(*) FROM articles WHERE date IS NOT NULL GROUP BY 1"
    " ORDER BY 1 DESC",
    "type": "SELECT lower(type), count(*) FROM types GROUP BY 1 ORDER BY 2 DESC, 1",
    **{
        facet: "SELECT key, count(*) FROM mentions JOIN entities ON id = entity_id"
        f" WHERE type = '{type}' GROUP BY 1 ORDER BY 2 DESC, name LIMIT 20"
        for facet, type in (("person", "PERSON"), ("program", "AGREEMENT"), ("organisation", "ORG"))
    },
}


@pytest.mark.parametrize("query", ["", "nikel", "jenis:orang OR nikel"])
@pytest.mark.parametrize("facet", _PLAIN)
def test_facets_are_the_counts_of_the_tables(searcher: Searcher, facet: str, query: str) -> None:
    plain = searcher._archive.connection.execute(_PLAIN[facet]).fetchall()
    found = searcher.facets(searcher.prepare(query))[facet]
    assert [(one.value, one.count) for one in found] == plain


def test_nothing_found_is_nothing_counted(searcher: Searcher) -> None:
    found = searcher.facets(searcher.prepare("tanggal:1990"))
    assert set(found) == set(_PLAIN)
    assert not any(found.values())


def test_a_facet_counts_what_its_filter_finds(searcher: Searcher) -> None:
    named = searcher.facets(searcher.prepare("nikel"))["person"]
    assert named[0].label.startswith("Orang")
    assert searcher.search(f'orang:"{named[0].label}"').total == named[0].count


class _Replaced(Asking):
    """A question that another one replaces after some looks."""

    def __init__(self, archive: Archive, after: int) -> None:
        super().__init__(archive)
        self._stands_in, self._left = archive, after

    def check(self) -> None:
        if self._left == 0:
            self._stands_in.interrupt()
        self._left -= 1
        super().check()


def test_counting_stops_soon_when_the_question_is_replaced(searcher: Searcher) -> None:
    archive = searcher._archive
    docids = array(
        "q", [docid for (docid,) in archive.connection.execute("SELECT docid FROM facets")]
    )
    assert len(docids) == 120
    many = docids * 20
    # A look before each of the three statements, and in each of five columns one every 256 rows.
    looks = 3 + 5 * math.ceil(len(many) / 256)
    for after in range(looks):
        with pytest.raises(Interrupted):
            facets.facets(_Replaced(archive, after), many)
    assert facets.facets(_Replaced(archive, looks), many) == facets.facets(Asking(archive), many)


def test_counts_of_the_newest_hits_say_so(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not searcher.search("", facets=True).notices
    monkeypatch.setattr(facets, "NEWEST", 2)
    assert searcher.faceted(searcher.prepare(""))[1] == 2
    told = searcher.search("", facets=True).notices
    assert Notice("facets-of-newest", ("2",)) in told
    assert not searcher.search("").notices
