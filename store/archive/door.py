"""``Archive``: the one door to the file of a library. Nothing else opens it."""

from __future__ import annotations

import os
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Concatenate, ParamSpec, Self, TypeVar

from store.archive import (
    entities,
    faults,
    identity,
    imports,
    keeping,
    neighbours,
    opening,
    prepared,
    reading,
    trash,
)
from store.archive.identity import Found
from store.archive.opening import Mode
from store.archive.prepared import Identity, Prepared
from store.archive.writing import Writer
from store.records import (
    Added,
    Article,
    ArticleRow,
    Entity,
    Extraction,
    Failure,
    ImportRecord,
    ImportReport,
    KbRow,
    MentionType,
    Original,
    Sort,
    StoredArticle,
    TrashItem,
    Version,
)
from store.schema import SCHEMA_VERSION, Tell

P = ParamSpec("P")
T = TypeVar("T")


class Archive:
    """A library by its path. One connection: one thread at a time, but for ``interrupt``.

    Every method raises LibraryError where the file is damaged, locked or full, and ``Interrupted``
    after ``interrupt``. Every writing method is one transaction: whole or not at all.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, read_only: bool) -> None:
        self.path = path
        self.connection = connection
        """For the search room only."""
        self.read_only = read_only
        self._writer = Writer(connection)

    @classmethod
    def open(
        cls,
        path: Path,
        mode: Mode,
        *,
        patience: float = opening.BUSY_SECONDS,
        tell: Tell | None = None,
    ) -> Self:
        """Open the library at ``path``.

        ``read`` cannot write whatever is asked of it, and works on a read-only medium; ``create``
        makes a missing library. Raises LibraryError with the next step where the file is missing,
        a folder, empty, no library, made by a newer version, damaged, locked or (for writing)
        read-only. ``patience`` (seconds): how long each write waits for other programs' writes
        before it raises LockedError. A library of an older format is upgraded unless it is only
        read; ``tell`` then hears shares of that work from 0 to 1, and nothing otherwise.
        """
        path = Path(path)
        connection, read_only = opening.connect(path, mode, patience, tell)
        return cls(path, connection, read_only)

    @classmethod
    def create(cls, path: Path, fill: Callable[[Archive], None]) -> None:
        """Make a library with first contents; it appears at ``path`` only when ``fill`` is done."""

        def filled(draft: Path) -> None:
            with cls.open(draft, "write") as archive:
                fill(archive)

        opening.create(Path(path), filled)

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
        self.connection.interrupt()

    @contextmanager
    def guard(self) -> Iterator[None]:
        """For the search room: SQLite's errors inside the block become ours."""
        with faults.guard(self.path):
            yield

    # --- reading --------------------------------------------------------------------------------

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
        return self._read(_info, self.path)

    def find(self, article: Article) -> Found:
        """What the library knows of ``article``; cheap enough to ask before paying for extraction."""
        return self._read(identity.find, prepared.identity(article))

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

    # --- writing --------------------------------------------------------------------------------

    def add(
        self,
        article: Article,
        extraction: Extraction,
        *,
        import_id: int | None = None,
        keep_original: bool = True,
    ) -> Added:
        """Add the article, or update the one that it is (an older text becomes a version)."""
        pairs = [(article, extraction)]
        (added,) = self.add_many(pairs, import_id=import_id, keep_original=keep_original)
        return added

    def add_many(
        self,
        pairs: Iterable[tuple[Article, Extraction]],
        *,
        import_id: int | None = None,
        keep_original: bool = True,
    ) -> list[Added]:
        """As ``add`` for each, in order, all in one transaction."""
        items = [
            # What is known need not be prepared; a transaction asks again for the others.
            prepared.identity(article)
            if self.find(article).known
            else prepared.prepare(article, extraction, keep_original=keep_original)
            for article, extraction in pairs
        ]
        return self.add_prepared(items, import_id=import_id)

    def add_prepared(
        self,
        items: Sequence[Prepared | Identity],
        *,
        import_id: int | None = None,
        unchanged: int = 0,
        failed: Sequence[Failure] = (),
        units: Sequence[tuple[bytes, int]] = (),
    ) -> list[Added]:
        """As ``add_many`` for articles prepared elsewhere (an identity stands for a known one).

        The counters of the import move along, by ``unchanged`` and ``failed`` too. ``units``: what
        has now been read whole, by digest and number of articles.
        """
        with self._writing():
            added = self._writer.add(items, import_id)
            imports.remember_units(self.connection, units)
            if import_id is not None:
                imports.advance(
                    self.connection,
                    import_id,
                    added=sum(one.outcome == "added" for one in added),
                    updated=sum(one.outcome == "updated" for one in added),
                    unchanged=unchanged + sum(one.outcome == "unchanged" for one in added),
                    near_duplicates=sum(one.near_duplicate for one in added),
                    failed=failed,
                )
        return added

    def begin_import(self, sources: Sequence[str]) -> int:
        """Open an import; its id goes to ``add`` and ``finish_import``."""
        opening.wait_for_writers(self.connection, opening.IMPORT_BUSY_SECONDS)
        return self._write(imports.begin, sources)

    def finish_import(self, import_id: int, report: ImportReport) -> None:
        """Close an import with its report."""
        self._write(imports.finish, import_id, report)
        opening.wait_for_writers(self.connection, opening.BUSY_SECONDS)

    def mark(self, ids: Sequence[int], on: bool = True) -> None:
        """Mark or unmark. Raises NotFoundError on an unknown id and then changes nothing."""
        self._write(keeping.mark, ids, on)

    def clear_marks(self) -> None:
        """Unmark every article."""
        self._write(keeping.clear_marks)

    def set_read(self, id: int, on: bool = True) -> None:
        """Note that the article was read, or was not."""
        self._write(keeping.set_read, id, on)

    def set_note(self, id: int, text: str | None) -> None:
        """Replace the note on an article; None or blank removes it."""
        self._write(keeping.set_note, id, text)

    def set_state(self, key: str, value: object) -> None:
        """Keep a JSON value for the screen; None removes it."""
        self._write(keeping.set_state, key, value)

    def put_kb_rows(self, rows: Iterable[KbRow]) -> None:
        """Add rows of the user's own, replacing those of the same id."""
        self._write(keeping.put_kb_rows, rows)

    def delete_kb_row(self, id: str) -> None:
        """Remove a row of the user's own. Raises NotFoundError."""
        self._write(keeping.delete_kb_row, id)

    def delete(self, ids: Sequence[int]) -> int:
        """Move articles to the trash; returns the batch for ``undelete``, 0 where none exists."""
        return self._write(trash.delete, ids)

    def undo_import(self, import_id: int) -> int:
        """Take back what an import did; returns the batch for ``undelete``. NotFoundError."""
        return self._write(trash.undo_import, self._writer, import_id)

    def undelete(self, batch: int | None = None) -> list[int]:
        """Bring back a batch, the latest where None; returns the ids, under which all is as before."""
        return self._write(trash.undelete, self._writer, batch)

    def empty_trash(self) -> None:
        """Forget what was deleted for good."""
        self._write(trash.empty)

    def check(self, repair: bool = False) -> list[str]:
        """What is wrong with the library; with ``repair`` what is still wrong after rebuilding."""
        from store.archive import checking

        found = self._read(checking.problems)
        if repair and found:
            self._write(checking.rebuild)
            found = self._read(checking.problems)
        return found

    # --- how ------------------------------------------------------------------------------------

    def _read(
        self,
        ask: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        with faults.guard(self.path):
            return ask(self.connection, *args, **kwargs)

    def _write(
        self,
        change: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        with self._writing():
            return change(self.connection, *args, **kwargs)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """One transaction, which waits for other writers first."""
        if self.read_only:
            raise faults.read_only(self.path)
        with faults.guard(self.path):
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield
                self.connection.execute("COMMIT")
            except BaseException:
                self._writer.forget()
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise


def _info(connection: sqlite3.Connection, path: Path) -> dict[str, object]:
    from store import normalise

    def number(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    return {
        "path": str(path),
        # What was written lately stands in the file beside it.
        "bytes": sum(
            os.stat(file).st_size for file in (path, f"{path}-wal") if os.path.exists(file)
        ),
        "format": number("PRAGMA user_version"),
        "writable": os.access(path, os.W_OK),
        "sqlite": sqlite3.sqlite_version,
        "normaliser": number("SELECT value FROM meta WHERE key = 'normaliser'"),
        "normaliser_of_program": normalise.VERSION,
        "articles": reading.count(connection),
        "entities": number("SELECT count(*) FROM entities WHERE articles > 0"),
        "originals": number("SELECT count(*) FROM originals"),
        "marks": number("SELECT count(*) FROM marks"),
        "notes": number("SELECT count(*) FROM notes"),
        "imports": number("SELECT count(*) FROM imports"),
        "trash": number("SELECT count(*) FROM trash"),
        "own_names": number("SELECT count(*) FROM kb_rows"),
    }
