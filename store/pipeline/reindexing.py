"""Making the full-text index of a library anew, on all cores, while it is read and written to."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from store.archive import Archive
from store.archive.renewal import FEW, Indexed
from store.library import Progress
from store.pipeline.importing import OnProgress, Stop, cores
from store.pipeline.processes import Task, results

STEP = 200
"""Articles of one task, and of one transaction: a tenth of a second of writing."""

_FEW = 10 * STEP
"""Articles up to which other processes are not worth starting."""


@dataclass(frozen=True, slots=True)
class Renewal:
    """What became of a new index."""

    articles: int
    """Articles that went into it during this run."""
    seconds: float
    stopped: bool = False


def renew_index(
    archive: Archive,
    *,
    jobs: int | None = None,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> Renewal:
    """Build a second index and put it in the place of the first; goes on with one under way.

    Until then the old one answers. ``jobs``: processes that find the word forms, by default one per
    core, none for a small library. ``stop`` is asked between groups of articles.
    Raises LibraryError where the library cannot be written to.
    """
    began = time.monotonic()
    archive.begin_renewal()
    done = 0
    while True:
        lacking = archive.missing_from_renewal()
        if len(lacking) <= FEW:
            done += len(lacking)
            if archive.finish_renewal():
                return Renewal(done, time.monotonic() - began)
        total = done + len(lacking)
        processes = (0 if len(lacking) <= _FEW else cores()) if jobs is None else jobs
        make = partial(_worker, archive.path)
        for task, items in results(make, archive.indexed, _tasks(lacking), processes):
            if items is not None:
                archive.add_to_renewal(items)
            done += len(task)
            seconds = time.monotonic() - began
            if on_progress is not None:
                on_progress(Progress(done, 0, 0, 0, 0, seconds, share=done / total))
            if stop is not None and stop():
                return Renewal(done, seconds, stopped=True)


def _tasks(docids: Sequence[int]) -> Iterator[Task]:
    for at in range(0, len(docids), STEP):
        yield tuple(docids[at : at + STEP])


def _worker(path: Path) -> Callable[[Task], Indexed]:
    """The work of another process."""
    return Archive.open(path, "read").indexed
