"""The words and patterns of the rules: data with a source each, read once for all modules.

``word_lists.csv`` holds lists of words, an empty line between two; a list keeps its order, as the first way
that fits is taken. ``patterns.tsv`` holds regular expressions, in which ``{ranks}`` stands for any word of that
list, ``{^ranks}`` for any of them with or without a capital. Names and heads of agreements, organisations,
places and offices have tables of their own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from functools import cache, lru_cache

from store.tables import table_columns, table_text
from store.text import late

LIST = re.compile(r"\{(\^?)([a-z_]+)\}")
"""Where a pattern takes in a list."""


@lru_cache(maxsize=1)
def blocks() -> Mapping[str, str]:
    """The rows of every list, as they stand in the table: taken apart only when the list is asked for."""
    _, *lists = table_text("extract/word_lists.csv").split("\n\n")
    return {rows.partition(",")[0]: rows for rows in lists}


@lru_cache(maxsize=1)
def patterns() -> Mapping[str, str]:
    """Every pattern as it stands in the table."""
    return {row[0]: row[1] for row in table_columns("extract/patterns.tsv", "name", "pattern")}


@cache
def in_order(name: str) -> tuple[str, ...]:
    """The words of a list, KeyError without such a list."""
    return tuple([row[1] for row in csv.reader(blocks()[name].splitlines())])


@cache
def words(name: str) -> frozenset[str]:
    """The words of a list, to look one up; KeyError without such a list."""
    return frozenset(in_order(name))


def alternatives(name: str, *, either_case: bool = False) -> str:
    """A regular expression for any word of a list, in the order of the list, without a group around it.

    ``either_case``: with its first letter small or capital.
    """
    forms = [form if form.isalnum() else re.escape(form) for form in in_order(name)]
    if either_case:
        forms = [f"[{form[0].upper()}{form[0]}]{form[1:]}" for form in forms]
    return "|".join(forms)


def regex(name: str) -> str:
    """A pattern with its lists put in, KeyError without such a pattern."""
    return LIST.sub(lambda m: alternatives(m[2], either_case=bool(m[1])), patterns()[name])


def pattern(name: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern of the table, built when first used."""
    return late(lambda: regex(name), flags)
