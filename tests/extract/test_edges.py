"""Where names begin and end, what belongs together, and what only looks like a name: own sentences."""

from __future__ import annotations

import pytest

from store.extract import Extractor
from store.kb import KnowledgeBase
from store.match.index import NameIndex
from store.match.linker import MatchLinker
from store.records import MentionType

PERSON, ORG, COUNTRY, PLACE, AGREEMENT = (
    MentionType.PERSON,
    MentionType.ORG,
    MentionType.COUNTRY,
    MentionType.PLACE,
    MentionType.AGREEMENT,
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(KnowledgeBase.shipped())


def surfaces(extractor: Extractor, body: str, type_: MentionType) -> list[str]:
    return [m.surface for m in extractor.extract(body).mentions if m.type is type_]


@pytest.mark.parametrize(
    ("body", "type_", "names"),
    [
        (
            "Ia hadir di Konferensi Tingkat Tinggi (KTT) G20 di Brasil.",
            AGREEMENT,
            ["Konferensi Tingkat Tinggi (KTT) G20"],
        ),
        (
            "Mereka membuka Bandung Textile Machinery Expo (BTME) 2027 bersama Jepang.",
            AGREEMENT,
            ["Bandung Textile Machinery Expo (BTME) 2027"],
        ),
        (
            "Acara itu digelar Kedutaan Besar Republik Indonesia (KBRI) Oslo kemarin.",
            ORG,
            ["Kedutaan Besar Republik Indonesia (KBRI) Oslo"],
        ),
        (
            "Lebih dari sepuluh tahun, Monash University dan University of Tokyo bekerja sama.",
            ORG,
            ["Monash University", "University of Tokyo"],
        ),
        (
            "Delegasi mengunjungi Kantor Kementerian Pendidikan Tinggi, Sains, dan Teknologi di Jakarta.",
            PLACE,
            ["Kantor Kementerian Pendidikan Tinggi, Sains, dan Teknologi", "Jakarta"],
        ),
        (
            "Kedua negara menyiapkan Indonesia-Norway Year of Innovation tahun depan.",
            AGREEMENT,
            ["Indonesia-Norway Year of Innovation"],
        ),
        ("Ujar Menteri ESDM Bahlil Lahadalia di Jakarta.", ORG, []),
        ("Ia menulis kepada Kompas.com kemarin.", ORG, ["Kompas.com"]),
        ("Saham PT Angkasa Raya (Persero) naik.", ORG, ["PT Angkasa Raya (Persero)"]),
        ("Sekretaris Jenderal ASEAN tiba di Bali.", ORG, ["ASEAN"]),
    ],
    ids=lambda value: str(value)[:30],
)
def test_names_of_bodies_and_programs(
    extractor: Extractor, body: str, type_: MentionType, names: list[str]
) -> None:
    assert surfaces(extractor, body, type_) == names


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ("Menurut Wamen Retno, kerja sama itu penting.", "Retno"),
        ("Pertemuan dengan Pangeran Faisal berlangsung di Jeddah.", "Faisal"),
        ("Menteri Pertahanan M. Surya Darmawan tiba di Seoul.", "M. Surya Darmawan"),
        ("Duta Besar RI untuk Bulgaria Sri Wulandari hadir.", "Sri Wulandari"),
        ("Pemimpin Korea Utara Kim Jong-un menerima tamu itu.", "Kim Jong-un"),
        ("Raja Salman bin Abdulaziz Al Saud menyambut Presiden.", "Salman bin Abdulaziz Al Saud"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_names_of_people(extractor: Extractor, body: str, name: str) -> None:
    assert surfaces(extractor, body, PERSON) == [name]


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (
            "Menteri Olahraga Republik Lebanon Ali Fneish datang.",
            ["Republik Lebanon"],
        ),
        ("Peso Filipina dan won Korea Selatan menguat, rupee India melemah.", []),
        ("Ia belajar bahasa Jerman di Swiss.", ["Swiss"]),
    ],
    ids=["official form", "currencies", "language"],
)
def test_names_of_countries(extractor: Extractor, body: str, names: list[str]) -> None:
    assert surfaces(extractor, body, COUNTRY) == names


@pytest.mark.parametrize(
    ("body", "name", "role"),
    [
        (
            "Juru bicara Kementerian Luar Negeri RI, Arif Nasution, hadir.",
            "Arif Nasution",
            "Juru bicara Kementerian Luar Negeri RI",
        ),
        (
            "Duta Besar Norwegia untuk Indonesia, H.E. Lars Hansen, hadir.",
            "Lars Hansen",
            "Duta Besar Norwegia untuk Indonesia",
        ),
        (
            "Gubernur Akademi Angkatan Laut Laksamana Muda TNI Bagus Prakoso hadir.",
            "Bagus Prakoso",
            "Gubernur Akademi Angkatan Laut",
        ),
        (
            "Ia berbicara dengan Menlu Inggris (David Lammy) kemarin.",
            "David Lammy",
            "Menlu Inggris",
        ),
        (
            "Gubernur DKI terpilih Bambang Wibowo hadir di Jakarta.",
            "Bambang Wibowo",
            "Gubernur DKI terpilih",
        ),
    ],
    ids=["spokesman", "excellency", "rank", "bracket", "elect"],
)
def test_roles(extractor: Extractor, body: str, name: str, role: str) -> None:
    assert {p.name: p.role for p in extractor.extract(body).persons}[name] == role


def test_a_place_before_a_comma_says_nothing_of_who_follows(extractor: Extractor) -> None:
    body = "Dalam perjalanan dari Jakarta ke Myanmar, Retno Marsudi menelepon Menlu Belanda."
    assert [p.country for p in extractor.extract(body, date="2017-09-05").persons] == ["ID"]


def test_the_country_after_a_ministry_is_its_own(extractor: Extractor) -> None:
    body = "Menurut Sekretaris untuk Asia Kementerian Luar Negeri Brasil, Ana Souza, itu baik."
    assert [p.country for p in extractor.extract(body).persons] == ["BR"]


def test_another_countrys_ministry_is_not_ours() -> None:
    kb = KnowledgeBase.shipped()
    linked = Extractor(kb, linker=MatchLinker(NameIndex.from_rows(kb.rows), kb))
    body = "Kementerian Luar Negeri Brasil menjawab Kementerian Luar Negeri RI."
    bodies = [m for m in linked.extract(body).mentions if m.type is ORG]
    assert [(m.surface, m.entity, m.country) for m in bodies] == [
        ("Kementerian Luar Negeri", None, "BR"),
        ("Kementerian Luar Negeri", "kemlu", "ID"),
    ]


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("Dampak perang Iran Israel terasa sampai ke Jakarta.", ["Iran", "Israel"]),
        ("Kerja sama Indonesia Korea di bidang nuklir dibahas.", ["Indonesia", "Korea"]),
        ("Lagu Indonesia Raya, katanya, berkumandang di Jepang.", ["Jepang"]),
    ],
)
def test_two_countries_side_by_side_are_two_and_an_anthem_is_none(
    extractor: Extractor, body: str, found: list[str]
) -> None:
    assert surfaces(extractor, body, COUNTRY) == found
