"""``python -m bench.ingest_quality [--eval FOLDER]``: how well sources become articles.

Pages (token F1, titles, days), raw date strings, publication days found in bare texts, clutter
against what annotators ignored, reprints, and milliseconds an article. Needs the evaluation folder.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, timedelta, timezone
from itertools import combinations
from pathlib import Path

from store import boilerplate
from store.archive.fingerprint import NEAR, bands, fingerprint, near
from store.dates import parse_date
from store.ingest import read_bytes, read_file
from store.ingest.publication import date_of_text
from store.records import Article
from store.text import fold

JAKARTA = timezone(timedelta(hours=7))
Row = dict[str, str]


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def f1(got: str, want: str) -> float:
    """F1 of two texts as bags of words."""
    one, other = words(got), words(want)
    shared = (one & other).total()
    return 2 * shared / (one.total() + other.total()) if shared else 0.0


def pages(folder: Path) -> None:
    """Saved pages against what another project's author wrote down for them."""
    import trafilatura

    scores, alone, titles, days = [], [], 0, 0
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    for page in expected:
        path = folder / page["file"]
        found = next(read_file(str(path)))
        alone.append(f1(trafilatura.extract(path.read_bytes()) or "", page["content"]))
        if not isinstance(found, Article):
            scores.append(0.0)
            continue
        scores.append(f1(found.body, page["content"]))
        titles += found.title == page["title"]
        moment = datetime.fromtimestamp(page["date"] / 1000, JAKARTA)
        days += found.date == moment.date().isoformat()
    count = len(expected)
    print(
        f"  {count} pages: token F1 {sum(scores) / count:.4f} (lowest {min(scores):.3f}; ", end=""
    )
    print(f"trafilatura alone {sum(alone) / count:.4f}), titles {titles}, days {days}")


def raw_dates(rows: Sequence[Row]) -> None:
    """Raw date strings; those without any digit name no day that a person could read."""
    given = [row["date"] for row in rows if row["date"]]
    readable = [raw for raw in given if any(char.isdigit() for char in raw)]
    parsed = sum(parse_date(raw) is not None for raw in readable)
    print(f"  {len(given)} strings, {len(readable)} readable: {parsed / len(readable):.4%} parsed")


def publication(rows: Sequence[Row], gold: Sequence[dict[str, object]]) -> None:
    """Days found in texts alone, against the known day; ambiguous raw dates are left out."""
    for name, pairs in (
        ("gold", [(str(g["body"]), str(g["date"])) for g in gold if g["date"]]),
        (
            "pool",
            [
                (row["body"], day)
                for row in rows[::4]
                if "/" not in row["date"] and (day := parse_date(row["date"]))
            ],
        ),
    ):
        away: Counter[str] = Counter()
        for body, known in pairs:
            found = date_of_text(body)
            if found is None:
                away["none named"] += 1
                continue
            days = abs((date.fromisoformat(known) - date.fromisoformat(found)).days)
            away[
                "same day"
                if days == 0
                else "a day off"
                if days == 1
                else "≤ 7"
                if days <= 7
                else "further"
            ] += 1
        shares = ", ".join(f"{key} {count / len(pairs):.1%}" for key, count in away.most_common())
        print(f"  {name}, {len(pairs)} texts: {shares}")


def clutter(gold: Sequence[dict[str, object]], rows: Sequence[Row]) -> None:
    """Characters that annotators ignored and we cover; mentions that we cover by mistake."""
    ignored = covered = mentions = masked = 0
    for article in gold:
        spans = boilerplate.find(str(article["body"]))
        mask = {at for span in spans for at in range(span.start, span.end)}
        for region in article["ignore_regions"]:  # type: ignore[attr-defined]
            ignored += region["end"] - region["start"]
            covered += sum(at in mask for at in range(region["start"], region["end"]))
        for mention in article["mentions"]:  # type: ignore[attr-defined]
            mentions += 1
            masked += any(at in mask for at in range(mention["start"], mention["end"]))
    print(
        f"  gold: {covered / ignored:.1%} of {ignored} ignored characters covered, {masked} of {mentions} mentions masked"
    )
    size = sum(len(row["body"]) for row in rows)
    spans_size = sum(s.end - s.start for row in rows for s in boilerplate.find(row["body"]))
    print(f"  pool: {spans_size / size:.2%} of {size} characters are clutter")


def triples(body: str) -> set[str]:
    found = re.findall(r"[a-z0-9]+", fold(body))
    return {" ".join(found[at : at + 3]) for at in range(len(found) - 2)}


def reprints(rows: Sequence[Row]) -> None:
    """Pairs that share a band, against exact similarity."""
    prints = [fingerprint(row["title"], row["body"]) for row in rows]
    buckets: dict[int, list[int]] = defaultdict(list)
    for at, made in enumerate(prints):
        for key in bands(made):
            buckets[key].append(at)
    pairs = {
        pair for bucket in buckets.values() if len(bucket) <= 60 for pair in combinations(bucket, 2)
    }
    close = [(a, b) for a, b in pairs if near(prints[a], prints[b]) >= NEAR]
    exact = []
    for a, b in close:
        one, other = triples(rows[a]["body"]), triples(rows[b]["body"])
        exact.append(len(one & other) / len(one | other))
    right = sum(score >= NEAR - 0.1 for score in exact)
    print(
        f"  {len(rows)} articles: {len(pairs)} candidates, {len(close)} near pairs, of them {right} within .1 of {NEAR} or above by exact comparison"
    )


def speed(rows: Sequence[Row], folder: Path) -> None:
    """Milliseconds of processor time an article."""
    sample = rows[::8]
    lines = "\n".join(json.dumps(row) for row in sample).encode()
    page = folder / "kompas-singlepage.html"

    def cost(call: Callable[[], object], count: int) -> str:
        start = time.process_time()
        call()
        return f"{(time.process_time() - start) / count * 1000:.2f} ms"

    print("  JSONL", cost(lambda: list(read_bytes(lines, "x.jsonl")), len(sample)), end=", ")
    print(
        "of it clutter",
        cost(lambda: [boilerplate.find(r["body"]) for r in sample], len(sample)),
        end=", ",
    )
    print(
        "fingerprint",
        cost(lambda: [fingerprint("", r["body"]) for r in sample], len(sample)),
        end=", ",
    )
    print("HTML page", cost(lambda: [list(read_file(str(page))) for _ in range(10)], 10))


def read_jsonl(path: Path) -> Iterator[dict[str, object]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.ingest_quality", description=__doc__)
    default = Path(__file__).resolve().parent.parent.parent / "shared" / "eval"
    parser.add_argument("--eval", type=Path, default=default, help="the evaluation folder")
    folder: Path = parser.parse_args().eval
    if not folder.is_dir():
        parser.error(f"there is no evaluation folder at {folder}: name it with --eval")
    rows: list[Row] = list(read_jsonl(folder / "corpus" / "pool.jsonl.gz"))  # type: ignore[arg-type]
    gold = [
        a for part in ("dev", "train") for a in read_jsonl(folder / "gold" / f"gold_{part}.jsonl")
    ]
    print("Pages")
    pages(folder / "html")
    print("Raw dates")
    raw_dates(rows)
    print("Publication day from the text alone")
    publication(rows, gold)
    print("Clutter")
    clutter(gold, rows)
    print("Reprints")
    reprints(rows)
    print("Speed")
    speed(rows, folder / "html")


if __name__ == "__main__":
    main()
