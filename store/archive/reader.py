"""``Reader``: every question that can be put to the file of a library, and none of the changes."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from store.archive import (
    analysed,
    entities,
    facts,
    faults,
    identity,
    imports,
    keeping,
    neighbours,
    prepared,
    reading,
    renewal,
    trash,
)
from store.archive.analysed import Analysis
from store.archive.identity import Found
from store.library import (
    Added,
    ArticleRow,
    Entity,
    ImportRecord,
    Sort,
    StoredArticle,
    Tell,
    TrashItem,
    Version,
)
from store.records import Article, KbRow, MentionType, Original
from store.schema import SCHEMA_VERSION

if TYPE_CHECKING:
    from store.archive.checking import Problem

P = ParamSpec("P")
T = TypeVar("T")


class Reader:
    """A library by its path. One connection: one thread at a time, but for ``interrupt``.

    Every method raises LibraryError where the file is damaged or locked, and ``Interrupted`` after
    ``interrupt``.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self.connection = connection
        """For the search room only."""
        self.interrupts = 0
        """How often ``interrupt`` was called: what takes several statements looks here between them."""

    def close(self) -> None:
        self.connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def interrupt(self) -> None:
        """Stop what runs on this connection now; from any thread."""
        self.interrupts += 1
        self.connection.interrupt()

    @contextmanager
    def guard(self) -> Iterator[None]:
        """For the search room: SQLite's errors inside the block become ours."""
        with faults.guard(self.path):
            yield

    def count(self) -> int:
        """Articles in the library."""
        return self._read(reading.count)

    def article(self, id: int) -> StoredArticle:
        """The article of that permanent id. Raises NotFoundError."""
        return self._read(reading.article, id)

    def by_docid(self, docid: int) -> StoredArticle:
        """The article at that place of the index. Raises NotFoundError."""
        return self._read(reading.by_docid, docid)

    def rows(self, docids: Sequence[int]) -> list[ArticleRow]:
        """List lines in the order of ``docids``; those no longer there are left out."""
        return self._read(reading.rows, docids)

    def docids(self, ids: Sequence[int]) -> list[int]:
        """Docids of articles by id, in order; unknown ids are left out."""
        return self._read(reading.docids, ids)

    def ids(self, docids: Sequence[int]) -> list[int]:
        """Permanent ids of articles by docid, in order; gone ones are left out."""
        return self._read(reading.ids, docids)

    def newest(self, limit: int, before: int | None = None) -> array[int]:
        """Up to ``limit`` docids, newest first, those after docid ``before`` in that order."""
        return self._read(reading.newest, limit, before)

    def all_docids(self, sort: Sort = "newest") -> array[int]:
        """Every docid; the undated come last in either order."""
        return self._read(reading.all_docids, sort)

    def original(self, id: int) -> Original | None:
        """The input of the article's present text, None where none was kept."""
        return self._read(reading.original, id)

    def versions(self, id: int) -> list[Version]:
        """Older texts of an article, oldest first."""
        return self._read(reading.versions, id)

    def near_duplicates(self, id: int) -> list[tuple[int, float]]:
        """Articles with nearly the same text, with their similarity (0-1), nearest first."""
        return self._read(neighbours.near_duplicates, id)

    def copies(self, id: int) -> list[int]:
        """Docids of the articles with nearly the same text, or nearly that of such a one, by date."""
        return self._read(neighbours.copies, id)

    def copy_groups(self) -> dict[int, int]:
        """Every article that has such copies, by docid, with the docid that stands for its group."""
        return self._read(neighbours.groups)

    def entities(
        self,
        prefix: str = "",
        *,
        type: MentionType | None = None,
        within: Sequence[int] | None = None,
        limit: int | None = None,
    ) -> list[Entity]:
        """Entities, most articles first; ``within`` takes docids and counts among them only."""
        return self._read(entities.entities, prefix, type=type, within=within, limit=limit)

    def entity_counts(self, keys: Iterable[str]) -> dict[str, tuple[int, int]]:
        """Articles and mentions in the library by ``entity_key``."""
        return self._read(entities.entity_counts, keys)

    def marked(self) -> list[int]:
        """Ids of marked articles, newest article first."""
        return self._read(keeping.marked)

    def imports(self, limit: int = 20) -> list[ImportRecord]:
        """The last imports, latest first."""
        return self._read(imports.recent, limit)

    def trash(self) -> list[TrashItem]:
        """What ``undelete`` can bring back, latest first."""
        return self._read(trash.items)

    def state(self, key: str) -> object:
        """What ``set_state`` stored, None where nothing was."""
        return self._read(keeping.state, key)

    def kb_rows(self) -> list[KbRow]:
        """The user's own rows of the knowledge base."""
        return self._read(keeping.kb_rows)

    def data_version(self) -> int:
        """A number that changes when another connection has written."""
        with self.guard():
            (version,) = self.connection.execute("PRAGMA data_version").fetchone()
        return int(version)

    def is_older(self) -> bool:
        """Whether it is of an older format, to be upgraded when somebody opens it for writing."""
        with self.guard():
            (version,) = self.connection.execute("PRAGMA user_version").fetchone()
        return int(version) < SCHEMA_VERSION

    def info(self) -> dict[str, object]:
        """Versions, sizes and counts, for ``bilat-tui info``."""
        return self._read(facts.facts, self.path)

    def find(self, article: Article) -> Found:
        """What the library knows of ``article``; cheap enough to ask before paying for extraction."""
        return self._read(identity.find, prepared.identity(article))

    def find_many(self, articles: Iterable[Article]) -> list[Found]:
        """As ``find`` for each, for little more than one costs."""
        return self._read(identity.find_many, list(map(prepared.identity, articles)))

    def articles_of_unit(self, digest: bytes) -> int | None:
        """How many articles the unit of that digest gave, None unless all of them are here still."""
        return self._read(imports.articles_of_unit, digest)

    def is_known(self, article: Article) -> bool:
        """Whether the content is there under that identity already, in any version."""
        return self.find(article).known

    def outcome(self, article: Article) -> Added:
        """What ``add`` would do; the id is 0 for an article not there yet."""
        found = self.find(article)
        if found.known:
            return Added("unchanged", found.id or 0)
        return Added("added", 0) if found.id is None else Added("updated", found.id)

    def current_analysis(self) -> Analysis:
        """By what this program would analyse the articles now."""
        return analysed.current(self.kb_rows())

    def outdated(self, by: Analysis) -> array[int]:
        """Ids of the articles that were analysed by something else, in order."""
        return self._read(analysed.outdated, by)

    def count_outdated(self, by: Analysis | None = None) -> int:
        """How many articles were analysed by something else than ``by``, or than what is current."""
        return self._read(analysed.count_outdated, by or self.current_analysis())

    def index_is_older(self) -> bool:
        """Whether the index was made by word forms that this program has replaced."""
        return self._read(renewal.is_older)

    def index_is_ours(self) -> bool:
        """Whether the index was made by the word forms of this program."""
        return self._read(renewal.is_ours)

    def missing_from_renewal(self) -> array[int]:
        """Docids of the articles that a second index under way still lacks, in order."""
        return self._read(renewal.missing)

    def indexed(self, docids: Sequence[int]) -> renewal.Indexed:
        """Those articles as an index wants them; the ones no longer there are left out."""
        return self._read(renewal.indexed, docids)

    def problems(self, sample: int | None = None, tell: Tell | None = None) -> list[Problem]:
        """What is wrong with the library, by part.

        ``sample``: how many articles are looked for by their words, 0 for all; None for all of a
        small library and some of a large one. ``tell`` hears shares of the work from 0 to 1.
        """
        from store.archive import checking

        return self._read(checking.problems, sample, tell)

    def check(self, sample: int | None = None, tell: Tell | None = None) -> list[str]:
        """As ``problems``, in sentences only."""
        return [problem.sentence for problem in self.problems(sample, tell)]

    def _read(
        self,
        ask: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        with faults.guard(self.path):
            return ask(self.connection, *args, **kwargs)
