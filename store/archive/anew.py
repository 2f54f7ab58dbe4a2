"""What a second analysis of a stored article found, ready to take the place of the first."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from store.archive.entities import entity_key
from store.archive.prepared import identity
from store.archive.rows import Rows, rows_of
from store.library import StoredArticle
from store.records import Article, Extraction


@dataclass(frozen=True, slots=True)
class Anew:
    """The findings of an article for the text that had ``content`` as its digest."""

    id: int
    content: bytes
    rows: Rows | None
    """None where all is as it was."""
    partners: tuple[str, ...]
    changed: bool
    """Whether other entities are named than before, or others more often."""


def anew(stored: StoredArticle, found: Extraction) -> Anew:
    """``found`` beside what ``stored`` says. Text and boilerplate are those of before."""
    article = Article(stored.ref, stored.title, stored.body, url=stored.url)
    before = stored.extraction
    same = found == before
    return Anew(
        stored.id,
        identity(article).content,
        None if same else rows_of(found),
        found.partners,
        not same and _named(found) != _named(before),
    )


def _named(extraction: Extraction) -> Counter[str]:
    return Counter(map(entity_key, extraction.mentions))
