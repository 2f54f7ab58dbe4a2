"""Whether a name sounds Indonesian: used only where neither text nor knowledge base names a country.

The table is ``origins.tsv`` (part of a name, log-odds for Indonesian), computed by
``bench.name_origins`` from roles in unlabelled text. Parts are whole words and their ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from store.extract import rules
from store.tables import table_text
from store.text import fold

_WORD = re.compile(r"[^\W\d_]{2,}")
_PARTICLES = frozenset({"bin", "binti", "al", "van", "von", "de", "der"})


def parts(name: str) -> Iterator[str]:
    """The parts of a name that the table may have: ``=word``, ``word's last letters``, its first."""
    for word in _WORD.findall(fold(name)):
        yield "=" + word
        if word not in _PARTICLES:
            yield "-" + word[-3:]
            yield "-" + word[-2:]
            yield word[:3] + "-"


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    text = table_text("extract/origins.tsv")
    return {part: float(odds) for part, odds in (line.split("\t") for line in text.splitlines())}


def is_home(name: str) -> float:
    """Log-odds that the name is an Indonesian's; above 0: more likely than not.

    A known word speaks for itself; of an unknown one the endings speak, with half the weight.
    """
    table = _table()
    total = 0.0
    for word in _WORD.findall(fold(name)):
        whole = table.get("=" + word)
        if whole is not None:
            total += whole
        else:
            seen = [table[p] for p in list(parts(word))[1:] if p in table]
            if seen:
                total += 0.5 * sum(seen) / len(seen)
    return total


_ENGLISH = rules.pattern("english_title")
# Bodies under their Indonesian names without a country beside them are Indonesia's in its own press.
_HOME_TITLE = rules.pattern("home_title")
# Offices of state that a foreigner has with the name of the state; "Presiden" and the like stand without.
_HOME_OFFICE = rules.pattern("home_office")
# Offices that Indonesia does not have.
_NO_HOME = rules.pattern("office_abroad")
# The first two from cross-validation over the annotated articles: the names of foreigners of whom no part is
# known score just above 0, and a title in English is worth that much against an Indonesian.
_THRESHOLD = 0.2
_NOBODY_ABROAD = -0.6
_ENGLISH_TITLE = 0.5
_HOME_BODY = 1.0
_HOME_STATE = 0.5


def seems_home(name: str, title: str, *, abroad: bool) -> bool:
    """Whether to take a person for an Indonesian, by the sound of the name and the title's language.

    ``abroad``: whether the article deals with another country that the person may be from.
    """
    if _NO_HOME.search(title):
        return False
    odds = is_home(name) - (_ENGLISH_TITLE if _ENGLISH.search(title) else 0)
    if _HOME_TITLE.search(title):
        odds += _HOME_BODY
    elif _HOME_OFFICE.search(title):
        odds += _HOME_STATE
    return odds > (_THRESHOLD if abroad else _NOBODY_ABROAD)
