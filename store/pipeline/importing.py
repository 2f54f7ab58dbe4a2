"""An import from its sources to its report."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from store import ingest, seeds
from store.archive import Archive
from store.archive.prepared import Identity, Prepared, storable
from store.errors import LibraryError
from store.ingest import Unit
from store.ingest.parse import check_format
from store.library import ImportReport, Progress
from store.pipeline.analyser import Analyser
from store.pipeline.rehearsal import Rehearsal
from store.pipeline.work import Setup, Worked, Worker
from store.records import Failure

if TYPE_CHECKING:
    from concurrent.futures import Future

    from store.pipeline.pool import Pool

OnProgress = Callable[[Progress], None]
Stop = Callable[[], bool]

PATIENCE = 1.0
"""Seconds of analysis in this process before others are started, which takes them about as long."""

LARGE = 8_000_000
"""Bytes of input from which others do all the work: this process then loads nothing that analyses,
which would take it a hundred megabytes."""

BATCH_ARTICLES = 1024
BATCH_CHARACTERS = 8_000_000
BATCH_SECONDS = 0.5
"""A transaction holds at most so many whole articles, as much text, or what came in that time: the
most that a crash can lose. Fewer articles at a time write the pages of the indexes more often (.8 of
the bytes with 1024 instead of 256)."""

UNITS_AHEAD = 8
BYTES_AHEAD = 32_000_000
"""Units in flight for each worker: enough to keep it busy while a batch is written. Large pages and
documents fly in smaller numbers, which bounds memory."""


def import_sources(
    archive: Archive,
    sources: Sequence[str],
    *,
    format: str = "auto",
    jobs: int | None = None,
    dry_run: bool = False,
    keep_originals: bool = True,
    follow: bool = False,
    stdin: BinaryIO | None = None,
    on_progress: OnProgress | None = None,
    stop: Stop | None = None,
    analyser: type[Analyser] = Analyser,
) -> ImportReport:
    """Fill ``archive`` from files, folders, globs, archives, addresses or ``-``.

    What the library has already costs no extraction. ``jobs``: worker processes, by default one per
    core; a short import runs in this one. ``stop`` is asked between articles (between groups of them
    where many processes work); what was done stays.
    ``follow``: of a feed, the pages that it links to instead of what it says of them.
    ``dry_run`` writes nothing and needs only a readable library.
    Raises InputError for an unknown ``format``, LibraryError where the library cannot be written.
    """
    check_format(format)
    units = (
        unit
        for source in sources
        for unit in ingest.scan(source, format=format, stdin=stdin, follow=follow)
    )
    run = _Run(archive, on_progress, stop, ingest.weigh(sources), analyser)
    if dry_run:
        return run.rehearse(units)
    return run.perform(units, sources, jobs or cores(), keep_originals)


def create_with_seeds(path: Path) -> Archive:
    """Make a library that holds the seed articles, and open it for writing.

    It appears at ``path`` whole or not at all; one that is already there is opened as it is.
    """
    if not path.exists():
        Archive.create(path, _plant)
    return Archive.open(path, "write")


def _plant(archive: Archive) -> None:
    _Run(archive).perform(_seed_units(), ["seeds"], 1, True)


def _seed_units() -> Iterator[Unit | Failure]:
    for path in seeds.paths():
        for unit in ingest.scan(str(path)):
            # The place of an installation is no name for an article.
            yield unit if isinstance(unit, Failure) else replace(unit, name=f"seeds/{path.name}")


def cores() -> int:
    """Processors that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


class _Run:
    """One import: its counters, what waits to be written, and who is told."""

    def __init__(
        self,
        archive: Archive,
        on_progress: OnProgress | None = None,
        stop: Stop | None = None,
        size: int | None = None,
        analyser: type[Analyser] = Analyser,
    ) -> None:
        self._archive = archive
        self._kind = analyser
        self._on_progress = on_progress
        self._size = size
        self._bytes_read = 0
        self._stop = stop or (lambda: False)
        self._started = time.monotonic()
        self._written = self._started
        self._import_id: int | None = None
        self._counts = {"added": 0, "updated": 0, "unchanged": 0}
        self._near_duplicates = 0
        self._failed: list[Failure] = []
        self._waiting: list[Prepared | Identity] = []
        self._characters = 0
        self._unreported = Worked()
        self._worker: Worker | None = None
        """Who works in this process, as long as it does."""
        self._stopped = False

    def perform(
        self,
        units: Iterable[Unit | Failure],
        sources: Sequence[str],
        jobs: int,
        keep_originals: bool,
    ) -> ImportReport:
        """Read, analyse, write; the report is kept in the library."""
        import_id = self._archive.begin_import(sources)
        self._import_id = import_id
        remaining = iter(units)
        setup = self._set_up(keep_originals)
        if jobs == 1:
            self._alone(remaining, setup)
        elif (self._size or 0) < LARGE:
            self._alone(remaining, setup, _Patience().is_over)
        if not self._stopped:
            self._together(remaining, setup, jobs)
        self._write()
        self._tell()
        report = self._report()
        self._archive.finish_import(import_id, report)
        # All is there already; without room or turn to write, questions are a little slower.
        with suppress(LibraryError):
            self._archive.merge_index(self._stops_merging)
        return report

    def rehearse(self, units: Iterable[Unit | Failure]) -> ImportReport:
        """Count what an import would do."""
        rehearsal = Rehearsal(self._archive)
        for unit in units:
            if self._stopping():
                break
            for item in (unit,) if isinstance(unit, Failure) else ingest.parse(unit):
                if isinstance(item, Failure):
                    self._failed.append(item)
                    continue
                self._counts[rehearsal.outcome(storable(item))] += 1
            self._tell(unit)
        return self._report()

    def _set_up(self, keep_originals: bool) -> Setup:
        """All that is needed to do the work, here and in other processes."""
        analyser = self._kind.for_archive(self._archive)
        analysis = self._archive.analysis(analyser.analysis)
        own = tuple(row for row in analyser.kb.rows if row.user)
        return Setup(self._archive.path, own, keep_originals, analysis, self._kind)

    def _alone(
        self,
        units: Iterator[Unit | Failure],
        setup: Setup,
        until: Callable[[], bool] | None = None,
    ) -> None:
        """Work in this process, to the end or until there is a better way."""
        self._worker = worker = self._worker or setup.worker(self._archive)
        while until is None or not until():
            if self._stopping():
                return
            unit = next(units, None)
            if unit is None:
                return
            self._take(
                _failed(unit) if isinstance(unit, Failure) else worker.work(unit, self._stopping)
            )
            self._tell(unit)

    def _together(self, units: Iterator[Unit | Failure], setup: Setup, jobs: int) -> None:
        """Work in other processes, and in this one until they have started."""
        first = next(units, None)
        if first is None:
            return
        units = chain([first], units)
        from concurrent.futures.process import BrokenProcessPool

        from store.pipeline.pool import Pool

        try:
            pool = Pool(setup, jobs)
        except OSError:
            # Some machines let no process start (no shared memory, a tight limit).
            self._alone(units, setup)
            return
        try:
            try:
                if self._worker is None:
                    pool.wait()
                else:
                    self._alone(units, setup, pool.is_ready)
            except BrokenProcessPool:
                self._alone(units, setup)
            # Its tables take some 30 MB.
            self._worker = None
            self._shared(units, pool, jobs)
        finally:
            pool.close()

    def _shared(self, units: Iterator[Unit | Failure], pool: Pool, jobs: int) -> None:
        """Hand the units to the pool; results are taken in the order of the units."""
        flying: deque[tuple[Unit | Failure, Future[Worked] | None]] = deque()
        size = 0
        pending = next(units, None)
        while pending is not None or flying:
            if self._stopping():
                return
            while pending is not None and (
                not flying or (len(flying) < jobs * UNITS_AHEAD and size < BYTES_AHEAD)
            ):
                future = None if isinstance(pending, Failure) else pool.submit(pending)
                flying.append((pending, future))
                size += _size(pending)
                pending = next(units, None)
            unit, future = flying.popleft()
            size -= _size(unit)
            if isinstance(unit, Failure) or future is None:
                assert isinstance(unit, Failure)
                self._take(_failed(unit))
            else:
                self._take(pool.result(unit, future))
            self._tell(unit)

    def _take(self, worked: Worked) -> None:
        self._waiting.extend(worked.prepared)
        self._failed.extend(worked.failed)
        self._unreported = Worked.joined((self._unreported, replace(worked, prepared=())))
        self._characters += sum(
            len(item.article.body) for item in worked.prepared if isinstance(item, Prepared)
        )
        late = time.monotonic() - self._written > BATCH_SECONDS
        full = len(self._waiting) >= BATCH_ARTICLES or self._characters >= BATCH_CHARACTERS
        if late or full:
            self._write()

    def _write(self) -> None:
        for at in range(0, max(len(self._waiting), 1), BATCH_ARTICLES):
            last = at + BATCH_ARTICLES >= len(self._waiting)
            rest = self._unreported if last else Worked()
            added = self._archive.add_prepared(
                self._waiting[at : at + BATCH_ARTICLES],
                import_id=self._import_id,
                unchanged=rest.unchanged,
                failed=rest.failed,
                units=rest.units,
            )
            for one in added:
                self._counts[one.outcome] += 1
                self._near_duplicates += one.near_duplicate
        self._counts["unchanged"] += self._unreported.unchanged
        self._waiting.clear()
        self._characters = 0
        self._unreported = Worked()
        self._written = time.monotonic()

    def _stopping(self) -> bool:
        self._stopped = self._stopped or self._stop()
        return self._stopped

    def _stops_merging(self) -> bool:
        self._tell(merging=True)
        return self._stop()

    def _tell(self, unit: Unit | Failure | None = None, *, merging: bool = False) -> None:
        """Say how far it is: that a unit was taken, or what follows when all were."""
        if self._on_progress is None:
            return
        self._bytes_read += _size(unit) if unit else 0
        waiting = len(self._waiting) + self._unreported.unchanged
        self._on_progress(
            Progress(
                sum(self._counts.values()) + waiting + len(self._failed),
                self._counts["added"],
                self._counts["updated"],
                self._counts["unchanged"] + self._unreported.unchanged,
                len(self._failed),
                time.monotonic() - self._started,
                _name(unit) if unit else "",
                min(1.0, self._bytes_read / self._size) if self._size and unit else None,
                merging,
            )
        )

    def _report(self) -> ImportReport:
        return ImportReport(
            self._import_id,
            self._counts["added"],
            self._counts["updated"],
            self._counts["unchanged"],
            self._near_duplicates,
            tuple(self._failed),
            time.monotonic() - self._started,
            self._stopped,
        )


class _Patience:
    """Time left until the work of one process has taken long enough for others to pay."""

    def __init__(self) -> None:
        self._end = time.monotonic() + PATIENCE

    def is_over(self) -> bool:
        return time.monotonic() > self._end


def _size(unit: Unit | Failure) -> int:
    return 0 if isinstance(unit, Failure) else unit.size


def _name(unit: Unit | Failure) -> str:
    return unit.source if isinstance(unit, Failure) else unit.name


def _failed(failure: Failure) -> Worked:
    return Worked(failed=(failure,))
