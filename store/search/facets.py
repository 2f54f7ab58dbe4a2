"""Counts of countries, outlets, years, kinds of mentions and names over the newest hits."""

from __future__ import annotations

import json
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from heapq import nlargest

from store.kb import countries
from store.library import Facet
from store.schema import DOCIDS_PER_DAY
from store.search.asking import Asking
from store.search.kinds import has_kinds

NEWEST = 2_000
"""Hits that are counted: the newest; all of them where there are fewer."""
_ROWS_AT_ONCE = 256
"""Hits counted between two looks whether the question has been replaced: about a millisecond."""
_SHOWN = 20
"""Values of a facet, the commonest."""
_NAMED = ("person", "program", "organisation")
"""Facets of entities, in the order of their columns."""


def facets(connection: Asking, docids: array[int]) -> dict[str, list[Facet]]:
    """Each facet over ``docids``: values with counts, the commonest first; years newest first."""
    rows = connection.execute(
        "SELECT source, partners, types, persons, programs, organisations FROM json_each(?) hit"
        " CROSS JOIN facets f ON f.docid = hit.value",
        (json.dumps(docids.tolist()),),
    ).fetchall()
    sources, *lists = zip(*rows, strict=True) if rows else [()] * 6
    counted = [_counted(connection, column) for column in lists]
    partners, types, *named = counted
    outlets = Counter(source for source in sources if source is not None)
    kinds = types if has_kinds(connection) else Counter[str]()
    return {
        "country": [Facet(c, n, countries.name_of(c)) for c, n in _first(partners)[:_SHOWN]],
        "source": [Facet(source, n, source) for source, n in _first(outlets)[:_SHOWN]],
        "year": _years(docids),
        "type": [Facet(kind.casefold(), n, kind) for kind, n in _first(kinds)],
        **dict(zip(_NAMED, _names(connection, named), strict=True)),
    }


def _counted(connection: Asking, column: Sequence[str]) -> Counter[str]:
    """How often each word stands in a column; no statement, which an interrupt would stop."""
    counts: Counter[str] = Counter()
    for at in range(0, len(column), _ROWS_AT_ONCE):
        connection.check()
        counts.update(" ".join(column[at : at + _ROWS_AT_ONCE]).split())
    return counts


def _first(counts: Counter[str]) -> list[tuple[str, int]]:
    """The commonest first, the equally common by name."""
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def _years(docids: array[int]) -> list[Facet]:
    counts = Counter(docid // (DOCIDS_PER_DAY * 10_000) for docid in docids)
    return [Facet(str(y), n, str(y)) for y, n in sorted(counts.items(), reverse=True) if y]


def _names(connection: Asking, counted: Iterable[Counter[str]]) -> list[list[Facet]]:
    """Entities by their names, from counts by their numbers."""
    common = [_common(counts) for counts in counted]
    known = {
        str(at): (name, key)
        for at, key, name in connection.execute(
            "SELECT id, key, name FROM entities WHERE id IN (SELECT value FROM json_each(?))",
            (f"[{','.join(at for counts in common for at in counts)}]",),
        )
    }
    found = [
        sorted((-n, *known[at]) for at, n in counts.items() if at in known)[:_SHOWN]
        for counts in common
    ]
    return [[Facet(key, -n, name) for n, name, key in rows] for rows in found]


def _common(counts: Counter[str]) -> dict[str, int]:
    """Those that can be among the commonest, whatever they are called."""
    least = min(nlargest(_SHOWN, counts.values()), default=0)
    return {at: n for at, n in counts.items() if n >= least}
