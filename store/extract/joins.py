"""Neighbouring mentions that are one name, and one mention that is two names.

The model decides word by word; these joints are decided by the annotation guidelines: a bracketed
abbreviation in the middle of a name belongs to it ("Konferensi Tingkat Tinggi (KTT) G20", "Expo X
(EX) 2025"), so do two countries before an English name ("Singapore-Indonesia Leaders' Retreat"),
and what "dan" joins are two organisations where both sides are complete.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from store.extract import kinds, rules, runs
from store.extract.found import Found
from store.extract.organisations import Lexicon
from store.extract.tokens import Text
from store.kb import countries
from store.text import late

_BRACKET = re.compile(r"\s\([A-Z][\w&.-]{1,14}\)")
_EDITION = rules.pattern("edition")
_GOES_ON = rules.pattern("gathering")
_EMBASSY = rules.pattern("embassy")
_OWN_EMBASSY = rules.pattern("own_embassy")
# Parts of a larger body: with the body after them they are one name (annotation guidelines, addendum).
_UNIT = rules.pattern("unit")
# A university's name that ends in somebody's ("Universitas Islam Negeri (UIN) Syarif Hidayatullah").
_NAMED_AFTER = rules.pattern("named_after")
_PREMISES = rules.pattern("english_site")
_NATIONAL = rules.pattern("national_association")
_BRACKET_OF = re.compile(r"\s\([A-Z][A-Za-z]{2,9}\)\sIndonesia\b")
_DC = re.compile(r",?\sD\.\s?C\.|,?\sDC\b")
_SITE = rules.pattern("site")
_BETWEEN_NAMES = late(r"\s(?:bin|binti|ibn|al|el)(?:\s?-\s?|\s)\Z|\s(?:bin|binti|ibn)\s\Z")
_SHORT = frozenset({"Mohd", "Moh", "Muh", "Muhd", "Abd", "Md"})
_AND = re.compile(r",?\s(?:dan|serta)\s(?=[A-Z])|,\s(?=[A-Z])")
# "Beasiswa A dan Beasiswa B": the second begins as the first does.
_NEXT_PROGRAMME = rules.pattern("next_programme")
_NEXT_TREATY = rules.pattern("next_treaty")
_LEGAL = rules.pattern("legal_form", re.DOTALL)
_BEFORE_NAME = "-–—"
_ADJACENT = "joins:adjacent"


def joined(
    text: Text, mentions: Iterable[Found], lexicon: Lexicon, programs: frozenset[str]
) -> list[Found]:
    """The mentions in text order, with what belongs together in one and what does not apart.

    ``programs``: lower-cased last words of English agreements and forums.
    """
    parts = [part for found in mentions for part in _split(text.body, found, lexicon)]
    parts.sort(key=lambda found: (found.start, -found.end))
    parts = _adjacent(text.body, parts)
    starts = {part.start: part for part in parts}
    kept: list[Found] = []
    own_end = 0
    for found in parts:
        if (
            kept
            and found.start < kept[-1].end
            and (found.start >= own_end or _is_edition(text.body, kept[-1], found))
        ):
            # Part of what has just been taken in, or the year in "Expo X (EX) 2025".
            continue
        if kept and _continues(text.body, kept[-1], found):
            kept[-1].end = own_end = found.end
            continue
        kept.append(found)
        own_end = found.end
        _widen(text.body, found, starts)
    return _compounds(text, kept, lexicon, programs)


def _adjacent(body: str, parts: list[Found]) -> list[Found]:
    """Neighbours with a blank between them that are one name: "KBRI Kuala Lumpur", "FKIP Unib"."""
    kept: list[Found] = []
    for found in parts:
        last = kept[-1] if kept else None
        if last is not None and found.end <= last.end:
            if found.start >= last.start and last.stage == _ADJACENT:
                continue
        elif (
            last is not None
            and found.start - last.end == 1
            and body[last.end] == " "
            and _is_one(body, last, found)
        ):
            last.end, last.stage = found.end, _ADJACENT
            continue
        whole = _with_country(body, found)
        if whole is not None:
            found.end, found.stage = whole, _ADJACENT
        if _is_namesake(body, kept, found):
            kept.pop()
            kept[-1].end, kept[-1].stage = found.end, _ADJACENT
            continue
        if found.type is kinds.PLACE:
            more = _PREMISES.match(body, found.end) or _DC.match(body, found.end)
            if more and (more.re is not _DC or body.startswith("Washington", found.start)):
                found.end, found.stage = more.end(), _ADJACENT
        elif (
            found.type is kinds.COUNTRY
            and (last is None or last.end < found.start - 1)
            and body.endswith(
                ("Kedubes ", "Kedutaan Besar "), max(0, found.start - 16), found.start
            )
        ):
            # The model left the embassy's first words out.
            found.start = body.rindex("Ked", 0, found.start)
            found.type, found.country, found.stage = kinds.ORG, None, _ADJACENT
        kept.append(found)
    return kept


def _is_namesake(body: str, kept: list[Found], found: Found) -> bool:
    """ "Universitas Islam Negeri", "UIN" and "Sunan …" in "Universitas Islam Negeri (UIN) Sunan …"."""
    if found.type not in (kinds.PERSON, kinds.ORG) or len(kept) < 2:
        return False
    full, short = kept[-2:]
    return (
        full.type is short.type is kinds.ORG
        and body[full.end : short.start] == " ("
        and body[short.end : found.start] == ") "
        and _NAMED_AFTER.fullmatch(body, full.start, full.end) is not None
    )


def _with_country(body: str, found: Found) -> int | None:
    """ "Kamar Dagang dan Industri (Kadin) Indonesia": where the chamber's or association's name ends."""
    if found.type is kinds.ORG and _NATIONAL.match(body, found.start):
        more = _BRACKET_OF.match(body, found.end)
        return more.end() if more else None
    return None


def _is_one(body: str, left: Found, right: Found) -> bool:
    surface = body[left.start : left.end]
    if left.type is not kinds.ORG:
        return False
    match right.type:
        case kinds.PLACE:
            return _OWN_EMBASSY.fullmatch(surface) is not None
        case kinds.COUNTRY:
            return surface in ("Kedubes", "Kedutaan Besar", "PPI")
        case kinds.ORG:
            return (
                _UNIT.match(surface) is not None
                or _NAMED_AFTER.fullmatch(surface) is not None
                # "Toyota" and "Daihatsu Engineering & Manufacturing Co".
                or (
                    " " not in surface
                    and _LEGAL.fullmatch(body, right.start, right.end) is not None
                )
            )
        case kinds.PERSON:
            return _NAMED_AFTER.fullmatch(surface) is not None
        case _:
            return False


def _continues(body: str, left: Found, right: Found) -> bool:
    """ "Salman bin" and "Abdul Aziz" are one person."""
    return (
        left.type is right.type is kinds.PERSON
        and right.start - left.end < 10
        and (
            _BETWEEN_NAMES.fullmatch(body, left.end, right.start) is not None
            # "Mohd. Shahir": a given name in short.
            or (body[left.start : left.end] in _SHORT and body[left.end : right.start] == ". ")
        )
    )


def _is_edition(body: str, name: Found, found: Found) -> bool:
    return (
        name.type is kinds.AGREEMENT
        and found.type is kinds.DATE
        and found.end == name.end
        and body[found.start - 2 : found.start] == ") "
    )


def _widen(body: str, found: Found, starts: dict[int, Found]) -> None:
    """Take the bracket, and what follows it, into a mention where it stands in the middle of the name."""
    at = _after_bracket(body, found)
    over = starts.get(found.end + 2) if at is not None else None
    if over is not None and over.end > (at or 0) and over.type is found.type:
        # The model took "(KBRI) Oslo" for a mention of its own.
        found.end = over.end
        return
    next_ = starts.get(at + 1) if at is not None and body[at : at + 1] == " " else None
    if found.type is kinds.AGREEMENT:
        if (
            next_ is not None
            and next_.type in (kinds.ORG, kinds.AGREEMENT)
            and _GOES_ON.match(body, found.start)
        ):
            found.end = at = next_.end
        edition = _EDITION.match(body, found.end if at is None else at)
        if edition:
            found.end = edition.end()
    elif next_ is not None and (
        (
            found.type is kinds.ORG
            and next_.type in (kinds.PLACE, kinds.ORG)
            and _EMBASSY.match(body, found.start)
        )
        or (
            found.type is kinds.PLACE
            and next_.type in (kinds.PLACE, kinds.PERSON)
            and _SITE.match(body, found.start)
        )
    ):
        found.end = next_.end


def _after_bracket(body: str, found: Found) -> int | None:
    """Where the bracketed abbreviation after a name, or at its end, closes; None without one."""
    opened = body.rfind("(", found.start, found.end)
    if opened > body.rfind(")", found.start, found.end) and body[found.end : found.end + 1] == ")":
        return found.end + 1
    bracket = _BRACKET.match(body, found.end)
    return bracket.end() if bracket else None


def _split(body: str, found: Found, lexicon: Lexicon) -> Iterator[Found]:
    """Two complete organisations with "dan" between them are two mentions."""
    if found.type is kinds.AGREEMENT:
        joint = _NEXT_PROGRAMME.search(body, found.start, found.end)
        if joint is None or not body.startswith(joint[1], found.start):
            joint = _NEXT_TREATY.search(body, found.start, found.end)
        if joint:
            yield Found(found.start, joint.start(), found.type, found.score, found.stage)
            yield Found(joint.start(1), found.end, found.type, found.score, found.stage)
            return
    if found.type is kinds.ORG:
        for joint in _AND.finditer(body, found.start, found.end):
            left, right = body[found.start : joint.start()], body[joint.end() : found.end]
            if _is_complete(left, lexicon) and _is_complete(right, lexicon):
                first = Found(found.start, joint.start(), found.type, found.score, found.stage)
                yield from _split(body, first, lexicon)
                rest = Found(joint.end(), found.end, found.type, found.score, found.stage)
                yield from _split(body, rest, lexicon)
                return
    yield found


def _is_complete(name: str, lexicon: Lexicon) -> bool:
    words = name.lower().removeprefix("the ").split()
    return len(words) > 1 and (words[0] in lexicon.head_words or words[-1] in lexicon.tails)


def _compounds(
    text: Text, kept: list[Found], lexicon: Lexicon, programs: frozenset[str]
) -> list[Found]:
    """Two countries joined by a hyphen right before a name are its beginning."""
    body = text.body
    result: list[Found] = []
    at = 0
    while at < len(kept):
        pair = kept[at : at + 2]
        if (
            len(kept) > at + 3
            and [f.type for f in kept[at : at + 4]] == _BRACKETED
            and kept[at + 1].start - kept[at].end == 1
            and body[kept[at].end] in _BEFORE_NAME
            and body[kept[at + 1].end : kept[at + 2].start] == " ("
            and body[kept[at + 2].end : kept[at + 3].start] == ") "
            and countries.is_english(body[kept[at + 1].start : kept[at + 1].end])
        ):
            # "Indonesia-United Kingdom (UK) … Forum": the abbreviation stands in the middle of the name.
            kept[at + 3].start = kept[at].start
            at += 3
            continue
        if (
            len(pair) == 2
            and pair[0].type is pair[1].type is kinds.COUNTRY
            and pair[1].start - pair[0].end == 1
            and body[pair[0].end] in _BEFORE_NAME
            and body[pair[1].end : pair[1].end + 1] == " "
            and (
                countries.is_english(body[pair[0].start : pair[0].end])
                or countries.is_english(body[pair[1].start : pair[1].end])
            )
        ):
            name = _named(text, pair[1].end + 1, kept[at + 2 : at + 3], lexicon, programs)
            if name is not None:
                name.start = pair[0].start
                result.append(name)
                at += 3 if len(kept) > at + 2 and kept[at + 2].start < name.end else 2
                continue
        if pair[0].type in _BEGINNINGS and body[pair[0].end : pair[0].end + 1] == " ":
            name = _begun(text, pair, lexicon, programs)
            if name is not None:
                result.append(name)
                at += 2 if len(pair) == 2 and pair[1].start < name.end else 1
                continue
        result.append(kept[at])
        at += 1
    return result


_BRACKETED = [kinds.COUNTRY] * 3 + [kinds.AGREEMENT]
_BEGINNINGS = (kinds.PLACE, kinds.COUNTRY)


def _begun(
    text: Text, pair: list[Found], lexicon: Lexicon, programs: frozenset[str]
) -> Found | None:
    """ "Jeddah" and "International Trade Fair": one English name that begins with a place."""
    first = pair[0]
    state = first.type is kinds.COUNTRY
    if state and not countries.is_english(text.body[first.start : first.end]):
        return None
    name = _named(text, first.end + 1, pair[1:], lexicon, programs)
    if name is None or (state and name.type is kinds.ORG):
        return None
    words = text.body[name.start : name.end].split(" (")[0].lower().split()
    if words[-1] not in (programs if name.type is kinds.AGREEMENT else lexicon.tails):
        return None
    name.start = first.start
    return name


def _named(
    text: Text, start: int, following: list[Found], lexicon: Lexicon, programs: frozenset[str]
) -> Found | None:
    """The name that goes on at ``start``: a mention of several words, or an unclaimed English run.

    A run of capitals alone may be a headline ("Indonesia-Korea Selatan Perkuat Kerja Sama"): it must
    end in a word that such names end in, or hold an "of".
    """
    body = text.body
    if following and following[0].start == start:
        found = following[0]
        several = " " in body[start : found.end]
        return found if several and found.type in (kinds.ORG, kinds.AGREEMENT) else None
    first = text.token_at(start)
    if first >= len(text.forms) or not runs.is_capital(text.forms[first]):
        return None
    last = runs.run_end(text, first, text.sentence_end(first), connectors=_ENGLISH_CONNECTORS)
    if last - first < 2 or (following and following[0].start < text.ends[last - 1]):
        return None
    final = text.lows[last - 1]
    if final in lexicon.tails:
        return Found(start, text.ends[last - 1], kinds.ORG, _COMPOUND, "joins:compound")
    if final in programs or "of" in text.lows[first:last]:
        return Found(start, text.ends[last - 1], kinds.AGREEMENT, _COMPOUND, "joins:compound")
    return None


_ENGLISH_CONNECTORS = rules.words("english_connectors")
_COMPOUND = 0.75
"""As sure as an agreement by its first word."""
