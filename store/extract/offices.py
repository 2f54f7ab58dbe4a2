"""The lexicon of offices: what begins a role ("Menteri"), goes before it ("Wakil"), or stands
between it and the name ("Letkol"); and the words of which portfolios are made.

Data: ``offices.csv`` and ``portfolios.txt``, each entry with its source.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from store.extract.gazetteer import Gazetteer
from store.tables import table_rows, table_text

# Offices that are people's names too ("Raja Juli Antoni", "Ratu Tisha", "Partner").
_ALSO_NAMES = frozenset(
    {"raja", "ratu", "sultan", "emir", "bos", "ahli", "head", "chair", "senior"}
)


class Offices(NamedTuple):
    """``heads`` finds offices in any case; the sets hold lower-cased single words."""

    heads: Gazetteer[str]
    head_words: frozenset[str]
    inner_words: frozenset[str]
    """Lower-cased further words of offices ("juru bicara")."""
    prefixes: frozenset[str]
    honorifics: frozenset[str]
    portfolios: frozenset[str]
    titles: frozenset[str]
    """Lower-cased offices of one word that are nobody's name ("wamen", unlike "raja")."""
    expansions: dict[str, str]
    """Lower-cased abbreviation → the office in full ("menperin" → "Menteri Perindustrian")."""


@lru_cache(maxsize=1)
def load() -> Offices:
    """The lexicon, read once."""
    rows = table_rows("extract/offices.csv")
    by_kind: dict[str, set[str]] = {"head": set(), "prefix": set(), "honorific": set()}
    for row in rows:
        form = row["form"].lower()
        by_kind[row["kind"]].update(form.split() if row["kind"] != "head" else [form])
    words = table_text("extract/portfolios.txt").splitlines()
    return Offices(
        heads=Gazetteer(
            ((row["form"], row["form"]) for row in rows if row["kind"] == "head"), any_case=True
        ),
        head_words=frozenset(form.split()[0] for form in by_kind["head"]),
        inner_words=frozenset(word for form in by_kind["head"] for word in form.split()[1:]),
        prefixes=frozenset(by_kind["prefix"]),
        honorifics=frozenset(by_kind["honorific"]),
        portfolios=frozenset(word.lower() for word in words if word and not word.startswith("#")),
        titles=frozenset(f for f in by_kind["head"] if " " not in f) - _ALSO_NAMES,
        expansions={row["form"].lower(): row["expands"] for row in rows if row["expands"]},
    )
