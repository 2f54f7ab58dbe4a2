"""Compute ``store/extract/origins.tsv``: which parts of names are Indonesian, from unlabelled text.

    python -m bench.name_origins        # about 6 minutes

Labels come from roles: who holds a local or national office without a country is taken for an
Indonesian, who holds an office of another country for a foreigner. Kept are only logarithms of how
much more often a word, or the beginning or end of a word, occurs in names of one side. No name of a
single person is kept: a part must occur in at least three different names.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from pathlib import Path

from bench import corpora
from store.extract import Extractor
from store.extract.origins import parts
from store.kb import KnowledgeBase

TABLE = Path(__file__).resolve().parent.parent / "store" / "extract" / "origins.tsv"
HOME = re.compile(
    r"(?i)(?:wakil |plt\.? |mantan |eks )*(?:bupati|wali ?kota|camat|lurah|kapol|kasat|kasi |kajari|kajati|sekda|kepala dinas|kadis|"
    r"kepala desa|kades|ketua dprd|anggota dpr|ketua dpr|anggota komisi|ketua komisi|menteri|mendag|menper|menlu|menkeu|menhan|menhub|mensos|"
    r"menag|menko|wamen|dirjen|direktur jenderal|gubernur (?:jawa|jabar|jateng|jatim|dki|bali|banten|sumat|kalim|sulaw|papua|aceh|riau|ntb|ntt)|"
    r"jaksa agung|ketua kpk|juru bicara kpk|kepala b[a-z]+|ketua umum p|ketum p|hakim|panglima tni|kadiv|kabid|kasad|ksad)"
)
LEAST = 3


def main() -> None:
    extractor = Extractor(KnowledgeBase.shipped())
    names: dict[str, set[str]] = {"home": set(), "abroad": set()}
    for row in corpora.rows("eval/corpus/pool.jsonl.gz"):
        for person in extractor.extract(row["body"][:6000]).persons:
            if person.role is None or len(person.name.split()) < 2:
                continue
            if person.country not in (None, "ID"):
                names["abroad"].add(person.name)
            elif HOME.match(person.role):
                names["home"].add(person.name)
    names["abroad"] -= names["home"]
    print({side: len(some) for side, some in names.items()})
    counts = {
        side: Counter(p for name in some for p in set(parts(name))) for side, some in names.items()
    }
    lines = []
    for part in sorted(counts["home"] | counts["abroad"]):
        home, abroad = counts["home"][part], counts["abroad"][part]
        if home + abroad >= LEAST:
            odds = math.log((home + 0.5) / (len(names["home"]) + 1)) - math.log(
                (abroad + 0.5) / (len(names["abroad"]) + 1)
            )
            lines.append(f"{part}\t{odds:.1f}\n")
    TABLE.write_text("".join(lines), encoding="utf-8")
    print(len(lines), "parts,", TABLE.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
