"""People: where their country is from is said beside it."""

from __future__ import annotations

import pytest

from store.extract import Extractor
from store.kb import KnowledgeBase


@pytest.mark.parametrize(
    ("body", "country", "basis"),
    [
        ("Menteri Perdagangan Jepang Kenji Tanabe tiba di Jakarta.", "JP", "text"),
        ("Rektor Budi Santoso Wirawan menyambut para tamu.", "ID", "guess"),
    ],
    ids=["stated", "inferred"],
)
def test_a_country_says_where_it_is_from(body: str, country: str, basis: str) -> None:
    (person,) = Extractor(KnowledgeBase.shipped()).extract(body, date="2020-01-15").persons
    assert (person.country, person.country_basis) == (country, basis)
