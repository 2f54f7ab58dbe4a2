"""The countries Indonesia deals with in an article, most prominent first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from store.extract.found import Found
from store.records import MentionType

HOME = "ID"


def find(mentions: Sequence[Found], people: Iterable[str | None], length: int) -> tuple[str, ...]:
    """Codes of the partner countries: named often, early, or represented by somebody present.

    ``people``: countries of the article's persons. ``length`` of the text, in characters.
    """
    weights: defaultdict[str, float] = defaultdict(float)
    for mention in mentions:
        if (
            mention.country
            and mention.country != HOME
            and mention.type in (MentionType.COUNTRY, MentionType.AGREEMENT)
        ):
            weights[mention.country] += 1.5 if mention.start < length / 4 else 1
    for code in people:
        if code and code != HOME:
            weights[code] += 1
    if not weights:
        return ()
    ordered = sorted(weights, key=lambda code: (-weights[code], code))
    best = weights[ordered[0]]
    return tuple(code for code in ordered if weights[code] >= max(1.5, best * 0.4))
