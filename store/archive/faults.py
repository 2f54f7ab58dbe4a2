"""What SQLite complains of, said so that a person can act on it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store.errors import BilatError, Interrupted, LibraryError, LockedError

MISSING = "import something into it first, or name another file with --library"
OTHER_FILE = "Name another file with --library"
DAMAGED = (
    "Try `bilat-tui check --repair`; if that fails, export what can still be read and import it "
    "into a new library"
)


def damaged(path: Path, detail: str = "") -> LibraryError:
    """The error of a library whose pages contradict each other."""
    what = f"The library is damaged ({detail})" if detail else "The library is damaged"
    return LibraryError(what, str(path), DAMAGED)


def read_only(path: Path) -> LibraryError:
    """The error of writing to a library that can only be read."""
    return LibraryError(
        "The library can be read but not written to",
        str(path),
        "Copy it to a place where you may write and name the copy with --library",
    )


def translated(error: sqlite3.Error, path: Path) -> BilatError:
    """``error`` as one of ours, by SQLite's result code."""
    # Only the low byte says what kind it is; a code is missing where Python itself complains.
    code = getattr(error, "sqlite_errorcode", None)
    primary = None if code is None else code & 0xFF
    where = str(path)
    if primary == sqlite3.SQLITE_INTERRUPT:
        return Interrupted("The question was replaced by a newer one", where)
    if primary in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return LockedError(
            "The library is locked by another program that writes to it",
            where,
            "Wait until that is done, then try again",
        )
    if primary == sqlite3.SQLITE_READONLY:
        return read_only(path)
    if primary == sqlite3.SQLITE_FULL:
        return LibraryError(
            "No room is left for the library; nothing was half-written",
            where,
            "Free some disk space, then run the same command again",
        )
    if primary == sqlite3.SQLITE_NOTADB:
        return LibraryError("The file is not a bilat-tui library", where, OTHER_FILE)
    if primary == sqlite3.SQLITE_CORRUPT:
        return damaged(path)
    if primary in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH):
        return LibraryError(
            "The library cannot be opened", where, "Check that you may read the file and its folder"
        )
    if primary == sqlite3.SQLITE_IOERR:
        return LibraryError(
            f"The library could not be read or written ({error})",
            where,
            "Check the disk, then try again",
        )
    return damaged(path, str(error))


@contextmanager
def guard(path: Path) -> Iterator[None]:
    """Turn every ``sqlite3.Error`` of the block into a ``LibraryError`` or ``Interrupted``.

    ``MemoryError`` too: SQLite asks for as much as a length in a damaged index says.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise translated(error, path) from error
    except MemoryError as error:
        raise damaged(path, "or memory has run out") from error
