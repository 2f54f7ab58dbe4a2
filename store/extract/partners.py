"""The countries Indonesia deals with in an article, most prominent first."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from store.extract import kinds, rules
from store.extract.found import Found
from store.extract.tokens import Text
from store.kb.countries import code_of

HOME = "ID"
# All numbers from cross-validation over the annotated articles and 30 more.
_EARLY, _FIRST_PART = 1.5, 0.25
_WHERE = 0.5
"""Weight of a country that only says where something is ("di Wina, Austria")."""
_AT_WAR = 0.5
"""Weight of a country in a sentence about somebody's war: seldom one that Indonesia deals with there."""
_WAR = rules.pattern("conflict", re.I)
_IN = re.compile(r"(?:\bdi |, )\Z")
_NAME = re.compile(r"[A-Z][a-z]{3,}(?: [A-Z][a-z]{3,})?")
_LEAST, _SHARE = 1.5, 0.45


def weights(text: Text, mentions: Sequence[Found]) -> Mapping[str, float]:
    """Country code → how prominent the text makes it, by its mentions and agreements with it."""
    found: defaultdict[str, float] = defaultdict(float)
    at_war: dict[int, bool] = {}
    for mention in mentions:
        if (
            mention.country
            and mention.country != HOME
            and mention.type in (kinds.COUNTRY, kinds.AGREEMENT)
        ):
            weight = _EARLY if mention.start < len(text.body) * _FIRST_PART else 1
            if _IN.search(text.body, max(0, mention.start - 4), mention.start):
                weight *= _WHERE
            number = text.sentence_of[text.token_at(mention.start)]
            if number not in at_war:
                first, last = text.sentences[number]
                at_war[number] = bool(
                    _WAR.search(text.body, text.starts[first], text.ends[last - 1])
                )
            found[mention.country] += weight * (_AT_WAR if at_war[number] else 1)
    if not found:
        # Named by what belongs to it alone ("Dialog Energi Australia-Indonesia").
        for mention in mentions:
            if mention.type in (kinds.ORG, kinds.AGREEMENT):
                names = (
                    mention.country,
                    *map(code_of, _NAME.findall(text.body, mention.start, mention.end)),
                )
                for code in {code for code in names if code and code != HOME}:
                    found[code] += 1
    return found


def chosen(prominence: Mapping[str, float], people: Iterable[str | None]) -> tuple[str, ...]:
    """Codes of the partner countries: named often, early, or represented by somebody present.

    ``prominence`` by ``weights``; ``people``: countries of the article's persons.
    """
    total = defaultdict(float, prominence)
    for code in people:
        if code and code != HOME:
            total[code] += 1
    if not total:
        return ()
    ordered = sorted(total, key=lambda code: (-total[code], code))
    best = total[ordered[0]]
    # What a short text names once is its partner all the same.
    least = max(min(_LEAST, best), best * _SHARE)
    return tuple(code for code in ordered if total[code] >= least)
