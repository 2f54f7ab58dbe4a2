"""The role that stands after a person's name: "X, Rektor Y", "X (Kepala Y)", "X yang menjabat Y".

An office with a capital goes on as far as its name does. One in lower case is only taken where a
comma, a bracket or the end of the sentence closes it: "menurut X, presiden akan …" says nothing of X.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from store.extract import rules, runs
from store.extract.offices import Offices
from store.extract.roles import ADJECTIVES, INSIDE, Role, trimmed
from store.extract.tokens import Text

_PREDICATES = frozenset({"adalah", "merupakan", "menjabat"})
_WITHOUT_COMMA = _PREDICATES | {"selaku", "sebagai"}
# Words between the name and the office: "yang juga menjabat sebagai", "yang saat ini merupakan".
_BETWEEN = rules.words("between_role")
_MOST_BETWEEN = 6
_CLAUSE = 8
"""Tokens between a name and what tells its office in the predicate, at most."""
_BRACKET = 24
"""Tokens a bracket holds at most."""
_PLAIN = 16
"""Tokens that a role in lower case has at most."""
_CLOSES = frozenset(',.;)"”–-')
# What shows that the sentence goes on, so that it was no apposition.
_GOES_ON = rules.pattern("goes_on")
# Degrees and honours after a name: ", S.E., M.M.", ", Ph.D", " Dipl. Ing.", " AM".
_DEGREES = rules.pattern("degrees")
_DEGREES_REACH = 40
_YEAR = re.compile(r"(?:19|20)\d\d")


def after(
    text: Text,
    offices: Offices,
    name_last: int,
    sentence_last: int,
    people: frozenset[int],
    bodies: Mapping[int, int],
) -> Role | None:
    """The role in apposition after the name that ends at token ``name_last``.

    ``bodies``: where organisations and countries begin (their first token → the one after them).
    """
    at = _past_degrees(text, name_last)
    if at >= sentence_last:
        return None
    if text.lows[at] == "(":
        close = _closing(text, at, sentence_last)
        if close is None:
            return None
        role = _in_bracket(text, offices, at + 1, close, people)
        if role is not None:
            return role
        # "Kim Min-jun (James Kim), Direktur Y", "X (54), warga Y".
        at = close + 1
        if at >= sentence_last or text.lows[at] != ",":
            return None
    opener = text.lows[at]
    if opener == "," or (opener == ":" and at + 1 < sentence_last):
        at += 1
    elif opener not in _WITHOUT_COMMA and opener != "yang":
        # "X menjadi nama terakhir yang menduduki posisi Y"
        begun = next(
            (k for k in range(at, min(at + _CLAUSE, sentence_last)) if text.lows[k] == "menduduki"),
            None,
        )
        if begun is None or not people.isdisjoint(range(at, begun)):
            return None
        at, opener = begun + 1, "menjabat"
    return _opened(text, offices, at, opener, sentence_last, people, bodies)


def _opened(
    text: Text,
    offices: Offices,
    at: int,
    opener: str,
    sentence_last: int,
    people: frozenset[int],
    bodies: Mapping[int, int],
) -> Role | None:
    """The role that begins at ``at``, or a few words further on, behind what opens it (a comma, "selaku")."""
    begun = at
    while at < sentence_last and at - begun < _MOST_BETWEEN and text.lows[at] in _BETWEEN:
        at += 1
    if opener == "yang" and at == begun + 1:
        return None
    comma = opener in (",", ":") and at == begun
    predicate = opener in _PREDICATES or (opener == "yang" and text.lows[at - 1] != "juga")
    start = at
    if at in bodies and bodies[at] < sentence_last:
        # "selaku UNDP Resident Representative"
        head = next(iter(offices.apposed.scan(text, bodies[at], bodies[at] + 4)), None)
        if head is None or head[0] != bodies[at] or head[2] not in offices.english:
            return None
        at = bodies[at]
    while at < sentence_last and text.lows[at] in offices.prefixes:
        at += 1
    head = next(iter(offices.apposed.scan(text, at, min(at + 6, sentence_last))), None)
    if head is None or (head[0] != at and not _is_described(text, offices, at, head)):
        return None
    plain = comma and not runs.is_capital(text.forms[at])
    if plain:
        last = _plain(text, head[1], sentence_last)
    else:
        last = _forward(text, head[1], sentence_last, people)
    last = trimmed(text, start, last)
    # "X, Menteri Y, Z": the office may be that of the next name, unless the list began with a name;
    # whoever asks for both sides decides. Without a comma it is the next name's.
    if last <= start or not people.isdisjoint(range(start, last + 1)):
        return None
    rule = "plain" if plain else "predicate" if predicate else "after"
    return Role(start, last, f"roles:{rule}")


def _is_described(text: Text, offices: Offices, at: int, head: tuple[int, int, str]) -> bool:
    """Whether only what an English office is of stands before it ("Corporate Communications Director")."""
    return (
        head[2] in offices.english
        and head[0] - at <= ADJECTIVES
        and all(text.forms[k].istitle() and text.forms[k].isalpha() for k in range(at, head[0]))
    )


def _past_degrees(text: Text, at: int) -> int:
    """The token after the degrees that follow the name that ends at token ``at``."""
    start = text.ends[at - 1]
    match = _DEGREES.match(text.body, start, start + _DEGREES_REACH)
    return at if match is None else text.token_at(match.end())


def _closing(text: Text, at: int, last: int) -> int | None:
    """Where the bracket that opens at ``at`` is closed."""
    depth = 0
    for k in range(at, min(at + _BRACKET, last)):
        if text.forms[k] == "(":
            depth += 1
        elif text.forms[k] == ")":
            depth -= 1
            if depth == 0:
                return k
    return None


def _in_bracket(
    text: Text, offices: Offices, first: int, close: int, people: frozenset[int]
) -> Role | None:
    """The role that a bracket after the name holds, up to a year in it."""
    at = first
    while at < close and text.lows[at] in offices.prefixes:
        at += 1
    head = next(iter(offices.apposed.scan(text, at, close)), None)
    if head is None or head[0] != at:
        return None
    last = next((k for k in range(head[1], close) if _YEAR.fullmatch(text.forms[k])), close)
    last = trimmed(text, first, last)
    if last <= first or not people.isdisjoint(range(first, last)):
        return None
    return Role(first, last, "roles:after")


def _plain(text: Text, at: int, last: int) -> int:
    """The end of a role in lower case that goes on at ``at``; 0 where the sentence swallows it."""
    for k in range(at, min(at + _PLAIN, last)):
        low = text.lows[k]
        if text.forms[k] in _CLOSES and not (
            text.forms[k] in "-–" and runs.adjacent(text, k) and k + 1 < last
        ):
            return k
        if low in ("yang", "("):
            return k
        if _GOES_ON.fullmatch(low) and not runs.is_capital(text.forms[k]):
            return 0
    return last if last - at <= _PLAIN else 0


def _forward(text: Text, at: int, last: int, people: frozenset[int]) -> int:
    """The end of a role that goes on at ``at`` over names, lists and brackets."""
    while at < last and at not in people:
        form, low = text.forms[at], text.lows[at]
        if (
            form[0].isupper()
            or form in "/&-–"
            or (form[0].isdigit() and text.forms[at - 1] in "-–")
            or (
                low in INSIDE
                and at + 1 < last
                and (text.forms[at + 1][0].isupper() or text.lows[at + 1] in INSIDE)
            )
        ):
            at += 1
        elif form == "(":
            close = next(
                (k for k in range(at + 1, min(at + 9, last)) if text.forms[k] == ")"), None
            )
            if close is None:
                break
            at = close + 1
        elif form == "," and runs.run_end(text, at - 1, last, lists=True) > at:
            at += 1
        else:
            break
    return at
