"""Searching only where digits are: dates and sums need one, and most of a text has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

BEFORE = 40
"""Characters before a digit in which a date or sum may begin ("Januari sampai dengan Oktober …")."""
AFTER = 60
"""Characters after the last digit in which it may end ("miliar dolar Amerika Serikat")."""

_DIGITS = re.compile(rf"\d(?:[^\d]{{0,{AFTER}}}\d)*")


def near_digits(pattern: re.Pattern[str], body: str) -> Iterator[re.Match[str]]:
    """As ``pattern.finditer(body)`` for a pattern whose matches hold a digit within those distances."""
    done = 0
    for stretch in _DIGITS.finditer(body):
        start = max(done, stretch.start() - BEFORE)
        end = min(len(body), stretch.end() + AFTER)
        while end < len(body) and body[end].isalnum():
            end += 1
        for match in pattern.finditer(body, start, end):
            done = max(done, match.end())
            yield match
        done = max(done, stretch.end())
