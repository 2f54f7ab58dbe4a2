"""Counts of countries, outlets, years, kinds of mentions and names over the newest hits."""

from __future__ import annotations

import json
from array import array
from collections import Counter

from store.kb import countries
from store.library import Facet
from store.records import MentionType
from store.schema import DOCIDS_PER_DAY
from store.search.asking import Asking
from store.search.kinds import has_kinds

NEWEST = 2_000
"""Hits that are counted: the newest; all of them where there are fewer."""
_SHOWN = 20
"""Values of a facet, the commonest."""
_NAMED = {
    MentionType.PERSON: "person",
    MentionType.AGREEMENT: "program",
    MentionType.ORG: "organisation",
}


def facets(connection: Asking, docids: array[int]) -> dict[str, list[Facet]]:
    """Each facet over ``docids``: values with counts, the commonest first; years newest first."""
    listed = json.dumps(list(docids))
    return {
        "country": _countries(connection, listed),
        "source": _sources(connection, listed),
        "year": _years(docids),
        "type": _types(connection, listed),
        **_names(connection, listed),
    }


def _countries(connection: Asking, listed: str) -> list[Facet]:
    rows = connection.execute(
        "SELECT code, count(*) AS n FROM json_each(?) hit JOIN countries c ON c.docid = hit.value"
        " WHERE partner > 0 GROUP BY code ORDER BY n DESC, code LIMIT ?",
        (listed, _SHOWN),
    )
    return [Facet(code, n, countries.name_of(code)) for code, n in rows]


def _sources(connection: Asking, listed: str) -> list[Facet]:
    rows = connection.execute(
        "SELECT source, count(*) AS n FROM json_each(?) hit JOIN articles a ON a.docid = hit.value"
        " WHERE source IS NOT NULL GROUP BY source ORDER BY n DESC, source LIMIT ?",
        (listed, _SHOWN),
    )
    return [Facet(source, n, source) for source, n in rows]


def _types(connection: Asking, listed: str) -> list[Facet]:
    if not has_kinds(connection):
        return []
    rows = connection.execute(
        "SELECT t.type, count(*) AS n FROM json_each(?) hit JOIN types t ON t.docid = hit.value"
        " GROUP BY t.type ORDER BY n DESC, t.type",
        (listed,),
    )
    return [Facet(kind.casefold(), n, kind) for kind, n in rows]


def _years(docids: array[int]) -> list[Facet]:
    counts = Counter(docid // (DOCIDS_PER_DAY * 10_000) for docid in docids)
    return [Facet(str(y), n, str(y)) for y, n in sorted(counts.items(), reverse=True) if y]


def _names(connection: Asking, listed: str) -> dict[str, list[Facet]]:
    found: dict[str, list[Facet]] = {name: [] for name in _NAMED.values()}
    rows = connection.execute(
        "SELECT e.key, e.name, e.type, hits.n FROM"
        " (SELECT entity_id, count(*) AS n FROM json_each(?) hit"
        " JOIN mentions m ON m.docid = hit.value GROUP BY entity_id) hits"
        " JOIN entities e ON e.id = hits.entity_id"
        " WHERE e.type IN ('PERSON', 'AGREEMENT', 'ORG') ORDER BY hits.n DESC, e.name",
        (listed,),
    )
    for key, name, kind, n in rows:
        values = found[_NAMED[MentionType(kind)]]
        if len(values) < _SHOWN:
            values.append(Facet(key, n, name))
    return found
