"""Gazetteers on one shelf find what each finds by itself."""

from __future__ import annotations

from store.extract.gazetteer import Gazetteer, Shelf
from store.extract.tokens import Text, read

CITIES = [("Surabaya", 1), ("Kota Bogor", 2), ("Bogor", 3)]
OFFICES = [("Wali Kota", 1), ("Kota Lama", 2)]
TEXTS = [
    "Wali Kota Bogor tiba di Surabaya, lalu kembali ke Kota Bogor.",
    "Tidak ada apa-apa di sini.",
    "Kota Lama ramai, kata Wali Kota Surabaya.",
]


def test_a_shelf_changes_nothing() -> None:
    alone = Gazetteer(CITIES), Gazetteer(OFFICES)
    shelved = Gazetteer(CITIES), Gazetteer(OFFICES)
    Shelf(*shelved)
    texts: list[Text] = [read(body, ()) for body in TEXTS]
    # One text after another, and back to one that has been left.
    for text in (*texts, texts[0]):
        for one, other in zip(alone, shelved, strict=True):
            assert list(one.scan(text)) == list(other.scan(text))


def test_a_text_after_another_is_not_taken_for_it() -> None:
    cities = Gazetteer(CITIES)
    Shelf(cities, Gazetteer(OFFICES))
    first, second = read("Surabaya dan Bogor", ()), read("Bogor dan Surabaya", ())
    assert [value for _, _, value in cities.scan(first)] == [1, 3]
    assert [value for _, _, value in cities.scan(second)] == [3, 1]
    assert [value for _, _, value in cities.scan(first)] == [1, 3]
