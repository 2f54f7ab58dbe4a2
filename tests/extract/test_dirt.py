"""Text as scrapers and people in a hurry leave it: own sentences with what must still be found."""

from __future__ import annotations

import pytest

from store.extract import Extractor
from store.kb import KnowledgeBase


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(KnowledgeBase.shipped())


@pytest.mark.parametrize(
    ("body", "names"),
    [
        (
            "presiden prabowo subianto menerima menteri perdagangan budi santoso di jakarta, kamis (19/6/2025).",
            {"prabowo subianto", "budi santoso", "jakarta", "kamis (19/6/2025)"},
        ),
        (
            "kementerian perdagangan dan kadin membahas i-eu cepa dengan uni eropa di ktt g20.",
            {"kementerian perdagangan", "kadin", "i-eu cepa", "uni eropa"},
        ),
        (
            "MENTERI PERDAGANGAN BUDI SANTOSO TANDATANGANI IEU-CEPA DI BRUSSEL BERSAMA JEPANG",
            {"BUDI SANTOSO", "IEU-CEPA", "BRUSSEL", "JEPANG"},
        ),
        (
            "Presiden RIPrabowo Subiantobertemu dengan PM MalaysiaAnwar Ibrahimdi Kuala Lumpur.Mereka ke Bogor.",
            {"RI", "Prabowo Subianto", "Malaysia", "Anwar Ibrahim", "Kuala Lumpur", "Bogor"},
        ),
        (
            "Kerja sama diIndonesia danJepang dibahas olehMenteri Luar NegeriSugionopada Senin (3/2/2025).",
            {"Indonesia", "Jepang", "Sugiono", "Senin (3/2/2025)"},
        ),
        (
            "Menteri Airlanga Hartarto menyebut hubungan dengan Indoensia dan Malasyia membaik.",
            {"Airlanga Hartarto", "Indoensia", "Malasyia"},
        ),
        (
            "Pemerintah TÃ¼rkiye menerima Menteri Sugiono di Ankara.",
            {"TÃ¼rkiye", "Sugiono", "Ankara"},
        ),
        (
            "The Minister of Trade of Indonesia, Budi Santoso, spoke in Brussels on June 24, 2025.",
            {"Indonesia", "Budi Santoso", "Brussels", "June 24, 2025"},
        ),
        (
            "Menlu Sugiono said the forum was held bersama Jepang di Tokyo pada 5 Mei 2025.",
            {"Sugiono", "Jepang", "Tokyo", "5 Mei 2025"},
        ),
        (
            "Presiden RIPrabowo Subiantobertemu PresidenPrancisEmmanuel Macrondi Istana Merdeka.Keduanya setuju.",
            {"RI", "Prabowo Subianto", "Prancis", "Emmanuel Macron", "Istana Merdeka"},
        ),
        (
            "Hubungan antaraIndonesiadanTurkimembaik, ujar wakil KADINdalam rapat di Jakarta,Senin(3/2/2025).",
            {"Indonesia", "Turki", "KADIN", "Jakarta", "Senin(3/2/2025)"},
        ),
        (
            "Ketua MPRRI Ahmad Muzani menjamu dubes dariNorwegiaserta rombongan bisnisJepang.",
            {"MPR", "RI", "Ahmad Muzani", "Norwegia", "Jepang"},
        ),
        (
            "Nilai dagang naik menjadiUS$ 3,2 miliarpada tahun2024,dariRp5 triliunpada 2023.",
            {"US$ 3,2 miliar", "2024", "Rp5 triliun"},
        ),
        (
            "Sugiono tiba.Menlu Wang Yi menyambut di Beijing,China,bersama wakilJepang,Korea Selatan,dan Rusia.",
            {"Sugiono", "Wang Yi", "Beijing", "China", "Jepang", "Korea Selatan", "Rusia"},
        ),
        (
            "Menteri  Perdagangan   Budi  Santoso  bertemu  wakil  Uni   Eropa,  nilainya  Rp  5   triliun.",
            {"Budi  Santoso", "Uni   Eropa", "Rp  5   triliun"},
        ),
        (
            "Menteri\u00a0Perdagangan\u00a0Budi\u00a0Santoso bertemu wakil Uni\u2009Eropa di Brus\u00adsel, Bel\u200bgia.",
            {"Budi\u00a0Santoso", "Uni\u2009Eropa", "Brus\u00adsel", "Bel\u200bgia"},
        ),
        (
            "Menlu&nbsp;Sugiono &amp; Menlu&nbsp;Penny&nbsp;Wong &ldquo;sepakat&rdquo; di Canberra.",
            {"Sugiono", "Penny&nbsp;Wong", "Canberra"},
        ),
        (
            "Presiden Jose\u0301 Ramos-Horta menjamu Menteri Sugiono di Dili, Timor Leste.",
            {"Jose\u0301 Ramos-Horta", "Sugiono", "Dili", "Timor Leste"},
        ),
        (
            "â€œKami senang,â€\x9d kata Presiden JosÃ© Ramos-Horta â€“ tamu Indonesia â€“ di Dili.",
            {"JosÃ© Ramos-Horta", "Indonesia", "Dili"},
        ),
        (
            "“Kami ’kan sepakat,” kata Menlu Sugiono. 'Benar', jawab Menlu \"Wang Yi\" di ‘Beijing’.",
            {"Sugiono", "Wang Yi", "Beijing"},
        ),
        (
            "• Menteri Perdagangan Budi Santoso\n• Menteri Luar Negeri Sugiono\n* Dubes Jepang Masaki Yasushi",
            {"Budi Santoso", "Sugiono", "Jepang", "Masaki Yasushi"},
        ),
        (
            "| Negara | Menteri | Nilai |\n| Jepang | Yoji Muto | US$ 3 miliar |\n| Australia | Don Farrell | US$ 1 miliar |",
            {"Jepang", "Yoji Muto", "US$ 3 miliar", "Australia", "Don Farrell", "US$ 1 miliar"},
        ),
        (
            "Menteri Luar Negeri <b>Sugiono</b> bertemu <a href='/x'>Penny Wong</a> di Canberra.",
            {"Sugiono", "Penny Wong", "Canberra"},
        ),
        (
            "Mentri Luar Negri Sugiono bertmu Menteri Luar Negeri Jepng Takeshi Iwaya, Slasa (4/2/2025).",
            {"Sugiono", "Jepng", "Takeshi Iwaya", "4/2/2025"},
        ),
    ],
    ids=[
        *("lower", "lower bodies", "upper", "glued", "glued twice", "misprints", "mojibake"),
        *("english", "mixed", "glued sentences", "glued on both sides", "glued RI", "glued sums"),
        *("no blanks", "doubled blanks", "hidden", "entities", "accents apart", "mojibake quotes"),
        *("quotes", "bullets", "table", "tags", "typos"),
    ],
)
def test_still_found(extractor: Extractor, body: str, names: set[str]) -> None:
    found = {m.surface for m in extractor.extract(body, date="2025-06-20").mentions}
    assert names <= found


def test_one_paragraph_without_breaks(extractor: Extractor) -> None:
    sentence = "Menteri Luar Negeri Sugiono tiba di Tokyo, Jepang, pada 5 Mei 2025. "
    mentions = extractor.extract(sentence * 40).mentions
    assert len(mentions) == 4 * 40


LINES = (
    "Menteri Perdagangan Budi Santoso menerima Menteri Perdagangan dan\n"
    "Pariwisata Australia Don Farrell di Jakarta, Senin (3/2/2025), untuk\n"
    "membahas kemajuan IA-CEPA. Turut hadir Duta Besar Australia untuk Indo-\n"
    "nesia Penny Williams, Ketua Umum Kadin Anindya Bakrie, serta wakil-\n"
    "wakil dari Badan Standardisasi Nasional dan beberapa perusahaan yang\n"
    "sudah lama berdagang dengan Australia."
)


def test_lines_broken_at_a_width(extractor: Extractor) -> None:
    found = extractor.extract(LINES)
    surfaces = {m.surface for m in found.mentions}
    assert {"Budi Santoso", "Don Farrell", "Indo-\nnesia", "IA-CEPA"} <= surfaces
    roles = {person.name: person.role for person in found.persons}
    assert roles["Don Farrell"] == "Menteri Perdagangan dan Pariwisata Australia"
    for mention in found.mentions:
        assert LINES[mention.start : mention.end] == mention.surface


@pytest.mark.parametrize(
    "body",
    [
        "PresidenPrabowo Subiantobertemu Menteri Luar NegeriTurkiHakan Fidandi Ankara.",
        "Presiden\u00a0Prabowo\u200b  Subianto bertemu Menteri Luar Negeri&nbsp;Turki  Hakan&nbsp;Fidan.",
        "presiden prabowo subianto bertemu menteri luar negeri turki hakan fidan di ankara kemarin.",
    ],
    ids=["glued", "blanks", "lower"],
)
def test_roles_are_read(extractor: Extractor, body: str) -> None:
    roles = [(p.name.lower(), (p.role or "").lower()) for p in extractor.extract(body).persons]
    assert roles == [
        ("prabowo subianto", "presiden"),
        ("hakan fidan", "menteri luar negeri turki"),
    ]


@pytest.mark.parametrize(
    "form",
    [
        *(
            "MoU",
            "McKinsey",
            "iPhone",
            "DeepSeek",
            "TikTok",
            "GoTo",
            "KemenPAN",
            "BUMNs",
            "YouTube",
        ),
        *("TransJakarta", "detikNews", "MacArthur", "VanDijk", "Wulandari", "Wahyudi", "Mayapada"),
        *("GALERI", "NEGERI", "Indiana", "Japandi", "Kasatlantas", "WhatsApp", "MotoGP", "microSD"),
    ],
)
def test_words_that_are_one(extractor: Extractor, form: str) -> None:
    assert extractor.read(f"Kata {form} di sini.", ()).forms[1] == form


@pytest.mark.parametrize(
    ("form", "pieces"),
    [
        ("IndonesiadanAustraliasepakat", ["Indonesia", "dan", "Australia", "sepakat"]),
        ("danASEANmendorong", ["dan", "ASEAN", "mendorong"]),
        ("ASyang", ["AS", "yang"]),
        ("kepadaAFP", ["kepada", "AFP"]),
        ("diRI", ["di", "RI"]),
        ("pendidikanIndonesia", ["pendidikan", "Indonesia"]),
        ("BNPPRI", ["BNPP", "RI"]),
        ("WhatsAppdapat", ["WhatsApp", "dapat"]),
        ("FederasiRusiaVladimir", ["Federasi", "Rusia", "Vladimir"]),
        ("Wicaksonomengatakan", ["Wicaksono", "mengatakan"]),
        ("Irandan", ["Iran", "dan"]),
        ("Vietnam's", ["Vietnam", "'s"]),
    ],
)
def test_words_that_are_several(extractor: Extractor, form: str, pieces: list[str]) -> None:
    assert extractor.read(f"Kata {form} ini. BNPP tiba.", ()).forms[1 : 1 + len(pieces)] == pieces


def test_one_word_is_shown_as_written(extractor: Extractor) -> None:
    found = extractor.extract("PT GarudaFood dan GarudaFood Tbk membuka pabrik di Jepang.").mentions
    assert all("Garuda Food" not in m.canonical for m in found)
