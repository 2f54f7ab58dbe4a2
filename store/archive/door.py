"""``Archive``: the one door to the file of a library. Nothing else opens it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Concatenate, ParamSpec, Self, TypeVar

from store.archive import (
    analysed,
    bands,
    faults,
    imports,
    keeping,
    kept,
    opening,
    pieces,
    prepared,
    recent,
    renewal,
    trash,
)
from store.archive.analysed import Analysis
from store.archive.anew import Anew
from store.archive.opening import Mode
from store.archive.prepared import Identity, Prepared
from store.archive.reader import Reader
from store.archive.writing import Writer
from store.library import Added, ImportReport, Tell
from store.records import Article, Extraction, Failure, KbRow

P = ParamSpec("P")
T = TypeVar("T")

_PAGES, _PAGES_OF_IMPORT = 1000, 16_000
"""Pages of new content after which SQLite moves them into the library (its default, and 256 MB): a page
of an index changes with every batch of an import, and is so moved more seldom. Beside 575,000 articles
writing 64 at a time takes a tenth less than with 64 MB; a small library never gets there."""


def _nobody(share: float) -> None:
    """Whom progress is told where nobody asked."""


class Archive(Reader):
    """A library by its path, to be asked and, where it was opened so, to be changed.

    Every writing method is one transaction: whole or not at all. It raises LibraryError also where
    the disk is full or the library can only be read.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, read_only: bool) -> None:
        super().__init__(path, connection)
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
        with self._unchecked(), self._writing():
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
        most = kept.most(self.count())
        if self._writer.late.are_many(most):
            self._complete_bands()
        if self._writer.recent >= min(most, recent.MOST):
            self._move_recent()
        return added

    def begin_import(self, sources: Sequence[str]) -> int:
        """Open an import; its id goes to ``add`` and ``finish_import``."""
        opening.wait_for_writers(self.connection, opening.IMPORT_BUSY_SECONDS)
        self.connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_OF_IMPORT}")
        opening.keep_pages(self.connection, opening.CACHE_IMPORTING)
        self._write(pieces.hold_more)
        self._writer.late.wanted = self._writer.importing = True
        return self._write(imports.begin, sources)

    def finish_import(self, import_id: int, report: ImportReport) -> None:
        """Close an import with its report."""
        self._writer.late.wanted = self._writer.importing = False
        apart = max(self._read(bands.lacking), self._read(recent.articles))
        if not kept.may_stay(apart, self.count()):
            self._complete_bands()
            self._move_recent()
        self._write(imports.finish, import_id, report)
        opening.wait_for_writers(self.connection, opening.BUSY_SECONDS)
        opening.keep_pages(self.connection, opening.CACHE_WRITING)
        self.connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES}")

    def merge_index(self, stop: Callable[[], bool] = lambda: False) -> None:
        """Merge the pieces of the index where they are many, a moment at a time.

        ``stop`` is asked in between; what was merged stays.
        """
        if self._read(pieces.are_many):
            while self._write(pieces.merge) and not stop():
                pass

    def analysis(self, by: Analysis) -> int:
        """The number that stands for ``by`` in this library, for ``Prepared`` and ``find_anew``."""
        return self._write(analysed.register, by)

    def find_anew(self, items: Sequence[Anew], analysis: int) -> int:
        """Put the findings of a second analysis in the place of the first; returns how many.

        An article that was changed or deleted meanwhile is left alone.
        """
        with self._writing():
            return self._writer.find_anew(items, analysis)

    def forget_analysis(self, ids: Sequence[int] | None = None) -> None:
        """Count the articles, or all of them, as out of date."""
        self._write(analysed.forget, ids)

    def adopt_names(self, rows: Iterable[KbRow]) -> None:
        """Call the entities of the library as these rows call them now."""
        self._write(analysed.adopt_names, rows)

    def begin_renewal(self) -> None:
        """Start to build a second index, or go on with one that is under way."""
        self._write(renewal.begin)

    def add_to_renewal(self, items: renewal.Indexed) -> None:
        """Write articles to the second index; those that it has or that are gone are left out."""
        self._write(renewal.add, items)

    def finish_renewal(self) -> bool:
        """Put the second index in the place of the first; False where it lacks too much yet."""
        return self._write(renewal.finish)

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

    def delete(self, ids: Sequence[int], *, tell: Tell = _nobody) -> int:
        """Move articles to the trash; returns the batch for ``undelete``, 0 where none exists.

        ``tell`` hears of this and the next two what share is done, from 0 to 1.
        """
        return self._write(trash.delete, ids, tell)

    def undo_import(self, import_id: int, *, tell: Tell = _nobody) -> int:
        """Take back what an import did; returns the batch for ``undelete``. NotFoundError."""
        return self._write(trash.undo_import, self._writer, import_id, tell)

    def undelete(self, batch: int | None = None, *, tell: Tell = _nobody) -> list[int]:
        """Bring back a batch, the latest where None; returns the ids, under which all is as before."""
        return self._write(trash.undelete, self._writer, batch, tell)

    def empty_trash(self) -> None:
        """Forget what was deleted for good."""
        self._write(trash.empty)

    def mend_findings(self) -> None:
        """Make counts, types, countries and counters anew from articles and spans."""
        from store.archive import mending

        self._write(mending.mend)

    def _complete_bands(self) -> None:
        with faults.guard(self.path):
            for step in bands.complete(self.connection):
                self._write(step)

    def _move_recent(self) -> None:
        with self._unchecked():
            while self._write(recent.move):
                pass
        self._writer.recent = 0

    # --- how ------------------------------------------------------------------------------------

    def _write(
        self,
        change: Callable[Concatenate[sqlite3.Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        with self._writing():
            return change(self.connection, *args, **kwargs)

    @contextmanager
    def _unchecked(self) -> Iterator[None]:
        """Without looking up what each new row refers to: rows of an article are written with it.

        Whatever deletes relies on those references. `check` proves them.
        """
        opening.check_references(self.connection, False)
        try:
            yield
        finally:
            opening.check_references(self.connection, True)

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
