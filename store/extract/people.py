"""One person per person: short forms folded in, and the role the text states."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from store.extract import appositions, roles
from store.extract.found import Found
from store.extract.names import FORENAMES, PARTICLES
from store.extract.offices import Offices
from store.extract.tokens import Text, words
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


_NICKNAME = 4
"""Letters a cut name has at least."""


def group(text: Text, people: Sequence[Found], entities: Mapping[str, str]) -> list[Group]:
    """People by name: a form joins the person whose words contain all of its own.

    ``entities``: surface → knowledge-base id of an accepted link; two surfaces of one entity are one
    person ("Jokowi", "Joko Widodo"). Among several fits the one named in full most often wins, then
    the first.
    """
    groups: list[Group] = []
    keys = {form: _key(form) for form in {text.body[m.start : m.end] for m in people}}
    forms = sorted(keys, key=lambda form: (-len(keys[form]), -len(form), form))
    by_form: dict[str, list[Group]] = {}
    by_word: dict[str, list[Group]] = {}
    by_entity: dict[str, Group] = {}
    for form in forms:
        key = keys[form]
        entity = entities.get(form)
        fits = [
            g
            for g in by_word.get(max(key, key=len), ())
            if _contains(g.key, key) and not (entity and _is_another(g, key, entity))
        ]
        known = by_entity.get(entity) if entity else None
        if known is not None:
            fits = [known]
        elif not fits and len(key) == 1 and entity is None:
            cut = [g for g in groups if len(g.key) > 1 and _nickname(key[0], g.key)]
            fits = cut if len(cut) == 1 else []
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
    if short[0] == full[0] and short[-1] == full[-1] and _in_order(full, short):
        # "Andi Rahim" is Andi Abdullah Rahim.
        return True
    return any(
        all(
            a == b or (len(b) == 1 and a.startswith(b)) or (len(a) == 1 and b.startswith(a))
            for a, b in zip(part, short, strict=True)
        )
        for part in (full[: len(short)], full[len(full) - len(short) :])
    )


def _in_order(full: tuple[str, ...], short: tuple[str, ...]) -> bool:
    words = iter(full)
    return all(word in words for word in short)


def _is_another(g: Group, key: tuple[str, ...], entity: str) -> bool:
    """Whether the known person ``entity`` named by ``key`` is not the one of the group.

    A name with one more in front that the knowledge base does not know is that of somebody else
    ("Iriana Joko Widodo").
    """
    if g.entity is None:
        return key[0] != g.key[0] and g.key[0] not in FORENAMES
    return g.entity != entity


def _nickname(short: str, key: tuple[str, ...]) -> bool:
    """Whether the press cuts a word of the name to ``short`` ("Sandi" for Sandiaga)."""
    return len(short) >= _NICKNAME and any(
        word.startswith(short) and len(word) > len(short) + 1 for word in key
    )


def state_roles(
    text: Text, groups: Sequence[Group], offices: Offices, bodies: Mapping[int, int]
) -> None:
    """Fill ``role`` of every person: the longest form that stands at one of the mentions.

    ``bodies``: where organisations and countries begin (their first token → the one after them).
    """
    ends = {last: first for first, last in bodies.items()}
    mentions = sorted(((m, g) for g in groups for m in g.mentions), key=lambda pair: pair[0].start)
    ranges = [(text.token_at(m.start), text.token_at(m.end - 1) + 1) for m, _ in mentions]
    tokens = frozenset(at for first, last in ranges for at in range(first, last))
    previous: tuple[int, int, bool, Group] | None = None
    for (first, last), (_, person) in zip(ranges, mentions, strict=True):
        number = text.sentence_of[first]
        start, end = text.sentences[number]
        before = roles.before(text, offices, first, start, tokens, ends)
        after = appositions.after(text, offices, last, end, tokens, bodies)
        if (
            before is not None
            and previous is not None
            and previous[0] == number
            and not previous[2]
            and before.first - (text.lows[before.first - 1] == "the") == previous[1] + 1
            and text.forms[previous[1]] in ",:"
            and text.forms[before.last] == ","
        ):
            # "X, Rektor A, Y, Rektor B": in a list that began with a name the role belongs to the
            # name before it.
            before = None
        if (
            before is not None
            and after is not None
            and (after.rule == "roles:plain" or _leads_on(text, after, tokens))
        ):
            # "Rektor A, X, Rektor B, Y": in one that began with a role, to the name after it.
            after = None
        for role in (before, after):
            if role is not None:
                person.stated.append(role)
        previous = (number, last, before is not None, person)
    for g in groups:
        g.role = max(
            g.stated,
            key=lambda r: (
                r.rule != "roles:predicate",
                text.ends[r.last - 1] - text.starts[r.first],
                -r.first,
            ),
            default=None,
        )


def _leads_on(text: Text, role: roles.Role, people: frozenset[int]) -> bool:
    """Whether a comma and then a name follow the role."""
    at = role.last
    return at + 1 < len(text.forms) and text.forms[at] == "," and at + 1 in people
