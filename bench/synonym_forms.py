"""Write ``store/search/synonym_forms.txt``: ``python -m bench.synonym_forms``.

To be run after a change of the normaliser, of the knowledge base, of its countries, of the
abbreviated offices or of ``synonyms.csv``; a test tells.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import store
from store.kb import KnowledgeBase, countries
from store.normalise import VERSION
from store.search.synonyms import TABLE, Name, names_of, of_rows

STORE = Path(store.__file__).parent


def table() -> str:
    """What the file has to be."""
    lines = [f"# Made by bench.synonym_forms with version {VERSION} of the normaliser."]
    for key, names in _groups():
        # A name alone still tells which words belong together.
        if len(names) > 1 or any(len(name) > 1 for name in names):
            lines.append(f"{key}\t{'|'.join(' '.join(name) for name in names)}")
    return "\n".join(lines) + "\n"


def _groups() -> Iterator[tuple[str, tuple[Name, ...]]]:
    for row in _rows(STORE / "search" / "synonyms.csv"):
        yield "", names_of(row["names"].split("|"))
    yield from (("", names_of(names)) for names in _countries())
    for row in _rows(STORE / "extract" / "offices.csv"):
        if row["expands"]:
            yield "", names_of((row["form"], row["expands"]))
    yield from of_rows(KnowledgeBase.shipped().rows)


def _rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _countries() -> Iterator[list[str]]:
    by_code: dict[str, list[str]] = defaultdict(list)
    longer: dict[str, set[str]] = defaultdict(set)
    for form, code in countries.forms().items():
        by_code[code].append(form)
        for word in form.casefold().split():
            longer[word].add(code)
    # "Korea" is also half of another country's name: what is typed in full means itself alone.
    for code, names in by_code.items():
        clear = [name for name in names if longer[name.casefold()] <= {code}]
        if len(clear) > 1:
            yield clear


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
