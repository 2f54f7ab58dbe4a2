"""Searching only where a hint is: every date holds a number, and most of a text has none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

Stretch = tuple[int, int, int]
"""Of hints in a row: where a match with the first may begin, where the last ends, how far to look."""


def near(
    hint: re.Pattern[str], pattern: re.Pattern[str], body: str, *, before: int, after: int
) -> Iterator[re.Match[str]]:
    """As ``pattern.finditer(body)``, for a pattern whose every match holds a match of ``hint``.

    ``before`` and ``after``: as of ``stretches``.
    """
    return within(pattern, body, stretches(hint, body, before=before, after=after))


def within(
    pattern: re.Pattern[str], body: str, around: Iterable[Stretch]
) -> Iterator[re.Match[str]]:
    """The matches in some stretches, which are in order and may overlap."""
    done = 0
    for start, last, end in around:
        for match in pattern.finditer(body, max(done, start), end):
            done = max(done, match.end())
            yield match
        done = max(done, last)


def stretches(hint: re.Pattern[str], body: str, *, before: int, after: int) -> Iterator[Stretch]:
    """Where the matches of a pattern are that all hold a match of ``hint``.

    ``before`` and ``after`` are how many characters a match may begin before its first hint and end
    after its last; between two hints of one match lie at most ``after``. A stretch goes on to the end of a
    word; a hint that begins up to there is of the same one, as what it stands in would be cut.
    """
    first = last = end = -1
    for match in hint.finditer(body):
        if match.start() > end:
            if first >= 0:
                yield max(0, first - before), last, end
            first = match.start()
        last = match.end()
        end = min(len(body), last + after)
        while end < len(body) and body[end].isalnum():
            end += 1
    if first >= 0:
        yield max(0, first - before), last, end
