"""Other processes that work through the articles of a library. Imported only where that pays."""

from __future__ import annotations

import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from multiprocessing import get_context, parent_process
from typing import Any, Generic, TypeVar

Done = TypeVar("Done")
Setup = TypeVar("Setup")
Task = tuple[int, ...]
"""Ids of articles, or docids."""
Work = Callable[[Task], Done]

AHEAD = 3
"""Tasks in flight for each process: enough to keep it busy, few enough to bound memory."""


def results(
    make: Callable[[], Work[Done]], here: Work[Done], tasks: Iterable[Task], jobs: int
) -> Iterator[tuple[Task, Done | None]]:
    """What became of each task, in order; ``make`` is called in every process for its work.

    ``jobs`` 0, or a machine that lets no process start: ``here`` does it. None for a task of one
    article that brought its process down, of which no other comes to harm; a task of several is then
    taken apart.
    """
    if jobs:
        try:
            crew = _Crew(make, jobs)
        except (OSError, BrokenProcessPool):
            # No shared memory, or a tight limit.
            pass
        else:
            with closing(crew):
                yield from crew.results(tasks)
            return
    for task in tasks:
        yield task, here(task)


def fresh(jobs: int, start: Callable[[Setup], None], setup: Setup) -> ProcessPoolExecutor:
    """Up to ``jobs`` processes, each of which begins with ``start(setup)`` and ends with this one.

    Fresh ones: a fork would copy the screen's threads in whatever state they are.
    """
    return ProcessPoolExecutor(
        jobs, mp_context=get_context("spawn"), initializer=_begin, initargs=(start, setup)
    )


class _Crew(Generic[Done]):
    """Raises OSError or BrokenProcessPool where this machine lets no process start."""

    def __init__(self, make: Callable[[], Work[Done]], jobs: int) -> None:
        self._make = make
        self._jobs = jobs
        self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        executor = fresh(self._jobs, _start, self._make)
        try:
            executor.submit(_ready).result()
        except BaseException:
            executor.shutdown(wait=False)
            raise
        return executor

    def results(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Done | None]]:
        flying: deque[tuple[Task, Future[Done]]] = deque()
        for task in tasks:
            flying.append((task, self._submit(task)))
            if len(flying) >= self._jobs * AHEAD:
                yield from self._landed(*flying.popleft())
        while flying:
            yield from self._landed(*flying.popleft())

    def _landed(self, task: Task, future: Future[Done]) -> Iterator[tuple[Task, Done | None]]:
        try:
            yield task, future.result()
            return
        except BrokenProcessPool:
            pass
        # It, or one that flew beside it: each is tried alone.
        for one in task:
            part = (one,)
            self._revive()
            try:
                yield part, self._executor.submit(_do, part).result()
            except BrokenProcessPool:
                yield part, None

    def _submit(self, task: Task) -> Future[Done]:
        try:
            return self._executor.submit(_do, task)
        except BrokenProcessPool as error:
            broken: Future[Done] = Future()
            broken.set_exception(error)
            return broken

    def _revive(self) -> None:
        try:
            self._executor.submit(_ready).result()
        except BrokenProcessPool:
            self._executor.shutdown(wait=False)
            self._executor = self._started()

    def close(self) -> None:
        """Drop what has not begun; what runs ends with its task."""
        self._executor.shutdown(wait=True, cancel_futures=True)


# --- inside another process -----------------------------------------------------------------------

_work: list[Work[Any]] = []
"""The work of this process, made by ``_start``."""


def _begin(start: Callable[[Setup], None], setup: Setup) -> None:
    # Ctrl+C goes to the whole group; the parent decides what stops.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    start(setup)


def _start(make: Callable[[], Work[Any]]) -> None:
    _work[:] = [make()]


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _ready() -> None:
    """Asked to see whether a process can start at all."""


def _do(task: Task) -> Any:
    return _work[0](task)
