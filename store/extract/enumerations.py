"""Organisations whose name holds a list: "Dewan … untuk Ekonomi, Kemanusiaan, dan Ilmu Sosial".

A head ("Dewan Riset Nasional", "National Research Council"), a word that says what it is for, and
capitalised fields that a closing "dan" or "and" binds together. Without the closing word, or with a
country or another organisation among the fields, it is a list of something else. Pattern taught by the
seeds' research council and by the names of foreign ministries.
"""

from __future__ import annotations

from collections.abc import Iterator

from store.extract import kinds, runs
from store.extract.found import Found
from store.extract.organisations import Lexicon
from store.extract.tokens import Text
from store.extract.triggers import sentences_of

STAGE = "organisations:enumeration"
_SCORE = 0.88
_PURPOSE = frozenset({"untuk", "for", "of", "on", "bidang", "urusan"})
_CLOSING = frozenset({"dan", "and", "&"})
_COMMA = frozenset({","})
_HEAD_WORDS = 6
_FIELD_WORDS = 3
"""Capitalised words a field has at most ("Ilmu Sosial", "Higher Education")."""
_MOST_FIELDS = 8


def find(text: Text, lexicon: Lexicon, known: frozenset[int]) -> Iterator[Found]:
    """Complete enumerations; ``known``: tokens of countries and well-known names, which are no field."""
    listing = (sentences_of(text, words) for words in (_COMMA, _PURPOSE, _CLOSING))
    for number in sorted(set.intersection(*listing)):
        first, last = text.sentences[number]
        at = first
        while at < last:
            end = _end(text, lexicon, known, at, last) if runs.is_capital(text.forms[at]) else at
            if end > at:
                yield Found(text.starts[at], text.ends[end - 1], kinds.ORG, _SCORE, STAGE)
                at = end
            else:
                # The rest of a run that is no head is none either, save where one begins inside it.
                at += 1


def _end(text: Text, lexicon: Lexicon, known: frozenset[int], at: int, last: int) -> int:
    """Where the enumeration that begins at ``at`` ends; ``at`` itself where none does."""
    forms, lows = text.forms, text.lows
    of = at
    while of < last and of - at < _HEAD_WORDS and runs.is_capital(forms[of]) and of not in known:
        of += 1
    if of == at or of + 4 >= last or lows[of] not in _PURPOSE:
        return at
    begins = lows[at] in lexicon.head_words
    # A joint working group is what two states agree on, no body (annotation guidelines, AGREEMENT).
    group = of > at + 1 and lows[of - 2 : of] == ["working", "group"]
    closes = (
        not group
        and lows[of - 1] in lexicon.tails
        and (at == 0 or not runs.is_capital(forms[at - 1]) or lows[at - 1] == "the")
    )
    if not (begins or closes) or lows[at] == "the":
        return at
    field = of + 2 if lows[of + 1] == "the" else of + 1
    for number in range(_MOST_FIELDS):
        end = _field(text, lexicon, known, field, last)
        if end == field or end >= last:
            return at
        comma = forms[end] == ","
        closing = end + 1 if comma else end
        if closing < last and lows[closing] in _CLOSING:
            final = _field(text, lexicon, known, closing + 1, last)
            # "for A and B" without a comma is a plain run: the other rules see to it.
            return final if final > closing + 1 and number > 0 else at
        if not comma:
            return at
        field = closing
    return at


def _field(text: Text, lexicon: Lexicon, known: frozenset[int], at: int, last: int) -> int:
    """Where the field that begins at ``at`` ends; ``at`` where none does."""
    end = at
    while end < last and end - at < _FIELD_WORDS and end not in known:
        form = text.forms[end]
        if not (form[0].isupper() and not (form.isupper() and len(form) > 1)):
            break
        if text.lows[end] in lexicon.head_words:
            return at
        end += 1
    return end
