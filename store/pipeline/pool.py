"""Other processes that work on units. Imported only when one import is worth several processes."""

from __future__ import annotations

from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.synchronize import Event

from store.archive import Archive
from store.ingest import Unit
from store.pipeline.processes import fresh
from store.pipeline.work import Setup, Worked, Worker
from store.records import Failure


class Pool:
    """Worker processes; results come in the order of the units. Survives the death of a process.

    Raises OSError where this machine lets no process start.
    """

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._jobs = jobs
        self._closing = get_context("spawn").Event()
        self._executor = self._started()
        # One for each process: an executor starts them as there is work.
        self._starting = [self._executor.submit(_ready) for _ in range(jobs)]

    def is_ready(self) -> bool:
        """Whether the processes have started. BrokenProcessPool where they cannot."""
        return all(one.done() and one.result() is None for one in self._starting)

    def wait(self) -> None:
        """Until the processes have started. BrokenProcessPool where they cannot."""
        for one in self._starting:
            one.result()

    def _started(self) -> ProcessPoolExecutor:
        return fresh(self._jobs, _start, (self._setup, self._closing))

    def submit(self, unit: Unit) -> Future[Worked]:
        """Begin on ``unit`` when a process is free."""
        try:
            return self._executor.submit(_work, unit)
        except BrokenProcessPool as error:
            broken: Future[Worked] = Future()
            broken.set_exception(error)
            return broken

    def result(self, unit: Unit, future: Future[Worked]) -> Worked:
        """What became of ``unit``. Where a process died it is tried again, at last part by part, so
        that a part that kills its process harms no other."""
        try:
            return future.result()
        except BrokenProcessPool:
            again = self._again(unit)
        if again is not None:
            return again
        parts = [replace(unit, parts=(part,)) for part in unit.parts]
        return Worked.joined(self._again(alone) or _deadly(alone) for alone in parts)

    def _again(self, unit: Unit) -> Worked | None:
        """``unit`` in a pool that works; None where it brings that down too."""
        self._revive()
        try:
            return self._executor.submit(_work, unit).result()
        except BrokenProcessPool:
            return None

    def _revive(self) -> None:
        try:
            self._executor.submit(_ready).result()
        except BrokenProcessPool:
            self._executor.shutdown(wait=False)
            self._executor = self._started()
            self._executor.submit(_ready).result()

    def close(self) -> None:
        """Drop what has not begun; what runs ends with its article."""
        self._closing.set()
        self._executor.shutdown(wait=True, cancel_futures=True)


def _deadly(unit: Unit) -> Worked:
    locator = unit.parts[0].locator
    return Worked(
        failed=(
            Failure(
                f"{unit.name} {locator}" if locator else unit.name,
                "Reading it brought a process down: leave it out, and please report it.",
            ),
        )
    )


# --- inside a worker process ----------------------------------------------------------------------

_worker: list[tuple[Worker, Event]] = []
"""The one worker of this process, made by ``_start``, and what tells it to stop."""


def _start(given: tuple[Setup, Event]) -> None:
    setup, closing = given
    worker = setup.worker(Archive.open(setup.library, "read"))
    _worker[:] = [(worker, closing)]


def _ready() -> None:
    """Asked to see whether a process can start at all."""


def _work(unit: Unit) -> Worked:
    worker, closing = _worker[0]
    return worker.work(unit, closing.is_set)
