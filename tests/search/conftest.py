"""A small library of sentences written for the tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.kb import KnowledgeBase
from store.match import NameIndex
from store.records import Article, Extraction, Mention, MentionType, Person, Span
from store.search import Searcher


def _mention(body: str, surface: str, kind: MentionType, entity: str | None = None) -> Mention:
    start = body.index(surface)
    country = {"Jepang": "JP", "Korea Selatan": "KR", "Indonesia": "ID"}.get(surface)
    return Mention(start, start + len(surface), surface, kind, surface, entity, country)


# ref, date, source, title, body, partner countries, people, agreements
_ROWS = (
    ("mou", "2019-06-27", "contoh.id", "Menteri tandatangani nota kesepahaman",
     "Menteri Perdagangan Budi Contoh menandatangani nota kesepahaman di Tokyo, Jepang.", ("JP",),
     ("Budi Contoh",), ()),
    ("teken", "2020-01-05", "harian.id", "Dua negara teken MoU",
     "Indonesia dan Korea Selatan bekerja sama di bidang industri 4.0 senilai Rp30.000 per unit.",
     ("KR",), (), ()),
    ("tutup", "2021-03-01", "contoh.id", "Kerjasama ekonomi ditutup dengan perundingan",
     "Perundingan kerjasama ekonomi berlangsung lama. Negara-negara tetangga ikut berunding.",
     (), ("Siti Teladan",), ()),
    ("cepa", "2022-07-15", "harian.id", "IEU-CEPA rampung",
     "Perjanjian I-EU CEPA rampung. Menlu menyambutnya. Ekspor nikel naik.", (), ("Siti Teladan",),
     ("I-EU CEPA",)),
    ("menlu", None, None, "Menteri luar negeri berkunjung",
     "Menteri luar negeri mengunjungi Seoul.\nAdvertisement nikel murah\nKunjungan itu singkat.",
     ("KR",), (), ()),
    ("kata", "2023-02-02", "kabar.id", "Kata sambutan",
     "Sambutan dibacakan dalam bahasa daerah tanpa menyebut perdagangan.", (), (), ()),
)  # fmt: skip


def _article(row: tuple[object, ...]) -> tuple[Article, Extraction]:
    ref, date, source, title, body, partners, people, agreements = row
    assert isinstance(body, str)
    start = body.find("Advertisement nikel murah")
    clutter = (Span(start, start + 25),) if start >= 0 else ()
    mentions = [_mention(body, n, MentionType.PERSON) for n in people if n in body]  # type: ignore[attr-defined]
    mentions += [_mention(body, n, MentionType.AGREEMENT, "ieu-cepa") for n in agreements]  # type: ignore[attr-defined]
    persons = tuple(
        Person(m.surface, None, None, None, (Span(m.start, m.end),))
        for m in mentions
        if m.type is MentionType.PERSON
    )
    article = Article(ref, title, body, date, source, boilerplate=clutter)  # type: ignore[arg-type]
    found = Extraction(tuple(sorted(mentions, key=lambda m: m.start)), persons, partners, clutter)  # type: ignore[arg-type]
    return article, found


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    """Six articles; Siti Teladan has no mention in the text of the last two that name her."""
    path: Path = tmp_path_factory.mktemp("search") / "library.db"
    with Archive.open(path, "create") as made:
        for row in _ROWS:
            made.add(*_article(row))
    with Archive.open(path, "read") as opened:
        yield opened


@pytest.fixture(scope="module")
def searcher(archive: Archive) -> Searcher:
    return Searcher(archive, NameIndex.from_rows(KnowledgeBase.shipped().rows))
