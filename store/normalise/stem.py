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
_COMPOUND_WEIGHT = 15
"""Of a closed compound as a root ("tandatangan" in "menandatangani"); roots have 0 to 20."""


@dataclass(frozen=True, slots=True)
class _Tables:
    roots: dict[str, int]
    patterns: dict[str, int]
    known: dict[str, str]
    """Words decided beforehand: irregular ones, and such as only look derived (their own form)."""


def stem(word: str) -> str:
    """The root of a folded word of letters a-z; ``word`` itself where it has none."""
    if len(word) < _SHORTEST:
        return word
    tables = _tables()
    known = tables.known.get(word)
    if known is not None:
        return known
    return word if word in tables.roots else _best(word, tables)


def strength(root: str) -> int:
    """How much the corpus speaks for a root, from 0 (not at all, or no root) to about 20."""
    return _tables().roots.get(root, 0)


def strongest(prefix: str, limit: int) -> list[str]:
    """The roots that begin with ``prefix``, at most ``limit``, the strongest first."""
    roots = _tables().roots
    return sorted((r for r in roots if r.startswith(prefix)), key=roots.__getitem__)[
        : -limit - 1 : -1
    ]


def is_root(word: str) -> bool:
    """Whether ``word`` is one of the learnt roots."""
    return word in _tables().roots


def _best(word: str, tables: _Tables) -> str:
    best, best_weight = word, -1_000
    for root, pattern in analyses(word):
        strength = tables.roots.get(root)
        if strength is None:
            continue
        habit = tables.patterns.get(pattern)
        if habit is not None and strength + habit > best_weight:
            best, best_weight = root, strength + habit
    return best


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    roots = {root: int(weight) for weight, *line in _rows("roots.txt") for root in line}
    roots.update(dict.fromkeys(closed_compounds(), _COMPOUND_WEIGHT))
    known = {word: word for (word,) in _rows("whole.txt")}
    known.update((word, root) for word, root in _rows("irregular.txt"))
    known.update((word, form) for word, form, _ in _by_hand())
    return _Tables(roots, {p: int(weight) for weight, p in _rows("patterns.txt")}, known)


def _by_hand() -> list[list[str]]:
    table = (_DATA / "by_hand.csv").read_text(encoding="utf-8")
    return [line.split(",", 2) for line in table.splitlines()[1:]]


def _rows(name: str) -> Iterator[list[str]]:
    table = (_DATA / name).read_text(encoding="utf-8")
    return (line.split() for line in table.splitlines() if line and not line.startswith("#"))
