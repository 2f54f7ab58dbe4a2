"""Who held which office when: every term of office of every person, asked by office and day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from store.match.offices import SENIORITY, Office, parse_offices
from store.records import KbRow, Post

_LEAST = 0.2
"""Least fit of an office that counts as the one asked for."""
_DAYS = {4: ("-01-01", "-12-31"), 7: ("-01", "-31"), 10: ("", "")}


class Term(NamedTuple):
    """One term of one person; ``offices`` are what its role names."""

    row: int
    post: Post
    offices: tuple[Office, ...]
    start: str
    end: str
    exact: bool
    """Whether both ends are known to the day."""

    def covers(self, day: str) -> bool:
        """Whether the term includes the day (a year or month covers all its days)."""
        first, last = (day + tail for tail in _DAYS.get(len(day), ("", "")))
        return self.start <= last and first <= self.end

    @property
    def seniority(self) -> int:
        """0 for the most senior rank."""
        ranks = [SENIORITY.index(o.rank) for o in self.offices if o.rank in SENIORITY]
        return min(ranks, default=len(SENIORITY))


class Terms:
    """The terms of office of all people of the knowledge base."""

    def __init__(self, rows: Mapping[int, KbRow]) -> None:
        """``rows``: the people, by the number of the row."""
        self._rows = rows
        self._by_row: dict[int, list[Term]] = {}

    def of(self, row: int) -> list[Term]:
        """The terms of a person; their offices are read when somebody first asks."""
        terms = self._by_row.get(row)
        if terms is None:
            person = self._rows.get(row)
            posts = (person.posts or _posts_of_row(person)) if person else ()
            terms = self._by_row[row] = [_term(row, post) for post in posts]
        return terms

    @cached_property
    def _by_rank(self) -> dict[str, list[Term]]:
        found: dict[str, list[Term]] = defaultdict(list)
        for row in self._rows:
            for term in self.of(row):
                for rank in {office.rank for office in term.offices}:
                    found[rank].append(term)
        return found

    def holders(
        self, asked: tuple[Office, ...], country: str | None
    ) -> Iterator[tuple[float, Term]]:
        """Every term that is (one of) the asked offices, with its fit."""
        for wanted in asked:
            where = wanted.country or country
            ranks = {"minister", "head"} if wanted.rank in ("minister", "head") else {wanted.rank}
            for rank in sorted(ranks):
                for term in self._by_rank.get(rank, ()):
                    if where and term.post.country and term.post.country != where:
                        continue
                    fit = max((o.fit(wanted) for o in term.offices), default=0.0)
                    if fit > _LEAST:
                        yield fit, term

    def best_post(self, row: int, day: str | None) -> Post | None:
        """The most senior post on that day; without a day the latest one."""
        terms = [t for t in self.of(row) if day is None or t.covers(day)]
        if not terms:
            return None
        if day is None:
            return max(terms, key=lambda t: (t.end, t.start, -t.seniority)).post
        # On a day of change the new post counts.
        return min(terms, key=lambda t: (t.seniority, _inverse(t.start))).post


def _inverse(day: str) -> tuple[int, ...]:
    return tuple(-ord(c) for c in day)


def _posts_of_row(row: KbRow) -> Iterator[Post]:
    """The roles of a row without posts, all with the row's own years."""
    for role in (row.role or "").split(";"):
        if role.strip():
            yield Post(role.strip(), None, row.country, row.start, row.end)


def _term(row: int, post: Post) -> Term:
    offices = parse_offices(post.role)
    start, end = post.start or "0000", post.end or "9999"
    return Term(
        row,
        post,
        offices,
        start + _DAYS.get(len(start), ("", ""))[0],
        end + _DAYS.get(len(end), ("", ""))[1],
        len(start) == 10 and len(end) in (4, 10) and (post.end is None or len(post.end) == 10),
    )
