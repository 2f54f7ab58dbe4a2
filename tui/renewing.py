"""An index of other word forms, made anew while the screen is used; old results until then."""

from __future__ import annotations

from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from store.archive import Archive

if TYPE_CHECKING:
    from store.library import Tell
    from store.pipeline.background import IndexRenewal


class Renewing:
    """Starts the process that does it, and ends it with the screen. Blocks, save ``leave``."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._process: IndexRenewal | None = None
        self._leaving = False

    def needed(self) -> bool:
        """Whether this program finds words by other forms than the index holds."""
        with Archive.open(self._path, "read") as archive:
            return archive.index_is_older() and not archive.is_older()

    def run(self, tell: Tell) -> bool:
        """Make the index anew; ``tell`` hears the share that is done. False where it was broken off.

        Raises LibraryError where the library cannot be written to.
        """
        from store.pipeline.background import IndexRenewal

        with self._lock:
            if self._leaving:
                return False
            self._process = IndexRenewal(self._path)
        for share in self._process.shares():
            tell(share)
        return not self._leaving

    def leave(self) -> None:
        """End the process; the next browser goes on where it was."""
        with self._lock:
            self._leaving = True
            if self._process is not None:
                self._process.stop()
