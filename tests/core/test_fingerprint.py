"""Reprints are found, other reports are not, whatever case, accents and clutter do."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.archive.fingerprint import NEAR, bands, fingerprint, near
from store.records import Span

WORDS = [
    "menteri",
    "industri",
    "jepang",
    "korea",
    "kerja",
    "sama",
    "ekspor",
    "impor",
    "tarif",
    "perjanjian",
    "mitra",
    "nilai",
    "tahun",
    "investasi",
]


def text(seed: int, count: int = 300) -> str:
    chance = random.Random(seed)
    return " ".join(f"{chance.choice(WORDS)}{chance.randrange(40)}" for _ in range(count))


def test_an_edited_reprint_is_near_and_shares_a_band() -> None:
    original = text(1)
    words = original.split()
    reprint = (
        "JAKARTA, CONTOH.ID - " + " ".join([*words[:140], "tambahan", *words[141:290]]).upper()
    )
    one, other = fingerprint("Judul", original), fingerprint("Judul lain", reprint)
    assert near(one, other) >= NEAR
    assert set(bands(one)) & set(bands(other))


def test_other_reports_are_far_and_share_no_band() -> None:
    one, other = fingerprint("", text(1)), fingerprint("", text(2))
    assert near(one, other) < 0.2
    assert not set(bands(one)) & set(bands(other))


def test_clutter_does_not_count() -> None:
    body = text(3, 80)
    clutter = " Baca juga: " + text(4, 200)
    assert fingerprint("", body) == fingerprint(
        "", body + clutter, [Span(len(body), len(body + clutter))]
    )


@pytest.mark.parametrize("body", ["", "Terlalu pendek.", "."])
def test_short_texts_have_no_fingerprint(body: str) -> None:
    empty = fingerprint("Judul", body)
    assert empty == b""
    assert bands(empty) == ()
    assert near(empty, empty) == 0.0


@settings(deadline=None)
@given(st.text(max_size=600), st.text(max_size=600))
def test_similarity_is_symmetric_and_in_range(one: str, other: str) -> None:
    a, b = fingerprint("", one * 3), fingerprint("", other * 3)
    assert near(a, b) == near(b, a)
    assert 0.0 <= near(a, b) <= 1.0
    assert near(a, a) in (0.0, 1.0)
    assert all(-(2**63) <= key < 2**63 for key in bands(a))


def test_the_fingerprint_is_stable() -> None:
    """Stored fingerprints outlive the process; a new library version must not change them unnoticed."""
    print_ = fingerprint("", text(5))
    assert len(print_) == 256
    assert print_[:8].hex() == STABLE


STABLE = "9d2bbb0a0cc37a29"
