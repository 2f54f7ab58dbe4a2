"""The two seed documents: every person, country, agreement, date and sum, with exact spans."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.extract import Extractor
from store.kb import KnowledgeBase
from store.records import Extraction, MentionType, Money

KOREA = "000_012170eb7bd0eae3.txt"
JAPAN = "004_902d00309b1eaa23.txt"


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(KnowledgeBase.shipped())


@pytest.fixture(scope="module")
def korea(extractor: Extractor, seeds_dir: Path) -> tuple[str, Extraction]:
    body = (seeds_dir / KOREA).read_text(encoding="utf-8")
    return body, extractor.extract(body, date="2019-06-27")


@pytest.fixture(scope="module")
def japan(extractor: Extractor, seeds_dir: Path) -> tuple[str, Extraction]:
    body = (seeds_dir / JAPAN).read_text(encoding="utf-8")
    return body, extractor.extract(body, date="2019-06-27")


def surfaces(extraction: Extraction, type_: MentionType) -> list[str]:
    return [m.surface for m in extraction.mentions if m.type is type_]


def test_spans_hold_their_surface(
    korea: tuple[str, Extraction], japan: tuple[str, Extraction]
) -> None:
    for body, extraction in (korea, japan):
        end = 0
        for mention in extraction.mentions:
            assert body[mention.start : mention.end] == mention.surface
            assert mention.start >= end
            end = mention.end


def test_korea_people(korea: tuple[str, Extraction]) -> None:
    _, extraction = korea
    assert [(p.name, p.role, p.country, p.mentions) for p in extraction.persons] == [
        ("Airlangga Hartarto", "Menteri Perindustrian (Menperin)", "ID", 6),
        (
            "Sung Yun Mo",
            "Menteri Perdagangan, Industri dan Energi (MoTIE) Korea Selatan",
            "KR",
            1,
        ),
    ]
    assert extraction.partners == ("KR",)


def test_korea_values(korea: tuple[str, Extraction]) -> None:
    _, extraction = korea
    dates = {m.surface: m.value for m in extraction.mentions if m.type is MentionType.DATE}
    assert dates == {
        "September 2017": "2017-09",
        "Kamis (27/6/2019)": "2019-06-27",
        "2019": "2019",
        "2022": "2022",
        "10 September 2018": "2018-09-10",
    }
    money = [(m.surface, m.value) for m in extraction.mentions if m.type is MentionType.MONEY]
    assert money == [("30 miliar dolar AS", Money(30_000_000_000, "USD"))]


def test_korea_names(korea: tuple[str, Extraction]) -> None:
    _, extraction = korea
    assert surfaces(extraction, MentionType.AGREEMENT) == [
        "Indonesia-Korea Comprehensive Economic Partnership Agreement",
        "Industri 4.0",
    ]
    korean = [
        m.surface
        for m in extraction.mentions
        if m.type is MentionType.COUNTRY and m.country == "KR"
    ]
    assert korean.count("Korea Selatan") == 5
    assert {"Korsel", "Korea", "Republik Korea"} <= set(korean)
    organisations = surfaces(extraction, MentionType.ORG)
    assert {"MoTIE", "Kemenperin", "NRC", "Antaranews"} <= set(organisations)
    assert (
        organisations.count("Dewan Riset Nasional untuk Ekonomi, Kemanusiaan, dan Ilmu Sosial") == 1
    )
    assert (
        organisations.count(
            "National Research Council for Economic, Humanities, and Social Sciences"
        )
        == 1
    )
    assert not {"SME", "and Social Sciences"} & set(organisations)


def test_japan_people(japan: tuple[str, Extraction]) -> None:
    _, extraction = japan
    assert [(p.name, p.role, p.country, p.mentions) for p in extraction.persons] == [
        ("Airlangga Hartarto", "Menteri Perindustrian", "ID", 3),
        ("Hiroshige Seko", None, "JP", 1),
    ]
    assert extraction.partners == ("JP",)


def test_japan_names_and_days(japan: tuple[str, Extraction]) -> None:
    _, extraction = japan
    assert surfaces(extraction, MentionType.AGREEMENT) == [
        "New Manufacturing Industry Development Center",
        "New MIDEC",
        "Indonesia-Japan Economic Partnership Agreement",
        "IJEPA",
        "New MIDEC",
        "New MIDEC",
        "New MIDEC",
    ]
    days = [(m.surface, m.value) for m in extraction.mentions if m.type is MentionType.DATE]
    assert days == [("Kamis (27/6)", "2019-06-27")] * 2
    assert surfaces(extraction, MentionType.PLACE) == ["JAKARTA", "Osaka"]
    assert {"Ministry of Economy, Trade, and Investment", "METI"} <= set(
        surfaces(extraction, MentionType.ORG)
    )
