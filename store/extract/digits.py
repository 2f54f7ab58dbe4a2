"""Searching only where a hint is: dates and sums hold digits, and most of a text has none."""

from __future__ import annotations

import re
from collections.abc import Iterator

DIGITS = re.compile(r"\d+")
"""The hint of whatever holds a number."""


def near(
    hint: re.Pattern[str], pattern: re.Pattern[str], body: str, *, before: int, after: int
) -> Iterator[re.Match[str]]:
    """As ``pattern.finditer(body)``, for a pattern whose every match holds a match of ``hint``.

    ``before`` and ``after`` are how many characters a match may begin before its first hint and end
    after its last; between two hints of one match lie at most ``after``.
    """
    done = 0
    for first, last in _stretches(hint, body, after):
        start = max(done, first - before)
        end = min(len(body), last + after)
        while end < len(body) and body[end].isalnum():
            end += 1
        for match in pattern.finditer(body, start, end):
            done = max(done, match.end())
            yield match
        done = max(done, last)


def _stretches(hint: re.Pattern[str], body: str, reach: int) -> Iterator[tuple[int, int]]:
    """The stretches from hint to hint, cut where more than ``reach`` characters lie between two."""
    first = last = -1
    for match in hint.finditer(body):
        start, end = match.span()
        if first < 0:
            first = start
        elif start - last > reach:
            yield first, last
            first = start
        last = end
    if first >= 0:
        yield first, last
