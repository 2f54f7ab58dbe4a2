"""Mentions of states and of the European Union, from the table of countries."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from store.extract import kinds, rules
from store.extract.found import Found
from store.extract.gazetteer import Gazetteer
from store.extract.tokens import Text
from store.kb import countries

# "dolar AS", "yen Jepang", "bahasa Prancis": a currency or language is no mention of the state
# (annotation guidelines, COUNTRY).
NOT_AFTER = rules.words("currencies_and_languages")
# Seas, regions and organisations whose name begins or ends with a country's.
_NOT_BEFORE = frozenset({"utara", "selatan", "timur", "barat", "tengah"})
_NOT_AFTER_PLACE = frozenset({"semenanjung", "samudra", "samudera", "laut", "selat", "teluk"})
# Short forms that are also common words or initials.
_DOUBTFUL = {
    "AS": 0.9,
    "RI": 0.95,
    "Saudi": 0.9,
    "Korea": 0.9,
    "Amerika": 0.85,
    "UE": 0.85,
    "Emirat": 0.7,
}


STAGE = "countries:table"


@lru_cache(maxsize=1)
def gazetteer() -> Gazetteer[str]:
    """The forms of all states, ready to scan with."""
    return Gazetteer(countries.forms().items())


def find(text: Text, table: Gazetteer[str]) -> Iterator[Found]:
    """A mention per form found; languages, currencies, and seas are left out."""
    lows = text.lows
    for first, last, code in table.scan(text):
        before = lows[first - 1] if first else ""
        after = lows[last] if last < len(lows) else ""
        if before in NOT_AFTER or before in _NOT_AFTER_PLACE:
            continue
        if after in _NOT_BEFORE and text.forms[last][0].isupper():
            continue
        surface = text.surface(first, last)
        yield Found(
            text.starts[first],
            text.ends[last - 1],
            kinds.COUNTRY,
            _DOUBTFUL.get(surface, 0.98),
            STAGE,
            country=code,
        )
