"""Sentences without case, all lower or all upper: written as the press would have, for the stages.

Only ``Text.forms`` changes; offsets and the text itself do not. A word gets the case it mostly has
inside sentences of the unlabelled text, an abbreviation its printed form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from store.extract.tokens import Text
from store.extract.words import Words

_LEAST = 4
"""Words; a shorter line is a heading or a list item and stays as it is."""
_NAME_HABIT = 4
"""Tenths; from here on a word is taken for a name (measured: 4 finds the most without capitals)."""


def mend(text: Text, table: Words, printed: Mapping[str, str]) -> None:
    """Give the caseless sentences of a text their case; ``printed``: lower-cased word → its form."""
    for first, last in text.sentences:
        forms = text.forms[first:last]
        letters = [form for form in forms if form[0].isalpha()]
        if len(letters) < _LEAST:
            continue
        capitals = sum(form[0].isupper() for form in letters)
        shouted = sum(form.isupper() for form in letters) > 0.8 * len(letters)
        if capitals > 0 and not shouted:
            continue
        for at in range(first, last):
            low = text.lows[at]
            if not low[0].isalpha():
                continue
            habit = table.habit(low)
            if low in printed:
                text.forms[at] = printed[low]
            elif habit is None:
                # What the press hardly ever prints is mostly somebody's name.
                text.forms[at] = low.capitalize()
            else:
                text.forms[at] = low.capitalize() if habit >= _NAME_HABIT else low


def printed_forms(*lists: Mapping[str, object] | tuple[str, ...]) -> dict[str, str]:
    """Lower-cased → printed, of the one-word names that are not simply capitalised ("ASEAN").

    Two letters are too few to know an abbreviation by when case is lost ("as", "ky").
    """
    return {
        form.lower(): form
        for forms in lists
        for form in forms
        if form.isalnum() and len(form) > 2 and not form[0].isdigit() and form != form.capitalize()
    }


def last_words(forms: Iterable[str]) -> frozenset[str]:
    """The words, lower-cased, in which those names end, abbreviations left out."""
    lasts = {form.rsplit(" ", 1)[-1] for form in forms}
    return frozenset(last.lower() for last in lasts if len(last) > 3 and not last.isupper())
