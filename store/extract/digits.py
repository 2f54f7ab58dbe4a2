"""Searching only where a hint is: every date holds a number, and most of a text has none."""

from __future__ import annotations

import re
from collections.abc import Iterator


def near(
    hint: re.Pattern[str], pattern: re.Pattern[str], body: str, *, before: int, after: int
) -> Iterator[re.Match[str]]:
    """As ``pattern.finditer(body)``, for a pattern whose every match holds a match of ``hint``.

    ``before`` and ``after`` are how many characters a match may begin before its first hint and end
    after its last; between two hints of one match lie at most ``after``.
    """
    done = 0
    for first, last, end in stretches(hint, body, after):
        for match in pattern.finditer(body, max(done, first - before), end):
            done = max(done, match.end())
            yield match
        done = max(done, last)


def stretches(hint: re.Pattern[str], body: str, reach: int) -> Iterator[tuple[int, int, int]]:
    """The stretches of hints: where the first begins, where the last ends, and how far to look.

    That is ``reach`` characters on and to the end of a word; a hint that begins up to there is of the
    same stretch, as what it stands in would be cut.
    """
    first = last = end = -1
    for match in hint.finditer(body):
        if match.start() > end:
            if first >= 0:
                yield first, last, end
            first = match.start()
        last = match.end()
        end = min(len(body), last + reach)
        while end < len(body) and body[end].isalnum():
            end += 1
    if first >= 0:
        yield first, last, end
