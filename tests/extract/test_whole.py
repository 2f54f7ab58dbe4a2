"""Known names whole, names with their holder, kinds that words tell; without the models, own sentences."""

from __future__ import annotations

import pytest

from store.extract import acronyms, boundaries, extractor, joins, tokens, whole
from store.extract import agreements as treaties
from store.extract import organisations as bodies
from store.extract.found import Found
from store.kb import KnowledgeBase
from store.records import MentionType

PERSON, ORG, COUNTRY, PLACE, AGREEMENT = (
    MentionType.PERSON,
    MentionType.ORG,
    MentionType.COUNTRY,
    MentionType.PLACE,
    MentionType.AGREEMENT,
)
Pairs = list[tuple[str, MentionType]]


def seen(body: str, mentions: Pairs) -> list[Found]:
    """Mentions as a model might make them, in text order."""
    found, at = [], 0
    for surface, type_ in mentions:
        start = body.index(surface, at)
        at = start + len(surface)
        found.append(Found(start, at, type_, 0.9, "crf:domain"))
    return found


def pairs(body: str, found: list[Found]) -> Pairs:
    return [(body[f.start : f.end], f.type) for f in sorted(found, key=lambda f: f.start)]


def finished(body: str, mentions: Pairs) -> Pairs:
    """What the stages after the model make of its mentions."""
    text = tokens.read(body, ())
    reader = extractor.Extractor(KnowledgeBase.shipped(), rules_only=True)
    found = whole.names(text, reader.evidence(text, None), seen(body, mentions))
    found = whole.retyped(text, found)
    acronyms.without_article(text, found)
    acronyms.agree(text, found)
    found = joins.joined(text, found, bodies.load(), treaties.load().tails)
    return pairs(body, list(boundaries.tidy(body, found, frozenset())))


@pytest.mark.parametrize(
    ("body", "model", "wanted"),
    [
        (
            "Mereka hadir di KTT ke-31 ASEAN Plus Three.",
            [("KTT ke-31", AGREEMENT), ("ASEAN", ORG)],
            [("KTT ke-31 ASEAN Plus Three", AGREEMENT)],
        ),
        (
            "Ketua Dewan Ekonomi Nasional Mari Elka Pangestu hadir.",
            [("Dewan Ekonomi Nasional Mari", ORG), ("Elka Pangestu", PERSON)],
            [("Dewan Ekonomi Nasional", ORG), ("Mari Elka Pangestu", PERSON)],
        ),
        (
            "Presiden Komisi Eropa Ursula von der Leyen tiba.",
            [("Komisi Eropa Ursula von der Leyen", ORG)],
            [("Komisi Eropa", ORG), ("Ursula von der Leyen", PERSON)],
        ),
        (
            "Ia kuliah di University of Sydney dan President University.",
            [("University of Sydney", ORG), ("President University", ORG)],
            [("University of Sydney", ORG), ("President University", ORG)],
        ),
        (
            'Ia anggota Yayasan Bunga Melati "Dan kami senang," katanya.',
            [('Yayasan Bunga Melati "', ORG)],
            [("Yayasan Bunga Melati", ORG)],
        ),
        (
            "Malaysia Timber Export Council membuka kantor di sini.",
            [("Malaysia", COUNTRY), ("Timber Export Council", ORG)],
            [("Malaysia Timber Export Council", ORG)],
        ),
        (
            "Perundingan IEU-CEPA selesai.",
            [("IEU-CEPA", AGREEMENT)],
            [("IEU-CEPA", AGREEMENT)],
        ),
        (
            "Kantor Kementerian Pertahanan ramai.",
            [("Kantor Kementerian", PLACE)],
            [("Kantor Kementerian Pertahanan", PLACE)],
        ),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_known_names_are_whole(body: str, model: Pairs, wanted: Pairs) -> None:
    assert finished(body, model) == wanted


@pytest.mark.parametrize(
    ("body", "model", "wanted"),
    [
        (
            "Direktur Jenderal Asia Kementerian Luar Negeri Sutarto Wibowo hadir.",
            [("Kementerian Luar Negeri Sutarto Wibowo", ORG)],
            [("Kementerian Luar Negeri", ORG), ("Sutarto Wibowo", PERSON)],
        ),
        (
            "Konselor KBRI Oslo Ratna Kusumawati hadir.",
            [("KBRI Oslo Ratna Kusumawati", ORG)],
            [("KBRI Oslo", ORG), ("Ratna Kusumawati", PERSON)],
        ),
        (
            "Kepala Dinas Pertanian Provinsi Bali I Wayan Sukerta hadir.",
            [("Dinas Pertanian Provinsi Bali I Wayan Sukerta", ORG)],
            [("Dinas Pertanian Provinsi Bali", ORG), ("I Wayan Sukerta", PERSON)],
        ),
        (
            "Wakil Gubernur Bali I Ketut Wirawan hadir.",
            [("Bali", PLACE), ("Ketut Wirawan", PERSON)],
            [("Bali", PLACE), ("I Ketut Wirawan", PERSON)],
        ),
        (
            "Dekan Fakultas Teknik, serta Direktur Pusat Studi hadir.",
            [("Fakultas Teknik, serta Direktur Pusat Studi", ORG)],
            [("Fakultas Teknik", ORG)],
        ),
        (
            "Sekjen itu, Laksamana Madya Sutarto, hadir.",
            [("Laksamana Madya Sutarto", PERSON)],
            [("Sutarto", PERSON)],
        ),
        (
            "Dubes Y.M. Anders Holm dan H.E. Anna Lind hadir.",
            [("Y.M. Anders Holm", PERSON), ("E. Anna Lind", PERSON)],
            [("Anders Holm", PERSON), ("Anna Lind", PERSON)],
        ),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_names_end_before_somebody_else(body: str, model: Pairs, wanted: Pairs) -> None:
    assert finished(body, model) == wanted


@pytest.mark.parametrize(
    ("body", "model", "wanted"),
    [
        (
            "DCM KBRI Kuala Lumpur hadir.",
            [("KBRI", ORG), ("Kuala Lumpur", PLACE)],
            [("KBRI Kuala Lumpur", ORG)],
        ),
        ("Staf Kedubes Prancis hadir.", [("Prancis", COUNTRY)], [("Kedubes Prancis", ORG)]),
        (
            "Kepala Pusat Data Kemendag hadir.",
            [("Pusat Data", ORG), ("Kemendag", ORG)],
            [("Pusat Data Kemendag", ORG)],
        ),
        (
            "Rektor Universitas Islam Negeri (UIN) Sunan Bonang hadir.",
            [("Universitas Islam Negeri", ORG), ("UIN", ORG), ("Sunan Bonang", PERSON)],
            [("Universitas Islam Negeri (UIN) Sunan Bonang", ORG)],
        ),
        (
            "Ketua Kamar Dagang dan Industri (Kadin) Indonesia hadir.",
            [("Kamar Dagang dan Industri", ORG), ("Kadin", ORG), ("Indonesia", COUNTRY)],
            [("Kamar Dagang dan Industri (Kadin) Indonesia", ORG)],
        ),
        (
            "Mereka tiba di Yogyakarta International Airport pagi ini.",
            [("Yogyakarta", PLACE), ("International Airport", ORG)],
            [("Yogyakarta International Airport", PLACE)],
        ),
        (
            "Pensyarah itu, Mohd. Hanif Razak, hadir.",
            [("Mohd", PERSON), ("Hanif Razak", PERSON)],
            [("Mohd. Hanif Razak", PERSON)],
        ),
        (
            "Negara membahas Indonesia-EU CEPA dan Indonesia-EFTA CEPA.",
            [("Indonesia-EU CEPA dan Indonesia-EFTA CEPA", AGREEMENT)],
            [("Indonesia-EU CEPA", AGREEMENT), ("Indonesia-EFTA CEPA", AGREEMENT)],
        ),
        (
            "Menteri bertemu di Indonesia-United Kingdom (UK) Energy Transition Forum.",
            [
                ("Indonesia", COUNTRY),
                ("United Kingdom", COUNTRY),
                ("UK", COUNTRY),
                ("Energy Transition Forum", AGREEMENT),
            ],
            [("Indonesia-United Kingdom (UK) Energy Transition Forum", AGREEMENT)],
        ),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_neighbours_that_are_one_name(body: str, model: Pairs, wanted: Pairs) -> None:
    assert finished(body, model) == wanted


@pytest.mark.parametrize(
    ("body", "model", "wanted"),
    [
        (
            "Melalui Trade and Investment Framework Agreement (TIFA) mereka berunding; TIFA lama.",
            [
                ("Trade and Investment Framework Agreement", ORG),
                ("TIFA", ORG),
                ("TIFA", ORG),
            ],
            [
                ("Trade and Investment Framework Agreement", AGREEMENT),
                ("TIFA", AGREEMENT),
                ("TIFA", AGREEMENT),
            ],
        ),
        ("Perusahaan Nordlicht masuk.", [("Nordlicht", PERSON)], [("Nordlicht", ORG)]),
        (
            "Aturan Forest Products Directive (FPD) berlaku; FPD ditolak.",
            [("Forest Products Directive", AGREEMENT), ("FPD", AGREEMENT), ("FPD", ORG)],
            [],
        ),
        (
            "Ketua Forum Kajian Nusantara (FKN) hadir.",
            [("Forum Kajian Nusantara", AGREEMENT), ("FKN", AGREEMENT)],
            [("Forum Kajian Nusantara", ORG), ("FKN", ORG)],
        ),
        ("Turis ke Negeri Paman Sam naik.", [("Negeri Paman Sam", PLACE)], []),
        ("Lagu Indonesia Raya terdengar.", [("Indonesia", COUNTRY)], []),
        (
            "Kurs dolar Amerika Serikat (AS) naik di AS.",
            [("AS", COUNTRY), ("AS", COUNTRY)],
            [("AS", COUNTRY)],
        ),
    ],
    ids=lambda value: value[:30] if isinstance(value, str) else "",
)
def test_kinds_that_words_tell(body: str, model: Pairs, wanted: Pairs) -> None:
    assert finished(body, model) == wanted


@pytest.mark.parametrize(
    ("body", "name", "short"),
    [
        ("Asosiasi Petani Garam Rakyat (APGR) hadir.", "Asosiasi Petani Garam Rakyat", "APGR"),
        ("Badan Mutu Pangan Norwegia (NFQA) hadir.", "Badan Mutu Pangan", "NFQA"),
    ],
)
def test_introduced_abbreviations(body: str, name: str, short: str) -> None:
    mentions: Pairs = [(name, ORG)]
    if "Norwegia" in body:
        mentions.append(("Norwegia", COUNTRY))
    assert short in acronyms.introduced(tokens.read(body, ()), seen(body, mentions))


def test_a_place_is_no_abbreviation_of_a_body() -> None:
    body = "Kepala Otorita Ibu Kota Nusantara (IKN) hadir."
    found = seen(body, [("Otorita Ibu Kota Nusantara", ORG)])
    assert acronyms.introduced(tokens.read(body, ()), found) == {}


def test_a_programme_in_capitals_is_not_the_word() -> None:
    reader = extractor.Extractor(KnowledgeBase.shipped(), rules_only=True)
    body = "Koneksi internet lambat. Riset itu didanai KONEKSI sejak lama."
    found = reader.extract(body).mentions
    assert [m.start for m in found if m.type is AGREEMENT] == [body.index("KONEKSI")]
