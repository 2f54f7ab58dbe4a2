"""People by rule: a capitalised run after an office or honorific, and after "kata", "menurut".

The sequence model knows far more; this stage is what remains where the model cannot be loaded, and
one of the things the model looks at.
"""

from __future__ import annotations

from collections.abc import Iterator

from store.extract import kinds, rules, runs
from store.extract.found import Found
from store.extract.offices import Offices
from store.extract.tokens import Text
from store.extract.triggers import tokens_of

PARTICLES = rules.words("particles")
"""Lower-case words inside a person's name."""

FORENAMES = rules.words("forenames")
"""Spellings of the commonest first names: before another they are never part of an office."""

HEADLINE_VERBS = rules.words("headline_verbs")
"""Headlines inside a text print the verb with a capital ("Prabowo Tegaskan", "Brian Menerima")."""

# A name follows the first of these; none holds the second, which follow it, or the third, which begin sentences.
# Apart from what the models were trained with (``features``).
_SPEECH = rules.words("speech_words")
_VERBS = rules.words("name_verbs")
_NEVER_FIRST = rules.words("never_first")
MAX_WORDS = 6


def find(
    text: Text, offices: Offices, stops: dict[int, int], known: frozenset[int]
) -> Iterator[Found]:
    """People after offices, honorifics and verbs of saying.

    ``stops``: where countries begin (token → end). ``known``: tokens inside other candidates.
    """
    at = 0
    for start, end, _ in offices.heads.scan(text):
        last = text.sentence_end(start)
        if start >= at and end <= last:
            at = office_end(text, offices, stops, end, last)
            at = skip_honorifics(text, offices, at, last)
            if at > end and text.forms[at - 1] == ",":
                yield from _name(text, offices, stops, known, at, last, 2, 0.75, "after-office")
            else:
                yield from _name(text, offices, stops, known, at, last, 1, 0.85, "after-office")
    honorifics, speech = tokens_of(text, offices.honorifics), tokens_of(text, _SPEECH)
    commas = [at for at in text.places().get(",", ()) if at - 1 in known]
    for at in sorted({*honorifics, *speech, *commas}):
        low = text.lows[at]
        first, last = text.sentences[text.sentence_of[at]]
        if at + 1 >= last:
            continue
        if low in offices.honorifics and runs.is_capital(text.forms[at]):
            start = skip_honorifics(text, offices, at, last)
            yield from _name(text, offices, stops, known, start, last, 1, 0.7, "after-honorific")
        elif low in _SPEECH:
            start = skip_honorifics(text, offices, at + 1, last)
            yield from _name(text, offices, stops, known, start, last, 2, 0.65, "after-speech")
        elif low == "," and at > first and runs.is_capital(text.forms[at - 1]):
            # "Ministry of … (METI) Jepang, Hiroshige Seko di Osaka": a name in apposition to an
            # organisation or country.
            yield from _name(text, offices, stops, known, at + 1, last, 2, 0.6, "apposition")


def office_end(text: Text, offices: Offices, stops: dict[int, int], at: int, last: int) -> int:
    """Where the role that goes on at ``at`` ends: portfolios, countries, brackets, lists of them."""
    forms, lows = text.forms, text.lows
    while at < last:
        if at in stops:
            at = stops[at]
        elif (
            (
                forms[at][0].isupper()
                and (
                    lows[at] in offices.portfolios
                    or lows[at] in offices.head_words
                    or (forms[at].isupper() and len(forms[at]) > 1)
                )
            )
            or (
                lows[at]
                in ("dan", "untuk", "bidang", "urusan", "/", "of", "for", "and", "&", "ke", "-")
                and at + 1 < last
                and (
                    lows[at + 1] in offices.portfolios
                    or lows[at + 1] in offices.head_words
                    or at + 1 in stops
                )
            )
            or (
                forms[at] == ","
                and at + 2 < last
                and (lows[at + 1] in offices.portfolios or lows[at + 1] == "dan" or at + 1 in stops)
            )
        ):
            at += 1
        elif forms[at] == "(":
            close = next((k for k in range(at + 1, min(at + 9, last)) if forms[k] == ")"), None)
            if close is None:
                break
            at = close + 1
        else:
            break
    return at


def skip_honorifics(text: Text, offices: Offices, at: int, last: int) -> int:
    """Past honorifics, ranks, their dots, and a comma that separates role and name."""
    while at < last and (
        (text.lows[at] in offices.honorifics and text.forms[at][0].isupper())
        or (text.forms[at] in ".," and at + 1 < last)
    ):
        at += 1
    return at


def _name(
    text: Text,
    offices: Offices,
    stops: dict[int, int],
    known: frozenset[int],
    first: int,
    last: int,
    least: int,
    score: float,
    rule: str,
) -> Iterator[Found]:
    if first >= last or first in known or first in stops or not _fit(text, offices, first):
        return
    end = first + 1
    while end < last and end - first < MAX_WORDS and end not in stops and end not in known:
        form, low = text.forms[end], text.lows[end]
        if form[0].isupper() and _fit(text, offices, end):
            end += 1
        elif (low in PARTICLES and end + 1 < last and runs.is_capital(text.forms[end + 1])) or (
            form == "-"
            and end + 1 < last
            and runs.adjacent(text, end)
            and text.forms[end + 1].isalpha()
        ):
            end += 2
        elif (
            form == "."
            and len(text.forms[end - 1]) <= 2
            and end + 1 < last
            and runs.is_capital(text.forms[end + 1])
        ):
            end += 1
        else:
            break
    end = min(end, last)
    if end - first >= least and text.forms[end - 1][0].isalpha():
        yield Found(text.starts[first], text.ends[end - 1], kinds.PERSON, score, f"names:{rule}")


def _fit(text: Text, offices: Offices, at: int) -> bool:
    form, low = text.forms[at], text.lows[at]
    return (
        form[0].isupper()
        and low not in offices.portfolios
        and low not in offices.head_words
        and low not in _NEVER_FIRST
        and low not in _VERBS
        and not (form.isupper() and len(form) > 3)
    )
