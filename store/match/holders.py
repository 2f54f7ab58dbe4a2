"""Who held an office on a day, as an answer with candidates."""

from __future__ import annotations

from collections.abc import Sequence

from store.match.decide import Status
from store.match.offices import parse_offices
from store.match.terms import Term, Terms
from store.match.wording import because
from store.records import Candidate, KbRow, Resolution, Span

_HOME = "ID"
"""The country of an office that names none: the press is Indonesian."""
_DAYLESS, _OTHER_DAY = 0.8, 0.5
"""What scores are multiplied with where no day was given, or the term is another."""
_CLEAR_LEAD = 0.1

_Fit = tuple[float, Term]


class Holders:
    """Answers about offices from the terms of all people."""

    def __init__(self, rows: Sequence[KbRow], terms: Terms) -> None:
        self._rows = rows
        self._terms = terms

    def find(self, text: str, *, on: str | None, country: str | None, limit: int) -> Resolution:
        """As ``NameIndex.holder``."""
        asked = parse_offices(text)
        where = country or (None if any(office.country for office in asked) else _HOME)
        best: dict[tuple[int, str], _Fit] = {}
        for fit, term in self._terms.holders(asked, where):
            key = (term.row, term.start)
            if key not in best or fit > best[key][0]:
                best[key] = (fit, term)
        latest = sorted(best.values(), key=lambda item: item[1].start, reverse=True)
        if on is None:
            latest.sort(key=lambda item: item[0], reverse=True)
            people = _distinct(latest)
            listed = [(fit * _DAYLESS, term) for fit, term in people]
            return self._answer(text, "ambiguous" if people else "none", listed, limit)
        serving = [item for item in latest if item[1].covers(on)]
        # The exact office before a wider one that includes it; on a day of change, the new holder.
        serving.sort(
            key=lambda item: (-round(item[0], 3), not item[1].exact, _later(item[1].start))
        )
        people = _distinct(serving)
        if not people:
            others = _distinct(sorted(latest, key=lambda item: _years_off(item[1], on)))
            return self._answer(text, "none", [(fit * _OTHER_DAY, t) for fit, t in others], limit)
        return self._answer(text, "match" if _one_holder(people) else "ambiguous", people, limit)

    def _answer(self, text: str, status: Status, people: Sequence[_Fit], limit: int) -> Resolution:
        candidates = tuple(self._candidate(*item) for item in people[: max(limit, 1)])
        return Resolution(text, status, candidates)

    def _candidate(self, fit: float, term: Term) -> Candidate:
        row = self._rows[term.row]
        post = term.post
        return Candidate(
            id=row.id,
            kind=row.kind,
            name=row.name,
            matched=post.role,
            score=round(min(1.0, max(0.0, fit)), 4),
            reasons=(
                because("term", post.role, post.start or "?", post.end)
                if post.end
                else because("present term", post.role, post.start or "?"),
            ),
            spans=(Span(0, len(post.role)),) if post.role else (),
            role=post.role,
            country=post.country,
            start=post.start,
            end=post.end,
        )


def _distinct(ranked: Sequence[_Fit]) -> list[_Fit]:
    """The first item of each person."""
    seen: dict[int, _Fit] = {}
    for item in ranked:
        seen.setdefault(item[1].row, item)
    return list(seen.values())


def _later(day: str) -> tuple[int, ...]:
    """A sort key: the later day first."""
    return tuple(-ord(char) for char in day)


def _one_holder(people: Sequence[_Fit]) -> bool:
    """Whether the first of those in office is the only one who can be meant."""
    if len(people) == 1:
        return True
    (first, one), (second, two) = people[:2]
    if first - second >= _CLEAR_LEAD:
        return True
    # Two people of one office on one day: only a hand-over, known to the day, tells them apart.
    return one.exact and two.exact and one.start == two.end


def _years_off(term: Term, on: str) -> int:
    """Years between the day and the term, 0 where it covers the year."""
    year = int(on[:4]) if on[:4].isdigit() else 0
    return max(int(term.start[:4]) - year, year - int(term.end[:4]), 0)
