"""What the desk answers: records for the screen, made of the store's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.library import ArticleRow, Notice, Sort, StoredArticle
from store.records import KbRow, Span
from tui.copies import Listing
from tui.entities import Counts, PaneEntity

if TYPE_CHECKING:
    from store.search import Chip, Plan


@dataclass(frozen=True, slots=True)
class Found:
    """The first answer to a query: enough to paint. ``plan`` None: every article was asked for."""

    query: str
    sort: Sort
    plan: Plan | None
    listing: Listing
    rows: Sequence[ArticleRow]
    chips: Sequence[Chip] = ()
    notices: Sequence[Notice] = ()


@dataclass(frozen=True, slots=True)
class Detail:
    """An article with all that the reader and the entity pane show."""

    article: StoredArticle
    matches: Sequence[Span]
    title_matches: Sequence[Span]
    entities: Sequence[PaneEntity]
    counts: Counts
    copies: Sequence[ArticleRow] = ()
    """Articles of nearly the same text, oldest first."""
    unsure: int = 0
    """Mentions left out because they are less sure than was asked for."""


@dataclass(frozen=True, slots=True)
class OwnName:
    """A name that the user gave an entity. ``before`` None: the entity had only its shipped row."""

    id: str
    alias: str
    before: KbRow | None
    after: KbRow


@dataclass(frozen=True, slots=True)
class Pulse:
    """What tells that another program wrote to the library."""

    version: int
    count: int
