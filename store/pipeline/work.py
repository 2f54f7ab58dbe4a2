"""What is done with one raw unit, in whichever process: parse, look up, analyse, prepare."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
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
FAULTS = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)


# So many words that were sent are remembered (some 10 MB). The first are those that come most often:
# to send a rare one again costs less than to forget them all.
_KNOWN_WORDS = 150_000


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


@dataclass(frozen=True, slots=True)
class Setup:
    """All that another process needs to do the work."""

    library: Path
    own_rows: tuple[KbRow, ...]
    keep_originals: bool
    analysis: int
    """The number in the library of what the articles are analysed by."""
    analyser: type[Analyser] = Analyser

    def worker(self, archive: Archive) -> Worker:
        """Someone to do it, who looks up in ``archive`` what is known already."""
        kb = KnowledgeBase.shipped().with_user(self.own_rows)
        return Worker(archive, self.analyser(kb), self.keep_originals, self.analysis)


class Worker:
    """Does units one after another, with an archive to look up what is known already."""

    def __init__(
        self,
        archive: Archive,
        analyser: Analyser,
        keep_originals: bool,
        analysis: int | None = None,
    ) -> None:
        """``analysis``: the number in the library of what ``analyser`` analyses by, where it has one."""
        self._archive = archive
        self._analyser = analyser
        self._keep_originals = keep_originals
        self._analysis = analysis
        self._words: set[str] | frozenset[str] = set()

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
        parsed = [
            item if isinstance(item, Failure) else storable(item) for item in ingest.parse(unit)
        ]
        findings = iter(
            self._archive.find_many(item for item in parsed if not isinstance(item, Failure))
        )
        for article in parsed:
            if stop is not None and stop():
                whole = False
                break
            if isinstance(article, Failure):
                failed.append(article)
                continue
            found = next(findings)
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
            if isinstance(self._words, set) and len(self._words) > _KNOWN_WORDS:
                self._words = frozenset(self._words)
            # Words that went out before need not cross to the writer again.
            return prepare(
                article,
                extraction,
                keep_original=self._keep_originals,
                known=self._words,
                analysis=self._analysis,
            )
        except FAULTS as fault:
            # Of its words some were noted as sent, and will not be.
            self._words = set()
            return Failure(
                article.ref,
                f"It could not be analysed ({type(fault).__name__}: {fault}): "
                "please report this with the text; the other articles are not affected.",
            )
