"""The clutter rules: two data files, compiled once.

``lines.tsv``: patterns that must match a whole line (blank edges off). ``inline.tsv``: patterns that
may stand anywhere. Both are matched without regard to case unless they say ``(?-i:…)``.
"""

from __future__ import annotations

import csv
import re
from functools import cache
from importlib import resources


def _patterns(name: str) -> list[tuple[str, str]]:
    text = resources.files("store.boilerplate").joinpath(name).read_text("utf-8")
    rows = csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)
    return [(row["kind"], row["pattern"]) for row in rows]


def _compile(rows: list[tuple[str, str]], shape: str) -> re.Pattern[str]:
    kinds: dict[str, list[str]] = {}
    for kind, pattern in rows:
        kinds.setdefault(kind, []).append(pattern)
    groups = (f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in kinds.items())
    return re.compile(shape % "|".join(groups), re.IGNORECASE)


@cache
def line_rules() -> re.Pattern[str]:
    """Matches a stripped line that is clutter as a whole; the group's name is the kind."""
    return _compile(_patterns("lines.tsv"), r"(?:%s)\Z")


@cache
def inline_rules() -> re.Pattern[str]:
    """Finds inserts anywhere; the group's name is the kind."""
    return _compile(_patterns("inline.tsv"), r"%s")
