"""Sentences without case, all lower or all upper: written as the press would have, for the stages.

Only ``Text.forms`` changes; offsets and the text itself do not. A word gets the case it mostly has
inside sentences of the unlabelled text, an abbreviation its printed form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from store.extract.tokens import Text
from store.extract.words import Words

_LEAST = 4
"""Words; a shorter line is a heading or a list item and stays as it is."""
_SHOUTED = 0.2
"""Of the words; a line in which fewer have small letters is all upper case."""
_NAME_HABIT = 4
"""Tenths; from here on a word is taken for a name (measured: 4 finds the most without capitals)."""


@dataclass(frozen=True, slots=True)
class Casing:
    """What is known of the case of words that stand without it."""

    table: Words
    printed: Callable[[], Mapping[str, str]]
    """Lower-cased word → its printed form, of abbreviations; asked for where something is to mend."""
    offices: frozenset[str]
    """Lower-cased words with which offices and ministries begin ("menteri")."""
    portfolios: frozenset[str]
    """Lower-cased words that follow those in their names ("perdagangan", "besar")."""
    bodies: frozenset[str]
    """Lower-cased words with which organisations begin ("badan")."""

    def mend(self, text: Text) -> None:
        """Give the caseless sentences of a text their case."""
        for first, last in text.sentences:
            forms = text.forms[first:last]
            # Most sentences have a capital soon and small words enough to be done with.
            small = sum(map(str.islower, forms))
            if small >= _SHOUTED * len(forms) and any(form[0].isupper() for form in forms):
                continue
            letters = [form for form in forms if form[0].isalpha()]
            if len(letters) < _LEAST:
                continue
            capitals = sum(form[0].isupper() for form in letters)
            shouted = sum(form.isupper() for form in letters) > (1 - _SHOUTED) * len(letters)
            if capitals == 0 or shouted:
                text.forms[first:last] = self._printed(text.lows[first:last])

    def _printed(self, lows: Sequence[str]) -> list[str]:
        forms: list[str] = []
        printed = self.printed()
        least = _NAME_HABIT
        in_office = False
        for low in lows:
            if not low[0].isalpha():
                in_office = in_office and low == ","
                least = _NAME_HABIT
                forms.append(low)
                continue
            habit = self.table.habit(low)
            if low in printed and (habit is None or habit > _EVERYDAY_HABIT):
                forms.append(printed[low])
            elif in_office and low in self.portfolios and low not in _JOINING:
                forms.append(low.capitalize())
                continue
            elif habit is None or habit >= least:
                # What the press hardly ever prints is mostly somebody's name.
                forms.append(low.capitalize())
            else:
                forms.append(low)
                least = _NAME_HABIT
            if low in self.offices:
                in_office = True
            elif low not in _JOINING:
                in_office = False
            if low in self.bodies:
                least = _BODY_HABIT
        return forms


_EVERYDAY_HABIT = 2
"""Tenths; up to here a word is no abbreviation either ("antara", though there is an agency ANTARA)."""
_SURE_HABIT = 9
_BODY_HABIT = 1
"""Tenths; from here on a word belongs to the name of an organisation that has begun."""
_JOINING = frozenset(["dan", "serta"])


def printed_forms(table: Words, *lists: Iterable[str]) -> dict[str, str]:
    """Lower-cased → printed, of the one-word names that are not simply capitalised ("ASEAN").

    Of two letters only those that the press hardly ever prints without capitals ("RI", unlike "ky").
    """
    return {
        form.lower(): form
        for forms in lists
        for form in forms
        if form.isalnum()
        and not form[0].isdigit()
        and form != form.capitalize()
        and (len(form) > 2 or (table.habit(form.lower()) or 0) >= _SURE_HABIT)
    }


def last_words(forms: Iterable[str]) -> frozenset[str]:
    """The words, lower-cased, in which those names end, abbreviations left out."""
    lasts = {form.rsplit(" ", 1)[-1] for form in forms}
    return frozenset(last.lower() for last in lasts if len(last) > 3 and not last.isupper())
