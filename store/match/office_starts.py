"""The start of an office, as it is typed: "menteri luar" lists who held what begins so.

A whole office is a question with an answer (``holders``); its start only lists.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property

from store.kb import countries
from store.match.suggest import BEST_BY_WORDS, Suggester
from store.match.wording import because
from store.records import Candidate, KbRow, Post, Span

_HOME = "ID"
"""The country whose offices come first: the press is Indonesian."""
_AN_OFFICE, _ABROAD, _ANOTHER_DAY = 0.9, 0.85, 0.85
"""What scores are multiplied with: a name that begins so comes before an office, ours before those of
others and those that nobody held on the day asked for."""
_SHORTEST = 4
"""Typed letters from which offices are listed."""

_Held = tuple[KbRow, Post]


class OfficeStarts:
    """The offices of all people, by how they begin."""

    def __init__(self, rows: Iterable[KbRow]) -> None:
        self._rows = tuple(row for row in rows if row.kind == "minister")

    @cached_property
    def _held(self) -> dict[tuple[str, str], list[_Held]]:
        """By office and country, whose name follows abroad."""
        held: dict[tuple[str, str], list[_Held]] = defaultdict(list)
        for row in self._rows:
            for post in row.posts:
                code = post.country or row.country or _HOME
                there = "" if code == _HOME else countries.name_of(code)
                known = there.casefold() in post.role.casefold()
                held[post.role if known else f"{post.role} {there}", code].append((row, post))
        return dict(sorted(held.items()))

    @cached_property
    def _suggester(self) -> Suggester:
        return Suggester((number, text) for number, (text, _) in enumerate(self._held))

    def suggest(self, typed: str, *, on: str | None, country: str | None) -> list[Candidate]:
        """Who held each office that begins so on that day, else last; best first.

        ``country`` None: Indonesia's offices come first.
        """
        if sum(map(str.isalnum, typed)) < _SHORTEST:
            return []
        offices = list(self._held.items())
        found: list[Candidate] = []
        for score, number, at in self._suggester.search(typed, least=BEST_BY_WORDS + 1e-6):
            (_, code), held = offices[number]
            row, post = max(held, key=lambda item: (_covers(item[1], on), item[1].start or ""))
            text, spans = self._suggester.matched(at, typed)
            worth = _AN_OFFICE if code == (country or _HOME) else _AN_OFFICE * _ABROAD
            if on is not None and not _covers(post, on):
                worth *= _ANOTHER_DAY
            found.append(_candidate(row, post, text, spans, score * worth, typed))
        return sorted(found, key=lambda one: (-one.score, one.matched))


def _covers(post: Post, on: str | None) -> bool:
    return on is not None and (post.start or "") <= on and (post.end is None or on <= post.end)


def _candidate(
    row: KbRow, post: Post, text: str, spans: tuple[Span, ...], score: float, typed: str
) -> Candidate:
    return Candidate(
        id=row.id,
        kind=row.kind,
        name=row.name,
        matched=text,
        score=round(score, 4),
        reasons=(because("begins", typed.strip(), text),),
        spans=spans,
        role=post.role,
        country=post.country or row.country,
        start=post.start,
        end=post.end,
    )
