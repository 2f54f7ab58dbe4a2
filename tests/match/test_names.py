"""Names of people, programs and bodies against the shipped base: who is meant, and who is not."""

from __future__ import annotations

import pytest

from store.kb import KnowledgeBase
from store.match import NameIndex
from store.records import KbRow


@pytest.fixture(scope="module")
def names() -> NameIndex:
    return NameIndex.from_rows(KnowledgeBase.shipped().rows)


PEOPLE = [
    ("Airlangga Hartarto", "airlangga-hartarto"),
    ("airlanga hartarto", "airlangga-hartarto"),
    ("Hartarto, Airlangga", "airlangga-hartarto"),
    ("Dr. (H.C.) Ir. H. Airlangga Hartarto, M.B.A., M.M.T.", "airlangga-hartarto"),
    ("Menko Perekonomian Airlangga Hartarto", "airlangga-hartarto"),
    ("Airlangga Hartarto (Menperin)", "airlangga-hartarto"),
    ("Zulhas", "zulkifli-hasan"),
    ("M. Basuki Hadimoeljono", "basuki-hadimuljono"),
    ("LB Pandjaitan", "luhut"),
    ("Sung Yun Mo", "sung-yun-mo"),
    ("Seong Yun-mo", "sung-yun-mo"),
    ("Yunmo Sung", "sung-yun-mo"),
    ("성윤모", "sung-yun-mo"),
    ("世耕弘成", "hiroshige-seko"),
    ("Сергей Лавров", "lavrov"),
    ("محمد بن سلمان", "mbs"),
    ("Yang Mulia Lee Hsien Loong", "lee-hsien-loong"),
    ("Dato' Sri Mustapa Mohamed", "mustapa-mohamed"),
    ("Recep Tayyip Erdogan", "erdogan"),
    ("Maros Sefcovic", "sefcovic"),
    ("Mendag Busan Budi Santoso", "budi-santoso"),
    ("PM Jepang Sanae Takaichi", "sanae-takaichi"),
]
PROGRAMS = [
    ("IK-CEPA", "ik-cepa"),
    ("ik cepa", "ik-cepa"),
    ("I.K.–C.E.P.A.", "ik-cepa"),
    ("IJPEA", "ijepa"),
    ("CEPA Korea Selatan", "ik-cepa"),
    ("perjanjian kemitraan ekonomi RI-Jepang", "ijepa"),
    ("Japan-Indonesia EPA", "ijepa"),
    ("FTA dengan Uni Ekonomi Eurasia", "ieaeu-fta"),
    ("Badan Kerjasama Internasional Jepang", "jica"),
    ("Peta Jalan Making Indonesia 4.0", "making-indonesia"),
    ("Whoosh", "kcjb"),
    ("Organisasi Perdagangan Dunia (WTO)", "wto"),
    ("prakarsa sabuk & jalan", "bri"),
    ("Kementrian Luar Negri", "kemlu"),
    ("Regional Comprehensif Economic Parnership", "rcep"),
]
STRANGERS = [
    "Joko Anwar",
    "Lim Kit Siang",
    "Universitas Airlangga",
    "Bin Salman Abdullah",
    "Industri",
    "perjanjian",
    "kerja sama",
    "Kamis (27/6)",
    "Japan-India CEPA",
    "Perjanjian Kemitraan Ekonomi Jepang-Vietnam",
    "IZ-CEPA",
    "Free Trade Agreement",
    "",
    "   ",
    "-",
    "H.",
]


@pytest.mark.parametrize(("typed", "who"), PEOPLE, ids=[typed for typed, _ in PEOPLE])
def test_a_person_is_found_however_spelt(names: NameIndex, typed: str, who: str) -> None:
    found = names.resolve(typed)
    assert (found.status, found.candidates[0].id) == ("match", who)


@pytest.mark.parametrize(("typed", "what"), PROGRAMS, ids=[typed for typed, _ in PROGRAMS])
def test_a_program_is_found_however_phrased(names: NameIndex, typed: str, what: str) -> None:
    found = names.resolve(typed)
    assert (found.status, found.candidates[0].id) == ("match", what)


@pytest.mark.parametrize("typed", STRANGERS, ids=[repr(typed) for typed in STRANGERS])
def test_a_stranger_is_nobody(names: NameIndex, typed: str) -> None:
    assert names.resolve(typed).status != "match"


@pytest.mark.parametrize("typed", ["Agus", "Lee", "Yudhoyono", "Mohamad", "Brodjonegoro"])
def test_a_name_that_several_bear_is_ambiguous_and_lists_them(names: NameIndex, typed: str) -> None:
    found = names.resolve(typed)
    assert found.status == "ambiguous"
    assert len(found.candidates) > 1
    assert found.best is None


@pytest.mark.parametrize(
    ("typed", "on", "who"),
    [
        ("Mendag Agus", "2020-06-01", "agus-suparmanto"),
        ("Menperin Agus", None, "agus-gumiwang"),
        ("Menteri Perdagangan Budi", "2025-06-01", "budi-santoso"),
    ],
)
def test_the_office_tells_namesakes_apart(
    names: NameIndex, typed: str, on: str | None, who: str
) -> None:
    found = names.resolve(typed, on=on)
    assert (found.status, found.candidates[0].id) == ("match", who)


def test_a_wrong_day_does_not_make_another_person(names: NameIndex) -> None:
    found = names.resolve("Menperin Airlangga Hartarto", on="2024-05-01")
    assert found.best is not None
    assert found.best.id == "airlangga-hartarto"


def test_kind_limits_what_is_asked(names: NameIndex) -> None:
    assert all(c.kind == "minister" for c in names.resolve("IJEPA", kind="minister").candidates)
    assert all(c.kind != "minister" for c in names.resolve("Jokowi", kind="program").candidates)


def test_one_letter_makes_another_treaty(names: NameIndex) -> None:
    answers = {typed: names.resolve(typed).candidates[0].id for typed in ("IA-CEPA", "IC-CEPA")}
    assert answers == {"IA-CEPA": "ia-cepa", "IC-CEPA": "ic-cepa"}


def test_reasons_and_spans_say_what_matched(names: NameIndex) -> None:
    best = names.resolve("Menperin Enggartiasto Lukito").candidates[0]
    assert best.id == "enggartiasto-lukita"
    assert any("left out: Menperin" in reason for reason in best.reasons)
    assert any("Lukito" in reason for reason in best.reasons)
    matched = [best.matched[span.start : span.end] for span in best.spans]
    assert matched == ["Enggartiasto", "Lukit"]


def test_rows_of_the_user_answer_first_on_a_tie() -> None:
    mine = KbRow("mine", "minister", "Airlangga Hartarto", user=True)
    names = NameIndex.from_rows(KnowledgeBase.shipped().with_user([mine]).rows)
    found = names.resolve("Airlangga Hartarto")
    assert found.best is not None
    assert found.best.id == "mine"


def test_father_and_son_are_two_people() -> None:
    rows = [KbRow("a", "minister", "Salman bin Muhammad"), KbRow("b", "minister", "Nobody Else")]
    names = NameIndex.from_rows(rows)
    assert names.resolve("Muhammad bin Salman").status != "match"
    assert names.resolve("Salman bin Mohammed").status == "match"


@pytest.mark.parametrize("before", ["", "Prof. Dr. Ir. H. ", "Komjen Pol. (Purn.) Drs. ", "Pdt. "])
@pytest.mark.parametrize(
    "after", ["", ", S.E., M.M., CFP", ", S.Si.,Apt.,M.Farm", " SH MH", ", M. Eng", ", B.Sc (Hons)"]
)
def test_titles_and_degrees_are_left_out(names: NameIndex, before: str, after: str) -> None:
    found = names.resolve(f"{before}Enggartiasto Lukita{after}")
    assert found.best is not None
    assert (found.best.id, found.best.score) == ("enggartiasto-lukita", 1.0)


@pytest.mark.parametrize(
    ("typed", "what"),
    [
        ("perjanjian dagang RI-Jepang", "ijepa"),
        ("perjanjian dagang Indonesia-Uni Eropa", "ieu-cepa"),
        ("Indonesia-Europen Union CEPA", "ieu-cepa"),
        ("Asean Development Bank", "adb"),
        ("Department of Commerce", None),
        ("G77", None),
        ("Sri Mulyono", None),
        ("Amran Halim", None),
    ],
)
def test_near_misses(names: NameIndex, typed: str, what: str | None) -> None:
    best = names.resolve(typed).best
    assert (best.id if best else None) == what
