"""One person per person: short forms folded in, the role the text states, the country they represent."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from store.extract import organisations, places, roles
from store.extract.found import Found
from store.extract.names import PARTICLES
from store.extract.offices import Offices
from store.extract.tokens import Text, words
from store.kb import countries
from store.records import MentionType, Span
from store.text import fold


@dataclass(slots=True)
class Group:
    """The mentions of one person, first mention first; ``role`` is a token range."""

    name: str
    key: tuple[str, ...]
    mentions: list[Found] = field(default_factory=list)
    role: roles.Role | None = None
    stated: list[roles.Role] = field(default_factory=list)
    country: str | None = None
    entity: str | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(Span(m.start, m.end) for m in self.mentions)


def group(text: Text, people: Sequence[Found], entities: Mapping[str, str]) -> list[Group]:
    """People by name: a form joins the person whose words contain all of its own.

    ``entities``: surface → knowledge-base id of an accepted link; two surfaces of one entity are one
    person ("Jokowi", "Joko Widodo"). Among several fits the one named in full most often wins, then
    the first.
    """
    groups: list[Group] = []
    forms = sorted(
        {text.body[m.start : m.end] for m in people}, key=lambda s: (-len(_key(s)), -len(s), s)
    )
    by_form: dict[str, list[Group]] = {}
    by_word: dict[str, list[Group]] = {}
    by_entity: dict[str, Group] = {}
    for form in forms:
        key = _key(form)
        entity = entities.get(form)
        fits = [
            g
            for g in by_word.get(max(key, key=len), ())
            if _contains(g.key, key) and not (entity and g.entity and entity != g.entity)
        ]
        known = by_entity.get(entity) if entity else None
        if known is not None:
            fits = [known]
        if not fits:
            fits = [Group(form, key, entity=entity)]
            groups.extend(fits)
            for word in set(key):
                by_word.setdefault(word, []).append(fits[0])
            if entity:
                by_entity[entity] = fits[0]
        by_form[form] = fits
    full = Counter(text.body[m.start : m.end] for m in people)
    first = {text.body[m.start : m.end]: m.start for m in reversed(people)}
    for mention in people:
        fits = by_form[text.body[mention.start : mention.end]]
        best = min(fits, key=lambda g: (-full[g.name], first[g.name]))
        best.mentions.append(mention)
    kept = [g for g in groups if g.mentions]
    for g in kept:
        g.mentions.sort(key=lambda m: m.start)
    kept.sort(key=lambda g: g.mentions[0].start)
    return kept


def _key(form: str) -> tuple[str, ...]:
    return tuple(
        fold(word).replace("'", "")
        for word in words(form)
        if word[0].isalnum() and word not in PARTICLES
    ) or (fold(form),)


def _contains(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether ``short`` is a way to call the person of the full name.

    Any one word of it; several only from its beginning or to its end, an initial standing for the
    word it begins ("Sri Mulyani", "M Irfan"), so that "Abdul Aziz" is not "Suud bin Abdul Aziz Al Saud".
    """
    if len(short) > len(full):
        return False
    if len(short) == 1:
        return short[0] in full
    return any(
        all(
            a == b or (len(b) == 1 and a.startswith(b)) or (len(a) == 1 and b.startswith(a))
            for a, b in zip(part, short, strict=True)
        )
        for part in (full[: len(short)], full[len(full) - len(short) :])
    )


def state_roles(text: Text, groups: Sequence[Group], offices: Offices) -> None:
    """Fill ``role`` of every person: the longest form that stands at one of the mentions."""
    mentions = sorted(((m, g) for g in groups for m in g.mentions), key=lambda pair: pair[0].start)
    ranges = [(text.token_at(m.start), text.token_at(m.end - 1) + 1) for m, _ in mentions]
    tokens = frozenset(at for first, last in ranges for at in range(first, last))
    previous: tuple[int, int, bool, Group] | None = None
    for (first, last), (_, person) in zip(ranges, mentions, strict=True):
        number = text.sentence_of[first]
        start, end = text.sentences[number]
        before = roles.before(text, offices, first, start, tokens)
        after = roles.after(text, offices, last, end, tokens)
        if (
            before is not None
            and previous is not None
            and previous[0] == number
            and not previous[2]
            and before.first == previous[1] + 1
            and text.forms[previous[1]] == ","
            and text.forms[before.last] == ","
        ):
            # "X, Rektor A, Y, Rektor B": in a list that began with a name the role belongs to the
            # name before it.
            before = None
        for role in (before, after):
            if role is not None:
                person.stated.append(role)
        previous = (number, last, before is not None, person)
    for g in groups:
        g.role = max(
            g.stated,
            key=lambda r: (text.ends[r.last - 1] - text.starts[r.first], -r.first),
            default=None,
        )


_ENVOYS = (
    "duta besar",
    "dubes",
    "konsul",
    "konjen",
    "kuasa usaha",
    "charge d",
    "chargé d",
    "ambassador",
    "plt. duta",
    "wakil duta",
    "plt duta",
)


class Places:
    """The mentions that say where something belongs: countries, places and bodies of a country."""

    def __init__(self, text: Text, mentions: Sequence[Found]) -> None:
        self._text = text
        self._found = [m for m in mentions if m.country is not None or m.type is MentionType.ORG]
        self._starts = [m.start for m in self._found]
        self._ends = {m.end: m for m in mentions if m.type is MentionType.COUNTRY}
        self._bodies = {m.end for m in mentions if m.type is MentionType.ORG}

    def country_before(self, offset: int, *, of_body: bool) -> str | None:
        """The country whose mention ends exactly at ``offset``.

        ``of_body``: only where it is the country of an organisation ("Ministry of … (METI) Jepang").
        """
        found = self._ends.get(offset)
        if found is None:
            return None
        if of_body:
            before = self._text.body[max(0, found.start - 2) : found.start].rstrip()[-1:]
            ends = found.start - 1 in self._bodies or found.start in self._bodies
            if not ends and before != ")":
                return None
        return found.country

    def first_within(self, start: int, end: int) -> str | None:
        """The country of the first mention inside ``[start, end)`` that has one.

        The country right after an organisation is the organisation's ("Kementerian Luar Negeri Brasil").
        """
        at = bisect_left(self._starts, start)
        for found, following in pairwise([*self._found[at : at + _WITHIN], None]):
            if found is None or found.start >= end:
                break
            if found.end > end:
                continue
            if (
                following is not None
                and following.type is MentionType.COUNTRY
                and following.end <= end
                and following.start - found.end <= 1
            ):
                return following.country
            code = found.country or _in_name(self._text.body[found.start : found.end])
            if code:
                return code
        return None


_WITHIN = 40
"""Mentions; no role holds more."""


def represented(text: Text, person: Group, where: Places) -> str | None:
    """The country that the text says the person represents, None where it says none.

    An envoy represents the country before "untuk", never the one after.
    """
    for role in sorted(person.stated, key=lambda r: r.first - r.last):
        code = _of_role(text, role, where)
        if code:
            return code
    if person.entity is not None:
        # The knowledge base knows better than the neighbourhood.
        return None
    for mention in person.mentions:
        at = text.token_at(mention.start)
        before = at - 1
        # "dari Jakarta ke Myanmar, Retno": after a comma a country says nothing of the name.
        comma = before >= 0 and text.forms[before] == ","
        if comma:
            before -= 1
        if before >= 0 and text.starts[at] - text.ends[before] <= 3:
            code = where.country_before(text.ends[before], of_body=comma)
            if code:
                return code
    return None


# Indonesia's missions abroad, whatever city follows ("KBRI Berlin").
_MISSIONS = frozenset({"KBRI", "KJRI", "PTRI", "KDEI"})
# "PT … Tbk" and "Perum" are forms of Indonesian law (UU 40/2007, UU 19/2003); "RI" is too short a word
# to be looked up like the others.
_HOME_WORDS = frozenset({"PT", "Tbk", "Perum", "RI"})


def _in_name(organisation: str) -> str | None:
    """The country whose name or adjective an organisation carries ("Kedutaan Besar Jepang").

    Else that of its legal form, of the well-known name it begins with, or of an Indonesian place in it.
    """
    parts = organisation.replace("-", " ").split()
    pairs = [" ".join(pair) for pair in pairwise(parts)]
    if not _MISSIONS.isdisjoint(parts):
        return "ID"
    for word in [word for word in parts if word[0].isupper() and len(word) > 2] + pairs:
        code = countries.code_of(word)
        if code:
            return code
    known = organisations.load().seats
    names = [" ".join(parts[:n]) for n in (3, 2, 1)] + [word for word in parts if word.isupper()]
    code = next((code for name in names if (code := known.get(name))), None)
    if code is None and not (
        _HOME_WORDS.isdisjoint(parts) and places.load().at_home.isdisjoint([*parts, *pairs])
    ):
        return "ID"
    return code


def _of_role(text: Text, role: roles.Role, where: Places) -> str | None:
    start, end = text.starts[role.first], text.ends[role.last - 1]
    surface = text.body[start:end]
    if not surface.lower().startswith(_ENVOYS):
        return where.first_within(start, end)
    cut = surface.find(" untuk ")
    code = where.first_within(start, start + cut if cut >= 0 else end)
    # "Duta Besar untuk Jerman" without a sender is Indonesia's in an Indonesian paper.
    return code or ("ID" if cut >= 0 else None)
