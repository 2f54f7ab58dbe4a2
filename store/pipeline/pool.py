"""Other processes that work on units. Imported only when one import is worth several processes."""

from __future__ import annotations

from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from multiprocessing import get_context
from multiprocessing.synchronize import Event

from store.archive import Archive
from store.ingest import Unit
from store.pipeline.processes import Sturdy
from store.pipeline.work import Setup, Worked, Worker
from store.records import Failure


class Pool:
    """Worker processes; results come in the order of the units. Survives the death of a process.

    Raises OSError where this machine lets no process start.
    """

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._closing = get_context("spawn").Event()
        self._processes = Sturdy(jobs, _start, (setup, self._closing))
        # One for each process: an executor starts them as there is work.
        self._starting = [self._processes.ready() for _ in range(jobs)]

    def is_ready(self) -> bool:
        """Whether the processes have started. BrokenProcessPool where they cannot."""
        return all(one.done() and one.result() is None for one in self._starting)

    def wait(self) -> None:
        """Until the processes have started. BrokenProcessPool where they cannot."""
        for one in self._starting:
            one.result()

    def submit(self, unit: Unit) -> Future[Worked]:
        """Begin on ``unit`` when a process is free."""
        return self._processes.submit(_work, unit)

    def result(self, unit: Unit, future: Future[Worked]) -> Worked:
        """What became of ``unit``. Where a process died it is tried again, at last part by part, so
        that a part that kills its process harms no other."""
        try:
            return future.result()
        except BrokenProcessPool:
            again = self._processes.again(_work, unit)
        if again is not None:
            return again
        parts = [replace(unit, parts=(part,)) for part in unit.parts]
        return Worked.joined(
            self._processes.again(_work, alone) or _deadly(alone) for alone in parts
        )

    def close(self) -> None:
        """Drop what has not begun; what runs ends with its article."""
        self._closing.set()
        self._processes.close()


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


def _work(unit: Unit) -> Worked:
    worker, closing = _worker[0]
    return worker.work(unit, closing.is_set)
