"""Extraction: articles a second on one core, and how the time grows with the length of a text.

The reference is counting words with one regular expression, in the same run.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path

from bench.generate import generated, source_articles, split
from store.kb import KnowledgeBase
from store.pipeline import Analyser
from store.records import Article


def rate(call: Callable[[Article], object], articles: Iterable[Article]) -> float:
    """Articles a second."""
    count = 0
    start = time.perf_counter()
    for article in articles:
        call(article)
        count += 1
    return count / (time.perf_counter() - start)


def main(corpus: Path | None, count: int = 300) -> None:
    """Print the rates, then seconds for texts of growing length."""
    if corpus is None:
        pieces = split(source_articles(None, 2))
        articles = [article for article, _ in generated(count, pieces, 1)]
    else:
        articles = list(islice(source_articles(corpus, count), count))
    start = time.perf_counter()
    analyser = Analyser(KnowledgeBase.shipped())
    analyser.analyse(articles[0])
    print(f"  first article after {(time.perf_counter() - start) * 1000:.0f} ms")
    words = re.compile(r"\w+")
    reference = rate(lambda article: words.findall(article.body), articles)
    extracted = rate(analyser.analyse, articles)
    size = sum(len(a.body) for a in articles) / len(articles)
    print(
        f"  {extracted:.0f} articles/s of {size:.0f} characters (counting words: {reference:.0f}/s)"
    )
    text = "\n\n".join(a.body for a in articles)
    for length in (50_000, 500_000, 5_000_000):
        body = (text * (length // len(text) + 1))[:length]
        start = time.perf_counter()
        analyser.analyse(Article(ref="long", title="", body=body))
        seconds = time.perf_counter() - start
        print(f"  {length:>9} characters: {seconds:7.2f} s, {length / seconds / 1e6:.2f} MB/s")
