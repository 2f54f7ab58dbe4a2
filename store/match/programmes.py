"""Agreements, programs, bodies and forums: by their letters, else by words and parties.

Words are compared in English (see ``programme_name``); parties that contradict are a veto.
"""

from __future__ import annotations

import heapq
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from store.match.assignment import Assignment
from store.match.programme_letters import KIND_WORDS, Letters, ProgrammeForm, ProgrammeHit
from store.match.programme_name import ProgrammeName, parse_programme
from store.match.readings import Reading, read_programme
from store.match.similarity import INITIAL, Likeness, likeness
from store.match.vocabulary import Vocabulary
from store.match.words import dictionary, related, stopwords

_CANDIDATES = 60
_SHARPNESS = 1.6
_ROUNDED = 1e-4
"""More than what rounding can add to a score."""
_SURE = 0.7
_LIGHT = 0.45
_OTHERS = 0.85
_PARTY_WORTH = 4.0
_INDONESIA = frozenset({"ID"})
_YEAR = re.compile(r"(?:19|20)\d\d")
_DICTIONARY = 0.7
"""Weight of a word of the language against a proper name ("capital" against "Nusantara")."""
_HEADS = frozenset(
    {"ministry", "agency", "council", "association", "organization", "forum", "bank", "chamber"}
)
"""Without its head a body's name is only a subject ("Perindustrian") …"""
_SPECIFIC = 4
"""… unless so many other words are said ("PBB untuk Pengembangan Industri")."""
_EVERYDAY = 3
"""Words of the language up to which a query is a subject rather than a name ("palm oil")."""
_MINISTRY = frozenset({"ministry", "department"})
_TRADE = frozenset({"agreement", "trade", "economic"})
_LIBERAL = _TRADE | {"free", "preferential", "partnership", "comprehensive"}
_SOME_AGREEMENT, _OTHER_KIND = 0.72, 0.65
"""What the score is before sharpening where only parties and kind of an agreement are said; where
the kind is another ("FTA" for a CEPA) it is listed, not accepted."""


class _Asked(NamedTuple):
    """A query with what is the same for every form it is compared with."""

    name: ProgrammeName
    near: Sequence[Mapping[str, Likeness]]
    """Per word the known words like it."""
    weights: tuple[float, ...]
    undated: tuple[float, ...]
    """As ``weights``, years counting nothing: against a name that has no number."""
    proper: bool
    """Whether some word is no word of the language."""
    foreign: frozenset[str]
    """The parties but Indonesia."""
    numbers: frozenset[str]
    undated_numbers: frozenset[str]
    """Those that are no years."""
    telling: tuple[int, ...]
    """The positions of the words that tell something …"""
    dividing: tuple[int, ...]
    """… and of those by which other names tell themselves apart."""
    everyday: bool
    """Whether a few words of the language are all of it ("palm oil", "currency swap")."""
    any_agreement: bool
    """Whether it only says that it is some agreement with somebody ("perjanjian dagang RI-Korsel")."""
    reach: float
    """The share of it that a name may have, at most."""
    initials: bool
    """Whether a letter of it may stand for a word …"""
    kin: bool
    """… and a word for another that is not like it, if there are parties."""


class ProgrammeIndex:
    """Names of programs and bodies. Build once from (row number, parties of the row, names)."""

    def __init__(self, programmes: Iterable[tuple[int, frozenset[str], Sequence[str]]]) -> None:
        self.vocabulary = Vocabulary(names=False)
        self._row_parties: dict[int, frozenset[str]] = {}
        self._weights: dict[str, float] = {}
        self._names: list[tuple[int, str]] = []
        self._parties: list[frozenset[str]] = []
        self._forms: dict[int, ProgrammeForm] = {}
        self._by_word: dict[str, list[int]] = defaultdict(list)
        self._by_party: dict[str, list[int]] = defaultdict(list)
        letters: dict[str, list[int]] = defaultdict(list)
        for row, parties, names in programmes:
            readings = [read_programme(name) for name in names]
            self._row_parties[row] = parties.union(*(reading.parties for reading in readings))
            self.vocabulary.add(word for reading in readings for word in reading.words)
            for name, reading in zip(names, readings, strict=True):
                at = len(self._names)
                self._names.append((row, name))
                self._parties.append(reading.parties - _INDONESIA)
                letters[reading.letters].append(at)
                for word in reading.words:
                    self._by_word[word].append(at)
                for party in self._parties[at]:
                    self._by_party[party].append(at)
        self.vocabulary.finish()
        self.letters = Letters(letters, self._form, self._row_parties)

    def _form(self, at: int) -> ProgrammeForm:
        form = self._forms.get(at)
        if form is None:
            row, text = self._names[at]
            name = read_programme(text)
            weights = tuple(self._weight(word) for word in name.words)
            telling = tuple(j for j, word in enumerate(name.words) if _tells(word))
            form = self._forms[at] = ProgrammeForm(
                row, text, name, weights, sum(weights), name.numbers, telling
            )
        return form

    def _weight(self, word: str) -> float:
        """What a word tells; kept for those of known names only, so that the memory has an end."""
        weight = self._weights.get(word)
        if weight is None:
            weight = self._weigh(word)
            if word in self.vocabulary.entities:
                self._weights[word] = weight
        return weight

    def _weigh(self, word: str) -> float:
        weight = self.vocabulary.weight(word)
        if stopwords().get(word) == "light" or word in KIND_WORDS:
            return weight * _LIGHT
        return weight * _DICTIONARY if word in dictionary() or word[0].isdigit() else weight

    def parse(self, text: str) -> ProgrammeName:
        """A typed name, in which words that no known name has may be misspelt."""
        return parse_programme(text, known=self.vocabulary.entities)

    def search(self, text: str, name: ProgrammeName, least: float = 0.0) -> dict[int, ProgrammeHit]:
        """Row → its best form, for every row that shares enough with the name.

        What scores less than ``least`` may be left out, which saves time.
        """
        hits: dict[int, ProgrammeHit] = {}
        self.letters.find(text, name, hits)
        if name.words or name.parties:
            asked = self._asked(name)
            for form in self._within_reach(asked, least):
                score, found = self._score(asked, form)
                if found and (form.row not in hits or score > hits[form.row].score):
                    hits[form.row] = ProgrammeHit(form, score, found, "words")
        if max((hit.score for hit in hits.values()), default=0.0) < _SURE:
            self.letters.find_misspelt(text, name, hits)
        return hits

    # --- words --------------------------------------------------------------------------------

    def _asked(self, name: ProgrammeName) -> _Asked:
        words = name.words
        known, language = self.vocabulary.entities, dictionary()
        near = [self.vocabulary.near(word) for word in words]
        weights = tuple(self._weight(word) for word in words)
        undated = tuple(
            0.0 if _YEAR.fullmatch(word) else weight
            for word, weight in zip(words, weights, strict=True)
        )
        best = [max([like.score for like in others.values()], default=0.0) for others in near]
        proper = any(len(word) > 1 and word not in language for word in words)
        foreign, numbers = name.parties - _INDONESIA, name.numbers
        telling = tuple(i for i, word in enumerate(words) if _tells(word))
        return _Asked(
            name,
            near,
            weights,
            undated,
            proper,
            foreign,
            numbers,
            frozenset(number for number in numbers if not _YEAR.fullmatch(number)),
            telling,
            tuple(i for i in telling if words[i] in known and words[i] not in _LIBERAL),
            len(words) <= _EVERYDAY and not name.parties and language.issuperset(words),
            bool(foreign) and "agreement" in words and _LIBERAL.issuperset(words),
            max(_share(weights, best), _share(undated, best)),
            proper and any(len(word) == 1 for word in words),
            not _with_kin().isdisjoint(words),
        )

    def _within_reach(self, asked: _Asked, least: float) -> Iterator[ProgrammeForm]:
        """The forms that share most, but for those that cannot score ``least``.

        The score is at most what the product of both shares makes of it, the one of the query and the
        one of the form. The two of words like each other are known here; where other words may be paired
        nothing is left out.
        """
        needed = max(0.0, least - _ROUNDED) ** (2 / _SHARPNESS)
        open_to_all = asked.any_agreement or asked.initials or not needed
        if not (open_to_all or asked.kin) and asked.reach < needed:
            return
        for at, worth in self._gather(asked):
            parties = self._parties[at]
            if parties and not parties <= asked.name.parties:
                continue  # another party than those asked for
            form = self._form(at)
            if (
                open_to_all
                or (asked.kin and (asked.name.parties or form.name.parties))
                or asked.reach * worth >= needed * form.total
            ):
                yield form

    def _gather(self, asked: _Asked) -> list[tuple[int, float]]:
        """The forms that share most with the query, with the weight of it, at most."""
        shared: dict[int, float] = defaultdict(float)
        for near in asked.near:
            for known, like in near.items():
                worth = like.score * self._weight(known)
                for at in self._by_word[known]:
                    shared[at] += worth
        for party in asked.name.parties - _INDONESIA:
            for at in self._by_party.get(party, ()):
                shared[at] += _PARTY_WORTH
        return heapq.nlargest(_CANDIDATES, shared.items(), key=itemgetter(1))

    def _score(self, asked: _Asked, form: ProgrammeForm) -> tuple[float, Assignment | None]:
        """The score with what it rests on; None where the form is nothing like the query."""
        known = form.name
        factor = self._party_factor(asked, form)
        if not factor or not (pairs := self._pairs(asked, known)):
            return 0.0, None
        found = Assignment()
        for less, i, j, why in pairs:
            if i not in found.typed and j not in found.known:
                found.pair(i, j, -less, why)
        if len(known.words) == 1 and not known.parties and max(found.typed.values()) < 1:
            return 0.0, None  # a lone acronym has no free edits
        weights = asked.weights if form.numbers else asked.undated
        part = sum([weights[i] * s for i, s in found.typed.items()]) / sum(weights)
        told = sum([form.weights[j] * s for j, s in found.known.items()]) / form.total
        total: float = (part * told) ** 0.5 * factor
        total *= _number_factor(asked, form)
        total *= _contradiction(asked, form, found, min(part, told))
        if any(i not in found.typed for i in asked.dividing):
            total *= _OTHERS
        if asked.any_agreement and _is_trade_agreement(asked.name, known):
            some = _TRADE.issuperset(asked.name.words)
            total = max(total, _SOME_AGREEMENT if some else _OTHER_KIND)
        return (min(1.0, total**_SHARPNESS), found) if total > 0 else (0.0, None)

    def _pairs(self, asked: _Asked, known: Reading) -> list[tuple[float, int, int, str]]:
        """(similarity below zero, word of the query, word of the name, why), the likest first."""
        pairs: list[tuple[float, int, int, str]] = []
        # A letter abbreviates beside a proper name ("N-MIDEC"), a near synonym stands in for
        # another between parties ("perjanjian dagang RI-Jepang"); elsewhere both mean nothing.
        parties = bool(asked.name.parties or known.parties)
        for i, (typed, near) in enumerate(zip(asked.name.words, asked.near, strict=True)):
            for j, word in enumerate(known.words):
                if (like := near.get(word)) is not None:
                    pairs.append((-like.score, i, j, like.why))
                elif asked.proper and len(typed) == 1 and len(word) > 1 and word[0] == typed:
                    pairs.append((-INITIAL, i, j, "initial"))
                elif parties and (score := related().get((typed, word), 0.0)) > 0:
                    pairs.append((-score, i, j, "related"))
        pairs.sort()
        return pairs

    def _party_factor(self, asked: _Asked, form: ProgrammeForm) -> float:
        """0 where the parties contradict, below 1 where one side leaves some out."""
        query, known, foreign = asked.name, form.name.parties, asked.foreign
        factor = 1.0
        if not known and not foreign:
            return factor
        if known - query.parties - _INDONESIA:
            return 0.0
        if foreign - known and not foreign <= self._row_parties[form.row]:
            if not _slips(query, foreign - known, form.name):
                return 0.0
            factor = 0.95
        if len(known) > 1 and ("ID" in known) != ("ID" in query.parties):
            # "CEPA Korea" in the Indonesian press is Indonesia's; two other parties never are.
            factor *= 0.9 if "ID" in known and len(foreign) == 1 else 0.0
        return factor


def _is_trade_agreement(query: ProgrammeName, known: Reading) -> bool:
    """Whether the name is one of the agreements between the parties of a query for any of them.

    Two agreements of the same parties then tie, as they should.
    """
    return (
        query.parties == known.parties
        and "agreement" in known.words
        and not {"trade", "economic"}.isdisjoint(known.words)
    )


def _slips(query: ProgrammeName, parties: frozenset[str], known: Reading) -> bool:
    """Whether each of these parties is a misread word of the name ("Asean" for "Asian")."""
    return all(
        len(token.form) > 1 and any(likeness(token.form, word).score >= 0.8 for word in known.words)
        for code, token in query.party_tokens
        if code in parties
    )


def _share(weights: Sequence[float], scores: Sequence[float]) -> float:
    """The part of the weights that words of these similarities have."""
    every = sum(weights)
    found = sum([weight * score for weight, score in zip(weights, scores, strict=True)])
    return found / every if every else 0.0


@lru_cache(maxsize=1)
def _with_kin() -> frozenset[str]:
    """The words that others may stand for."""
    return frozenset(word for word, _ in related())


def _tells(word: str) -> bool:
    return len(word) > 2 and word not in stopwords()


def _number_factor(asked: _Asked, form: ProgrammeForm) -> float:
    told = form.numbers
    # "UNCLOS 1982": the year of a name that carries none.
    said = asked.numbers if told else asked.undated_numbers
    if said and said != told:
        return 0.75
    return 0.92 if told and not said else 1.0


def _contradiction(asked: _Asked, form: ProgrammeForm, found: Assignment, shared: float) -> float:
    """What speaks against: words that only one side has, a body without its head."""
    query, known = asked.name, form.name
    extra = [i for i in asked.telling if i not in found.typed]
    missing = [known.words[j] for j in form.telling if j not in found.known]
    omitted = known.parties - query.parties if len(known.parties) > 1 or not query.parties else ()
    factor = 1.0
    if extra and (missing or omitted):
        factor = 0.85 if shared > 0.7 else 0.7
    elif len(extra) > 1:
        factor = 0.7
    elif len(known.words) + len(query.words) == 3 and any(
        len(w) == 1 for i, w in enumerate(query.words) if i not in found.typed
    ):
        factor = 0.7  # "N-MIDEC" is not MIDEC
    narrower = bool(missing) and not extra and not _MINISTRY.isdisjoint(query.words)
    if "ministry" in missing or narrower:
        factor *= 0.7  # a ministry is what its portfolios are, all of them
    elif _HEADS.intersection(missing) and len(found.known) < _SPECIFIC:
        factor *= 0.85
    if missing and asked.everyday:
        factor *= 0.85  # everyday words are no name yet
    return factor
