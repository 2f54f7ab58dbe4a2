"""How the shipped names are read: a table that spares every start of the program reading them anew.

``data/readings.tsv`` is made by ``python -m bench.name_readings`` from the knowledge base and the
rules of this room, and a test holds it against them. A name that is not in it (the user's own, a file
of names) is read when it comes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from store.match.normalise import compact
from store.match.person_name import parse_person
from store.match.programme_name import parse_programme
from store.match.similarity import fold_sound
from store.tables import table_text

PERSON, PROGRAMME, SOUND = "person", "programme", "sound"
"""What a line of the table is about: the first of its cells."""


class Reading(NamedTuple):
    """What an index needs of a name before anybody asks for it."""

    letters: str
    """Its letters and digits alone (``compact``)."""
    words: tuple[str, ...]
    parties: frozenset[str]
    """Codes of the countries and blocs in the name of a program; of people none."""

    @property
    def numbers(self) -> frozenset[str]:
        """Those of the words that begin with a digit."""
        return frozenset(word for word in self.words if word[0].isdigit())


def read_person(name: str) -> Reading:
    """The words that identify a person."""
    return _table().people.get(name) or Reading(
        compact(name), tuple(parse_person(name).words), frozenset()
    )


def read_programme(name: str) -> Reading:
    """The English words and the parties of a program or body."""
    known = _table().programmes.get(name)
    if known is None:
        parsed = parse_programme(name)
        known = Reading(compact(name), parsed.words, parsed.parties)
    return known


def letters_of(name: str) -> str:
    """The letters and digits of any name."""
    known = _table().people.get(name) or _table().programmes.get(name)
    return known.letters if known else compact(name)


def sound_of(word: str) -> str:
    """``fold_sound`` of a word, without folding the words of shipped names."""
    known = _table().sounds.get(word)
    return fold_sound(word) if known is None else known


_NONE: frozenset[str] = frozenset()


class _Table(NamedTuple):
    people: dict[str, Reading]
    programmes: dict[str, Reading]
    sounds: dict[str, str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    table = _Table({}, {}, {})
    names = {PERSON: table.people, PROGRAMME: table.programmes}
    for line in table_text("match/data/readings.tsv").split("\n")[1:-1]:
        kind, _, rest = line.partition("\t")
        if kind == SOUND:
            word, _, sound = rest.partition("\t")
            table.sounds[word] = sound
        else:
            name, letters, words, parties = rest.split("\t")
            codes = frozenset(parties.split()) if parties else _NONE
            names[kind][name] = Reading(letters, tuple(words.split()), codes)
    return table
