"""Numbers written in words: "dua ratus juta", "satu setengah miliar", "seratus lima puluh".

The table is ``numerals.csv``; magnitudes are those of ``money``. A word that begins with "se" is one
of what follows it: "sepuluh", "sebelas", "seratus", "sejuta".
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from store.tables import table_rows

_REACH, _EDGE = 300, 20
"""Characters before its unit in which a number is looked for; one that begins so near their edge may go on
beyond it. Numbers below a thousand trillion take some 200."""
_LETTERS = re.compile(r"[^\W\d_]+\Z")
_MORE = "0123456789_-–"
_ONE = "se"
_SHORT = 2
"""Letters; magnitudes so short ("M", "jt") stand behind digits only."""


class _Words(NamedTuple):
    """The parts of a number that are no magnitude, by their form."""

    digits: dict[str, float]
    halves: dict[str, float]
    teens: dict[str, float]
    times: dict[str, float]


@lru_cache(maxsize=1)
def _words() -> _Words:
    rows = table_rows("extract/numerals.csv")
    return _Words(
        *(
            {row["form"]: float(row["value"]) for row in rows if row["kind"] == kind}
            for kind in ("digit", "half", "teen", "times")
        )
    )


def before(body: str, end: int, scales: Mapping[str, float]) -> tuple[int, float] | None:
    """Where the number begins that stands in words right before ``end``, and its value.

    ``scales``: lower-cased magnitude → factor. None where there is none, or no whole one: "ratusan
    juta", "2,5 juta".
    """
    first = max(0, end - _REACH)
    said = body[first:end].split()
    words: list[str] = []
    count = 0
    for word in reversed(said):
        last = _LETTERS.search(word)
        parts = _parts(last[0].lower(), scales) if last else []
        if not parts:
            break
        words[:0] = parts
        count += 1
        if last and last[0] != word:
            # "(seratus": the number begins inside. What stands before "Rp1juta" or "dua-tiga" is more of it.
            if word[last.start() - 1] in _MORE:
                return None
            said[-count] = last[0]
            break
    if not words:
        return None
    start = _start(body, end, said[-count:])
    if 0 < first > start - _EDGE or body[first:start].rstrip()[-1:].isdigit():
        # "3 juta lima ratus ribu" has more before it.
        return None
    amount = value(words, scales)
    return None if amount is None else (start, amount)


def _start(body: str, end: int, said: Sequence[str]) -> int:
    """Where the words begin that end at ``end``, with blanks between and after them."""
    for word in reversed(said):
        end = body.rindex(word, 0, end)
    return end


def _parts(word: str, scales: Mapping[str, float]) -> list[str]:
    """The word as parts of a number: "seratus" is "satu", "ratus"; empty where it is no number."""
    digits, halves, teens, times = _words()
    rest = word.removeprefix(_ONE)
    for part, parts in ((word, [word]), (rest, ["satu", rest])):
        if part in teens or part in times or (part in scales and len(part) > _SHORT):
            return parts
    return [word] if word in digits or word in halves else []


def value(words: Sequence[str], scales: Mapping[str, float]) -> float | None:
    """What the parts of a number amount to; None where they are no number in this order."""
    digits, halves, teens, times = _words()
    total = group = unit = 0.0
    least = scale = 0.0
    for word in words:
        if word in digits and not unit:
            unit = digits[word]
        elif word in halves and unit % 1 == 0:
            unit += halves[word]
        elif word in teens and unit and not group % 100:
            group, unit = group + unit + teens[word], 0.0
        elif word in times and unit and (not group or group % (10 * times[word]) == 0):
            group, unit = group + unit * times[word], 0.0
        elif word in scales and (group or unit):
            scale = scales[word]
            if least and scale >= least:
                return None
            total, group, unit, least = total + (group + unit) * scale, 0.0, 0.0, scale
        elif word in scales and total:
            # "lima ribu triliun"
            total, least = total * scales[word], 0.0
        else:
            return None
    return (total + group + unit) or None
