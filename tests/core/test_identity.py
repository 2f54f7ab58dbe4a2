"""Which input is which article (CONTRACT.md, Identity)."""

from __future__ import annotations

import pytest

from store.archive import Archive
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
