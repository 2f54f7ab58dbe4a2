"""Links for articles: sure ones only."""

from __future__ import annotations

import pytest

from store.kb import KnowledgeBase
from store.match import MatchLinker, NameIndex
from store.records import MentionType


@pytest.fixture(scope="module")
def linker() -> MatchLinker:
    base = KnowledgeBase.shipped()
    return MatchLinker(NameIndex.from_rows(base.rows), base)


P, O, A = MentionType.PERSON, MentionType.ORG, MentionType.AGREEMENT  # noqa: E741

LINKED = [
    ("Airlangga Hartarto", P, "airlangga-hartarto"),
    ("Sung Yun Mo", P, "sung-yun-mo"),
    ("Hiroshige Seko", P, "hiroshige-seko"),
    ("Macron", P, "macron"),
    ("Jokowi", P, "joko-widodo"),
    ("VladimirPutin", P, "putin"),
    ("Mochamad Fadjroel Rachman", P, "fadjroel"),
    ("IA - CEPA", A, "ia-cepa"),
    ("Indonesia-Uni Eropa CEPA", A, "ieu-cepa"),
    ("Konferensi Tingkat Tinggi (KTT) G20", A, "g20"),
    ("Komisi Uni Eropa", O, "ec"),
    ("National Research Council for Economic, Humanities, and Social Sciences", O, "nrc"),
    ("WTO", O, "wto"),
]
UNLINKED = [
    ("Agus", P),
    ("Ibrahim", P),
    ("Brian", P),
    ("Li Qifang", P),
    ("Budi Santosa", P),
    ("Li Qiang Wu", P),
    ("Busan", P),
    ("BRI", A),
    ("INA", O),
    ("MEA", A),
    ("NRC", O),
    ("GMF", A),
    ("LPI", O),
    ("Ministry of Industry", O),
    ("CEPA", A),
    ("Arief Satria", P),
    ("Donald Trump Jr", P),
    ("Thomas M", P),
    ("TAC", O),
    ("Jakarta", MentionType.PLACE),
    ("Jepang", MentionType.COUNTRY),
]


@pytest.mark.parametrize(("surface", "kind", "entity"), LINKED, ids=[x[0] for x in LINKED])
def test_what_is_sure_is_linked(
    linker: MatchLinker, surface: str, kind: MentionType, entity: str
) -> None:
    best = linker.link(surface, kind, on="2019-06-27").best
    assert best is not None
    assert best.id == entity


@pytest.mark.parametrize(("surface", "kind"), UNLINKED, ids=[x[0] for x in UNLINKED])
def test_what_is_doubtful_is_not(linker: MatchLinker, surface: str, kind: MentionType) -> None:
    assert linker.link(surface, kind, on="2019-06-27").best is None


def test_a_doubtful_short_form_keeps_its_candidates(linker: MatchLinker) -> None:
    found = linker.link("BRI", MentionType.AGREEMENT)
    assert found.status == "ambiguous"
    assert found.candidates[0].id == "bri"


def test_others_beside_a_match_are_told_only_if_asked(linker: MatchLinker) -> None:
    name = "Kementerian Perdagangan"
    alone, every = (linker.link(name, O, every=asked) for asked in (False, True))
    assert alone.best == every.best is not None
    assert every.candidates[0] == every.best
    assert len(every.candidates) > len(alone.candidates) > 0
    assert min(one.score for one in alone.candidates) >= 0.45


def test_offices_and_posts_pass_through(linker: MatchLinker) -> None:
    assert linker.holder("Menperin", on="2019-06-27").candidates[0].id == "airlangga-hartarto"
    post = linker.post("sung-yun-mo", on="2019-06-27")
    assert post is not None
    assert post.country == "KR"


def test_another_countrys_ministry_is_not_ours(linker: MatchLinker) -> None:
    name = "Kementerian Luar Negeri"
    ours = linker.link(name, MentionType.ORG, country="ID").best
    assert ours is not None
    assert ours.id == "kemlu"
    assert linker.link(name, MentionType.ORG, country="VN").best is None


def test_another_spelling_is_somebody_else_out_of_office(linker: MatchLinker) -> None:
    assert linker.link("Arief Satria", P, on="2026-02-01").best is not None
    assert linker.link("Arief Satria", P, on="2019-06-27").status == "ambiguous"
