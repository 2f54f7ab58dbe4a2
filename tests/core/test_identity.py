"""Which input is which article (CONTRACT.md, Identity)."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.archive import Archive
from store.pipeline.rehearsal import Rehearsal
from store.records import Article, Extraction

URL = "https://contoh.id/berita/1"
OTHER = "https://contoh.id/berita/2"

# Each case: (ref, url, title, body) in order of import, and what becomes of each.
CASES = {
    "same-again": (
        [("a", None, "J", "Isi."), ("a", None, "J", "Isi.")],
        "added unchanged",
    ),
    "same-ref-new-body": (
        [("a", None, "J", "Isi."), ("a", None, "J", "Baru.")],
        "added updated",
    ),
    "same-ref-new-title": (
        [("a", None, "J", "Isi."), ("a", None, "Judul", "Isi.")],
        "added updated",
    ),
    "back-to-an-older-version": (
        [("a", None, "J", "Satu."), ("a", None, "J", "Dua."), ("a", None, "J", "Satu.")],
        "added updated unchanged",
    ),
    "same-url-other-ref-same-text": (
        [("a", URL, "J", "Isi."), ("b", URL, "J", "Isi.")],
        "added unchanged",
    ),
    "same-url-other-ref-other-body": (
        [("a", URL, "J", "Satu."), ("b", URL, "J", "Dua.")],
        "added added",
    ),
    "same-url-other-ref-other-title": (
        [("a", URL, "J", "Isi."), ("b", URL, "Judul", "Isi.")],
        "added updated",
    ),
    "no-common-name-same-text": (
        [("a", URL, "J", "Isi."), ("b", OTHER, "J", "Isi.")],
        "added unchanged",
    ),
    "no-common-name-same-body-other-title": (
        [("a", None, "J", "Isi."), ("b", None, "Judul", "Isi.")],
        "added added",
    ),
    "same-ref-wins-over-url": (
        [("a", URL, "J", "Satu."), ("b", OTHER, "J", "Dua."), ("a", OTHER, "J", "Tiga.")],
        "added added updated",
    ),
    "live-page-crawled-three-times": (
        [("a", URL, "J", "Pagi."), ("b", URL, "J", "Siang."), ("c", URL, "J", "Pagi.")],
        "added added unchanged",
    ),
    "text-of-another-under-a-known-ref": (
        [("a", None, "J", "Satu."), ("b", None, "J", "Dua."), ("a", None, "J", "Dua.")],
        "added added updated",
    ),
    "derived-name-is-the-address": (
        [(URL, URL, "J", "Satu."), (URL, URL, "J", "Dua.")],
        "added updated",
    ),
}


@pytest.mark.parametrize(("inputs", "outcomes"), CASES.values(), ids=CASES)
def test_identity(
    archive: Archive, inputs: list[tuple[str, str | None, str, str]], outcomes: str
) -> None:
    articles = [Article(ref, title, body, url=url) for ref, url, title, body in inputs]
    for article, outcome in zip(articles, outcomes.split(), strict=True):
        assert archive.outcome(article).outcome == outcome
        assert archive.is_known(article) == (outcome == "unchanged")
        assert archive.add(article, Extraction()).outcome == outcome
    # Whatever it was, all of it again changes nothing, in either order.
    for again in (articles, articles[::-1]):
        outcomes_again = archive.add_many([(article, Extraction()) for article in again])
        assert {one.outcome for one in outcomes_again} == {"unchanged"}
    assert archive.check() == []


def test_different_days_make_no_different_article(archive: Archive) -> None:
    archive.add(Article("a", "J", "Isi.", "2019-06-27"), Extraction())
    assert archive.add(Article("a", "J", "Isi.", "2020-01-01"), Extraction()).outcome == "unchanged"


def test_twin_that_changes_becomes_an_article_of_its_own(archive: Archive) -> None:
    for ref, body in (("a", "Sama."), ("b", "Sama."), ("b", "Kini lain."), ("b", "Lagi lain.")):
        archive.add(Article(ref, "J", body), Extraction())
    assert [archive.article(at).body for at in (1, 2)] == ["Sama.", "Lagi lain."]
    assert archive.add(Article("b", "J", "Sama."), Extraction()).outcome == "unchanged"


def test_further_names_survive_the_trash(archive: Archive) -> None:
    archive.add(Article("a", "J", "Sama."), Extraction())
    archive.add(Article("b", "J", "Sama."), Extraction())
    archive.delete([1])
    archive.add(Article("b", "J", "Lain."), Extraction())
    assert archive.undelete() == [1]
    found = archive.find(Article("b", "J", "Sama."))
    assert (found.id, found.known, found.named) == (1, True, True)
    assert archive.check() == []


def fresh(folder: Path) -> Path:
    """Where no library is yet: one example of a property after another."""
    for file in folder.iterdir():
        file.unlink()
    return folder / "library.db"


@st.composite
def inputs(draw: st.DrawFn) -> Article:
    """Few names, addresses and texts, so that they meet in every way."""
    ref = draw(st.sampled_from(["a", "b", "c", URL]))
    url = draw(st.sampled_from([None, URL, OTHER]))
    title = draw(st.sampled_from(["J", "Judul"]))
    return Article(ref, title, draw(st.sampled_from(["Satu.", "Dua.", "Tiga."])), url=url)


@settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(inputs(), max_size=12), st.lists(st.integers(0, 12), max_size=3))
def test_importing_anything_twice_changes_nothing(
    tmp_path: Path, sequence: list[Article], cuts: list[int]
) -> None:
    """In batches cut anywhere, whatever names, addresses and texts have in common."""
    pairs = [(article, Extraction()) for article in sequence]
    with Archive.open(fresh(tmp_path), "create") as archive:
        for start, end in pairwise([0, *sorted(cuts), len(pairs)]):
            archive.add_many(pairs[start:end])
        count = archive.count()
        for again in (pairs, pairs[::-1]):
            assert {one.outcome for one in archive.add_many(again)} <= {"unchanged"}
        assert all(archive.find(article).named for article in sequence)
        assert archive.count() == count


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(inputs(), max_size=8), st.lists(inputs(), max_size=8))
def test_rehearsal_counts_what_an_import_does(
    tmp_path: Path, before: list[Article], sequence: list[Article]
) -> None:
    # An address that an article gave up for another is not followed, so none is given up here.
    before, sequence = (
        [replace(article, url=None) for article in articles] for articles in (before, sequence)
    )
    with Archive.open(fresh(tmp_path), "create") as archive:
        archive.add_many([(article, Extraction()) for article in before])
        rehearsal = Rehearsal(archive)
        rehearsed = [rehearsal.outcome(article) for article in sequence]
        assert rehearsed == [archive.add(article, Extraction()).outcome for article in sequence]


def test_undone_import_leaves_no_name_of_a_text_that_is_gone(archive: Archive) -> None:
    archive.add(Article("a", "J", "Satu."), Extraction())
    second = archive.begin_import(["x"])
    archive.add(Article("a", "J", "Dua."), Extraction(), import_id=second)
    archive.add(Article("b", "J", "Dua."), Extraction(), import_id=second)
    archive.undo_import(second)
    assert not archive.is_known(Article("b", "J", "Dua."))
    archive.undelete()
    assert archive.find(Article("b", "J", "Dua.")).named
    assert archive.article(1).body == "Dua."
