"""Well-known names that the model saw in parts, with something beside them, or as the wrong kind.

A name of the lists or of the knowledge base of two words or more is whole: what the model found inside it
goes, and what reaches over its edge ends there. A mention of the model that holds the whole name stands,
as it may be a longer one ("KTT ASEAN Plus One").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from store.extract import agreements, kinds, organisations, places, rules
from store.extract.found import Found
from store.extract.tokens import Text
from store.kb import countries

_NAMES = rules.words("standing_names")
_TITLES = tuple(f"{title} " for title in rules.in_order("titles_of_names"))
_TAILS = ("organisations:tail", "agreements:tail")
# Conferences by their first words: all up to the end of the run is one name ("KTT ke-28 ASEAN Plus Three").
_MEETING = rules.pattern("meeting")
_SUFFICES = 0.7
"""The score of a candidate from which it is taken whole."""

_LONG = 5
"""Letters; abbreviations are hardly longer."""

# Words before a company: what follows is nobody's name.
_COMPANY_BEFORE = rules.pattern("company_before")
# What an agreement never begins with: an office, or who governs.
_NO_AGREEMENT = rules.pattern("no_agreement")
_PERSON_TITLE = re.compile(r"(?:YM|Y\.M\.|H\.E\.|HE)\s[A-Z]")
# Law, not a treaty or programme (annotation guidelines, AGREEMENT).
_REGULATION = rules.pattern("regulation", re.DOTALL)
_AGREEMENT_ENDS = rules.pattern("agreement_end", re.DOTALL)
_PREMISES = re.compile(r"(?:Kantor|Gedung|Kompleks|Markas|Aula|Auditorium)\s")
# A forum that somebody heads, or that holds a meeting, is a body.
_HOLDS = rules.pattern("forum_as_body")
# A body, whatever the model calls it.
_BODY_BEGINS = rules.pattern("body_beginning")
_BODY_ENDS = rules.pattern("body_end", re.DOTALL)
_VENUE = rules.pattern("venue")


def names(text: Text, evidence: list[Found], seen: list[Found]) -> list[Found]:
    """``seen``, what the model found, with the well-known names of ``evidence`` whole."""
    body = text.body
    trusted = [f for f in evidence if f.stage in _TAILS or _is_trusted(body, f)]
    whole: list[Found] = []
    for known, near in _stretches(trusted, seen):
        whole += _made_whole(body, known, near) if known and near else near
    return sorted(whole, key=lambda f: f.start)


def _stretches(
    trusted: Sequence[Found], seen: Sequence[Found]
) -> Iterator[tuple[list[Found], list[Found]]]:
    """Candidates and mentions that overlap, apart from all others: what is done takes linear time.

    Both keep their order.
    """
    order = [(f.start, f.end, at, True) for at, f in enumerate(trusted)]
    order += [(f.start, f.end, at, False) for at, f in enumerate(seen)]
    group: tuple[list[int], list[int]] = ([], [])
    reach = 0
    for start, end, at, is_known in sorted(order):
        if start >= reach and (group[0] or group[1]):
            yield [trusted[k] for k in sorted(group[0])], [seen[k] for k in sorted(group[1])]
            group = ([], [])
        group[0 if is_known else 1].append(at)
        reach = max(reach, end)
    yield [trusted[k] for k in sorted(group[0])], [seen[k] for k in sorted(group[1])]


def _made_whole(body: str, trusted: list[Found], seen: list[Found]) -> list[Found]:
    for known in trusted:
        near = sorted(
            (f for f in seen if f.start < known.end and known.start < f.end),
            key=lambda f: f.start,
        )
        if not near:
            continue
        if known.stage in _TAILS:
            stands = _is_national(body, known, near)
        else:
            stands = not _yields(body, known, near)
        if stands:
            seen = [f for f in seen if f not in near]
            seen += [*_remainders(body, known, near), known]
    return seen


def _is_national(body: str, known: Found, near: list[Found]) -> bool:
    """Whether an English name begins with its country ("Malaysia Healthcare Travel Council")."""
    return (
        len(near) == 2
        and near[0].type is kinds.COUNTRY
        and near[0].start == known.start
        and near[1].type is known.type
        and near[1].end == known.end
        and near[1].start - near[0].end == 1
        and countries.is_english(body[near[0].start : near[0].end])
        and not body.endswith(("asal ", "dari "), 0, known.start)
        and not _begins_listed(body[near[1].start : near[1].end])
    )


def _begins_listed(name: str) -> bool:
    """Whether a firm is known without its country ("China Contemporary Amperex Technology Co")."""
    parts, listed = name.split(), organisations.load().listed
    return any(" ".join(parts[:count]) in listed for count in range(1, len(parts) + 1))


def _yields(body: str, known: Found, near: list[Found]) -> bool:
    """Whether the model's mentions stand against a well-known name, made longer or shorter by it."""
    person = known.type is kinds.PERSON
    for f in near:
        if f.start <= known.start and known.end <= f.end:
            office = body[f.start : known.start].rstrip()
            if (
                person
                and f.type is kinds.ORG
                and f.end == known.end
                and office in organisations.load().listed
            ):
                # "Komisi Eropa" and "Ursula von der Leyen" in one.
                f.end = f.start + len(office)
                return False
            return True
        if f.end > known.end and f.type is not kinds.PERSON:
            return True
        if person and f.type is kinds.PERSON and not _is_inside(body, f, known):
            return True
        if known.stage == "agreements:treaty" and f.type is known.type and f.end == known.end:
            # "Perundingan IEU-CEPA": the pattern took the word before for a party.
            return True
        if f.start < known.start and f.type is kinds.PLACE and _PREMISES.match(body, f.start):
            f.end = known.end
            return True
    return False


def _is_inside(body: str, f: Found, known: Found) -> bool:
    """Whether a person is part of a known one who is not named by title ("Raja Salman")."""
    return (
        known.start <= f.start and f.end <= known.end and not body.startswith(_TITLES, known.start)
    )


def _is_trusted(body: str, known: Found) -> bool:
    if known.stage == "agreements:treaty":
        # In a text all in capitals the word before a treaty looks like part of it.
        words = body[known.start : known.end].split()
        return not any(word.isupper() and word.isalpha() and len(word) > _LONG for word in words)
    if known.score < _SUFFICES or body.find(" ", known.start, known.end) < 0:
        return False
    if known.stage == "agreements:head":
        return _MEETING.match(body, known.start) is not None
    return known.stage in _NAMES


def _remainders(body: str, known: Found, near: list[Found]) -> Iterator[Found]:
    """What is left of the mentions that reach over an edge of a known name."""
    for f in near:
        if f.start < known.start:
            f.end = f.start + len(body[f.start : known.start].rstrip(" ,(-–"))
            yield f
        elif f.end > known.end and f.type is kinds.PERSON is not known.type:
            rest = body[known.end : f.end].lstrip()
            if rest[:1].isupper():
                f.start = f.end - len(rest)
                yield f


def retyped(text: Text, mentions: list[Found]) -> list[Found]:
    """The mentions with the kind that a list or their own words tell; none that are only law or office."""
    companies, treaties, towns = organisations.load(), agreements.load(), places.load()
    people = {
        word
        for f in mentions
        if f.type is kinds.PERSON
        for word in _parts(text.body[f.start : f.end])
    }
    kept: list[Found] = []
    dropped: set[str] = set()
    end = -1
    for f in mentions:
        certain = f.type in (kinds.DATE, kinds.MONEY, kinds.COUNTRY)
        if certain or _kind(text.body, f, companies, treaties, towns, people):
            if f.start == end + 2 and text.body.startswith(" (", end):
                # What abbreviates no mention is none.
                dropped.add(text.body[f.start : f.end])
            else:
                kept.append(f)
        else:
            end = f.end
    return [f for f in kept if text.body[f.start : f.end] not in dropped] if dropped else kept


def _parts(surface: str) -> list[str]:
    words = surface.split()
    return words if len(words) > 1 else []


def _kind(
    body: str,
    f: Found,
    companies: organisations.Lexicon,
    treaties: agreements.Lexicon,
    towns: places.Lexicon,
    people: set[str],
) -> bool:
    """Set the kind of a mention; False where it is no mention at all."""
    surface = body[f.start : f.end]
    if f.stage == "knowledge:user":
        return True
    if surface in treaties.listed and surface not in companies.listed:
        f.type = kinds.AGREEMENT
    elif surface in companies.listed and surface not in treaties.listed:
        if f.type is not kinds.PERSON or surface not in people:
            f.type = kinds.ORG
    elif f.type is kinds.PERSON:
        if surface in towns.listed and surface not in people:
            f.type = kinds.PLACE
        elif _is_company(body, f, surface, companies) and surface not in people:
            f.type = kinds.ORG
    elif f.type is kinds.PLACE:
        building = surface.split()[0].lower() in towns.head_words
        if not building and _has_tail(surface, companies) and not _VENUE.search(surface):
            f.type = kinds.ORG
    elif f.type is kinds.ORG and _PERSON_TITLE.match(surface):
        f.type = kinds.PERSON
    elif f.type is kinds.ORG and _REGULATION.fullmatch(surface):
        return False
    elif f.type is kinds.ORG and _AGREEMENT_ENDS.match(surface) and " " in surface:
        f.type = kinds.AGREEMENT
        return agreements.is_named(surface)
    if f.type is kinds.AGREEMENT and surface not in treaties.listed:
        forum = surface.startswith("Forum ") and _HOLDS.search(body, max(0, f.start - 16), f.start)
        if forum or _BODY_BEGINS.match(surface) or _BODY_ENDS.fullmatch(surface):
            f.type = kinds.ORG
            return True
        return not (_NO_AGREEMENT.match(surface) or _REGULATION.fullmatch(surface))
    return True


def _is_company(body: str, f: Found, surface: str, companies: organisations.Lexicon) -> bool:
    return _has_tail(surface, companies) or (
        _COMPANY_BEFORE.search(body, max(0, f.start - 40), f.start) is not None
    )


def _has_tail(surface: str, companies: organisations.Lexicon) -> bool:
    words = surface.split()
    return len(words) > 1 and words[-1].lower() in companies.tails
