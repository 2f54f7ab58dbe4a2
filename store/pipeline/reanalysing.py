"""Analysing the articles of a library again, after the rules or the user's own names have changed.

Only the findings are replaced. Texts, ids, marks, notes, read flags and the index stay; the library
can be read and searched meanwhile, and every article has either its old findings or its new ones.
What is done is noted in the library with the findings themselves, so that a run that was stopped or
killed goes on where it was.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from store.archive import Archive
from store.archive.anew import Anew, anew
from store.errors import NotFoundError
from store.kb import KnowledgeBase
from store.library import Progress
from store.pipeline.analyser import Analyser
from store.pipeline.importing import OnProgress, Stop, cores
from store.pipeline.processes import Task, results
from store.pipeline.work import FAULTS
from store.records import Failure, KbRow

STEP = 32
"""Articles of one task, and of one transaction: some tenths of a second of analysis."""

_FEW = 8 * STEP
"""Articles up to which other processes are not worth starting, which takes them a second."""


@dataclass(frozen=True, slots=True)
class Reanalysis:
    """What a second analysis came to."""

    articles: int
    changed: int
    """Articles that name other entities than before, or others more often."""
    failed: tuple[Failure, ...]
    left: int
    """Articles of those asked for that are still to be analysed."""
    seconds: float
    stopped: bool = False


def reanalyse(
    archive: Archive,
    *,
    ids: Sequence[int] | None = None,
    everything: bool = False,
    jobs: int | None = None,
    dry_run: bool = False,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
) -> Reanalysis:
    """Analyse what is out of date, of all articles or of ``ids``; with ``everything`` the rest, too.

    ``jobs``: worker processes, by default one per core; a short run stays in this one. ``dry_run``
    finds out what would change and writes nothing. ``stop`` is asked between groups of articles.
    Raises LibraryError where the library cannot be written to.
    """
    analyser = Analyser.for_archive(archive)
    wanted = _wanted(archive, analyser, ids, everything, dry_run)
    run = _Run(archive, len(wanted), on_progress)
    stopped = False
    number = 0 if dry_run or not wanted else archive.analysis(analyser.analysis)
    own = tuple(row for row in analyser.kb.rows if row.user)
    processes = 0 if len(wanted) <= _FEW and jobs is None else (jobs or cores())
    make = partial(_worker, archive.path, own)
    here = partial(_analyse, archive, analyser)
    for task, done in results(make, here, _tasks(wanted), 0 if processes == 1 else processes):
        run.take(task, done, number)
        if stop is not None and stop():
            stopped = True
            break
    if number and not stopped and ids is None:
        archive.adopt_names(analyser.kb.rows)
    return run.report(stopped)


def _wanted(
    archive: Archive,
    analyser: Analyser,
    ids: Sequence[int] | None,
    everything: bool,
    dry_run: bool,
) -> Sequence[int]:
    if everything and dry_run:
        return sorted(archive.ids(archive.all_docids()) if ids is None else ids)
    if everything:
        # What is then stopped goes on like any other.
        archive.forget_analysis(ids)
    outdated = archive.outdated(analyser.analysis)
    if ids is None:
        return outdated
    asked = set(ids)
    return [at for at in outdated if at in asked]


def _tasks(ids: Sequence[int]) -> Iterator[Task]:
    for at in range(0, len(ids), STEP):
        yield tuple(ids[at : at + STEP])


class _Run:
    """Counters on their way to the report."""

    def __init__(self, archive: Archive, total: int, on_progress: OnProgress | None) -> None:
        self._archive = archive
        self._total = total
        self._on_progress = on_progress
        self._began = time.monotonic()
        self._done = 0
        self._changed = 0
        self._failed: list[Failure] = []

    def take(self, task: Task, done: _Done | None, number: int) -> None:
        """Write what was found, unless ``number`` is 0, and tell how far it is."""
        if done is None:
            done = _Done((), (Failure(str(task[0]), _DEADLY),))
        if number:
            self._archive.find_anew(done.found, number)
        self._changed += sum(one.changed for one in done.found)
        self._failed += done.failed
        self._done += len(task)
        if self._on_progress is not None:
            self._on_progress(
                Progress(
                    self._done,
                    0,
                    self._changed,
                    self._done - self._changed - len(self._failed),
                    len(self._failed),
                    time.monotonic() - self._began,
                    share=self._done / self._total,
                )
            )

    def report(self, stopped: bool) -> Reanalysis:
        return Reanalysis(
            self._done - len(self._failed),
            self._changed,
            tuple(self._failed),
            self._total - self._done,
            time.monotonic() - self._began,
            stopped,
        )


_DEADLY = "Analysing it brought a process down: please report it; its findings stay as they were."


@dataclass(frozen=True, slots=True)
class _Done:
    """What became of a task."""

    found: tuple[Anew, ...]
    failed: tuple[Failure, ...]


def _worker(path: Path, own: Sequence[KbRow]) -> Callable[[Task], _Done]:
    """The work of another process."""
    archive = Archive.open(path, "read")
    return partial(_analyse, archive, Analyser(KnowledgeBase.shipped().with_user(own)))


def _analyse(archive: Archive, analyser: Analyser, task: Task) -> _Done:
    found: list[Anew] = []
    failed: list[Failure] = []
    for at in task:
        try:
            stored = archive.article(at)
        except NotFoundError:
            continue  # deleted meanwhile
        try:
            found.append(anew(stored, analyser.again(stored)))
        except FAULTS as fault:
            said = (
                f"It could not be analysed ({type(fault).__name__}: {fault}): please report this."
            )
            failed.append(Failure(str(at), said))
    return _Done(tuple(found), tuple(failed))
