"""The lexicon of offices: what begins a role ("Menteri"), goes before it ("Wakil"), or stands
between it and the name ("Letkol"); and the words of which portfolios are made.

Data: ``offices.csv`` and ``portfolios.txt``, each entry with its source. Of kind ``noun`` is what
begins a role but is no sign of a name ("murid"), of kind ``apposition`` what does so only after the
name ("…, istri Presiden X", while "istri Presiden X" says nothing of X).
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from store.extract import rules
from store.extract.gazetteer import Gazetteer
from store.tables import table_rows, table_text

# Offices that are people's names too ("Raja Juli Antoni", "Ratu Tisha", "Partner").
_ALSO_NAMES = rules.words("offices_and_names")

_WHOLE = ("head", "noun", "apposition")
"""Kinds of row whose form counts as a whole, not word by word; each begins a role in fewer places."""


class Offices(NamedTuple):
    """``heads`` finds offices in any case; the sets hold lower-cased single words."""

    heads: Gazetteer[str]
    stated: Gazetteer[str]
    """``heads`` and the nouns: what a role before the name may begin with."""
    apposed: Gazetteer[str]
    """The same with what only a role after the name begins with."""
    stated_words: frozenset[str]
    """Lower-cased words of the nouns."""
    english: frozenset[str]
    """Offices in English, before which their body stands ("UNDP Resident Representative")."""
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
    by_kind: dict[str, set[str]] = {kind: set() for kind in (*_WHOLE, "prefix", "honorific")}
    for row in rows:
        form, kind = row["form"].lower(), row["kind"]
        by_kind[kind].update([form] if kind in _WHOLE else form.split())
    heads, stated, apposed = (
        Gazetteer(
            ((row["form"], row["form"]) for row in rows if row["kind"] in _WHOLE[:most]),
            any_case=True,
        )
        for most in range(1, len(_WHOLE) + 1)
    )
    words = table_text("extract/portfolios.txt").splitlines()
    return Offices(
        heads=heads,
        stated=stated,
        apposed=apposed,
        stated_words=frozenset(word for form in by_kind["noun"] for word in form.split()),
        english=frozenset(
            row["form"] for row in rows if row["kind"] in _WHOLE and row["source"] == "English"
        ),
        head_words=frozenset(form.split()[0] for form in by_kind["head"]),
        inner_words=frozenset(word for form in by_kind["head"] for word in form.split()[1:]),
        prefixes=frozenset(by_kind["prefix"]),
        honorifics=frozenset(by_kind["honorific"]),
        portfolios=frozenset(word.lower() for word in words if word and not word.startswith("#")),
        titles=frozenset(f for f in by_kind["head"] if " " not in f) - _ALSO_NAMES,
        expansions={row["form"].lower(): row["expands"] for row in rows if row["expands"]},
    )
