"""What a finder lists while a name is typed: the starts of names and whole names, together.

A start ("airl") is answered by completion, a whole name however misspelt ("airlanga hartato") by the
scorer; which of both was meant nobody knows before the next key. Each candidate keeps the better of
its two scores, with the reasons and characters that belong to it.
"""

from __future__ import annotations

from store.match.decide import ACCEPT
from store.match.index import Kind, NameIndex
from store.records import Candidate, Resolution

_FAR = 0.3
"""Candidates below it are noise beside an accepted one."""


def find(
    names: NameIndex,
    typed: str,
    *,
    kind: Kind | None = None,
    on: str | None = None,
    country: str | None = None,
    limit: int = 8,
) -> Resolution:
    """Candidates for a name that may be unfinished, best first.

    Status ``none`` with candidates: nothing is close, these are the nearest.
    """
    begun = names.suggest(typed, kind=kind, on=on, country=country, limit=limit)
    whole = names.resolve(typed, kind=kind, on=on, country=country, limit=limit)
    best: dict[str, Candidate] = {}
    for candidate in (*begun.candidates, *whole.candidates):
        known = best.get(candidate.id)
        if known is None or known.score < candidate.score:
            best[candidate.id] = candidate
    # Sorting is stable: in a tie completion's order holds, then that of the scorer.
    ranked = sorted(best.values(), key=lambda candidate: -candidate.score)
    if not ranked or ranked[0].score < ACCEPT:
        return Resolution(typed, "none", tuple(ranked[:limit]))
    leader = whole if whole.candidates and whole.candidates[0] is ranked[0] else begun
    near = tuple(candidate for candidate in ranked if candidate.score >= _FAR)
    return Resolution(typed, leader.status, near[:limit])
