"""Extraction: articles a second on one core, where the time goes, and how it grows with a text.

Processor time, since wall-clock time on a busy machine says nothing. The reference is counting words
with one regular expression, in the same run.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path
from typing import Any

from bench.generate import generated, source_articles, split
from store import boilerplate
from store.extract import Extractor
from store.extract.features import Features
from store.extract.sequence import Decoder
from store.kb import KnowledgeBase
from store.match import MatchLinker
from store.pipeline import Analyser
from store.records import Article

_SHORT = 3_000
"""Characters; the articles of the press up to here have 1,700 in the mean, all of them 2,100 to 2,300."""


def rate(call: Callable[[Article], object], articles: Iterable[Article]) -> float:
    """Articles a second of processor time."""
    count = 0
    start = time.process_time()
    for article in articles:
        call(article)
        count += 1
    return count / (time.process_time() - start)


class Clock:
    """Processor time per stage; what a stage calls counts for the stage called."""

    def __init__(self) -> None:
        self.spent: defaultdict[str, float] = defaultdict(float)
        self._running = ["rest"]
        self._since = time.process_time()

    def _turn(self) -> None:
        now = time.process_time()
        self.spent[self._running[-1]] += now - self._since
        self._since = now

    def watch(self, owner: Any, name: str, stage: str, until: ExitStack) -> None:
        """Count the calls of a method for a stage, until that stack is left."""
        method = getattr(owner, name)

        def timed(*args: Any, **options: Any) -> Any:
            self._turn()
            self._running.append(stage)
            try:
                return method(*args, **options)
            finally:
                self._turn()
                self._running.pop()

        setattr(owner, name, timed)
        until.callback(setattr, owner, name, method)

    def report(self) -> str:
        """Stage and share, the largest first."""
        self._turn()
        total = sum(self.spent.values())
        ordered = sorted(self.spent.items(), key=lambda item: -item[1])
        return ", ".join(f"{stage} {share / total:.0%}" for stage, share in ordered)


STAGES = (
    (boilerplate, "find", "boilerplate"),
    (Extractor, "read", "words and sentences"),
    (Extractor, "evidence", "rules and tables"),
    (Features, "regions", "features"),
    (Decoder, "tag", "the two models"),
    (Decoder, "confidence", "the two models"),
    (MatchLinker, "link", "links"),
)


def stages(analyser: Analyser, articles: Iterable[Article]) -> str:
    """Where the time goes."""
    clock = Clock()
    with ExitStack() as watched:
        for owner, name, stage in STAGES:
            clock.watch(owner, name, stage, watched)
        for article in articles:
            analyser.analyse(article)
        return clock.report()


def main(corpus: Path | None, count: int = 600) -> None:
    """Print the rates, the seconds for texts of growing length, and the shares of the stages."""
    if corpus is None:
        pieces = split(source_articles(None, 2))
        articles = [article for article, _ in generated(count, pieces, 1)]
    else:
        articles = list(islice(source_articles(corpus, count), count))
    start = time.process_time()
    analyser = Analyser(KnowledgeBase.shipped())
    analyser.analyse(articles[0])
    print(f"  first article after {(time.process_time() - start) * 1000:.0f} ms")
    words = re.compile(r"\w+")
    for chosen in ([a for a in articles if len(a.body) <= _SHORT], articles):
        fresh = Analyser(analyser.kb)
        fresh.analyse(articles[0])
        reference = rate(lambda article: words.findall(article.body), chosen)
        extracted = rate(fresh.analyse, chosen)
        size = sum(len(a.body) for a in chosen) / len(chosen)
        print(
            f"  {extracted:.0f} articles/s of {size:.0f} characters"
            f" (counting words: {reference:.0f}/s)"
        )
    text = "\n\n".join(a.body for a in articles)
    for length in (50_000, 500_000, 5_000_000):
        body = (text * (length // len(text) + 1))[:length]
        start = time.process_time()
        analyser.analyse(Article(ref="long", title="", body=body))
        seconds = time.process_time() - start
        print(f"  {length:>9} characters: {seconds:7.2f} s, {length / seconds / 1e6:.2f} MB/s")
    print(f"  {stages(analyser, articles)}")
