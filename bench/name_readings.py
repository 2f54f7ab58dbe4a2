"""Write ``match/data/readings.tsv``, the names of the knowledge base as the index needs them.

``python -m bench.name_readings``: to be run after a change of the knowledge base, or of the rules by
which ``store/match`` reads names; a test tells.
"""

from __future__ import annotations

from pathlib import Path

import store
from store.kb import KnowledgeBase
from store.match.normalise import compact
from store.match.person_name import parse_person
from store.match.programme_name import parse_programme
from store.match.readings import PERSON, PROGRAMME, SOUND
from store.match.similarity import fold_sound

TABLE = Path(store.__file__).parent / "match" / "data" / "readings.tsv"


def table() -> str:
    """What the file has to be."""
    people: set[str] = set()
    programmes: set[str] = set()
    for row in KnowledgeBase.shipped().rows:
        (people if row.kind == "minister" else programmes).update((row.name, *row.aliases))
    words: set[str] = set()
    lines = ["kind\tname\tletters\twords\tparties"]
    for name in sorted(people):
        read = parse_person(name).words
        words.update(read)
        lines.append(f"{PERSON}\t{name}\t{compact(name)}\t{' '.join(read)}\t")
    for name in sorted(programmes):
        parsed = parse_programme(name)
        words.update(parsed.words)
        cells = (compact(name), " ".join(parsed.words), " ".join(sorted(parsed.parties)))
        lines.append("\t".join((PROGRAMME, name, *cells)))
    lines += [f"{SOUND}\t{word}\t{fold_sound(word)}" for word in sorted(words)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    TABLE.write_text(table(), encoding="utf-8")
