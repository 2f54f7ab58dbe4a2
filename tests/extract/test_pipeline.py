"""What the whole pipeline makes of short texts written for the purpose."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from store.extract import Extractor, sequence
from store.extract.acronyms import stands_for
from store.kb import KnowledgeBase
from store.records import Extraction, KbRow, MentionType, Span


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(KnowledgeBase.shipped())


@pytest.fixture(scope="module")
def by_rules() -> Extractor:
    return Extractor(KnowledgeBase.shipped(), rules_only=True)


def surfaces(extraction: Extraction, type_: MentionType) -> list[str]:
    return [m.surface for m in extraction.mentions if m.type is type_]


def test_one_person_per_person(extractor: Extractor) -> None:
    body = (
        "JAKARTA - Menteri Keuangan Bambang Suryanto bertemu Menteri Keuangan Jepang Taro Kimura. "
        "Kepala Dinas Perdagangan Rudi Suryanto tidak hadir. Bambang mengatakan, Indonesia siap. "
        "“Kami sepakat,” kata Kimura, Senin (3/6/2024)."
    )
    people = {p.name: p for p in extractor.extract(body, date="2024-06-03").persons}
    assert set(people) == {"Bambang Suryanto", "Taro Kimura", "Rudi Suryanto"}
    assert people["Bambang Suryanto"].role == "Menteri Keuangan"
    assert people["Bambang Suryanto"].country == "ID"
    assert people["Bambang Suryanto"].mentions == 2
    assert people["Taro Kimura"].role == "Menteri Keuangan Jepang"
    assert people["Taro Kimura"].country == "JP"
    assert people["Taro Kimura"].mentions == 2


def test_an_envoy_represents_the_sender(extractor: Extractor) -> None:
    body = "Duta Besar Prancis untuk Indonesia Claude Martin menemui Duta Besar RI untuk Prancis Andi Wijaya."
    people = {p.name: (p.role, p.country) for p in extractor.extract(body).persons}
    assert people == {
        "Claude Martin": ("Duta Besar Prancis untuk Indonesia", "FR"),
        "Andi Wijaya": ("Duta Besar RI untuk Prancis", "ID"),
    }


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Presiden RIPrabowo Subiantomenerima tamu dari Jepang.", "Prabowo Subianto"),
        ("Presiden FederasiRusiaVladimir Putinmenyambut tamu itu.", "Vladimir Putin"),
        ("Dalam pidato Presiden Prabowo Subiantodan rombongan hadir.", "Prabowo Subianto"),
        ("Presiden Park Sung Hyunpada hari itu tiba di Bali.", "Park Sung Hyun"),
        ("Menteri Nguyen Quangmengatakan Vietnam siap.", "Nguyen Quang"),
        ("Menteri Sri Wulandari tiba di Medan.", "Sri Wulandari"),
    ],
    ids=["case and verb", "three words", "conjunction", "preposition", "long verb", "one name"],
)
def test_words_run_together(extractor: Extractor, body: str, name: str) -> None:
    assert surfaces(extractor.extract(body), MentionType.PERSON) == [name]


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (
            "Ia menemui Dewan Kerja Sama untuk Ekonomi, Pendidikan, dan Ilmu Sosial Korea di Seoul.",
            "Dewan Kerja Sama untuk Ekonomi, Pendidikan, dan Ilmu Sosial",
        ),
        (
            "Badan Kerja Sama bidang Perdagangan, Investasi, dan Pariwisata menyambut rencana itu.",
            "Badan Kerja Sama bidang Perdagangan, Investasi, dan Pariwisata",
        ),
        (
            "Komisi Bersama urusan Pangan, Pertanian dan Kehutanan bersidang di Hanoi.",
            "Komisi Bersama urusan Pangan, Pertanian dan Kehutanan",
        ),
        (
            "The Ministry of Land, Infrastructure, Transport and Tourism of Japan signed the plan.",
            "Ministry of Land, Infrastructure, Transport and Tourism",
        ),
        (
            "They visited the National Council for Science, Education, and Culture (NCSEC) in Oslo.",
            "National Council for Science, Education, and Culture",
        ),
    ],
    ids=["untuk", "bidang", "no last comma", "ministry", "council"],
)
def test_an_enumeration_is_one_organisation(
    extractor: Extractor, by_rules: Extractor, body: str, name: str
) -> None:
    for one in (extractor, by_rules):
        found = surfaces(one.extract(body), MentionType.ORG)
        assert name in found
        assert not [other for other in found if other != name and other in name]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (
            "Rapat dihadiri Kementerian Keuangan, Bappenas, dan Bank Indonesia.",
            ["Kementerian Keuangan", "Bappenas", "Bank Indonesia"],
        ),
        ("Menteri menyebut Dewan Bisnis untuk Jepang, Thailand, dan Korea.", ["Dewan Bisnis"]),
        (
            "Hadir pula Kementerian Perdagangan, Kementerian Perindustrian, dan Kementerian Luar Negeri.",
            ["Kementerian Perdagangan", "Kementerian Perindustrian", "Kementerian Luar Negeri"],
        ),
    ],
    ids=["agencies", "countries", "ministries"],
)
def test_a_list_of_organisations_stays_a_list(
    extractor: Extractor, body: str, names: list[str]
) -> None:
    assert surfaces(extractor.extract(body), MentionType.ORG) == names


def test_economic_abbreviations_are_no_organisations(extractor: Extractor) -> None:
    body = "Program itu mendukung SME development, UMKM, dan FDI di kedua negara."
    assert surfaces(extractor.extract(body), MentionType.ORG) == []


def test_lower_case_text(extractor: Extractor) -> None:
    body = (
        "presiden prabowo subianto bertemu perdana menteri jepang shigeru ishiba di tokyo kemarin."
    )
    extraction = extractor.extract(body)
    assert surfaces(extraction, MentionType.COUNTRY) == ["jepang"]
    assert "prabowo subianto" in surfaces(extraction, MentionType.PERSON)
    assert surfaces(extraction, MentionType.PLACE) == ["tokyo"]


def test_currencies_and_languages_are_no_countries(extractor: Extractor) -> None:
    body = "Nilainya 5 juta dolar AS. Ia belajar bahasa Prancis di Kanada."
    assert surfaces(extractor.extract(body), MentionType.COUNTRY) == ["Kanada"]


def test_introduced_abbreviation_is_found_again(by_rules: Extractor) -> None:
    body = (
        "Kedua pihak membahas Indonesia-Norway Comprehensive Economic Partnership Agreement (INN-CEPA) berjalan. "
        "INN-CEPA rampung tahun depan."
    )
    found = surfaces(by_rules.extract(body), MentionType.AGREEMENT)
    assert found[0] == "Indonesia-Norway Comprehensive Economic Partnership Agreement"
    assert found.count("INN-CEPA") == 2


@pytest.mark.parametrize(
    ("short", "name", "fits"),
    [
        ("Kemenperin", "Kementerian Perindustrian", True),
        ("New MIDEC", "New Manufacturing Industry Development Center", True),
        ("IJEPA", "Indonesia-Japan Economic Partnership Agreement", True),
        ("BRICS", "Kementerian Keuangan", False),
        ("A", "Asosiasi", False),
    ],
)
def test_what_can_abbreviate_what(short: str, name: str, fits: bool) -> None:
    assert stands_for(short, name) is fits


def test_the_users_names_are_found() -> None:
    row = KbRow("u1", "program", "Jembatan Cahaya Timur", aliases=("JCT",), user=True)
    extractor = Extractor(KnowledgeBase.shipped().with_user([row]))
    body = "Kedua pihak membahas Jembatan Cahaya Timur kemarin. JCT akan dimulai tahun depan."
    assert surfaces(extractor.extract(body), MentionType.AGREEMENT) == [
        "Jembatan Cahaya Timur",
        "JCT",
    ]


def test_boilerplate_holds_no_mention(extractor: Extractor) -> None:
    body = "Indonesia dan Jepang sepakat.\nBACA JUGA: Rusia dan Prancis berunding\nJepang senang."
    line = body.index("BACA"), body.index("Jepang senang")
    extraction = extractor.extract(body, boilerplate=[Span(*line)])
    assert surfaces(extraction, MentionType.COUNTRY) == ["Indonesia", "Jepang", "Jepang"]


def test_a_missing_model_is_said_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert sequence.load("absent.model") is None
    assert sequence.load("absent.model") is None
    assert capsys.readouterr().err.count("rules alone") == 1


def test_mentions_say_which_stage_made_them(extractor: Extractor) -> None:
    extraction = extractor.extract("Presiden Prabowo Subianto tiba di Paris, Kamis (27/6/2024).")
    assert extraction.mentions
    assert all(":" in m.stage and 0 <= m.score <= 1 for m in extraction.mentions)


PIECES = st.sampled_from(
    [
        *(
            "Menteri ",
            "Presiden ",
            "RI",
            "Prabowo ",
            "Subianto",
            "menerima ",
            "Jepang",
            "(",
            ")",
            ", ",
            ". ",
            "\n",
        ),
        *(
            "Kementerian ",
            "Luar ",
            "Negeri ",
            "dan ",
            "27/6/2019",
            "Kamis (",
            "Rp",
            " triliun",
            "KTT ",
            "G20",
            "“",
            "”",
        ),
        *(
            "Duta Besar ",
            "untuk ",
            "Ã©",
            "Šef?ovič",
            "\u200b",
            "\x00",
            "𝔘",
            "İstanbul",
            "ﬁ",
            "-",
            "–",
            "PT ",
            "I-EU CEPA",
        ),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES | st.text(max_size=6), max_size=40).map("".join))
@example("")
@example("(" * 50 + "Menteri " * 50)
def test_any_text(extractor: Extractor, by_rules: Extractor, body: str) -> None:
    for one in (extractor, by_rules):
        extraction = one.extract(body, date="2024-05-05")
        end = 0
        for mention in extraction.mentions:
            assert body[mention.start : mention.end] == mention.surface
            assert end <= mention.start < mention.end
            assert 0 <= mention.score <= 1
            end = mention.end
        for person in extraction.persons:
            assert person.spans
            assert person.role != ""


@pytest.mark.parametrize("date", ["", "Diperbarui kemarin", "2019-13-45"])
def test_what_is_no_date_of_an_article_leaves_its_days_open(
    extractor: Extractor, date: str
) -> None:
    body = "JAKARTA - Kedua menteri bertemu di Jakarta, Kamis (27/6)."
    assert extractor.extract(body, date=date) == extractor.extract(body)


def test_same_text_same_answer(extractor: Extractor) -> None:
    body = (
        "Menteri Perdagangan Singapura Grace Tan menemui Duta Besar RI di Singapura, 5 Mei 2024."
        * 3
    )
    assert extractor.extract(body) == extractor.extract(body)
