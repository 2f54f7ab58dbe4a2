"""What is done with one raw unit, in this process or in another: parse, look up, analyse, prepare."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from multiprocessing import get_context, parent_process
from pathlib import Path
from typing import Self

from store import ingest
from store.archive import Archive
from store.archive.prepared import Identity, Prepared, identity, prepare, storable
from store.ingest import Unit
from store.kb import KnowledgeBase
from store.pipeline.analyser import Analyser
from store.records import Article, Failure, KbRow

# What a fault in the rules can raise on a text that nobody foresaw; the article is then reported,
# and the rest of the import goes on.
_FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


# Above so many words the memory of those sent is started anew (some 20 MB).
_KNOWN_TERMS = 200_000


@dataclass(frozen=True, slots=True)
class Setup:
    """All that another process needs to do the work."""

    library: Path
    own_rows: tuple[KbRow, ...]
    keep_originals: bool


@dataclass(frozen=True, slots=True)
class Worked:
    """What became of a unit: articles to be written, in order, and what needs no writing."""

    prepared: tuple[Prepared | Identity, ...] = ()
    """An identity alone where the content is known under another name."""
    unchanged: int = 0
    failed: tuple[Failure, ...] = ()
    units: tuple[tuple[bytes, int], ...] = ()
    """What was read whole and without failure, by digest and number of articles."""

    @classmethod
    def joined(cls, done: Iterable[Worked]) -> Self:
        """Several as one, in order."""
        done = list(done)
        return cls(
            tuple(item for one in done for item in one.prepared),
            sum(one.unchanged for one in done),
            tuple(failure for one in done for failure in one.failed),
            tuple(unit for one in done for unit in one.units),
        )


class Worker:
    """Does units one after another, with an archive to look up what is known already."""

    def __init__(self, archive: Archive, analyser: Analyser, keep_originals: bool) -> None:
        self._archive = archive
        self._analyser = analyser
        self._keep_originals = keep_originals
        self._terms: set[tuple[str, str]] = set()

    def work(self, unit: Unit, stop: Callable[[], bool] | None = None) -> Worked:
        """Parse the unit unless it was read before; analyse and prepare what the library lacks.

        ``stop`` is asked before each article; what was done until then is returned.
        """
        digest = unit.digest()
        known = self._archive.articles_of_unit(digest)
        if known is not None:
            return Worked(unchanged=known)
        prepared: list[Prepared | Identity] = []
        failed: list[Failure] = []
        whole = True
        unchanged = 0
        for item in ingest.parse(unit):
            if stop is not None and stop():
                whole = False
                break
            if isinstance(item, Failure):
                failed.append(item)
                continue
            article = storable(item)
            found = self._archive.find(article)
            if found.known:
                if found.named:
                    unchanged += 1
                else:
                    prepared.append(identity(article))
                continue
            done = self._prepared(article)
            if isinstance(done, Failure):
                failed.append(done)
            else:
                prepared.append(done)
        whole = whole and not failed
        units = ((digest, len(prepared) + unchanged),) if whole else ()
        return Worked(tuple(prepared), unchanged, tuple(failed), units)

    def _prepared(self, article: Article) -> Prepared | Failure:
        try:
            extraction = self._analyser.analyse(article)
            item = prepare(article, extraction, keep_original=self._keep_originals)
        except _FAULTS as fault:
            return Failure(
                article.ref,
                f"It could not be analysed ({type(fault).__name__}: {fault}): "
                "please report this with the text; the other articles are not affected.",
            )
        # Words that went out before need not cross to the writer again.
        terms = item.terms - self._terms
        if len(self._terms) > _KNOWN_TERMS:
            self._terms.clear()
        self._terms |= terms
        return replace(item, terms=terms)


class Pool:
    """Worker processes; results come in the order of the units. Survives the death of a process.

    Raises OSError or BrokenProcessPool where this machine lets no process start.
    """

    def __init__(self, setup: Setup, jobs: int) -> None:
        self._setup = setup
        self._jobs = jobs
        self._executor = self._started()
        try:
            self._executor.submit(_ready).result()
        except BrokenProcessPool:
            self.close()
            raise

    def _started(self) -> ProcessPoolExecutor:
        # Fresh processes: a fork would copy the screen's threads in whatever state they are.
        return ProcessPoolExecutor(
            self._jobs,
            mp_context=get_context("spawn"),
            initializer=_start,
            initargs=(self._setup,),
        )

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
        """Drop what has not begun; what runs ends with its unit."""
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


def _ready() -> None:
    """Asked to see whether a process can start at all."""


def _work(unit: Unit) -> Worked:
    return _worker[0].work(unit)
