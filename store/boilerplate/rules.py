"""The clutter rules: two data files, compiled once.

``lines.tsv``: patterns that must match a whole line (blank edges off); ``starts`` lists the lower-case
words or signs such a line begins with, so that prose is never tried. ``inline.tsv``: patterns that may
stand anywhere; ``triggers`` lists the lower-case strings (between bars) of which one must occur in the
text. Matched without regard to case unless they say ``(?-i:…)``. An empty group ``headline`` at the end
says that a headline of unknown length follows.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property

from store.tables import table_rows


class Rule:
    """One row of a data file; its pattern is compiled when it is first tried on a text."""

    def __init__(self, kind: str, pattern: str) -> None:
        self.kind = kind
        self._source = pattern

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        return re.compile(self._source, re.IGNORECASE)


@cache
def line_rules() -> Mapping[str, Sequence[Rule]]:
    """First word or sign of a line, lower case → the rules that may match the line as a whole."""
    rules: dict[str, list[Rule]] = {}
    for row in table_rows("boilerplate/lines.tsv"):
        rule = Rule(row["kind"], rf"(?:{row['pattern']})\Z")
        for start in row["starts"].split():
            rules.setdefault(start, []).append(rule)
    return rules


@cache
def inline_rules() -> Mapping[str, Sequence[Rule]]:
    """Trigger → the rules for inserts that it calls."""
    rules: dict[str, list[Rule]] = {}
    for row in table_rows("boilerplate/inline.tsv"):
        rule = Rule(row["kind"], row["pattern"])
        for trigger in row["triggers"].split("|"):
            rules.setdefault(trigger, []).append(rule)
    return rules
