"""People's names whole: the last look at the PERSON mentions, when nothing else will change them.

A name goes back over a first name that is nobody's office ("Kepala BP2MI Mochammad | Irfan Yusuf"), over
a nickname in brackets ("Ruli (Roy) | Soemirat") and over the next mention where only a blank is between
("Iriana | Joko Widodo"); honours after it are no part of it. What holds a word of no name ("Fairfax
Media"), or is what an airport or a street is called after, is no mention of a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache

from store.extract import kinds, organisations, places, rules, runs
from store.extract.found import Found
from store.extract.names import FORENAMES, HEADLINE_VERBS
from store.extract.tokens import Text
from store.extract.triggers import tokens_of
from store.tables import table_text

# Order of Australia, of the British Empire; German and academic degrees without a dot.
_HONOURS = rules.words("honours")
_OF_PLACES = rules.words("heads_of_places")
# "Komjen Pol. X", "Kolonel Inf. Y"
_OF_RANKS = rules.words("short_ranks")
# Police and army ranks below those that boundaries know, and religious titles.
_TITLES = rules.words("titles_before_names")
# "Bandara Internasional Hamid Karzai", "Jalan Gatot Subroto", "Universitas Prasetiya Mulya".
_CALLED_AFTER = rules.words("called_after")
_PROPHET = frozenset({"nabi", "rasulullah", "maulid"})
_MOST_WORDS = 4
_SYLLABLE = 6
"""Letters of the parts of a Korean first name, at most."""
_GLUED = re.compile(r"([A-Z]{2,})[A-Z][a-z]{2,}\Z")
_PASSED = rules.words("passed_over")


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    text = table_text("extract/not_names.txt")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))


def without_things(text: Text, mentions: Iterable[Found]) -> list[Found]:
    """The mentions without those of people whose words are nobody's."""
    return [
        found
        for found in mentions
        if found.type is not kinds.PERSON
        or not _is_no_person(text, text.token_at(found.start), text.token_at(found.end - 1) + 1)
    ]


def mended(text: Text, mentions: Iterable[Found]) -> list[Found]:
    """The same mentions, those of people whole; none overlap, in order of the text."""
    result: list[Found] = []
    for found in sorted(mentions, key=lambda found: found.start):
        if found.type is not kinds.PERSON:
            result.append(found)
            continue
        first, last = text.token_at(found.start), text.token_at(found.end - 1) + 1
        if found.stage == "propagate:short":
            last = _with_second(text, last)
        first, last = _without_titles(text, first, _without_honours(text, first, last))
        half = _second_of_pair(text, first, last)
        if half is not None:
            # "Anies Baswedan - Sandiaga Uno"
            one = replace(found, start=text.starts[first], end=text.ends[half - 2])
            result.append(one)
            first = half
        start, nickname = _begin(text, first, result)
        del result[len(result) - nickname :]
        begin, end = text.starts[start] + len(_glued(text.forms[start])), text.ends[last - 1]
        unchanged = begin == found.start and end == found.end
        result.append(found if unchanged else replace(found, start=begin, end=end))
    return result


def _glued(form: str) -> str:
    """The abbreviation that a scraper ran on to the name ("DPRRIPuan")."""
    match = _GLUED.match(form)
    return match.group(1) if match else ""


def _with_second(text: Text, last: int) -> int:
    """The end of a Korean name of which only the surname was looked for ("Kim | Jong-nam")."""
    forms = text.forms
    if (
        last + 2 < text.sentence_end(last - 1)
        and forms[last].istitle()
        and forms[last + 1] == "-"
        and forms[last + 2].isalpha()
        and max(len(forms[last]), len(forms[last + 2])) <= _SYLLABLE
        and runs.adjacent(text, last)
    ):
        return last + 3
    return last


def forenamed(text: Text, mentions: Iterable[Found]) -> Iterator[Found]:
    """Names that begin with the commonest first name, where no mention is yet."""
    at = tokens_of(text, FORENAMES)
    if not at:
        return
    taken = [(text.token_at(m.start), text.token_at(m.end - 1) + 1) for m in mentions]
    covered = frozenset(k for first, last in taken for k in range(first, last))
    for first in at:
        last = first + 1
        end = text.sentence_end(first)
        if first in covered or not text.forms[first].istitle() or _is_called_after(text, first):
            continue
        while (
            last < min(end, first + _MOST_WORDS)
            and last not in covered
            and text.forms[last].istitle()
            and text.forms[last].isalpha()
            and runs.adjacent(text, last)
        ):
            last += 1
        if last - first > 1 and text.lows[first - 1 if first else 0] not in _PROPHET:
            yield Found(
                text.starts[first], text.ends[last - 1], kinds.PERSON, 0.7, "names:forename"
            )


def _begin(text: Text, first: int, before: list[Found]) -> tuple[int, int]:
    """The first token of the name that has its found part at ``first``, and how many of the mentions
    ``before`` it are parts of it too."""
    if before and before[-1].type is kinds.PERSON:
        one = before[-1]
        if text.body[one.end : text.starts[first]] == " ":
            return text.token_at(one.start), 1
        # "Ruli (Roy) Soemirat": found are the nickname, the first name or both.
        # But "Gubernur Sumatera Utara (Sumut) Bobby" has a place there.
        if _in_nickname(text, first) and one.start >= text.starts[first - 4]:
            parts = 1
            if len(before) > 1 and before[-2].start >= text.starts[first - 4]:
                parts = 2
            free = text.token_at(before[-parts - 1].end - 1) + 1 if len(before) > parts else 0
            if free <= first - 4:
                return first - 4, parts
    if before and first and before[-1].end == text.ends[first - 1] and _is_forename(text, first):
        # An organisation that took the first name with it: "BP Haji Mochamad | Irfan Yusuf".
        cut = text.token_at(before[-1].end - 1)
        if before[-1].start < text.starts[cut]:
            before[-1] = replace(before[-1], end=text.ends[cut - 1])
    free = text.token_at(before[-1].end - 1) + 1 if before else 0
    if _in_nickname(text, first) and free <= first - 4 and text.forms[first - 5] == ",":
        # "Juru Bicara Y, Ruli (Roy) | Soemirat"
        return first - 4, 0
    least = max(free, text.sentences[text.sentence_of[first]][0])
    at = first - 1
    if at > least and text.forms[at] == ".":
        at -= 1
    if (
        at >= least
        and text.lows[at] in FORENAMES
        and runs.is_capital(text.forms[at])
        and runs.adjacent(text, first)
    ):
        return at, 0
    return first, 0


def _is_forename(text: Text, first: int) -> bool:
    """Whether the word before token ``first`` is the commonest first name."""
    return text.lows[first - 1] in FORENAMES and runs.is_capital(text.forms[first - 1])


def _in_nickname(text: Text, first: int) -> bool:
    """Whether a nickname in brackets, and a name before it, stand before token ``first``."""
    return (
        first >= 4
        and text.forms[first - 1] == ")"
        and text.forms[first - 3] == "("
        and text.sentence_of[first - 4] == text.sentence_of[first]
        and all(text.forms[k].istitle() and text.forms[k].isalpha() for k in (first - 2, first - 4))
    )


def _is_no_person(text: Text, first: int, last: int) -> bool:
    if last - first == 1:
        if text.lows[first] in _OF_RANKS or text.forms[first] in places.load().countries:
            return True
    elif not _no_names().isdisjoint(text.lows[first:last]) or _is_body(text.forms[first:last]):
        return True
    return _is_called_after(text, first)


def _is_body(forms: list[str]) -> bool:
    """Whether an abbreviation too long for initials and one word are all ("RWTH Aachen")."""
    return len(forms) == 2 and forms[0].isupper() and len(forms[0]) > 3 and not forms[1].isupper()


def _is_called_after(text: Text, first: int) -> bool:
    """Whether what stands before the name is an airport, a street … that is called after somebody."""
    at = first
    while at > 0 and text.lows[at - 1] in _PASSED:
        at -= 1
    return (
        at > 0
        and text.lows[at - 1] in _CALLED_AFTER
        and runs.is_capital(text.forms[at - 1])
        and text.sentence_of[at - 1] == text.sentence_of[first]
    )


def _without_honours(text: Text, first: int, last: int) -> int:
    while last - first > 1 and (
        not text.forms[last - 1].strip(".'’")[-1:].isalnum()
        or text.forms[last - 1] in HEADLINE_VERBS
        or (last - first > 2 and text.forms[last - 1] in _HONOURS)
    ):
        last -= 1
    return last


def _without_titles(text: Text, first: int, last: int) -> tuple[int, int]:
    """Without a rank before the name, or the district or ministry of the office before it."""
    while last - first > 1 and (
        text.lows[first] in _TITLES
        or (last - first > 2 and organisations.is_ministry(text.forms[first]))
        or (last - first > 2 and first > 0 and _is_seat(text, first))
    ):
        first += 1
        if text.forms[first] == ".":
            first += 1
    return first, last


def _is_seat(text: Text, first: int) -> bool:
    """Whether an office stands right before a place of Indonesia: "Bupati | Mukomuko Choirul Huda"."""
    return text.forms[first] in places.load().at_home and text.lows[first - 1] in _OF_PLACES


def _second_of_pair(text: Text, first: int, last: int) -> int | None:
    """The first token of the second of two full names that only a dash joins."""
    for at in range(first + 2, last - 2):
        if text.forms[at] in "-–" and text.starts[at + 1] - text.ends[at - 1] > 2:
            return at + 1
    return None
