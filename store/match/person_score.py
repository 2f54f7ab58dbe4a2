"""How well a typed name is a known person's: by words, with what speaks against.

A score is the share of the query that is found, damped by the share of the name that is not, with
penalties where the two contradict each other (each has a word that the other lacks) - an omission
is common in the press, a contradiction means another person. The factors were tuned on the
development half of a labelled set.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from store.match.assignment import Assignment, assign
from store.match.edits import osa
from store.match.normalise import Token
from store.match.person_name import PersonName, parse_person, patronymics_of
from store.match.similarity import INITIAL, Likeness, gendered, likeness

_OTHER_CHARACTERS = 0.5
"""Han characters and Hangul sound alike in Latin letters, but another one is another name."""
_FATHER_AND_SON = 0.55
"""Salman bin Muhammad is not Muhammad bin Salman."""
_KOREAN_SCORE = 0.9
_INITIALS_SCORE = 0.8
_SURE = 0.88
_SYLLABLE = 3
"""Letters of a word in which two slips leave nothing of it."""
_OMITTED = 0.28
"""How much of the score a name loses when the query leaves all of it but one word out."""


class PersonForm(NamedTuple):
    """One printed form of a person's name."""

    row: int
    text: str
    words: tuple[str, ...]
    whole: str
    """The words without blanks."""
    weights: tuple[float, ...]
    syllables: bool
    """A hyphenated given name: one syllable of it alone says little."""
    characters: str
    """The name in Han characters or Hangul where it is printed so, else empty."""

    @property
    def patronymics(self) -> frozenset[tuple[str, str]]:
        """(child, father) of each "A bin B"."""
        return patronymics_of(self.text)

    @property
    def tokens(self) -> tuple[Token, ...]:
        """Where the words stand in the text."""
        return parse_person(self.text).tokens


class Asked(NamedTuple):
    """A typed name with what is the same for every form it is compared with."""

    name: PersonName
    words: Sequence[str]
    whole: str
    """The words without blanks."""
    weights: Sequence[float]
    """What each word tells."""
    near: Sequence[Mapping[str, Likeness]]
    """Per word the known words like it."""


class PersonHit(NamedTuple):
    """A form with its score and how the words met (None where the letters decided)."""

    form: PersonForm
    score: float
    assignment: Assignment | None
    why: str


def judge(asked: Asked, form: PersonForm, real: Collection[str], *, same_korean: bool) -> PersonHit:
    """How well the typed name is ``form``.

    ``real`` are words that are names as they stand (see ``assign``); ``same_korean`` says that both
    have one Korean key.
    """
    hit, name = _score(asked, form, real), asked.name
    if name.characters and form.characters and name.characters != form.characters:
        return hit._replace(score=hit.score * _OTHER_CHARACTERS)
    if _other_father(name, form) or _only_father(name, form):
        return hit._replace(score=hit.score * _FATHER_AND_SON)
    if same_korean and hit.score < _KOREAN_SCORE:
        return PersonHit(form, _KOREAN_SCORE, hit.assignment, "romanisation")
    return hit


def _score(asked: Asked, form: PersonForm, real: Collection[str]) -> PersonHit:
    query, name = asked.words, form.words
    whole, known = asked.whole, form.whole
    found = assign(query, asked.near, name, real)
    if whole == known:
        return PersonHit(form, 1.0, found if len(query) == len(name) else None, "letters")
    if not any(len(query[i]) > 1 and score > INITIAL for i, score in found.typed.items()):
        glued = _same_but_few_edits(query, form, whole, known)
        if glued:
            return PersonHit(form, glued, None, "few edits")
        if _only_initials(query, name):
            return PersonHit(form, _INITIALS_SCORE, found, "initials")
        return PersonHit(form, 0.0, found, "")
    total = _coverage(asked.weights, form, found)
    total *= _contradiction(query, form, found)
    why = "words"
    rescue = _same_but_few_edits(query, form, whole, known) if total < _SURE else 0.0
    if rescue > total:
        total, why = rescue, "few edits"
    return PersonHit(form, total, found, why)


def _other_father(name: PersonName, form: PersonForm) -> bool:
    """Whether the patronymics make it another person: turned round, or the child left out."""
    return any(
        (father, child) in form.patronymics
        or (
            father in form.words and not any(likeness(child, word).score > 0 for word in form.words)
        )
        for child, father in name.patronymics
    )


def _only_father(name: PersonName, form: PersonForm) -> bool:
    """Whether the query is no more than the father's name ("Raja Salman" for "… bin Salman")."""
    if name.son or len(name.tokens) != 1 or name.tokens[0].form not in form.words:
        return False
    return any(name.tokens[0].form == father for _, father in form.patronymics)


def _only_initials(query: Sequence[str], name: Sequence[str]) -> bool:
    return (
        2 <= len(query) == len(name)
        and all(len(word) == 1 for word in query)
        and all(word == known[0] for word, known in zip(query, name, strict=True))
    )


def _coverage(weights: Sequence[float], form: PersonForm, found: Assignment) -> float:
    asked = sum(weights[i] * score for i, score in found.typed.items()) / sum(weights)
    told = sum(form.weights[j] * score for j, score in found.known.items())
    return asked * (1 - _OMITTED + _OMITTED * told / (sum(form.weights) or 1))


def _contradiction(query: Sequence[str], form: PersonForm, found: Assignment) -> float:
    """The product of what speaks against: extra words on both sides, or only in the query …"""
    missing = len(form.words) - len(found.known)
    # Two letters are often a particle, but an initial without its name is another person's.
    extra = [
        i
        for i, word in enumerate(query)
        if i not in found.typed and (len(word) > 2 or (missing and len(word) == 1))
    ]
    whole = sum(form.weights[j] * s for j, s in found.known.items()) / (sum(form.weights) or 1)
    factor = 1.0
    if extra and missing:
        factor *= 0.62
    elif extra:
        # A short name is the beginning of many longer ones ("Park Jin" of "Park Jin-hee").
        full = whole > 0.9 and len(form.words) >= 2 and sum(map(len, form.words)) > 8
        # A nickname stands before the whole name ("Pak Bas Basuki Hadimuljono").
        nickname = full and len(extra) == 1 and extra[0] == 0 and len(query) >= 3
        # Or a middle name that the base leaves out ("Vladimir Vladimirovich Putin").
        middle = full and len(extra) == 1 and 0 < extra[0] < len(query) - 1
        factor *= 1.25 if nickname else 0.95 if middle else 0.86 if full else 0.6
    misspelt = (pair.score for pair in found.pairs if pair.why in ("edits", "joined"))
    weakest = min(misspelt, default=1.0)
    if whole < 0.8 and weakest < 0.9:
        factor *= 0.72  # partial and misspelt at once
    if form.syllables and sum(pair.why in ("edits", "sound") for pair in found.pairs) > 1:
        factor *= 0.7  # two syllables that only sound alike are another Korean name
    if len(query) > 1 and not extra and _lacks_the_telling_word(form, found):
        factor *= 0.6
    if len(query) == 1:
        if weakest < 0.9 and len(query[0]) < 6:
            factor *= 0.8
        elif len(query[0]) <= 3 and max(found.typed.values()) < 1:
            factor *= 0.6
        if form.syllables and next(iter(found.known), 0) > 0:
            factor *= 0.8
    return factor


def _lacks_the_telling_word(form: PersonForm, found: Assignment) -> bool:
    """Whether the query has only the common words of a name ("Muhammad Ali", not "Azmin")."""
    if any(pair.why == "initial" for pair in found.pairs):
        return False
    there = [form.weights[j] for j in found.known]
    missing = [weight for j, weight in enumerate(form.weights) if j not in found.known]
    return bool(missing) and max(there) < 0.9 * max(missing)


def _same_but_few_edits(query: Sequence[str], form: PersonForm, whole: str, known: str) -> float:
    """A score for names that differ by one or two letters as a whole, in any word order."""
    name = form.words
    if len(name) < 2 or min(len(whole), len(known)) < 7:
        return 0.0
    limit = 1 if len(known) < 10 or len(query) == 1 else 2
    if abs(len(whole) - len(known)) > limit:
        return 0.0
    count = osa()
    distance = min(count(whole, known), count("".join(sorted(query)), "".join(sorted(name))))
    if any(gendered(typed, word) for typed, word in zip(query, name, strict=False)):
        return 0.0
    if len(query) == len(name) and distance > 1:
        # Two letters in one syllable make another name (Jae-yong and Jae-myung, Bum and Jim).
        slips = min(
            max(_slips_of_syllables(query, name, form.syllables)),
            max(_slips_of_syllables(sorted(query), sorted(name), form.syllables)),
        )
        if slips > 1:
            return 0.0
    return 0.9 - 0.06 * distance if distance <= limit else 0.0


def _slips_of_syllables(query: Sequence[str], name: Sequence[str], every: bool) -> list[int]:
    """Edits between words that stand at one place; of long ones only where ``every`` one counts."""
    count = osa()
    return [
        count(typed, word) if every or min(len(typed), len(word)) <= _SYLLABLE else 0
        for typed, word in zip(query, name, strict=True)
    ]
