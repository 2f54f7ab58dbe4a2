"""Whether imports slow down as a library grows: ``python -m bench.import_growth LIBRARY … --corpus FILE``.

Into a fresh copy of each library go the same articles: a whole import as ``bilat-tui import`` does it,
analysis included, on all cores; then made ones that were prepared before, so that only the writing is
left, so many in one transaction. The libraries take turns. The ratio is to the first library.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from bench.generate import generated, source_articles, split
from bench.importing import cost, whole, written
from bench.timing import interleaved, table
from store.archive import Archive
from store.archive.prepared import Prepared, prepare
from store.library import ImportReport

AT_ONCE = (256, 1024)
"""About what two cores analyse in half a second, and the most that an import writes at once."""

SEED = 1_000_003
"""Makes other articles than ``bench.generate`` does."""


def imported(source: Path, library: Path) -> float:
    """Milliseconds by the clock of a whole import."""
    return 1000 * cost(lambda: whole(source, library, None)).clock


def only_written(items: Sequence[Prepared], at_once: int, library: Path) -> float:
    """Milliseconds of processor time to write ``items`` as an import does."""
    with Archive.open(library, "write") as archive:
        import_id = archive.begin_import(["growth"])
        began = time.thread_time()
        for at in range(0, len(items), at_once):
            archive.add_prepared(items[at : at + at_once], import_id=import_id)
        archive.finish_import(import_id, ImportReport(import_id, len(items), 0, 0, 0, (), 0.0))
        return 1000 * (time.thread_time() - began)


def into_copy(library: Path, measure: Callable[[Path], float]) -> float:
    """What is measured on a copy that is gone afterwards."""
    with tempfile.TemporaryDirectory(dir=library.parent) as folder:
        return measure(Path(shutil.copy(library, folder)))


def compare(
    title: str, libraries: Sequence[Path], measure: Callable[[Path], float], repeat: int
) -> None:
    """Print a table of the libraries."""
    cases = [(library.name, partial(into_copy, library, measure)) for library in libraries]
    print(f"\n{title}\n{table(interleaved(cases, repeat), libraries[0].name)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("libraries", type=Path, nargs="+")
    parser.add_argument("--corpus", type=Path, required=True, help="real articles to import")
    parser.add_argument("--count", type=int, default=4000, help="of them")
    parser.add_argument("--made", type=int, default=20_000, help="articles only written")
    parser.add_argument("--repeat", type=int, default=3)
    options = parser.parse_args()
    libraries, repeat = options.libraries, options.repeat
    with written(options.corpus, options.count) as (folder, _):
        title = f"A whole import of {options.count} articles, by the clock"
        compare(title, libraries, partial(imported, folder / "articles.jsonl"), repeat)
    pieces = split(source_articles(options.corpus, 400))
    items = [
        prepare(article, found, keep_original=False)
        for article, found in generated(options.made, pieces, SEED)
    ]
    for at_once in AT_ONCE:
        title = f"Writing alone, {options.made} articles, {at_once} at once, by the processor"
        compare(title, libraries, partial(only_written, items, at_once), repeat)


if __name__ == "__main__":
    main()
