"""Searching only where digits are: dates and sums need one, and most of a text has none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache


@lru_cache(maxsize=8)
def _digits(reach: int) -> re.Pattern[str]:
    return re.compile(rf"\d(?:[^\d]{{0,{reach}}}\d)*")


def near_digits(
    pattern: re.Pattern[str], body: str, *, before: int, after: int
) -> Iterator[re.Match[str]]:
    """As ``pattern.finditer(body)``, for a pattern whose every match holds a digit.

    ``before`` and ``after`` are how many characters a match may begin before its first digit and
    end after its last.
    """
    done = 0
    for stretch in _digits(after).finditer(body):
        start = max(done, stretch.start() - before)
        end = min(len(body), stretch.end() + after)
        while end < len(body) and body[end].isalnum():
            end += 1
        for match in pattern.finditer(body, start, end):
            done = max(done, match.end())
            yield match
        done = max(done, stretch.end())
