"""Countries by every form the press prints: CLDR names, aliases, abbreviations, English adjectives.

The table is ``countries.csv`` (code, form, kind, source), its CLDR rows written by
``bench.country_names``. Codes are ISO 3166-1 alpha-2, ``EU`` for the European Union, ``SU`` for
the former Soviet Union. Kinds: ``name`` (CLDR, Indonesian), ``display`` (what we show instead),
``english``, ``alias``, ``adjective`` (English; looked up, but no mention of the country),
``territory`` (not a state: looked up, but a mention of one is a place).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import cast

from store.tables import table_columns
from store.text import fold


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, str, str], ...]:
    return cast(
        "tuple[tuple[str, str, str], ...]",
        tuple(table_columns("kb/countries.csv", "code", "form", "kind")),
    )


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    names: dict[str, str] = {}
    for code, form, kind in _rows():
        if kind == "display" or (kind in ("name", "territory") and code not in names):
            names[code] = form
    return names


@lru_cache(maxsize=1)
def _codes() -> dict[str, str]:
    codes: dict[str, str] = {}
    for code, form, _ in _rows():
        codes.setdefault(_key(form), code)
    for code in _names():
        # A code that is also somebody's abbreviation keeps the printed meaning ("AS" is Amerika
        # Serikat, not American Samoa), save where the code is asked for through ``name_of``.
        codes.setdefault(code.lower(), code)
    return codes


def _key(form: str) -> str:
    if form.isascii() and form.isalpha():
        return form.lower()
    return " ".join(fold(form).replace("-", " ").split())


def name_of(code: str) -> str:
    """The Indonesian name of a country, as the press writes it; the code itself where unknown."""
    return _names().get(code, code)


def code_of(name: str) -> str | None:
    """The code for any name, alias, English adjective or code, whatever its case; None if unknown."""
    return _codes().get(_key(name))


@lru_cache(maxsize=1)
def forms() -> Mapping[str, str]:
    """Printed form → code for finding mentions of states: names and aliases, not adjectives."""
    territories = {code for code, _, kind in _rows() if kind == "territory"}
    return MappingProxyType(
        {
            form: code
            for code, form, kind in reversed(_rows())
            if kind != "adjective" and code not in territories and "(" not in form
        }
    )


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    by_code = {code: form for code, form, kind in _rows() if kind == "name"}
    by_code.update({code: form for code, form, kind in _rows() if kind == "english"})
    return frozenset(by_code.values())


def is_english(form: str) -> bool:
    """Whether a printed form is the English name of its country (also where both names agree)."""
    return form in _english()
