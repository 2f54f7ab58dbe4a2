"""The clutter rules: two data files, compiled once.

``lines.tsv``: patterns that must match a whole line (blank edges off); ``starts`` lists the lower-case
words or signs such a line begins with, so that prose is never tried. ``inline.tsv``: patterns that may
stand anywhere; ``triggers`` lists the lower-case strings (between bars) of which one must occur in the
text. Matched without regard to case unless they say ``(?-i:…)``. An empty group ``headline`` at the end
says that a headline of unknown length follows.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of a data file."""

    kind: str
    pattern: re.Pattern[str]


def _rows(name: str) -> Iterator[dict[str, str]]:
    text = resources.files("store.boilerplate").joinpath(name).read_text("utf-8")
    yield from csv.DictReader(text.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE)


@cache
def line_rules() -> Mapping[str, Sequence[Rule]]:
    """First word or sign of a line, lower case → the rules that may match the line as a whole."""
    rules: dict[str, list[Rule]] = {}
    for row in _rows("lines.tsv"):
        rule = Rule(row["kind"], re.compile(rf"(?:{row['pattern']})\Z", re.IGNORECASE))
        for start in row["starts"].split():
            rules.setdefault(start, []).append(rule)
    return rules


@cache
def inline_rules() -> Mapping[str, Sequence[Rule]]:
    """Trigger → the rules for inserts that it calls."""
    rules: dict[str, list[Rule]] = {}
    for row in _rows("inline.tsv"):
        rule = Rule(row["kind"], re.compile(row["pattern"], re.IGNORECASE))
        for trigger in row["triggers"].split("|"):
            rules.setdefault(trigger, []).append(rule)
    return rules
