"""Model against rules: which candidates become mentions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from store.extract import acronyms, kinds, rules, tokens, whole
from store.extract.enumerations import STAGE
from store.extract.found import Found
from store.extract.tagging import Tagging
from store.kb import countries

# Rules that the model does not overrule where it sees nothing: each was right at least three times in
# four there, in cross-validation over the annotated articles.
_STANDING = rules.words("standing_rules")


# Rules that stand where the article itself gives the name's abbreviation after it.
_NAMED = frozenset({"organisations:tail", "agreements:tail"})

# Ministries whose name may hold a list.
_LISTED = ("Kementerian", "Departemen", "Ministry", "Department", "National")
_ENGLISH_HEADS = ("Ministry", "Department", "National")
_PREMISES = ("Kantor ", "Gedung ")
_OTHERS = (kinds.PERSON, kinds.COUNTRY, kinds.PLACE)
_DATED = rules.words("before_dates")
"""Words between a name and a date that is not part of it."""
_PLAIN_NAME = 0.8
"""The model's confidence from which an agreement may be written without a capital."""


def decided(
    text: tokens.Text,
    evidence: list[Found],
    tagging: Tagging,
    common: frozenset[str],
    portfolios: frozenset[str],
) -> list[Found]:
    """What the model makes of the rules' candidates: dates and sums stand, the rest is its choice.

    A mention that a rule had found too keeps the country that the rule knows. Names of the user's
    own knowledge base stand whatever the model says, and so do complete enumerations. ``common``:
    abbreviations that name no organisation ("SME"). ``portfolios``: words of ministries' names.
    """
    known = {(f.start, f.end, f.type): f for f in evidence}
    found = [f for f in evidence if f.type in (kinds.DATE, kinds.MONEY)]
    taken = bytearray(len(text.body))
    lists = {f.start: f.end for f in evidence if f.stage == "organisations:head"}
    told = _single_countries(text.body, tagging.find(text, evidence), evidence)
    seen = whole.names(text, evidence, list(told))
    for f in _enumerations(text.body, evidence, seen):
        taken[f.start : f.end] = b"\x01" * (f.end - f.start)
        found.append(f)
    days = {f.end: f.start for f in evidence if f.type is kinds.DATE}
    for f in seen:
        f.end = _before_date(text, f, days)
        if f.type is kinds.ORG and text.body[f.start : f.end] in common:
            continue
        if f.type is kinds.AGREEMENT and f.score < _PLAIN_NAME:
            surface = text.body[f.start : f.end]
            if surface == surface.lower() and text.forms[text.token_at(f.start)].islower():
                continue
        longer = _list_end(text, f, lists, portfolios)
        if longer > f.end and taken.find(1, f.start, longer) < 0:
            f.end = longer
        if taken.find(1, f.start, f.end) >= 0:
            continue
        rule = known.get((f.start, f.end, f.type))
        if rule is f:
            pass
        elif rule is not None:
            f.country = rule.country
            f.stage = f"{f.stage}+{rule.stage}"
        elif f.type is kinds.COUNTRY:
            f.country = countries.code_of(text.body[f.start : f.end])
        taken[f.start : f.end] = b"\x01" * (f.end - f.start)
        found.append(f)
    for f in evidence:
        if f.stage == "knowledge:user" or (
            (f.stage in _STANDING or (f.stage in _NAMED and acronyms.abbreviated(text.body, f)))
            and text.body[f.start : f.end] not in common
            and taken.find(1, f.start, f.end) < 0
        ):
            found.append(f)
    return found


def _single_countries(
    body: str, seen: Iterable[Found], evidence: Sequence[Found]
) -> Iterator[Found]:
    """What the model saw, but of two countries without a comma ("Perang Iran Israel") each, and no others
    than the table has: of 1,933 annotated ones two are not in it.
    """
    for f in seen:
        if f.type is kinds.COUNTRY and not countries.code_of(body[f.start : f.end]):
            yield from (
                replace(e, score=f.score, stage=f.stage)
                for e in evidence
                if e.type is kinds.COUNTRY and f.start <= e.start and e.end <= f.end
            )
        else:
            yield f


def _before_date(text: tokens.Text, found: Found, days: Mapping[int, int]) -> int:
    """Where a name ends that the model let run on over a date ("… Agreement di 2019").

    The year of an edition stands right behind the name ("Expo 2025") and stays. ``days``: the dates,
    end → start.
    """
    start = days.get(found.end, found.start)
    if start <= found.start:
        return found.end
    last = text.token_at(start)
    while last > text.token_at(found.start) + 1 and text.lows[last - 1] in _DATED:
        last -= 1
    return found.end if text.starts[last] == start else text.ends[last - 1]


def _list_end(
    text: tokens.Text, found: Found, lists: dict[int, int], portfolios: frozenset[str]
) -> int:
    """Where the list ends that a ministry's name goes on with; 0 where it does not.

    "Ministry of Economy, Trade, and Investment", "Kantor Kementerian Pendidikan Tinggi, Sains, dan
    Teknologi": the rule saw the list to its end, the model often stops at the comma. In Indonesian all
    words of the rest must be portfolios, as ministries are also listed ("Kementerian X, Y, dan Bank Z").
    """
    body = text.body
    if not body.startswith((",", " dan "), found.end):
        return 0
    start = found.start
    if found.type is kinds.PLACE and body.startswith(_PREMISES, start):
        start += body[start : found.end].index(" ") + 1
    elif found.type is not kinds.ORG:
        return 0
    end = lists.get(start, 0)
    if end <= found.end or not body.startswith(_LISTED, start):
        return 0
    if body.startswith(_ENGLISH_HEADS, start):
        return end
    rest = text.lows[text.token_at(found.end) : text.token_at(end - 1) + 1]
    return end if all(low in portfolios or low in (",", "dan", "serta") for low in rest) else 0


def _enumerations(body: str, evidence: list[Found], seen: list[Found]) -> Iterator[Found]:
    """The organisations that hold a list, ended before a person or country that the model sees there."""
    for f in evidence:
        if f.stage != STAGE:
            continue
        for other in seen:
            if f.start < other.start < f.end <= other.end and other.type in _OTHERS:
                f.end = f.start + len(body[f.start : other.start].rstrip(" ,("))
        yield f
