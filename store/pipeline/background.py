"""The index made anew in a process of its own, beside a screen that it must not slow down.

``python -m store.pipeline.background LIBRARY`` prints the share that is done, a line each, and ends
when its standard input does: with the program that started it, however that ends.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from store.archive import Archive, opening
from store.errors import BilatError, LibraryError
from store.library import Progress
from store.pipeline.reindexing import renew_index

_NICE = 10
"""Whatever else runs on the machine goes first."""


class IndexRenewal:
    """One such process. ``shares`` in one thread, ``stop`` from any."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # -P: a folder named like one of ours, where the program was started, is not ours.
        self._process = subprocess.Popen(  # noqa: S603 - ourselves
            [sys.executable, "-P", "-m", "store.pipeline.background", str(path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def shares(self) -> Iterator[float]:
        """How much is done, from 0 to 1, until it is all. Raises LibraryError where it cannot be."""
        assert self._process.stdout
        for line in self._process.stdout:
            yield float(line)
        _, said = self._process.communicate()
        if self._process.returncode > 0:
            raise LibraryError(
                f"The index could not be made anew ({said.strip() or 'no reason given'})",
                str(self._path),
                "Run `bilat-tui reindex`",
            )

    def stop(self) -> None:
        """End it at once; what it was writing is as if it had not begun, and the rest is kept."""
        self._process.terminate()


def main() -> int:
    """The process."""
    with suppress(OSError, AttributeError):
        os.nice(_NICE)
    stopping = threading.Event()
    threading.Thread(target=_await_end_of_input, args=(stopping,), daemon=True).start()
    try:
        with Archive.open(
            Path(sys.argv[1]), "write", patience=opening.IMPORT_BUSY_SECONDS
        ) as archive:
            renew_index(archive, jobs=0, on_progress=_tell, stop=stopping.is_set)
    except BilatError as error:
        sys.stderr.write(f"{error.what}\n")
        return error.exit_code
    return 0


def _await_end_of_input(stopping: threading.Event) -> None:
    sys.stdin.read()
    stopping.set()


def _tell(progress: Progress) -> None:
    sys.stdout.write(f"{progress.share}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
