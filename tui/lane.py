"""Connections to the library for the screen: a *lane* is one, with a lock, for one kind of question.

Questions of one kind wait for each other, never for those of another. Everything here blocks, save
``interrupt`` and ``leave``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import TypeVar

from store.archive import Archive
from store.errors import LibraryError, LockedError

T = TypeVar("T")

PATIENCE_SECONDS, SLICE_SECONDS = 5.0, 0.2
"""How long a write waits for other programs, and how long at a stretch."""


class Lane:
    """One connection for one kind of question, opened when first needed."""

    def __init__(self, path: Path, archive: Archive | None = None) -> None:
        self._path = path
        self._archive = archive
        self._lock = Lock()
        self._closed = False

    @contextmanager
    def archive(self) -> Iterator[Archive]:
        """The connection, for one thread at a time."""
        with self._lock:
            if self._closed:
                raise LibraryError("The library is closed", str(self._path))
            if self._archive is None:
                self._archive = Archive.open(self._path, "read")
            yield self._archive

    def interrupt(self) -> None:
        """Break off the question that runs now, from any thread."""
        if self._archive is not None and not self._closed:
            self._archive.interrupt()

    def close(self) -> None:
        self.interrupt()
        with self._lock:
            self._closed = True
            if self._archive is not None:
                self._archive.close()
                self._archive = None


class WriteLane:
    """The connection that writes, opened when first needed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._archive: Archive | None = None
        self._lock = Lock()
        self._leaving = False

    def change(self, change: Callable[[Archive], T]) -> T:
        """Carry out a change; while another program writes, try again for some seconds.

        SQLite's own waiting can't be broken off, and leaving must not wait for it.
        """
        until = monotonic() + PATIENCE_SECONDS
        with self._lock:
            while True:
                try:
                    if self._archive is None:
                        self._archive = Archive.open(self._path, "write", patience=SLICE_SECONDS)
                    return change(self._archive)
                except LockedError:
                    if self._leaving or monotonic() > until:
                        raise

    def leave(self) -> None:
        """From now on no write is tried twice."""
        self._leaving = True

    def close(self) -> None:
        with self._lock:
            if self._archive is not None:
                self._archive.close()
                self._archive = None
