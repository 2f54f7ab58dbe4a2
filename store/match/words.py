"""The words this room knows, from the data files beside it: titles, degrees, lexicon, spellings.

Each file says per row where it comes from; adding a row needs no code.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from store.tables import table_rows


def _rows(name: str) -> list[dict[str, str]]:
    return table_rows(f"match/data/{name}")


@lru_cache(maxsize=1)
def titles() -> Mapping[str, frozenset[str]]:
    """Word → kinds: honorific, rank, office, status, portfolio, linking, particle, suffix."""
    kinds: dict[str, set[str]] = {}
    for row in _rows("titles.csv"):
        kinds.setdefault(row["word"], set()).add(row["kind"])
    return MappingProxyType({word: frozenset(kind) for word, kind in kinds.items()})


@lru_cache(maxsize=1)
def degrees() -> frozenset[str]:
    """Academic degrees without their dots."""
    return frozenset(row["word"] for row in _rows("degrees.csv"))


@lru_cache(maxsize=1)
def lexicon() -> Mapping[str, str]:
    """Indonesian or variant English word → the English word that names are compared in."""
    return MappingProxyType({row["word"]: row["meaning"] for row in _rows("lexicon.csv")})


@lru_cache(maxsize=1)
def dictionary() -> frozenset[str]:
    """The English words that the lexicon translates into: words of the language, not names."""
    return frozenset(lexicon().values())


@lru_cache(maxsize=1)
def phrases() -> Mapping[tuple[str, ...], tuple[str, ...]]:
    """Two or more words → their English words ("kerja sama" → cooperation)."""
    return MappingProxyType(
        {
            tuple(row["phrase"].split()): tuple(row["meaning"].split())
            for row in _rows("phrases.csv")
        }
    )


@lru_cache(maxsize=1)
def expansions() -> Mapping[str, tuple[str, ...]]:
    """Acronyms of kinds of agreement → their words (CEPA, FTA, PTA …)."""
    return MappingProxyType(
        {row["acronym"]: tuple(row["meaning"].split()) for row in _rows("expansions.csv")}
    )


@lru_cache(maxsize=1)
def stopwords() -> Mapping[str, str]:
    """Word → ``ignored`` (never compared) or ``light`` (compared at a fraction of its weight)."""
    return MappingProxyType({row["word"]: row["kind"] for row in _rows("stopwords.csv")})


@lru_cache(maxsize=1)
def surnames() -> Mapping[str, str]:
    """Korean surname in any usual spelling → its group."""
    return _groups("surnames.csv")


@lru_cache(maxsize=1)
def given_names() -> Mapping[str, str]:
    """Given name in any usual spelling → its group (Muhammad, Moch., Moh.)."""
    return _groups("given.csv")


def _groups(name: str) -> Mapping[str, str]:
    return MappingProxyType(
        {word: row["group"] for row in _rows(name) for word in row["spellings"].split()}
    )


@lru_cache(maxsize=1)
def related() -> Mapping[tuple[str, str], float]:
    """Pairs of English words that stand for each other in names, both ways, with a similarity."""
    pairs: dict[tuple[str, str], float] = {}
    for row in _rows("related.csv"):
        score = float(row["score"])
        pairs[row["first"], row["second"]] = pairs[row["second"], row["first"]] = score
    return MappingProxyType(pairs)


@lru_cache(maxsize=1)
def needs_context() -> frozenset[str]:
    """Short forms that usually mean something else, so that alone they link to nothing."""
    return frozenset(row["form"] for row in _rows("context.csv"))
