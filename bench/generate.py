"""Libraries of any size from permuted real text, mentions included, written through the archive.

``python -m bench.generate 100000 out.db [--corpus FILE]``: the source articles (the two
seeds, or the first ``--sources`` articles of a corpus) are read and analysed once; each generated
article is a handful of their sentences in a new order, with the mentions that stood in them moved
to where the sentence now stands, and as much again in made sentences, without which the articles
would be variants of one another: known roots and invented names, as unevenly frequent as words and
names are in news. Dates lie between 2014 and 2026.
"""

from __future__ import annotations

import argparse
import datetime
import gc
import os
import random
import sys
import time
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate, islice
from multiprocessing import get_context
from pathlib import Path

import store
from store import seeds
from store.archive import Archive
from store.archive.prepared import Prepared, prepare
from store.ingest import read_source
from store.kb import KnowledgeBase
from store.library import ImportReport
from store.pipeline import Analyser
from store.records import Article, Extraction, Mention, MentionType, Person, Span
from store.text import sentences

OUTLETS = [
    "antaranews.com",
    "kompas.com",
    "detik.com",
    "tempo.co",
    "okezone",
    "jpnn.com",
    "bisnis.com",
]
FIRST_DAY = datetime.date(2014, 10, 20)
DAYS = 12 * 365
TARGET_LENGTH = 2000
CHUNK = 1000
BATCH = 5
"""Chunks written in one transaction; smaller ones write the same pages of an index more often."""
TELL = 50_000
COLLECT_AFTER = 100_000
NAMES = 60_000
_SYLLABLES = [c + v for c in ("", *"bcdghjklmnprstwy", "ng", "ny", "sy") for v in "aiueo"]


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with its mentions, whose offsets count from its first character."""

    text: str
    mentions: tuple[Mention, ...]


def source_articles(corpus: Path | None, limit: int) -> Iterator[Article]:
    """The articles to recombine: the seeds, or the first ``limit`` of a file that ingest reads."""
    names = [str(corpus)] if corpus else [str(path) for path in seeds.paths()]
    read = (item for name in names for item in read_source(name))
    yield from islice((item for item in read if isinstance(item, Article)), limit)


def split(articles: Iterator[Article]) -> list[Sentence]:
    """Every sentence of 30 to 600 characters outside the boilerplate, with its mentions."""
    analyser = Analyser(KnowledgeBase.shipped())
    pieces: list[Sentence] = []
    for article in articles:
        extraction = analyser.analyse(article)
        for start, end in sentences(article.body):
            clutter = any(b.start < end and start < b.end for b in extraction.boilerplate)
            if clutter or not 30 <= end - start <= 600:
                continue
            inside = tuple(
                replace(m, start=m.start - start, end=m.end - start)
                for m in extraction.mentions
                if start <= m.start and m.end <= end
            )
            pieces.append(Sentence(article.body[start:end], inside))
    return pieces


def compose(chosen: Sequence[Sentence]) -> tuple[str, tuple[Mention, ...]]:
    """The sentences as paragraphs, and their mentions where they stand now."""
    mentions: list[Mention] = []
    parts: list[str] = []
    at = 0
    for sentence in chosen:
        mentions += [replace(m, start=m.start + at, end=m.end + at) for m in sentence.mentions]
        parts.append(sentence.text)
        at += len(sentence.text) + 2
    return "\n\n".join(parts), tuple(mentions)


def people(mentions: Sequence[Mention]) -> tuple[Person, ...]:
    """One person per canonical name, without a role: generated text has no clauses to read."""
    spans: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.type is MentionType.PERSON:
            spans.setdefault(mention.canonical, []).append(mention)
    return tuple(
        Person(
            name=name,
            role=None,
            country=found[0].country,
            entity=found[0].entity,
            spans=tuple(Span(m.start, m.end) for m in found),
        )
        for name, found in spans.items()
    )


class Words:
    """Made sentences: their words follow Zipf's law, over roots and over names apart."""

    def __init__(self) -> None:
        lines = (Path(store.__file__).parent / "normalise/data/roots.txt").read_text().splitlines()
        self._roots = [root for line in lines if line[0] != "#" for root in line.split()[1:]]
        chance = random.Random(5)
        self._names = [
            "".join(chance.choices(_SYLLABLES, k=chance.choice((2, 3, 3, 4)))).capitalize()
            for _ in range(NAMES)
        ]
        self._often = {n: _zipf(n) for n in (len(self._roots), NAMES)}

    def sentence(self, chance: random.Random) -> str:
        """Ten to eighteen words, two of them a name, and a number."""
        words = self._pick(chance, self._roots, chance.randrange(7, 15))
        at = chance.randrange(1, len(words))
        words[at:at] = [*self._pick(chance, self._names, 2), str(chance.randrange(2, 2_000))]
        return " ".join((words[0].capitalize(), *words[1:])) + "."

    def _pick(self, chance: random.Random, words: Sequence[str], k: int) -> list[str]:
        return chance.choices(words, cum_weights=self._often[len(words)], k=k)


@cache
def _words() -> Words:
    """Made once in a process: its names are many."""
    return Words()


def _zipf(count: int) -> list[float]:
    return list(accumulate(1 / (rank + 3) for rank in range(count)))


def generated(
    count: int, pieces: Sequence[Sentence], seed: int
) -> Iterator[tuple[Article, Extraction]]:
    """``count`` articles of about 2,000 characters; the same seed gives the same articles."""
    chance = random.Random(seed)
    mean = sum(len(p.text) for p in pieces) // len(pieces)
    per_article = max(2, TARGET_LENGTH // mean // 2)
    # Some sentences recur far more often than others, as news does.
    totals = list(accumulate(1 / (rank + 20) for rank in range(len(pieces))))
    words = _words()
    for number in range(count):
        chosen = chance.choices(pieces, cum_weights=totals, k=per_article)
        length = sum(len(piece.text) for piece in chosen)
        while length < TARGET_LENGTH:
            chosen.append(Sentence(words.sentence(chance), ()))
            length += len(chosen[-1].text)
        chance.shuffle(chosen)
        body, mentions = compose(chosen)
        day = FIRST_DAY + datetime.timedelta(days=chance.randrange(DAYS))
        title = chosen[0].text.split("\n")[0]
        countries = Counter(m.country for m in mentions if m.country not in {None, "ID"})
        partners = tuple(str(code) for code, _ in countries.most_common(2))
        article = Article(
            ref=f"generated-{seed}-{number}",
            title=title if len(title) <= 90 else title[:90].rsplit(" ", 1)[0],
            body=body,
            date=day.isoformat(),
            source=chance.choice(OUTLETS),
        )
        yield article, Extraction(mentions, people(mentions), partners)


def generate(
    path: Path, count: int, corpus: Path | None = None, sources: int = 400, seed: int = 1
) -> float:
    """Write ``count`` articles into a new library at ``path``; returns seconds, analysis included.

    All cores compose and normalise, this process writes.
    """
    start = time.perf_counter()
    pieces = split(source_articles(corpus, sources))
    chunks = ((at // CHUNK, min(CHUNK, count - at)) for at in range(0, count, CHUNK))
    cores = os.cpu_count() or 1
    told = _Rate()
    flying: deque[Future[list[Prepared]]] = deque()
    with (
        Archive.open(path, "create") as archive,
        ProcessPoolExecutor(cores, get_context("spawn"), _receive, (pieces, seed)) as pool,
    ):
        import_id = archive.begin_import(["generated"])
        while True:
            for chunk in islice(chunks, max(0, BATCH + 2 * cores - len(flying))):
                flying.append(pool.submit(_prepared, *chunk))
            if not flying:
                break
            ready = [flying.popleft() for _ in range(min(BATCH, len(flying)))]
            batch = [item for future in ready for item in future.result()]
            began = time.thread_time()
            archive.add_prepared(batch, import_id=import_id)
            told.wrote(len(batch), time.thread_time() - began)
        seconds = time.perf_counter() - start
        archive.finish_import(import_id, ImportReport(import_id, count, 0, 0, 0, (), seconds))
        archive.merge_index()
    return time.perf_counter() - start


class _Rate:
    """Says on stderr, every ``TELL`` articles, how fast they were written.

    By the processor time of the writing alone too, without the thread that receives what others have
    prepared: on a busy machine only that shows whether the rate falls as the library grows.
    """

    def __init__(self) -> None:
        self._since = time.perf_counter()
        self._busy = 0.0
        self._all = self._told = 0

    def wrote(self, count: int, busy: float) -> None:
        """``count`` more articles are written, which took ``busy`` seconds of processor time."""
        self._all += count
        self._busy += busy
        new = self._all - self._told
        if new >= TELL:
            now = time.perf_counter()
            print(
                f"{self._all:>9} articles: {new / (now - self._since):.0f}/s,"
                f" {new / self._busy:.0f} written per second of processor time",
                file=sys.stderr,
            )
            self._since, self._busy, self._told = now, 0.0, self._all


_given: dict[str, tuple[Sequence[Sentence], int]] = {}
"""What a worker process recombines, under one key."""


def _receive(pieces: Sequence[Sentence], seed: int) -> None:
    _quietly()
    _given["all"] = pieces, seed


def _prepared(number: int, count: int) -> list[Prepared]:
    pieces, seed = _given["all"]
    stream = generated(count, pieces, seed * 1_000_000 + number)
    return [prepare(article, found, keep_original=False) for article, found in stream]


def _quietly() -> None:
    """As the command does: rows by the hundred thousand are no rubbish to look for."""
    gc.set_threshold(COLLECT_AFTER, *gc.get_threshold()[1:])


def main() -> None:
    _quietly()
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("count", type=int)
    parser.add_argument("path", type=Path)
    parser.add_argument(
        "--corpus", type=Path, help="articles to recombine, in any format that import reads"
    )
    parser.add_argument("--sources", type=int, default=400, help="articles of the corpus to use")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    seconds = generate(options.path, options.count, options.corpus, options.sources, options.seed)
    print(f"{options.count} articles in {seconds:.1f} s, {options.count / seconds:.0f} a second")


if __name__ == "__main__":
    main()
