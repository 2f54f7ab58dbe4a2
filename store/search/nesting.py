"""In what order the index is asked for all of several words.

Of words side by side the index takes each to the next article that the others have, the commonest too:
it reads most of every list. Nested, the rarest two inside, it looks for the third only where both are.
An AND within an AND would be levelled; what is without nothing (``NOT ""``) is not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from store.search.lexicon import COUNTED, Lexicon, Ways, all_of, quoted
from store.search.units import Unit


def nested(units: Sequence[Unit], lexicon: Lexicon) -> str | None:
    """All of ``units`` as an FTS5 expression with the rarest inside.

    None where it makes no difference: they are one word, or few articles have one of them.
    """
    parts = dict(part for unit in units for part in _parts(unit))
    if len(parts) < 2:
        return None
    common = {expression: lexicon.widest(ways) for expression, ways in parts.items()}
    found, *others = sorted(parts, key=common.__getitem__)
    if common[others[0]][0] < COUNTED:
        return None
    for at, expression in enumerate(others):
        found = all_of((f'({found} NOT "")' if at else found, expression))
    return found


def _parts(unit: Unit) -> Iterator[tuple[str, Ways]]:
    """What must all be there for a unit, with the ways to have it."""
    if unit.office and not unit.unspelt:
        for part in unit.office:
            yield from _parts(part)
    elif len(unit.options) == 1:
        for sequence in unit.options[0]:
            yield quoted(*sequence), [[sequence]]
    else:
        yield unit.fts, unit.options
