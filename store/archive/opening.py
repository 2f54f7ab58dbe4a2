"""Opening the file of a library: what it must be, and what is said when it is something else.

A library is never half-made: it grows under a temporary name beside its place and is linked there
when whole. A reader's connection cannot write, whatever is asked of it.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from store import schema
from store.archive import faults, upgrading
from store.errors import LibraryError
from store.library import Tell

Mode = Literal["read", "write", "create"]

BUSY_SECONDS = 5.0
"""How long to wait for another writer; each of ours holds the lock for well under a second."""

IMPORT_BUSY_SECONDS = 60.0
"""The same for an import, which has more to lose than to wait."""

CACHE_IMPORTING, CACHE_WRITING, _CACHE_READING = 65_536, 8192, 2048
"""KB of pages that a connection keeps. Readers of a library of 100,000 articles are as fast with two
megabytes as with eight (the system keeps the pages anyway), and the browser has four of them. An import
touches pages all over the library with each batch: beside 575,000 articles writing takes a tenth less
with 64 and without looking up references than with 32."""

CHECKED_BYTES = 16 << 20
"""A library up to this size is checked page by page on opening (some 10 ms); a larger one when
`check` is asked for, or when a damaged page is met."""

STALE_SECONDS = 3600.0
"""Temporary files of a creation that crashed are removed when older."""


def connect(
    path: Path, mode: Mode, patience: float = BUSY_SECONDS, tell: Tell | None = None
) -> tuple[sqlite3.Connection, bool]:
    """A connection to the library at ``path``, and whether it can only read.

    ``create`` makes a missing library; the others raise on it. One of an older format is upgraded
    where it is opened for writing, of which ``tell`` hears; whoever only reads takes it as it is.
    Raises LibraryError.
    """
    if mode == "create" and not _exists(path):
        create(path)
    _check_file(path)
    with faults.guard(path):
        connection = _reader(path) if mode == "read" else _writer(path)
        try:
            version = _checked_version(connection, path)
            if version < schema.SCHEMA_VERSION:
                if mode == "read":
                    upgrading.stand_in(connection, version)
                else:
                    connection.close()
                    # Whoever waits at all may wait for another program's upgrade.
                    long = upgrading.PATIENCE if patience >= BUSY_SECONDS else patience
                    upgrading.upgrade(path, tell, long)
                    connection = _writer(path)
            wait_for_writers(connection, patience)
            if mode != "read":
                _prove_writable(connection)
            _check_pages(connection, path)
        except BaseException:
            connection.close()
            raise
    return connection, mode == "read"


def wait_for_writers(connection: sqlite3.Connection, seconds: float) -> None:
    """How long ``connection`` waits for others from now on."""
    connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")


def keep_pages(connection: sqlite3.Connection, kilobytes: int) -> None:
    """How much of the library ``connection`` keeps in memory from now on."""
    connection.execute(f"PRAGMA cache_size = -{kilobytes}")


def check_references(connection: sqlite3.Connection, on: bool) -> None:
    """Whether SQLite looks up, from now on, what each new row refers to."""
    connection.execute(f"PRAGMA foreign_keys = {int(on)}")


def create(path: Path, fill: Callable[[Path], None] | None = None) -> None:
    """Make the library at ``path``, filled by ``fill`` before anyone can see it.

    Where another program made it meanwhile, that one stays and ours is dropped.
    """
    import secrets  # loads OpenSSL

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        _remove_stale(path)
    except OSError as error:
        raise _cannot_create(path, error) from error
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.new")
    try:
        with faults.guard(path):
            _make(draft)
        if fill is not None:
            fill(draft)
        _set_aside(path)
        _publish(draft, path)
    except OSError as error:
        raise _cannot_create(path, error) from error
    finally:
        for leftover in path.parent.glob(f"{draft.name}*"):
            leftover.unlink(missing_ok=True)


def _make(draft: Path) -> None:
    # Default transaction handling, which sqlite-utils requires.
    connection = sqlite3.connect(draft)
    try:
        connection.execute(f"PRAGMA page_size = {schema.PAGE_SIZE}")
        connection.execute("PRAGMA journal_mode = WAL")
        schema.migrate(connection)
    finally:
        connection.close()


def _set_aside(path: Path) -> None:
    """Rename the journal of a library that is gone: SQLite would take it for that of the new one.

    Only one creator may do so, and none publishes before, or it could be the journal of its own.
    """
    journal = Path(f"{path}-wal")
    if not journal.is_file():
        return
    claim = path.with_name(f".{path.name}.claim.new")
    try:
        claim.touch(exist_ok=False)
    except FileExistsError:
        latest = time.monotonic() + BUSY_SECONDS
        while journal.is_file() and not path.exists() and time.monotonic() < latest:
            time.sleep(0.02)
        return
    try:
        if not path.exists():
            Path(f"{path}-shm").unlink(missing_ok=True)
            journal.replace(f"{path}-wal.left")
    finally:
        claim.unlink(missing_ok=True)


def _publish(draft: Path, path: Path) -> None:
    try:
        os.link(draft, path)
    except FileExistsError:
        return
    except OSError:
        # A file system without hard links.
        if not path.exists():
            draft.rename(path)


def _remove_stale(path: Path) -> None:
    for leftover in path.parent.glob(f".{path.name}.*.new*"):
        # Another creation may have finished and tidied up since the folder was read.
        with suppress(FileNotFoundError):
            if time.time() - leftover.stat().st_mtime > STALE_SECONDS:
                leftover.unlink()


def _cannot_create(path: Path, error: OSError) -> LibraryError:
    return LibraryError(
        f"The library cannot be created ({error.strerror or error})",
        str(path),
        "Name a file in a folder where you may write with --library",
    )


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> LibraryError:
    return LibraryError(
        f"The library cannot be opened ({error.strerror or error})",
        str(path),
        "Check that you may read the file and its folder",
    )


def _check_file(path: Path) -> None:
    """Say what is wrong with a file before SQLite would say it in its own words."""
    if not _exists(path):
        raise LibraryError(
            "There is no library", str(path), "Import something first, or name one with --library"
        )
    if path.is_dir():
        raise LibraryError("The library is a folder, not a file", str(path), faults.OTHER_FILE)
    if not path.is_file():
        raise LibraryError("The library is not an ordinary file", str(path), faults.OTHER_FILE)
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise _unreadable(path, error) from error
    if not head:
        raise LibraryError(
            "The file is empty, not a library",
            str(path),
            "Remove it so that it can be created anew, or name another file with --library",
        )
    if head != b"SQLite format 3\0":
        raise LibraryError("The file is not a bilat-tui library", str(path), faults.OTHER_FILE)


def _connect(path: Path, options: str, *, writes: bool = False) -> sqlite3.Connection:
    connection = sqlite3.connect(
        f"file:{quote(str(path.absolute()))}?{options}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        check_references(connection, True)
        connection.execute("PRAGMA synchronous = NORMAL")
        keep_pages(connection, CACHE_WRITING if writes else _CACHE_READING)
        connection.execute("PRAGMA schema_version").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _writer(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path, "mode=rw", writes=True)
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_CANTOPEN:
            raise faults.read_only(path) from error
        raise


def _reader(path: Path) -> sqlite3.Connection:
    """A read-only connection, on a medium too where SQLite may not lay its side files."""
    try:
        return _connect(path, "mode=ro")
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode & 0xFF not in (
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_IOERR,
        ):
            raise
    # Nobody can be writing where the side files cannot be: the file stands still.
    return _connect(path, "mode=ro&immutable=1")


def _checked_version(connection: sqlite3.Connection, path: Path) -> int:
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != schema.APPLICATION_ID:
        raise LibraryError(
            "The file is a database of another program, not a bilat-tui library",
            str(path),
            faults.OTHER_FILE,
        )
    if version > schema.SCHEMA_VERSION:
        raise LibraryError(
            f"The library was made by a newer bilat-tui (format {version}, this one reads up to "
            f"{schema.SCHEMA_VERSION})",
            str(path),
            "Upgrade bilat-tui, or name another library with --library",
        )
    return int(version)


def _prove_writable(connection: sqlite3.Connection) -> None:
    """SQLite opens a write-protected file for reading without a word; only a write shows it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        connection.execute("UPDATE meta SET value = value")
    finally:
        connection.execute("ROLLBACK")


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    if path.stat().st_size > CHECKED_BYTES:
        return
    (verdict,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if verdict != "ok":
        raise faults.damaged(path)
