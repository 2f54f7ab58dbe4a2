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
from functools import partial
from multiprocessing import get_context, parent_process
from typing import Any, Generic, TypeVar

Done = TypeVar("Done")
Given = TypeVar("Given")
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


class Sturdy(Generic[Setup]):
    """Up to ``jobs`` processes that are begun anew when one dies; each begins with ``start(setup)``.

    They end with this one. Raises OSError where none can start.
    """

    def __init__(self, jobs: int, start: Callable[[Setup], None], setup: Setup) -> None:
        # Spawned: a fork would copy the screen's threads in whatever state they are.
        self._fresh = partial(
            ProcessPoolExecutor,
            jobs,
            mp_context=get_context("spawn"),
            initializer=_begin,
            initargs=(start, setup),
        )
        self._executor = self._fresh()

    def ready(self) -> Future[None]:
        """Done when a process has started; BrokenProcessPool is its result where none can."""
        return self.submit(_ready, None)

    def submit(self, work: Callable[[Given], Done], given: Given) -> Future[Done]:
        """``work(given)`` when a process is free."""
        try:
            return self._executor.submit(work, given)
        except BrokenProcessPool as error:
            broken: Future[Done] = Future()
            broken.set_exception(error)
            return broken

    def again(self, work: Callable[[Given], Done], given: Given) -> Done | None:
        """``work(given)`` in processes that live; None where it brings them down too."""
        try:
            self.ready().result()
        except BrokenProcessPool:
            self._executor.shutdown(wait=False)
            self._executor = self._fresh()
            self.ready().result()
        try:
            return self.submit(work, given).result()
        except BrokenProcessPool:
            return None

    def close(self) -> None:
        """Drop what has not begun; what runs goes on to its end."""
        self._executor.shutdown(wait=True, cancel_futures=True)


class _Crew(Generic[Done]):
    """Raises OSError or BrokenProcessPool where this machine lets no process start."""

    def __init__(self, make: Callable[[], Work[Done]], jobs: int) -> None:
        self._jobs = jobs
        self._processes = Sturdy(jobs, _start, make)
        try:
            self._processes.ready().result()
        except BaseException:
            self.close()
            raise

    def results(self, tasks: Iterable[Task]) -> Iterator[tuple[Task, Done | None]]:
        flying: deque[tuple[Task, Future[Done]]] = deque()
        for task in tasks:
            flying.append((task, self._processes.submit(_do, task)))
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
            yield (one,), self._processes.again(_do, (one,))

    def close(self) -> None:
        self._processes.close()


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


def _ready(_: None) -> None:
    """Asked to see whether a process can start at all."""


def _do(task: Task) -> Any:
    return _work[0](task)
