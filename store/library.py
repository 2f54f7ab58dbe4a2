"""What a library holds and answers, as records: rows, hits, facets, reports.

Beside ``store.records``, whose conventions hold here too, because finding entities in a text needs
none of this, and every record costs a start a millisecond.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from store.records import Extraction, Failure, MentionType, Span


@dataclass(frozen=True, slots=True)
class ArticleRow:
    """What one line of the article list shows."""

    docid: int
    id: int
    title: str
    title_derived: bool
    date: str | None
    source: str | None
    countries: tuple[str, ...] = ()
    """Partner countries."""
    marked: bool = False
    read: bool = False
    noted: bool = False


@dataclass(frozen=True, slots=True)
class StoredArticle:
    """An article of the library, whole, with what was extracted from it."""

    id: int
    docid: int
    ref: str
    title: str
    title_derived: bool
    body: str
    date: str | None
    source: str | None
    url: str | None
    imported_at: str
    extraction: Extraction
    marked: bool = False
    read: bool = False
    note: str | None = None
    original_sha256: str | None = None


@dataclass(frozen=True, slots=True)
class Entity:
    """An entity of the library with its counts."""

    key: str
    """Permanent within the library: the knowledge base's id, else ``TYPE:folded name``."""
    entity: str | None
    """Id in the knowledge base, None where unlinked."""
    name: str
    type: MentionType
    country: str | None
    articles: int
    mentions: int


# --- search -----------------------------------------------------------------------------------

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Facet:
    """One value of a facet and how many hits carry it."""

    value: str
    count: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of an article, with the matched surface forms as spans into ``text``."""

    text: str
    spans: tuple[Span, ...] = ()
    start: int = 0
    """Where the passage begins in the body."""


@dataclass(frozen=True, slots=True)
class Hit:
    row: ArticleRow
    ref: str
    url: str | None
    snippet: Snippet
    score: float


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the reader of an answer should know; the interface words it in its language.

    ``kind`` names the sentence (``corrected``, ``unknown-field``, ``bad-date``, ``no-such-name``,
    ``ambiguous-name``, ``some-words-missing`` …), ``args`` fill it.
    """

    kind: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    query: str
    hits: tuple[Hit, ...]
    total: int
    total_exact: bool
    facets: Mapping[str, Sequence[Facet]]
    notices: tuple[Notice, ...] = ()


# --- import -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did. ``near_duplicates`` counts within ``added``."""

    import_id: int | None
    added: int
    updated: int
    unchanged: int
    near_duplicates: int
    failed: tuple[Failure, ...]
    seconds: float
    stopped: bool = False


Tell = Callable[[float], None]
"""Is told how much of a long piece of work is done, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an import is, after each batch. ``done`` counts articles and failures alike."""

    done: int
    added: int
    updated: int
    unchanged: int
    failed: int
    seconds: float
    current: str = ""
    """The source being read."""
    share: float | None = None
    """How much of all sources has been read, 0-1; None where that cannot be known."""
    merging: bool = False
    """All is in the library; the pieces of its index are being merged, which may be left."""

    @property
    def rate(self) -> float:
        """Articles per second so far."""
        return self.done / self.seconds if self.seconds > 0 else 0.0

    @property
    def seconds_left(self) -> float | None:
        """As long again as the rest of the sources suggests; None where that cannot be known."""
        return self.seconds * (1 / self.share - 1) if self.share else None


# --- what the library keeps beside articles ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article that was handed to the library, and its id there."""

    outcome: Literal["added", "updated", "unchanged"]
    id: int
    near_duplicate: bool = False
    """It was added beside an article with nearly the same text."""


@dataclass(frozen=True, slots=True)
class Version:
    """An older text of an article. ``number`` runs from 1, the oldest."""

    number: int
    title: str
    body: str
    date: str | None
    replaced_at: str
    import_id: int | None


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """An import as the library remembers it; ``finished_at`` None: it was cut off, or still runs."""

    id: int
    started_at: str
    finished_at: str | None
    sources: tuple[str, ...]
    report: ImportReport
    undone_at: str | None = None


@dataclass(frozen=True, slots=True)
class TrashItem:
    """A deleted article, or one whose last import was undone, that can still come back."""

    batch: int
    article_id: int
    title: str
    deleted_at: str
    kind: Literal["deleted", "reverted"]
