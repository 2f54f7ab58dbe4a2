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
    ],
    ids=[
        *("lower", "lower bodies", "upper", "glued", "glued twice", "misprints", "mojibake"),
        *("english", "mixed"),
    ],
)
def test_still_found(extractor: Extractor, body: str, names: set[str]) -> None:
    found = {m.surface for m in extractor.extract(body, date="2025-06-20").mentions}
    assert names <= found


def test_one_paragraph_without_breaks(extractor: Extractor) -> None:
    sentence = "Menteri Luar Negeri Sugiono tiba di Tokyo, Jepang, pada 5 Mei 2025. "
    mentions = extractor.extract(sentence * 40).mentions
    assert len(mentions) == 4 * 40
