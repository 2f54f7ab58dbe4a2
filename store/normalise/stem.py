"""The root of a word, where the word is derived from one; otherwise the word itself.

Every analysis that the grammar allows (``affixes``) is weighed: how strong its root is and how
common its affixes are, both learnt from a news corpus (``data/``, made by bench/learn_roots.py).
A word none of whose analyses leads to a known root stays whole, as names do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from store.normalise.affixes import analyses
from store.normalise.compounds import closed_compounds

_DATA = Path(__file__).parent / "data"

_SHORTEST = 4
"""Letters of a word that is taken apart at all."""
_SHORTEST_ROOT = 3
"""Letters of a root that may lose the first."""
_GIVEN_WEIGHT = 15
"""Of a root that was not learnt: a closed compound ("tandatangan" in "menandatangani"), a word that
has left its root ("pakaian" in "berpakaian"). Learnt ones have 0 to 20."""


_CONFIXED = frozenset(("peN", "per", "pe", "ke"))
"""Prefixes that with -an make one affix around a root."""

_CLITIC = "nya"
"""Stands after any word, known or not: "smelternya", "menlunya"."""


@dataclass(frozen=True, slots=True)
class _Tables:
    roots: dict[str, int]
    patterns: dict[str, int]
    known: dict[str, str]
    """Words decided beforehand: irregular ones, and such as only look derived (their own form)."""
    families: dict[str, str]
    """Words that have left their root, and the family that each belongs to since."""


def stem(word: str) -> str:
    """The root of a folded word of letters a-z; the word itself, without -nya, where it has none."""
    if len(word) < _SHORTEST:
        return word
    tables = _tables()
    known = tables.known.get(word)
    if known is not None:
        return known
    if word in tables.roots:
        return word
    found = _best(word, tables)
    if found == word and word.endswith(_CLITIC) and len(word) - len(_CLITIC) >= _SHORTEST:
        return stem(word[: -len(_CLITIC)])
    return found


def strength(root: str) -> int:
    """How much the corpus speaks for a root, from 0 (not at all, or no root) to about 20."""
    return _tables().roots.get(root, 0)


def derived_from(root: str) -> list[str]:
    """Letters, one sequence of which stands in every word whose root is ``root``.

    Affixes leave all of a root but its first letter; the tables have words of any shape.
    """
    tables = _tables()
    bases = [root, *(word for word, family in tables.families.items() if family == root)]
    decided = [word for word, known in tables.known.items() if known == root]
    return [*decided, *(base[1:] if len(base) >= _SHORTEST_ROOT else base for base in bases)]


def strongest(prefix: str, limit: int) -> list[str]:
    """The roots that begin with ``prefix``, at most ``limit``, the strongest first."""
    roots = _tables().roots
    return sorted((r for r in roots if r.startswith(prefix)), key=roots.__getitem__)[
        : -limit - 1 : -1
    ]


def is_root(word: str) -> bool:
    """Whether ``word`` is one of the learnt roots."""
    return word in _tables().roots


def is_decided(word: str) -> bool:
    """Whether a table says what ``word`` is, so that nothing is to be guessed."""
    return word in _tables().known


def _best(word: str, tables: _Tables) -> str:
    best, best_weight = word, -1_000
    for root, pattern in analyses(word):
        strength = tables.roots.get(root)
        if strength is None or _is_torn(root, pattern, tables):
            continue
        habit = tables.patterns.get(pattern)
        if habit is not None and strength + habit > best_weight:
            best, best_weight = root, strength + habit
    return tables.families.get(best, best)


def _is_torn(root: str, pattern: str, tables: _Tables) -> bool:
    """Whether a confix is taken apart: "pertahanan" is per-an around "tahan", not per- before
    "tahanan", which has left that root."""
    if root not in tables.families or not root.endswith("an") or root[:-2] not in tables.roots:
        return False
    return pattern.partition("-")[0].rpartition("+")[2] in _CONFIXED


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    roots = {root: int(weight) for weight, *line in _rows("roots.txt") for root in line}
    roots.update(dict.fromkeys(closed_compounds(), _GIVEN_WEIGHT))
    families = {word: family[0] for family in _rows("apart.txt") for word in family}
    roots.update(dict.fromkeys(families, _GIVEN_WEIGHT))
    known = {word: word for (word,) in _rows("whole.txt")}
    known.update((word, root) for word, root in _rows("irregular.txt"))
    known.update((word, form) for word, form, _ in _by_hand())
    known.update(families)
    habits = {p: int(weight) for weight, p in _rows("patterns.txt")}
    return _Tables(roots, habits, known, families)


def _by_hand() -> list[list[str]]:
    table = (_DATA / "by_hand.csv").read_text(encoding="utf-8")
    return [line.split(",", 2) for line in table.splitlines()[1:]]


def _rows(name: str) -> Iterator[list[str]]:
    table = (_DATA / name).read_text(encoding="utf-8")
    return (line.split() for line in table.splitlines() if line and not line.startswith("#"))
