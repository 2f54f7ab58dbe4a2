"""The role that stands before a person's name; ``appositions`` finds the one after it.

A role reaches back from the name over portfolio words, organisations, countries and brackets to the
office that begins it ("Menteri Perdagangan, Industri dan Energi (MoTIE) Korea Selatan, …"), and
never over another person.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from store.extract import rules
from store.extract.names import HEADLINE_VERBS
from store.extract.offices import Offices
from store.extract.tokens import Text

MAX_TOKENS = 40
ADJECTIVES = 3
"""Words before an English office that say what it is of."""
INSIDE = rules.words("inside_roles")
_JOINS = frozenset({"sekaligus", "merangkap", "/"})
_PUNCTUATION = frozenset("()/,-–&.’'+")
# What follows a rank: force, grade and branch ("Laksamana Muda TNI", "Kolonel Laut (P)").
_FORCES = rules.words("forces")
_RANK_TOKENS = 6
# Ranks that are offices' names too ("Irjen Kemenhub") and titles of several words: no part of the role
# right before a name.
_RANKS = tuple(rank.split() for rank in rules.in_order("ranks_of_offices"))
_EXCELLENCY = (["h", ".", "e", "."], ["h", ".", "e"], ["h", "e", "."])


def _by_last(titles: Iterable[list[str]]) -> Mapping[str, Sequence[list[str]]]:
    """Titles by their last word, in the same order: which of them can end at a word."""
    found: dict[str, list[list[str]]] = {}
    for title in titles:
        found.setdefault(title[-1], []).append(title)
    return found


_RANKS_BY_LAST, _EXCELLENCY_BY_LAST = _by_last(_RANKS), _by_last(_EXCELLENCY)
# Words that begin a sentence, never part of a role even with a capital.
_OPENERS = rules.words("openers")


class Role(NamedTuple):
    """Token range ``[first, last)`` of a role as the text has it."""

    first: int
    last: int
    rule: str


def before(
    text: Text,
    offices: Offices,
    name_first: int,
    sentence_first: int,
    people: frozenset[int],
    bodies: Mapping[int, int],
) -> Role | None:
    """The role that ends right before the name at token ``name_first``.

    ``bodies``: where organisations and countries end (token after them → their first token).
    """
    last = _before_honorifics(text, offices, name_first, sentence_first)
    low_bound = max(sentence_first, name_first - MAX_TOKENS)
    first = _window(text, offices, last, low_bound, people)
    heads = [(a, form) for a, _, form in offices.stated.scan(text, first, last)]
    if not heads:
        return None
    inside = _in_brackets(text, first, last)
    start = _start(text, [a for a, _ in heads if a not in inside], last)
    if start is None:
        return None
    if dict(heads)[start] in offices.english:
        # "Corporate Communications Director", "UNDP Resident Representative", "European Union
        # Commissioner for Trade".
        start = _described(text, start, low_bound, people, bodies)
        start = max(bodies.get(start, start), low_bound)
    start = _with_prefix(text, offices, start, low_bound, people)
    last = trimmed(text, start, last)
    return Role(start, last, "roles:before") if last > start else None


def _before_honorifics(text: Text, offices: Offices, at: int, bound: int) -> int:
    """Back over honorifics, ranks with their force ("Brigadir Jenderal TNI"), dots and commas."""
    if at > bound and text.forms[at - 1] == "(" and _in_bracket(text, at):
        # "Menlu Inggris (David Lammy)".
        at -= 1
    while at > bound:
        low = text.lows[at - 1]
        rank = _rank(text, offices, at, bound)
        if rank < at:
            at = rank
        elif (title := _title(text, _EXCELLENCY_BY_LAST, at, bound)) or (
            title := _title(text, _RANKS_BY_LAST, at, bound)
        ):
            at -= len(title)
        elif (
            (low in offices.honorifics and (low not in offices.head_words or low == "ibu"))
            or (
                low == "."
                and at - 1 > bound
                and (text.lows[at - 2] in offices.honorifics or text.lows[at - 2] in _FORCES)
            )
            or low in (",", "–", "-", ":", "bernama")
        ):
            at -= 1
        else:
            break
    return at


def _title(
    text: Text, by_last: Mapping[str, Sequence[list[str]]], at: int, bound: int
) -> list[str] | None:
    """The first of the titles that ends at ``at`` and begins at ``bound`` or later."""
    for title in by_last.get(text.lows[at - 1], ()):
        if text.lows[max(bound, at - len(title)) : at] == title:
            return title
    return None


def _in_bracket(text: Text, first: int) -> bool:
    """Whether the bracket opened before the name is closed a few words on."""
    return ")" in text.forms[first + 1 : first + 6]


def _rank(text: Text, offices: Offices, at: int, bound: int) -> int:
    """Where the rank that ends at ``at`` begins; ``at`` where none does."""
    start = at
    while start > max(bound, at - _RANK_TOKENS) and (
        text.lows[start - 1] in _FORCES or text.forms[start - 1] in "()."
    ):
        start -= 1
    if start < at and start > bound and text.lows[start - 1] in offices.honorifics:
        return start - 1
    return at


def _window(text: Text, offices: Offices, last: int, bound: int, people: frozenset[int]) -> int:
    """The first token of the stretch before ``last`` that can belong to a role."""
    at = last
    depth = 0
    while at > bound:
        form, low = text.forms[at - 1], text.lows[at - 1]
        if at - 1 in people or form in HEADLINE_VERBS:
            break
        if low in _OPENERS and (at - 1 == bound or not text.forms[at - 2][0].isupper()):
            # Not the one of "Menteri Dalam Negeri".
            break
        if form == ")":
            depth += 1
        elif form == "(":
            if depth == 0:
                break
            depth -= 1
        elif not (
            depth > 0
            or form[0].isupper()
            or low in INSIDE
            or form in _PUNCTUATION
            or low in offices.head_words
            or low in offices.inner_words
            or low in offices.portfolios
            or low in offices.prefixes
            or low in offices.stated_words
            or (form[0].isdigit() and at - 2 >= bound and _ordinal(text, at - 2))
        ) or (form == "." and text.lows[at - 2] not in ("plt", "pj", "pjs", "plh", "dr", "st")):
            break
        at -= 1
    return at


def _described(
    text: Text, start: int, bound: int, people: frozenset[int], bodies: Mapping[int, int]
) -> int:
    """The first of the capitalised words that say what an English office is of."""
    at = start
    while (
        at > max(bound, start - ADJECTIVES)
        and at not in bodies
        and at - 1 not in people
        and text.forms[at - 1].istitle()
        and text.forms[at - 1].isalpha()
        and text.lows[at - 1] not in _OPENERS
    ):
        at -= 1
    return at


def _ordinal(text: Text, before: int) -> bool:
    """Whether the number after token ``before`` counts holders ("ke-7", "ke-10 dan 12")."""
    return text.forms[before] in "-–" or (
        text.lows[before] in ("dan", ",") and before > 0 and text.forms[before - 1][0].isdigit()
    )


def _in_brackets(text: Text, first: int, last: int) -> frozenset[int]:
    """The tokens of ``[first, last)`` inside a bracket that is closed: no role begins there."""
    opened: list[int] = []
    inside: set[int] = set()
    for at in range(first, last):
        if text.forms[at] == "(":
            opened.append(at)
        elif text.forms[at] == ")":
            inside.update(range(opened.pop() if opened else first, at))
    return frozenset(inside)


def _start(text: Text, heads: list[int], last: int) -> int | None:
    """The office that begins the role: the first one that no list of offices cuts off."""
    start: int | None = None
    for first in heads:
        if start is None:
            start = first
            continue
        before = text.lows[first - 1]
        if text.forms[first - 1] == ",":
            # "…, Kepala BKPM X": what stood before is another office.
            start = first
        elif (
            before == "dan"
            and text.forms[first][0].isupper()
            and not _inside_list(text, start, first)
        ):
            start = first
    return start


def _inside_list(text: Text, start: int, at: int) -> bool:
    """Whether the "dan" before ``at`` joins two offices of one person ("Ketua dan CEO" of nobody else)."""
    return any(text.lows[k] in _JOINS for k in range(start, at))


def _with_prefix(
    text: Text, offices: Offices, start: int, bound: int, people: frozenset[int]
) -> int:
    while start > bound and start - 1 not in people:
        low = text.lows[start - 1]
        if low in offices.prefixes:
            start -= 1
        elif low == "." and start - 1 > bound and text.lows[start - 2] in offices.prefixes:
            start -= 2
        elif low == ")" and start - 3 > bound and text.lows[start - 3] in offices.prefixes:
            start -= 4
        elif low == ")" and start - 4 > bound and text.lows[start - 4] in offices.prefixes:
            start -= 5
        else:
            break
    return max(start, bound)


def trimmed(text: Text, first: int, last: int) -> int:
    """The end of the role without what only leads on to something else."""
    while last > first and (
        text.forms[last - 1] in ",-–:/&."
        or text.lows[last - 1] in ("dan", "untuk", "di", "dari", "of", "the", "to")
    ):
        last -= 1
    return last
