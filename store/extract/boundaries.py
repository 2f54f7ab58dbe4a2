"""Where a mention begins and ends, by the annotation guidelines: what the model should not decide anew.

"Kabupaten" belongs to the place, "Kota" does not; a ministry's country is a mention of its own; an
opened bracket is closed or left out; a person's initial is part of the name, the title is not; a
currency or language is no country.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from store.extract import holders, kinds, organisations, places, rules
from store.extract.countries import NOT_AFTER
from store.extract.found import Found
from store.extract.names import PARTICLES
from store.kb import countries
from store.text import late

_OUTSIDE = re.compile(r"(?:Kota|Provinsi|Pulau|Negara)\s+(?=[A-Z])")
# "JakartaBadan Pengelola": a dateline run together with the first word.
_GLUED = re.compile(r"[A-Z][a-z]{3,}(?=[A-Z][a-z])")
# "Negeri Paman Sam": a by-name of a country is neither a country nor a place of the map.
_NICKNAME = re.compile(r"Negeri (?!Sembilan)")
# With a capital the building is meant, not who sits in it: "Kantor Kementerian Luar Negeri".
_PREMISES = re.compile(r"(?<!Kepala )(?:Kantor|Gedung|Kompleks)\s\Z")
# Buildings that carry the city's name themselves ("Istana Kepresidenan Jakarta").
_OF_THE_CITY = ("Istana Kepresidenan", "Balai Kota", "Hotel", "Kantor", "Gedung")
_WHERE = re.compile(r"(?:di|ke|dari|Kota|kota|dan|,)\s\Z")
_INSIDE = re.compile(r"Kabupaten\s+\Z")
# Heads of organisations whose official Indonesian name ends before the country.
_STATE_BODY = rules.pattern("state_body")
_WITH_COUNTRY = frozenset({"Universitas", "Institut", "Politeknik", "Bank"})
"""After these the country is part of the name ("Departemen Arsitektur Universitas Indonesia")."""
# "Menteri ESDM" is an office, not a mention of the ministry (guidelines, ORG).
_OFFICES = ("Menteri", "Wamen", "Menko")
_OFFICE_BEFORE = re.compile(r"\b(?:Menteri|Wamen|Menko|[Mm]antan Menteri)\s?\Z")
_MINISTRY = re.compile(r"(?:Kementerian|Kem[a-z]|Kabinet)")
# "Sekretaris Jenderal OKI": the second half of an office that the model begins a name with.
_OFFICE_TAIL = re.compile(r"(?:Jenderal|Utama|Eksekutif|Umum)\s+(?=[A-Z])")
_OFFICE_HEAD = late(r"\b(?:Sekretaris|Direktur|Inspektur|Konsul|Ketua|Komisaris)\s\Z")
_RANK = rules.pattern("rank", re.DOTALL)
_QUOTES = "\"”’'“"
# What goes on after an organisation's name: somebody else's office ("…, serta Direktur …").
_OTHER_OFFICE = rules.pattern("other_office")
# "Koran Sydney Morning Herald", "Delegasi Kelompok …": what it is, not part of its name.
_KIND_OF_PAPER = rules.pattern("kind_of_paper")
# Associations of a country's people or firms carry its name ("Asosiasi Dosen Indonesia").
_ASSOCIATION = rules.pattern("association")
_OF_INDONESIA = re.compile(r"\sIndonesia\b(?!\s(?:di|dan|untuk|yang)\s[A-Z])")
_NAMED_AFTER = late(r"(?:Universitas|Akademi|Institut|Sekolah|Politeknik|Yayasan)\b")
# "(Persero) naik": a name does not end in a word without a capital.
_LOOSE_END = re.compile(r"(?:\s[a-z]+)+\Z")
_DOMAIN = re.compile(r"\.(?:com|id|co\.id|go\.id|ac\.id|or\.id|org|net)\b")
_LEGAL_FORM = re.compile(r"\s\(Persero\)(?:\sTbk\b)?|(?<=\sCo)\.?\s?,?\s?Ltd\b")
# "Direktur Perjanjian …": the portfolio of an office is no agreement.
_UNIT_HEAD = rules.pattern("portfolio_before")
# "Perjanjian Dagang Indonesia-European Union … Agreement": what it is, before its name.
_KIND_OF_TREATY = rules.pattern("kind_of_treaty")
# "Deklarasi …, dan Pernyataan …": another document.
_NEXT_DOCUMENT = rules.pattern("next_document")
_LANGUAGE = rules.pattern("language")
_STATE_FORM = re.compile(r"\b(?:Republik|Kerajaan|Federasi|Kesultanan|Persemakmuran)\s\Z")
# The anthem; a ship of the navy ("Kapal Republik Indonesia"); "dolar Amerika Serikat (AS)".
_NO_COUNTRY_AFTER = re.compile(r"\sRaya\b")
_CURRENCY_OF = re.compile(r"\b[Dd]oll?ar\s(?:[A-Z]\w+\s){1,2}\(\Z")
_WORDS = re.compile(r"[^\s-]+")
# A first initial or the first of two given names, left out by the model ("M. Hatta", "Sri Astari").
_INITIAL = re.compile(
    r"(?<![\w.])(?:[A-GJ-UW-Z]\.?|Moh\.?|Muh\.?|Mohd\.?|M[ou]c?hamm?[ae]d|(?<!Dato )(?<!Datuk )(?<!Tan )(?<!Dato' )Sri)\s\Z"
)
_INITIAL_ENDS = tuple(".hdi")
# The second syllable of a Korean given name ("Kim Jong-un"); "-nya" is an Indonesian ending.
_SYLLABLE = rules.pattern("syllable")
_TITLE = rules.pattern("title_before")
_RANK_ALONE = rules.pattern("rank_alone")
# The birth-order name of the Balinese: "I Nyoman …".
_BALINESE = rules.pattern("balinese")
_BALINESE_BEFORE = re.compile(r"(?<![\w.])I\s\Z")
_TRADE_NAME = rules.pattern("trade_name")


def tidy(body: str, mentions: Iterable[Found], titles: frozenset[str]) -> Iterator[Found]:
    """The mentions with their edges set right; one may become two, or none.

    ``titles``: lower-cased offices of one word, which are no part of a name ("Wamen").
    """
    for found in mentions:
        for part in _balanced(body, found):
            _unquoted(body, part)
            match part.type:
                case kinds.PLACE:
                    yield from _place(body, part)
                case kinds.ORG:
                    yield from _organisation(body, part)
                case kinds.PERSON:
                    yield from _person(body, part, titles)
                case kinds.COUNTRY:
                    yield from _country(body, part)
                case kinds.AGREEMENT if _LANGUAGE.match(body, part.start) or _UNIT_HEAD.search(
                    body, max(0, part.start - 80), part.start
                ):
                    pass
                case kinds.AGREEMENT:
                    kind = _KIND_OF_TREATY.match(body, part.start, part.end)
                    if kind:
                        part.start = kind.end()
                    following = _NEXT_DOCUMENT.search(body, part.start, part.end)
                    if following:
                        part.end = following.start()
                    yield part
                case _:
                    yield part


def _person(body: str, found: Found, titles: frozenset[str]) -> Iterator[Found]:
    surface = body[found.start : found.end]
    first = surface.split(maxsplit=1)
    if _RANK_ALONE.match(surface):
        return
    title = _TITLE.match(body, found.start, found.end)
    if title:
        found.start = title.end()
    elif first and first[0].lower() in titles and first[0][0].isupper():
        if len(first) == 1:
            return
        found.start = found.end - len(first[1])
    else:
        last = body[max(0, found.start - 2) : found.start][:1]
        initial = (
            _INITIAL.search(body, max(0, found.start - 8), found.start)
            if last.isupper() or last in _INITIAL_ENDS
            else None
        )
        if initial:
            found.start = initial.start()
        elif _BALINESE.match(surface):
            order = _BALINESE_BEFORE.search(body, max(0, found.start - 4), found.start)
            if order:
                found.start = order.start()
    syllable = _SYLLABLE.match(body, found.end)
    if syllable:
        found.end = syllable.end()
    if body[found.start].isupper():
        # "Andi Rahim kepada": a name ends before a word in lower case.
        for word in _WORDS.finditer(body, found.start, found.end):
            low = word.group()
            if (
                low[0].islower()
                and low.isalpha()
                and low not in PARTICLES
                and "-" not in body[word.start() - 2 : word.start()]
            ):
                found.end = found.start + len(body[found.start : word.start()].rstrip())
                break
    if found.end > found.start:
        yield found


def _country(body: str, found: Found) -> Iterator[Found]:
    if is_currency(body, found) or _NO_COUNTRY_AFTER.match(body, found.end):
        return
    before = body[max(0, found.start - 20) : found.start]
    if before.endswith("Kapal ") or _CURRENCY_OF.search(
        body, max(0, found.start - 40), found.start
    ):
        return
    form = _STATE_FORM.search(before)
    if form and found.country != "ID":
        found.start -= len(before) - form.start()
    yield found


def _copy(found: Found, start: int, end: int) -> Found:
    return Found(start, end, found.type, found.score, found.stage, found.country, found.value)


def _unquoted(body: str, found: Found) -> None:
    """Leave out a quotation mark at the end that the name does not open."""
    last = body[found.end - 1 : found.end]
    if last in _QUOTES and last and body.find(last, found.start, found.end - 1) < 0:
        found.end = found.start + len(body[found.start : found.end - 1].rstrip())


def _balanced(body: str, found: Found) -> Iterator[Found]:
    """Cut at a bracket that the span opens but does not close, or closes but does not open."""
    surface = body[found.start : found.end]
    opened, closed = surface.rfind("("), surface.rfind(")")
    if "(" in surface and surface.count("(") > surface.count(")") and opened > closed:
        head = surface[:opened].rstrip()
        tail = found.start + opened + 1
        if head:
            yield _copy(found, found.start, found.start + len(head))
        if tail < found.end and body[found.end : found.end + 1] == ")":
            yield _copy(found, tail, found.end)
    elif ")" in surface and "(" not in surface:
        start = found.start + surface.find(")") + 1
        while start < found.end and body[start].isspace():
            start += 1
        yield _copy(found, start, found.end)
    else:
        yield found


def _place(body: str, found: Found) -> Iterator[Found]:
    surface = body[found.start : found.end]
    if _NICKNAME.match(surface):
        return
    if surface == "Lima" and not _WHERE.search(body, max(0, found.start - 8), found.start):
        # "Lima di antaranya": the number five.
        return
    glued = _GLUED.match(surface)
    if glued:
        found.end = found.start + glued.end()
    outside = _OUTSIDE.match(surface)
    if outside and not (outside[0] == "Kota " and surface in places.load().listed):
        found.start += outside.end()
    else:
        inside = _INSIDE.search(body, max(0, found.start - 12), found.start)
        if inside:
            found.start = inside.start()
    if surface.endswith((" University", " Institute")):
        found.type = kinds.ORG
    yield from _towns(body, found)


def _towns(body: str, found: Found) -> Iterator[Found]:
    """ "JIExpo Kemayoran Jakarta": a place and the city it lies in are two where the list knows both."""
    surface = body[found.start : found.end]
    listed = places.load().listed
    if surface not in listed and not surface.startswith(_OF_THE_CITY):
        for blank in [m.start() for m in re.finditer(" ", surface)][1:]:
            if surface[:blank] in listed and surface[blank + 1 :] in listed:
                cut = found.start + blank
                yield _copy(found, found.start, cut)
                yield _copy(found, cut + 1, found.end)
                return
    yield from holders.of_place(body, found)


def _organisation(body: str, found: Found) -> Iterator[Found]:
    surface = body[found.start : found.end]
    tail = _OFFICE_TAIL.match(surface)
    if tail and _OFFICE_HEAD.search(body, max(0, found.start - 14), found.start):
        found.start += tail.end()
    elif of_office(body, found):
        return
    rank = _RANK.search(body, found.start, found.end)
    if rank and not _NAMED_AFTER.match(surface):
        found.end = rank.start()
    kind = _KIND_OF_PAPER.match(surface)
    if kind and surface not in organisations.load().listed:
        found.start += kind.end()
    other = _OTHER_OFFICE.search(body, found.start, found.end)
    if other:
        found.end = other.start()
    loose = _LOOSE_END.search(body, found.start, found.end)
    if loose and body[found.start].isupper():
        found.end = loose.start()
    more = _DOMAIN.match(body, found.end) or _LEGAL_FORM.match(body, found.end)
    if more:
        found.end = more.end()
    elif _ASSOCIATION.match(body, found.start):
        more = _OF_INDONESIA.match(body, found.end)
        if more:
            found.end = more.end()
    if surface.startswith("University of ") and body.startswith("The ", found.start - 4):
        found.start -= 4
    premises = _PREMISES.search(body, max(0, found.start - 16), found.start)
    if premises:
        found.start, found.type = premises.start(), kinds.PLACE
        yield found
        return
    person = holders.of_organisation(body, found)
    if person is not None:
        yield person
    yield from _apart(body, found)


def is_currency(body: str, found: Found) -> bool:
    """Whether what looks like a country names a currency or language ("dolar AS")."""
    before = body[max(0, found.start - 20) : found.start]
    words = before.split()
    return (
        found.type is kinds.COUNTRY
        and bool(words)
        and before[-1].isspace()
        and words[-1].lower() in NOT_AFTER
    )


def of_office(body: str, found: Found) -> bool:
    """Whether what looks like an organisation is the portfolio of a minister ("Menteri [ESDM]")."""
    start = found.start
    return (
        found.type is kinds.ORG
        and body.endswith(_OFFICES, 0, start - body[max(0, start - 1) : start].isspace())
        and _OFFICE_BEFORE.search(body, max(0, start - 18), start) is not None
        and not _MINISTRY.match(body, found.start)
    )


def _apart(body: str, found: Found) -> Iterator[Found]:
    """The organisation and the country that is no part of its name."""
    surface = body[found.start : found.end]
    words = surface.split(" ")
    if surface in organisations.load().listed:
        pass
    elif _STATE_BODY.match(surface):
        for count in (4, 3, 2, 1):
            name = " ".join(words[-count:])
            code = countries.forms().get(name)
            if code and len(words) > count + 1 and words[-count - 1] not in _WITH_COUNTRY:
                cut = found.end - len(name)
                yield _copy(found, found.start, cut - 1)
                yield Found(cut, found.end, kinds.COUNTRY, found.score, found.stage, code)
                return
    elif len(words) > 2 and _TRADE_NAME.search(surface):
        # "Filipina Citicore Renewable Energy Corporation": the country in Indonesian is not part of
        # an English name.
        code = countries.forms().get(words[0])
        if code and not countries.is_english(words[0]):
            cut = found.start + len(words[0])
            yield Found(found.start, cut, kinds.COUNTRY, found.score, found.stage, code)
            yield _copy(found, cut + 1, found.end)
            return
    yield found
