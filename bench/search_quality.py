"""How well search finds: word families, judged queries, broken words; ours beside plainer ways.

``python -m bench.search_quality EVAL`` with EVAL the evaluation folder (``search/``, ``corpus/``).
All ways are measured in the same run over the same articles:

* *families*: for each form that occurs, articles found by it against the articles that hold any
  form of its family; the mean of recall and of precision over the forms.
* *queries*: nDCG@10 of judged queries over the bilateral corpus.
* *broken words*: a word of the library with one letter swapped, lost, doubled or changed; how often
  an article with the right word comes first, and whether those fill the first places.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
import sqlite3
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from store.archive import Archive
from store.kb import KnowledgeBase
from store.match import NameIndex
from store.normalise import index_text, tokens
from store.records import Article, Extraction
from store.search import Searcher

OWN_FAMILIES = {
    "own": Path(__file__).parent / "data" / "families.txt",
    "more": Path(__file__).parent / "data" / "families_more.txt",
}
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_CHAIN = re.compile(r"[a-z]+(?:-[a-z]+)*")
BROKEN = 400
"""Words that are broken."""

Finder = Callable[[str], list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("eval", type=Path, help="the evaluation folder")
    parser.add_argument("--pool", type=int, default=100_000, help="articles of the pool to use")
    parser.add_argument("--only", choices=("families", "queries", "broken"))
    options = parser.parse_args()
    corpus = list(_read(options.eval / "search" / "corpus_bilateral.jsonl"))
    if options.only in (None, "families"):
        families(options.eval, options.pool)
    if options.only in (None, "queries", "broken"):
        with tempfile.TemporaryDirectory() as folder:
            with Archive.open(Path(folder) / "bilateral.db", "create") as archive:
                fill(archive, corpus)
                if options.only != "broken":
                    queries(archive, corpus, options.eval / "search" / "qrels_dev.jsonl")
            if options.only != "queries":
                pool = list(_read(options.eval / "corpus" / "pool.jsonl.gz", 4_000))
                with Archive.open(Path(folder) / "pool.db", "create") as archive:
                    fill(archive, [*corpus, *pool])
                    broken(archive, [*corpus, *pool])


def _read(path: Path, limit: int | None = None) -> Iterator[dict[str, str]]:
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            yield json.loads(line)


def fill(archive: Archive, rows: Iterable[dict[str, str]]) -> None:
    """Articles without entities: what is measured here needs words alone."""
    for row in rows:
        day = (row.get("date") or "")[:10].replace("/", "-")
        date = day if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None
        title = row.get("title") or row["body"][:80]
        archive.add(Article(row["id"], title, row["body"], date, row.get("source")), Extraction())


# --- families ------------------------------------------------------------------------------------


def _families(folder: Path) -> dict[str, list[list[str]]]:
    dev = [json.loads(line)["forms"] for line in (folder / "search/families_dev.jsonl").open()]
    return {"dev": dev, **{name: _listed(path) for name, path in OWN_FAMILIES.items()}}


def _listed(path: Path) -> list[list[str]]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if line and line[0] != "#"]


def families(folder: Path, pool: int) -> None:
    """Print recall and precision of four ways to let word forms meet."""
    import Stemmer

    sets = _families(folder)
    wanted = {form for group in sets.values() for forms in group for form in forms}
    stemmer = Stemmer.Stemmer("indonesian")
    simple: dict[str, Callable[[str], str]] = {
        "none": lambda word: word,
        "5 letters": lambda word: word[:5],
        "Snowball": stemmer.stemWord,
    }
    keys = {name: {way(form) for form in wanted} for name, way in simple.items()}
    ours = {form: _form(form) for form in wanted}
    posted: dict[str, dict[str, set[int]]] = {n: defaultdict(set) for n in (*simple, "ours")}
    holding: dict[str, set[int]] = defaultdict(set)
    mine = set(ours.values())
    for number, row in enumerate(_read(folder / "corpus" / "pool.jsonl.gz", pool)):
        text = f"{row['title'] or ''}\n{row['body']}"
        words = {word.lower() for word in _WORD.findall(text)}
        for word in (words | set(_CHAIN.findall(text.lower()))) & wanted:
            holding[word].add(number)
        for name, way in simple.items():
            for key in {way(word) for word in words} & keys[name]:
                posted[name][key].add(number)
        for form in set(index_text(text).split()) & mine:
            posted["ours"][form].add(number)
    print(f"{'families':<12}{'way':<12}{'recall':>8}{'precision':>11}{'forms':>7}")
    for label, groups in sets.items():
        for name in posted:
            way = ours.__getitem__ if name == "ours" else simple[name]
            recall, precision, n = _score(groups, holding, posted[name], way)
            print(f"{label:<12}{name:<12}{recall:>8.3f}{precision:>11.3f}{n:>7}")


def _form(word: str) -> str:
    found = tokens(word)
    return next((t.form for t in found if t.joined), found[0].form)


def _score(
    groups: Sequence[Sequence[str]],
    holding: dict[str, set[int]],
    posted: dict[str, set[int]],
    way: Callable[[str], str],
) -> tuple[float, float, int]:
    recalls: list[float] = []
    precisions: list[float] = []
    for group in groups:
        forms = [form for form in group if holding.get(form)]
        relevant = set().union(*(holding[form] for form in forms)) if forms else set()
        for form in forms:
            found = posted.get(way(form), set())
            recalls.append(len(found & relevant) / len(relevant))
            precisions.append(len(found & relevant) / len(found) if found else 0.0)
    n = len(recalls)
    return sum(recalls) / n, sum(precisions) / n, n


# --- queries -------------------------------------------------------------------------------------


def _plain_index(rows: Sequence[dict[str, str]], way: Callable[[str], str]) -> Finder:
    """An FTS5 table over stemmed words, asked with OR and ranked by bm25: what others do."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE t USING fts5(title, body)")
    for number, row in enumerate(rows):
        database.execute(
            "INSERT INTO t(rowid, title, body) VALUES (?, ?, ?)",
            (number, _stemmed(row["title"] or "", way), _stemmed(row["body"], way)),
        )

    def find(query: str) -> list[str]:
        match = " OR ".join(f'"{way(word)}"' for word in _words(query))
        found = database.execute(
            "SELECT rowid FROM t WHERE t MATCH ? ORDER BY bm25(t, 8.0, 1.0) LIMIT 10", (match,)
        )
        return [rows[number]["id"] for (number,) in found]

    return find


def _words(text: str) -> list[str]:
    return [word.lower() for word in re.findall(r"\w+", text)]


def _stemmed(text: str, way: Callable[[str], str]) -> str:
    return " ".join(way(word) for word in _words(text))


def _ours(archive: Archive) -> Finder:
    searcher = Searcher(archive, NameIndex.from_rows(KnowledgeBase.shipped().rows))
    return lambda query: [hit.ref for hit in searcher.search(query, limit=10).hits]


def _ways(archive: Archive, rows: Sequence[dict[str, str]]) -> dict[str, Finder]:
    import Stemmer

    stemmer = Stemmer.Stemmer("indonesian")
    return {
        "5 letters, OR": _plain_index(rows, lambda word: word[:5]),
        "Snowball, OR": _plain_index(rows, stemmer.stemWord),
        "ours": _ours(archive),
    }


def queries(archive: Archive, rows: Sequence[dict[str, str]], judged: Path) -> None:
    """Print nDCG@10 over all queries and over the misspelt ones."""
    cases = [json.loads(line) for line in judged.open()]
    misspelt = [case for case in cases if "misspelt" in case["kind"]]
    print(f"\n{'queries':<16}{'all':>8}{'misspelt':>10}")
    for name, find in _ways(archive, rows).items():
        scores = {case["qid"]: _ndcg(find(case["query"]), case["relevant"]) for case in cases}
        everything = sum(scores.values()) / len(cases)
        wrong = sum(scores[case["qid"]] for case in misspelt) / len(misspelt)
        print(f"{name:<16}{everything:>8.3f}{wrong:>10.3f}")


def _ndcg(found: Sequence[str], relevant: dict[str, int]) -> float:
    def gain(grades: Iterable[int]) -> float:
        return sum((2**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades))

    best = sorted(relevant.values(), reverse=True)[:10]
    return gain(relevant.get(ref, 0) for ref in found[:10]) / gain(best)


# --- broken words --------------------------------------------------------------------------------


def broken(archive: Archive, rows: Sequence[dict[str, str]]) -> None:
    """Print how often an article with the right word comes first, and the share of the first ten."""
    chance = random.Random(7)
    holding: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for word in set(_words(f"{row['title'] or ''} {row['body']}")):
            if word.isascii() and word.isalpha():
                holding[word].add(row["id"])
    common = sorted(word for word, ids in holding.items() if len(word) >= 5 and len(ids) >= 8)
    cases = []
    for word in chance.sample(common, min(len(common), 4 * BROKEN)):
        wrong = _break(word, chance)
        if wrong not in holding and len(cases) < BROKEN:
            cases.append((wrong, word))
    print(f"\n{'broken words':<16}{'first':>8}{'ten':>8}{'words':>7}")
    for name, find in _ways(archive, rows).items():
        first = ten = 0.0
        for wrong, word in cases:
            found = find(wrong)
            good = [ref in _family(word, holding) for ref in found]
            first += bool(good and good[0])
            ten += sum(good) / min(10, len(_family(word, holding)))
            if name == "ours" and not (good and good[0]):
                print(f"  {wrong} ({word})", end="")
        print(f"\n{name:<16}{first / len(cases):>8.3f}{ten / len(cases):>8.3f}{len(cases):>7}")


def _family(word: str, holding: dict[str, set[str]]) -> set[str]:
    """Articles with the word or another of its form."""
    forms = _forms_table(holding)
    return set().union(*(holding[other] for other in forms[_form(word)]))


_TABLES: dict[int, dict[str, list[str]]] = {}


def _forms_table(holding: dict[str, set[str]]) -> dict[str, list[str]]:
    if id(holding) not in _TABLES:
        table: dict[str, list[str]] = defaultdict(list)
        for word in list(holding):
            table[_form(word)].append(word)
        _TABLES[id(holding)] = table
    return _TABLES[id(holding)]


def _break(word: str, chance: random.Random) -> str:
    """One slip of the fingers: two letters swapped, one lost, doubled or changed; not the first."""
    at = chance.randrange(1, len(word) - 1)
    kind = chance.choice(("swap", "lose", "double", "change"))
    if kind == "swap":
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == "lose":
        return word[:at] + word[at + 1 :]
    if kind == "double":
        return word[: at + 1] + word[at:]
    return word[:at] + chance.choice("abcdefghijklmnopqrstuvwxyz") + word[at + 1 :]


if __name__ == "__main__":
    main()
