"""The newest hits, looked for a stretch at a time: the same hits as going through every article."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.records import Article, Extraction
from store.search import Searcher, asking, engine, lexicon, nesting, newest, relevance

_WORDS = ("nikel", "tembaga", "emas", "beras", "kopi")
_TOTAL = 120


def _bodies() -> list[str]:
    chance = random.Random(4)
    return [
        " ".join(chance.choice(_WORDS) for _ in range(chance.randrange(1, 7)))
        for _ in range(_TOTAL)
    ]


BODIES = _bodies()

Asked = tuple[str, Callable[[str], bool]]
ASKED: dict[str, Asked] = {
    "one word": ("nikel", lambda body: "nikel" in body),
    "two words": ("nikel kopi", lambda body: "nikel" in body and "kopi" in body),
    "three words": (
        "nikel kopi emas",
        lambda body: all(word in body for word in ("nikel", "kopi", "emas")),
    ),
    "four words and not": (
        "nikel kopi beras tembaga -emas",
        lambda body: (
            all(w in body for w in ("nikel", "kopi", "beras", "tembaga")) and "emas" not in body
        ),
    ),
    "phrase": ('"nikel kopi"', lambda body: "nikel kopi" in body),
    "phrase of one": ('"emas"', lambda body: "emas" in body),
    "prefix": ("nik*", lambda body: "nikel" in body),
    "or": ("emas OR beras", lambda body: "emas" in body or "beras" in body),
    "not": ("-emas", lambda body: "emas" not in body),
    "word and not": ("kopi -emas", lambda body: "kopi" in body and "emas" not in body),
    "two nots": ("-kopi -emas", lambda body: "kopi" not in body and "emas" not in body),
    "outlet": ("sumber:genap", lambda body: BODIES.index(body) % 2 == 0),
    "word in an outlet": (
        "sumber:genap nikel",
        lambda body: BODIES.index(body) % 2 == 0 and "nikel" in body,
    ),
    "word in two outlets": ("sumber:id nikel", lambda body: "nikel" in body),
    "word and not in an outlet": (
        "sumber:ganjil nikel -emas",
        lambda body: BODIES.index(body) % 2 == 1 and "nikel" in body and "emas" not in body,
    ),
    "nothing": ("nikel tembaga emas beras kopi -nikel", lambda body: False),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path: Path = tmp_path_factory.mktemp("newest") / "library.db"
    with Archive.open(path, "create") as made:
        for number, body in enumerate(BODIES):
            source = "ganjil.id" if BODIES.index(body) % 2 else "genap.id"
            day = f"20{10 + number // 12}-{1 + number % 12:02}-01"
            made.add(Article(f"a{number}", f"Judul {number}", body, day, source), Extraction())
    with Archive.open(path, "read") as opened:
        yield opened


@pytest.fixture(
    params=[(1_000, 5_000), (0, 5_000), (1_000, 5)], ids=["by hits", "by filters", "nested"]
)
def searcher(
    request: pytest.FixtureRequest, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> Searcher:
    """One that takes 50 articles for many, and goes through the hits of a word or those of a filter.

    Or one to which every word is common.
    """
    enough, counted = request.param
    monkeypatch.setattr(newest, "_COMMON", enough)
    for module in (lexicon, nesting, relevance):
        monkeypatch.setattr(module, "COUNTED", counted)
    monkeypatch.setattr(newest, "RECENT", 50)
    monkeypatch.setattr(newest, "ENOUGH", 10)
    monkeypatch.setattr(newest, "_WINDOW", 3)
    monkeypatch.setattr(relevance, "RANKED", 12)
    monkeypatch.setattr(relevance, "PHRASE_RANKED", 10)
    monkeypatch.setattr(engine, "PHRASES", 12)
    monkeypatch.setattr(engine, "MANY", 25)
    monkeypatch.setattr(engine, "SOME", 15)
    return Searcher(archive)


def found(archive: Archive, docids: object) -> list[int]:
    return [int(row.title.split()[1]) for row in archive.rows(docids)]  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ASKED)
@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize("limit", [1, 6, 30], ids=["first", "few", "many"])
def test_pages_and_all_are_the_hits_that_there_are(
    searcher: Searcher, archive: Archive, name: str, sort: str, limit: int
) -> None:
    typed, holds = ASKED[name]
    wanted = [number for number, body in enumerate(BODIES) if holds(body)]
    plan = searcher.prepare(typed, sort)  # type: ignore[arg-type]
    page = found(archive, searcher.first(plan, limit))
    searcher.count(plan)
    searcher.facets(plan)
    everything = found(archive, searcher.ids(plan))
    strict = [number for number in everything if number in set(wanted)]
    assert sorted(strict) == wanted
    assert len(everything) == len(set(everything))
    assert page == everything[:limit]
    assert len(wanted) < relevance.FEW or len(everything) == len(wanted)
    if sort == "newest":
        assert strict == wanted[::-1]
    if sort == "oldest":
        assert strict == wanted


@pytest.mark.parametrize("name", ASKED)
def test_a_total_is_exact_or_says_that_there_are_more(searcher: Searcher, name: str) -> None:
    typed, holds = ASKED[name]
    wanted = sum(map(holds, BODIES))
    for before in (lambda plan: None, lambda plan: searcher.first(plan, 5), searcher.facets):
        searcher.forget()
        plan = searcher.prepare(typed)
        before(plan)
        total, exact = searcher.count(plan)
        if exact:
            assert total == wanted or total == len(searcher.ids(plan)) < relevance.FEW + 201
        else:
            assert total < wanted
            assert total >= (1 if '"' in typed else engine.SOME)


def test_a_common_word_is_counted_no_further_than_said(searcher: Searcher) -> None:
    wanted = sum("nikel" in body for body in BODIES)
    assert wanted > engine.MANY
    assert searcher.count(searcher.prepare("nikel")) == (engine.MANY, False)
    assert searcher.count(searcher.prepare("nikel sejak:2010")) == (engine.SOME, False)


def test_facets_are_those_of_the_newest(searcher: Searcher) -> None:
    years = searcher.facets(searcher.prepare("-emas"))["year"]
    wanted = [2010 + number // 12 for number, body in enumerate(BODIES) if "emas" not in body]
    assert {int(year.value): year.count for year in years} == {
        year: wanted.count(year) for year in set(wanted)
    }


@pytest.mark.parametrize(
    ("typed", "nested"),
    [
        ("nikel kopi emas", True),
        ("nikel kopi emas -beras", True),
        ("nikel", False),
        ("nikel OR kopi", False),
        ('"nikel kopi"', False),
    ],
)
@pytest.mark.parametrize("searcher", [(1_000, 5)], indirect=True)
def test_the_index_is_asked_for_the_rarest_two_first(
    searcher: Searcher, typed: str, nested: bool
) -> None:
    plan = searcher.prepare(typed)
    assert plan.match is not None
    assert (' NOT "")' in plan.nested.get(plan.match, "")) == nested


@pytest.mark.parametrize("articles", [1, 5, 6, 30, 60, 119])
def test_a_form_is_estimated_from_the_newest(
    archive: Archive, monkeypatch: pytest.MonkeyPatch, articles: int
) -> None:
    monkeypatch.setattr(lexicon, "COUNTED", 40)
    known = lexicon.Lexicon(asking.Asking(archive))
    having = sum("nikel" in body for body in BODIES)
    if abs(having - articles) > 25:
        assert known.is_likely("nikel", articles) == (having >= articles)
    assert not known.is_likely("tiada", articles)
