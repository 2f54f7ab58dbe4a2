"""What is done with one raw unit, in this process or in another: parse, look up, analyse, prepare."""

from __future__ import annotations

import os
import signal
import threading
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from pathlib import Path

from store import ingest
from store.archive import Archive
from store.archive.prepared import Prepared, prepare, storable
from store.ingest import Unit
from store.kb import KnowledgeBase
from store.pipeline.analyser import Analyser
from store.records import Article, Failure, KbRow

# What a fault in the rules can raise on a text that nobody foresaw; the article is then reported,
# and the rest of the import goes on.
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


@dataclass(frozen=True, slots=True)
class Setup:
    """All that another process needs to do the work."""

    library: Path
    own_rows: tuple[KbRow, ...]
    keep_originals: bool


@dataclass(frozen=True, slots=True)
class Worked:
    """What became of a unit: articles to be written, in order, and what needs no writing."""

    prepared: tuple[Prepared, ...] = ()
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()

    @property
    def size(self) -> int:
        return len(self.prepared) + self.unchanged + len(self.failed)


class Worker:
    """Does units one after another, with an archive to look up what is known already."""

    def __init__(self, archive: Archive, analyser: Analyser, keep_originals: bool) -> None:
        self._archive = archive
        self._analyser = analyser
        self._keep_originals = keep_originals

    def work(self, unit: Unit) -> Worked:
        """Parse the unit; analyse and prepare what the library does not have."""
        prepared: list[Prepared] = []
        failed: list[Failure] = []
        unchanged = 0
        for item in ingest.parse(unit):
            if isinstance(item, Failure):
                failed.append(item)
                continue
            article = storable(item)
            if self._archive.is_known(article):
                unchanged += 1
                continue
            done = self._prepared(article)
            if isinstance(done, Failure):
                failed.append(done)
            else:
                prepared.append(done)
        return Worked(tuple(prepared), unchanged, tuple(failed))

    def _prepared(self, article: Article) -> Prepared | Failure:
        try:
            extraction = self._analyser.analyse(article)
            return prepare(article, extraction, keep_original=self._keep_originals)
        except _FAULTS as fault:
            return Failure(
                article.ref,
                f"It could not be analysed ({type(fault).__name__}: {fault}): "
                "please report this with the text; the other articles are not affected.",
            )


class Pool:
    """Worker processes; results come in the order of the units. Survives the death of a process."""

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._jobs = jobs
        self._executor = self._started()

    def _started(self) -> ProcessPoolExecutor:
        # Fresh processes: a fork would copy the screen's threads in whatever state they are.
        return ProcessPoolExecutor(
            self._jobs,
            mp_context=get_context("spawn"),
            initializer=_start,
            initargs=(self._setup,),
        )

    def submit(self, unit: Unit) -> Future[Worked]:
        return self._executor.submit(_work, unit)

    def result(self, unit: Unit, future: Future[Worked]) -> Worked:
        """What became of ``unit``; where a process died, it is tried again part by part."""
        try:
            return future.result()
        except BrokenProcessPool:
            return self._carefully(unit)

    def _carefully(self, unit: Unit) -> Worked:
        """Each part alone in a fresh pool, so that one that kills its process harms no other."""
        done = []
        for part in unit.parts:
            alone = replace(unit, parts=(part,))
            try:
                done.append(self._again(alone))
            except BrokenProcessPool:
                where = f"{unit.name} {part.locator}" if part.locator else unit.name
                done.append(
                    Worked(
                        failed=(
                            Failure(
                                where,
                                "Reading it brought a process down: leave it out, and report it.",
                            ),
                        )
                    )
                )
        return Worked(
            tuple(item for one in done for item in one.prepared),
            sum(one.unchanged for one in done),
            tuple(failure for one in done for failure in one.failed),
        )

    def _again(self, unit: Unit) -> Worked:
        try:
            return self._executor.submit(_work, unit).result()
        except BrokenProcessPool:
            self._executor.shutdown(wait=False)
            self._executor = self._started()
            return self._executor.submit(_work, unit).result()

    def close(self) -> None:
        """Drop what has not begun; what runs ends with its unit."""
        self._executor.shutdown(wait=True, cancel_futures=True)


# --- inside a worker process ----------------------------------------------------------------------

_worker: list[Worker] = []
"""The one worker of this process, made by ``_start``."""


def _start(setup: Setup) -> None:
    # Ctrl+C goes to the whole group; the parent decides what stops.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_die_with_parent, daemon=True).start()
    archive = Archive.open(setup.library, "read")
    kb = KnowledgeBase.shipped().with_user(setup.own_rows)
    _worker[:] = [Worker(archive, Analyser(kb), setup.keep_originals)]


def _die_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(unit: Unit) -> Worked:
    return _worker[0].work(unit)
