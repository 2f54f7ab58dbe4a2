"""Write ``synonym_forms.txt`` and ``holders.txt`` of ``store/search``: ``python -m bench.synonym_forms``.

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
from store.normalise import VERSION, strength
from store.records import KbRow
from store.search import holders
from store.search.synonyms import TABLE, Name, names_of, of_rows

STORE = Path(store.__file__).parent
_HOLDERS = 8
"""Names that one office stands for at most, the latest."""
_HOME = "ID"
"""Its offices are named with their holders, and meant without a country."""


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


# --- holders of foreign offices -------------------------------------------------------------------


def holders_table() -> str:
    """What ``holders.txt`` has to be."""
    found: dict[tuple[str, str], dict[Name, str]] = defaultdict(dict)
    for row in KnowledgeBase.shipped().rows:
        for post in row.posts if row.kind == "minister" else ():
            if post.country and post.country != _HOME:
                country = countries.name_of(post.country)
                for role in post.role.split("/"):
                    for name in _short_names(row):
                        held = found[_office(role, country), country]
                        held[name] = max(held.get(name, ""), post.start or "")
    lines = [f"# Made by bench.synonym_forms with version {VERSION} of the normaliser."]
    for (role, country), held in sorted(found.items()):
        latest = sorted(held, key=lambda name: (held[name], name), reverse=True)[:_HOLDERS]
        (office,), (place,) = names_of([role]), names_of([country])
        written = "|".join(" ".join(name) for name in latest)
        lines.append(f"{' '.join(office)}\t{' '.join(place)}\t{written}")
    return "\n".join(lines) + "\n"


def _office(role: str, country: str) -> str:
    """ "Duta Besar Jepang untuk Indonesia" is "Duta Besar", "Kanselir Jerman" is "Kanselir"."""
    return role.split(" untuk ")[0].replace(country, "").strip()


def _short_names(row: KbRow) -> list[Name]:
    """The names of a person without those that hold another of them, in Latin letters.

    A single name that is also a word or an abbreviation says too little.
    """
    names = [
        name
        for name in names_of([row.name, *row.aliases])
        if all(form.isascii() for form in name)
        and (len(name) > 1 or (len(name[0]) > 3 and not strength(name[0])))
    ]
    return [n for n in names if not any(o != n and _inside(o, n) for o in names)]


def _inside(inner: Name, outer: Name) -> bool:
    return f" {' '.join(inner)} " in f" {' '.join(outer)} "


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
    holders.TABLE.write_text(holders_table(), encoding="utf-8")
