"""From scored candidates to an answer: match, ambiguous or none.

Thresholds were tuned on the development half of a labelled set of 1,884 queries.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

Status = Literal["match", "ambiguous", "none"]

ACCEPT = 0.56
"""Least score of an accepted candidate."""
_MARGIN = 0.12
"""Least lead over the second, as a share of the first score …"""
_SURE, _SURE_MARGIN = 0.93, 0.03
"""… and when the first is nearly exact."""


def status(scores: Sequence[float]) -> Status:
    """The status of candidates with these scores, best first."""
    if not scores or scores[0] < ACCEPT:
        return "none"
    return "match" if len(contenders(scores)) == 1 else "ambiguous"


def contenders(scores: Sequence[float]) -> range:
    """Positions of the candidates too close to the first to tell them apart."""
    if not scores:
        return range(0)
    first = scores[0]
    margin = _SURE_MARGIN if first >= _SURE else _MARGIN
    count = 1
    while count < len(scores) and (first - scores[count]) / first < margin:
        count += 1
    return range(count)
