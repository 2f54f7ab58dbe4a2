"""Somebody's name at the end of what the model took for an organisation or a place.

"Dubes RI di Kairo Helmy Fauzi", "Sekretaris … Kementerian Luar Negeri Sutarto Wibowo": Indonesian puts no
comma between an office and who holds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from store.extract import kinds, organisations, places, rules, words
from store.extract.found import Found

_POST = rules.pattern("post_in_place")
_OFFICE = rules.pattern("office_before_name")
_MISSION = re.compile(r"(?:KBRI|KJRI|KDEI|PTRI) \w+")
# A Balinese name begins with the birth order: "I Nyoman …".
_BALINESE = rules.pattern("balinese_after")
_NAMES_ONLY = 9
"""Tenths; a word capitalised this often inside sentences is a name and nothing else."""


def of_place(body: str, found: Found) -> Iterator[Found]:
    """The place, and who holds an office there."""
    parts = body[found.start : found.end].split(" ")
    if len(parts) > 2 and (
        _POST.search(body, max(0, found.start - 45), found.start)
        or all(map(_only_names, parts[-2:]))
    ):
        listed = places.load().listed
        count = next((n for n in (2, 1) if " ".join(parts[:n]) in listed), 0)
        if count and len(parts) - count > 1:
            cut = found.start + len(" ".join(parts[:count]))
            name = Found(cut + 1, found.end, kinds.PERSON, found.score, found.stage)
            found.end = cut
            yield found
            yield name
            return
    yield found


def of_organisation(body: str, found: Found) -> Found | None:
    """The person at the end of an organisation, which is cut before it; None where there is nobody."""
    person = _balinese(body, found) or _after_office(body, found) or _after_and(body, found)
    if person is not None:
        name = body[found.start : person.start].rstrip().removesuffix(" dan")
        found.end = found.start + len(name)
    return person


def _balinese(body: str, found: Found) -> Found | None:
    """ "Dinas … Provinsi Bali [I Nyoman …]"."""
    name = _BALINESE.search(body, found.start, found.end)
    if name is None or name.start() == found.start:
        return None
    return Found(name.start() + 1, found.end, kinds.PERSON, found.score, found.stage)


def _after_office(body: str, found: Found) -> Found | None:
    """ "Direktur … [ASEAN] Kementerian Luar Negeri [Sutarto Wibowo]": what goes on after a listed body."""
    parts = body[found.start : found.end].split(" ")
    if len(parts) < 3 or not _OFFICE.search(body, max(0, found.start - 90), found.start):
        return None
    mission = _MISSION.match(body, found.start)
    listed = organisations.load().listed
    for count in range(len(parts) - 2, 0, -1):
        name = " ".join(parts[:count])
        if name in listed or (mission and len(name) == mission.end() - found.start):
            rest = parts[count:]
            if len(rest) < 5 and all(w[:1].isupper() and w[1:].islower() for w in rest):
                start = found.start + len(name) + 1
                return Found(start, found.end, kinds.PERSON, found.score, found.stage)
            return None
    return None


def _after_and(body: str, found: Found) -> Found | None:
    """ "Komite … dan [Ratna Kusumawati]": words that the press prints only as names are a person."""
    joint = body.rfind(" dan ", found.start, found.end)
    rest = body[joint + 5 : found.end].split(" ") if joint > 0 else []
    if not 1 < len(rest) < 4 or not all(map(_only_names, rest)):
        return None
    return Found(joint + 5, found.end, kinds.PERSON, _LIKELY, found.stage)


_LIKELY = 0.6
"""The score of a person whom nothing but the words' habit gives away."""


def _only_names(word: str) -> bool:
    """Whether the press prints the word as a name and never otherwise, or hardly knows it."""
    low = word.lower()
    if not (word[:1].isupper() and word[1:].islower()) or low in places.load().name_words:
        return False
    habit = words.load().habit(low)
    return habit is None or habit >= _NAMES_ONLY
