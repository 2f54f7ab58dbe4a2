"""``python -m bench [NAME …] [--corpus FILE] [--size N …]``: run the benchmarks and print tables."""

from __future__ import annotations

import argparse
from pathlib import Path

from bench import extraction, importing, keys, startup
from bench.generate import generate

OUT = Path(__file__).parent / "out"
NAMES = ("generate", "startup", "keys", "search", "import", "extract")


def libraries(sizes: list[int], corpus: Path | None) -> list[Path]:
    """A generated library per size, made where it is missing; says how long that took."""
    OUT.mkdir(exist_ok=True)
    paths = []
    for size in sizes:
        path = OUT / f"{size}.db"
        if not path.exists():
            seconds = generate(path, size, corpus)
            print(f"generated {size} articles in {seconds:.1f} s, {size / seconds:.0f} a second")
        paths.append(path)
    return paths


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--corpus", type=Path, help="JSONL of real articles instead of the seeds")
    parser.add_argument("--size", type=int, nargs="+", default=[1000, 100_000])
    options = parser.parse_args()
    if unknown := set(options.names) - set(NAMES):
        parser.error(f"no benchmark named {', '.join(sorted(unknown))}")
    names = options.names or list(NAMES)
    made = libraries(options.size, options.corpus) if set(names) - {"import", "extract"} else []
    if "startup" in names:
        print("\nStart-up")
        startup.main(made)
    if "keys" in names:
        print("\nKeys")
        keys.main(made)
    if "search" in names:
        from bench import search_speed

        print("\nSearch")
        search_speed.main(made)
    if "import" in names:
        print("\nImport")
        importing.main(options.corpus)
    if "extract" in names:
        print("\nExtraction")
        extraction.main(options.corpus)


if __name__ == "__main__":
    main()
