"""Whatever is typed: nothing raises, scores stay in range, spans lie inside what matched."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.kb import KnowledgeBase
from store.match import MatchLinker, NameIndex
from store.match.normalise import compact, latin, tokens
from store.records import MentionType, Resolution

BASE = KnowledgeBase.shipped()
NAMES = NameIndex.from_rows(BASE.rows)
PIECES = ["Menteri", "Agus", "Lee", "CEPA", "Indonesia", "ASEAN", "4.0", "(", ")", ",", "-", "/"]
SCRIPTS = st.sampled_from(
    ["성윤모", "世耕", "Сергей", "محمد", "é", "e\u0301", "ﷺ", "😀", "\u202e", "\x00"]
)
TYPED = st.one_of(
    st.text(max_size=40),
    st.lists(st.one_of(st.sampled_from(PIECES), SCRIPTS, st.text(max_size=5)), max_size=12).map(
        " ".join
    ),
    st.sampled_from([name for row in BASE.rows for name in (row.name, *row.aliases)]).flatmap(
        lambda name: st.integers(0, len(name)).map(lambda at: name[:at] + name[at + 1 :])
    ),
)


def sound(found: Resolution) -> None:
    assert found.status in ("match", "ambiguous", "none")
    assert found.status == "none" or found.candidates
    for candidate in found.candidates:
        assert 0 <= candidate.score <= 1
        assert candidate.reasons
        assert candidate.spans or not candidate.matched
        ends = [0]
        for span in candidate.spans:
            assert ends[-1] <= span.start < span.end <= len(candidate.matched)
            ends.append(span.end)


@given(TYPED)
@settings(max_examples=300, deadline=None)
def test_any_text_has_an_answer(text: str) -> None:
    sound(NAMES.resolve(text, limit=8))
    sound(NAMES.resolve(text, on="2019-06-27", country="JP"))
    sound(NAMES.suggest(text))
    sound(NAMES.holder(text, on="2019-06-27"))


@given(TYPED, st.sampled_from(MentionType))
@settings(max_examples=150, deadline=None)
def test_a_link_is_one_of_its_candidates(text: str, kind: MentionType) -> None:
    linker = MatchLinker(NAMES, BASE)
    found = linker.link(text, kind, on="2022-01-01")
    sound(found)
    if found.best:
        assert (found.best.kind == "minister") == (kind is MentionType.PERSON)


@given(st.text(max_size=30))
def test_plain_letters_know_where_they_come_from(text: str) -> None:
    source = latin(text)
    assert len(source.offsets) == len(source.text) + 1
    assert list(source.offsets) == sorted(source.offsets)
    for token in tokens(text):
        assert 0 <= token.start < token.end <= len(text)
        assert token.form in compact(text[token.start : token.end])


@pytest.mark.parametrize("kind", ["minister", "program", "organisation"])
def test_every_name_and_alias_finds_its_row(kind: str) -> None:
    lost = []
    for row in BASE.rows:
        if row.kind != kind:
            continue
        for name in (row.name, *row.aliases):
            found = NAMES.resolve(name, limit=10)
            best = found.candidates[0].score if found.candidates else 0
            tied = {c.id for c in found.candidates if best - c.score < 0.03}
            if row.id not in tied or found.status == "none":
                lost.append((name, row.id, [(c.id, c.score) for c in found.candidates[:2]]))
    assert lost == []


MONSTERS = {
    "one letter": "a" * 10_000,
    "thousands of words": "ab " * 3_300,
    "thousands of letters": "a " * 5_000,
    "brackets": "()" * 5_000,
    "commas": "a," * 5_000,
    "combining marks": "e" + "\u0301" * 9_999,
    "emoji": "😀" * 10_000,
    "han": "中" * 10_000,
    "hangul": "성윤모 " * 2_500,
    "right to left": "محمد بن " * 1_250,
    "override": "\u202eabc" * 2_500,
    "nul": "\x00" * 10_000,
    "lone surrogates": "\ud800" * 10_000,
    "ligature": "ﷺ" * 10_000,
    "titles": "menteri " * 1_250,
    "agreements": "perjanjian CEPA Indonesia Jepang " * 300,
    "names": "Agus Budi Lee Kim Muhammad " * 370,
    "initials": "A.B.C.D." * 1_250,
    "markup": "[/bold]" * 1_428,
}


@pytest.mark.parametrize("text", MONSTERS.values(), ids=MONSTERS.keys())
def test_a_monster_is_answered_at_once(text: str) -> None:
    assert len(text) <= 10_000
    for ask in (NAMES.resolve, NAMES.suggest, NAMES.holder):
        ask(text)
        # Processor time: a busy machine is no fault of the matcher. The promise is 50 ms.
        spent = min(_seconds(ask, text) for _ in range(3))
        assert spent < 0.05, ask


def _seconds(ask: object, text: str) -> float:
    assert callable(ask)
    start = time.thread_time()
    sound(ask(text))
    return time.thread_time() - start
