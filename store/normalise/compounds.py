"""Words that belong together however they are written: "kerja sama", "kerjasama", "bekerja sama".

Open compounds are found by the stems of two neighbours, treaties by their last word ("IA - CEPA").
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"

TREATIES = frozenset(["cepa", "fta", "epa", "pta", "tifa", "csp", "bit", "mra"])
"""Last words of the names of trade agreements that are written with their partners' letters."""
_LETTERS = 6
"""The longest run of letters before such a word ("IEU", "ASEAN")."""

_BOUND = "anti antar bi co e eks ko multi non pan para pasca pra pro re semi sub supra ultra"
BOUND = frozenset(_BOUND.split())
"""Elements that stand before a word with, without or between a hyphen (PUEBI 2016, II.H)."""
PLAINLY_BOUND = frozenset(("antar", "multi", "pasca", "semi", "supra", "ultra"))
"""Those with which few other words begin."""


def compound(first: str, second: str) -> str:
    """The form of the compound that two neighbouring forms make, empty where they make none."""
    if second in TREATIES:
        return first + second if len(first) <= _LETTERS and first.isalpha() else ""
    return _pairs().get((first, second), "")


@lru_cache(maxsize=1)
def _table() -> tuple[tuple[str, str, bool, str], ...]:
    """Both words, whether the compound is found by them, and its form."""
    lines = (_DATA / "compounds.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = (line.split(",") for line in lines)
    return tuple((a, b, parts == "yes", form or a + b) for a, b, parts, form in rows)


@lru_cache(maxsize=1)
def _pairs() -> dict[tuple[str, str], str]:
    return {(first, second): form for first, second, _, form in _table()}


def parts_of(form: str) -> list[str]:
    """The forms of the words that a compound may be written with, empty where it is none."""
    found = [part for pair, joined in _pairs().items() if joined == form for part in pair]
    for treaty in TREATIES:
        if form.endswith(treaty) and form != treaty:
            found += [form.removesuffix(treaty), treaty]
    return found


@lru_cache(maxsize=1)
def second_words() -> frozenset[str]:
    """Forms that may end a compound."""
    return TREATIES | {second for _, second, *_ in _table()}


@lru_cache(maxsize=1)
def closed_compounds() -> dict[str, tuple[str, ...]]:
    """Each compound written as one word, with the words that it is also found by."""
    return {
        form: (first, second) if parts else ()
        for first, second, parts, form in _table()
        if form == first + second
    }
