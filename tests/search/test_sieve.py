"""What a question reads of a text: every word of a wanted form, as if all words had been read."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from store.normalise import Token, index_text, sifted, sifted_each, tokens
from store.normalise.sieve import MOST, STOPPED

WORDS = (
    "kerja", "sama", "bekerja", "kerjasama", "Kerja-sama", "menandatangani", "penandatanganan",
    "tanda", "tangan", "tindak", "lanjut", "menindaklanjuti", "perekonomian", "ekonomi,", "(ekonomi)",
    "menyebut", "sebut", "mengirim", "kirim", "pengiriman", "berencana", "rencana", "Perancis",
    "Prancis", "aktifitas", "aktivitasnya", "IA", "-", "CEPA", "IA-CEPA", "Ma'ruf", "Ma\u2019ruf",
    "negara-negara", "antarnegara", "Rp30.000", "4.0", "smelternya", "DanAntara", "Pok\u00e9mon",
    "\u0130stanbul", "\u603b\u7edf", "di", "yang", "\n", "\n\n", "...", "mengatakan.Menteri", "pakaian",
    "berpakaian", "mengetahui", "tahu",
)  # fmt: skip

texts = st.lists(st.sampled_from(WORDS), max_size=30).map(" ".join)
forms = sorted({token.form for token in tokens(" ".join(WORDS))})
wanted_forms = st.frozensets(st.sampled_from(forms), min_size=1, max_size=6)


@given(texts, wanted_forms)
def test_no_word_of_a_wanted_form_is_missed(text: str, wanted: frozenset[str]) -> None:
    every = [token for token in tokens(text) if token.form in wanted]
    assert [token for token in tokens(text, wanted) if token.form in wanted] == every
    index = [form for form in index_text(text).split() if form in wanted]
    assert [form for form in sifted(text, wanted).split() if form in wanted] == index


@given(texts, wanted_forms)
@example("kirim CEPA lanjut", frozenset(["cepa", "lanjut"]))
def test_neighbours_stay_neighbours(text: str, wanted: frozenset[str]) -> None:
    """A compound that nobody asked for ("kirimcepa") may be left out from between two words."""

    def pairs(found: list[Token]) -> list[tuple[str, str]]:
        kept = [token.form for token in found if not token.joined or token.form in wanted]
        return [pair for pair in pairwise(kept) if wanted.issuperset(pair)]

    assert pairs(tokens(text, wanted)) == pairs(tokens(text))


@given(st.lists(texts, max_size=4), wanted_forms)
def test_texts_read_together_are_read_apart(many: list[str], wanted: frozenset[str]) -> None:
    assert sifted_each(many, wanted) == [sifted(text, wanted) for text in many]
    for text, read in zip(many, sifted_each(many, wanted), strict=True):
        index = [form for form in index_text(text).split() if form in wanted]
        assert [form for form in read.split() if form in wanted] == index


def test_other_words_are_not_read() -> None:
    text = "Menteri Perdagangan membuka pameran kopi di Surabaya"
    assert sifted(text, frozenset(["kopi"])).split() == [STOPPED] * 4 + ["kopi"] + [STOPPED] * 2


@pytest.mark.parametrize("read", [tokens, sifted])
def test_of_many_forms_every_word_is_read(read) -> None:  # type: ignore[no-untyped-def]
    many = frozenset(f"kata{n}" for n in range(MOST + 1))
    text = "Ekspor kopi naik"
    assert read(text, many) == (tokens(text) if read is tokens else index_text(text))
