"""People: the role stated for them, their names whole, where their country is from."""

from __future__ import annotations

import pytest

from store.extract import Extractor
from store.kb import KnowledgeBase
from store.match.index import NameIndex
from store.match.linker import MatchLinker
from store.records import Extraction, Person


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    kb = KnowledgeBase.shipped()
    return Extractor(kb, linker=MatchLinker(NameIndex.from_rows(kb.rows), kb))


def _person(found: Extraction, name: str) -> Person:
    return next(p for p in found.persons if p.name == name)


@pytest.mark.parametrize(
    ("body", "country", "basis"),
    [
        ("Menteri Perdagangan Jepang Kenji Tanabe tiba di Jakarta.", "JP", "text"),
        ("Rektor Budi Santoso Wirawan menyambut para tamu.", "ID", "guess"),
        ("Pengusaha asal Mesir, Karim Mansour, melihat kopi.", "EG", "text"),
        (
            "Delegasi Timor Leste dipimpin Menteri Pertanian Joaquim Sarmento Pereira. Ia tiba kemarin.",
            "TL",
            "text",
        ),
        (
            "Kepala Perwakilan UNICEF untuk Indonesia Helga Brandt menyambut hasil itu. Jepang hadir.",
            None,
            None,
        ),
        (
            "Meridian Steel Corporation, perusahaan baja asal Turki, akan membangun pabrik. CEO Meridian "
            "Steel Corporation, Emre Aydin, menyampaikan hal itu di Jakarta.",
            "TR",
            "text",
        ),
    ],
    ids=["stated", "inferred", "origin", "delegation", "international", "body"],
)
def test_a_country_says_where_it_is_from(
    extractor: Extractor, body: str, country: str | None, basis: str | None
) -> None:
    (person,) = extractor.extract(body, date="2020-01-15").persons
    assert (person.country, person.country_basis) == (country, basis)


@pytest.mark.parametrize(
    ("body", "name", "role"),
    [
        (
            "Acara itu dibuka Hiroko Matsuda, dosen Universitas Gadjah Mada, kemarin siang.",
            "Hiroko Matsuda",
            "dosen Universitas Gadjah Mada",
        ),
        (
            "Menurut Hiroko Matsuda, dosen akan menerima hibah itu tahun depan.",
            "Hiroko Matsuda",
            None,
        ),
        (
            "Hadir Hans Berger (ahli konservasi batu dari Universitas Leipzig, Jerman) dan tamu lain.",
            "Hans Berger",
            "ahli konservasi batu dari Universitas Leipzig, Jerman",
        ),
        (
            "Hadir pula Direktur Jenderal Pendidikan Tinggi, Rahmat Hidayat, Direktur Jenderal Riset dan "
            "Pengembangan, Joko Prasetya, serta tamu lain.",
            "Rahmat Hidayat",
            "Direktur Jenderal Pendidikan Tinggi",
        ),
        (
            "Hal itu disampaikan British Council Country Director Summer Xia di Jakarta.",
            "Summer Xia",
            "British Council Country Director",
        ),
        (
            "Wakil Presiden ke-10 dan 12 Republik Indonesia Jusuf Kalla menyampaikan hal itu.",
            "Jusuf Kalla",
            "Wakil Presiden ke-10 dan 12 Republik Indonesia",
        ),
        (
            "Kapolda Jawa Barat Irjen Rudi Hartawan menyambut tamu itu di Bandung.",
            "Rudi Hartawan",
            "Kapolda Jawa Barat",
        ),
        (
            "Wakil KetuaDPR Sufmi Dasco Ahmad menyampaikan hal itu di Jakarta.",
            "Sufmi Dasco Ahmad",
            "Wakil Ketua DPR",
        ),
    ],
    ids=["plain", "subject", "bracket", "list", "english", "numbers", "rank", "glued"],
)
def test_the_role_is_the_one_stated(
    extractor: Extractor, body: str, name: str, role: str | None
) -> None:
    assert _person(extractor.extract(body, date="2025-06-20"), name).role == role


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (
            "Bupati Andi Hasan Rahim menyambut tamu. Andi Rahim berharap kerja sama berlanjut.",
            ["Andi Hasan Rahim"],
        ),
        (
            "Gubernur Sandiaga Uno bertemu duta besar. Sandi menjelaskan rencana itu.",
            ["Sandiaga Uno"],
        ),
        (
            "Presiden Joko Widodo dan Ibu Negara Iriana Joko Widodo tiba. Jokowi disambut.",
            ["Joko Widodo", "Iriana Joko Widodo"],
        ),
        (
            "Juru Bicara Kementerian Luar Negeri RI, Ruliansyah (Roy) Soemirat, menyampaikan hal itu.",
            ["Ruliansyah (Roy) Soemirat"],
        ),
        (
            "Kepala BP Haji Mochamad Irfan Yusuf tiba di Jeddah.",
            ["Mochamad Irfan Yusuf"],
        ),
        (
            "Presiden Ashraf Ghani tiba di Bandara Internasional Hamid Karzai, Kabul.",
            ["Ashraf Ghani"],
        ),
        (
            "Wakil Menteri Angga Raka Prabowo mendampingi Presiden Prabowo ke Kuala Lumpur.",
            ["Angga Raka Prabowo", "Prabowo"],
        ),
    ],
    ids=["middle", "cut", "wife", "nickname", "forename", "airport", "last-word"],
)
def test_one_person_per_person(extractor: Extractor, body: str, names: list[str]) -> None:
    assert [p.name for p in extractor.extract(body, date="2025-06-20").persons] == names


def test_a_word_of_no_name_is_no_person(extractor: Extractor) -> None:
    found = extractor.extract("Hal itu ditulis Trump di Truth Social pada Rabu.", date="2025-10-22")
    assert [p.name for p in found.persons] == ["Trump"]


def test_who_holds_the_office_is_meant_by_a_misspelt_name(extractor: Extractor) -> None:
    found = extractor.extract("Menteri Perdagangan Budi Santosa tiba.", date="2025-06-20")
    assert [p.entity for p in found.persons] == ["budi-santoso"]
    alone = extractor.extract("Pengusaha Budi Santosa tiba di Jakarta.", date="2025-06-20")
    assert [p.entity for p in alone.persons] == [None]


@pytest.mark.parametrize(
    ("body", "partners"),
    [
        (
            "Indonesia dan Yordania sepakat memasok pupuk. Nota itu diteken di Wina, Austria.",
            ("JO",),
        ),
        (
            "Indonesia menambah ekspor ke Kanada. Harga naik karena perang Rusia dan Ukraina. Kanada "
            "menyambut langkah Indonesia.",
            ("CA",),
        ),
        ("Nota itu diteken pekan lalu di Jakarta oleh wakil pemerintah dan Swiss.", ("CH",)),
        ("Rencana dibahas dalam Dialog Energi Australia-Indonesia.", ("AU",)),
    ],
    ids=["place", "war", "once", "in-a-name"],
)
def test_partners_are_whom_indonesia_deals_with(
    extractor: Extractor, body: str, partners: tuple[str, ...]
) -> None:
    assert extractor.extract(body, date="2025-06-20").partners == partners
