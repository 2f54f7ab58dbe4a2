"""The role that the text states for a person: the office before the name, or in apposition after it.

A role reaches back from the name over portfolio words, organisations, countries and brackets to the
office that begins it ("Menteri Perdagangan, Industri dan Energi (MoTIE) Korea Selatan, …"), and
never over another person.
"""

from __future__ import annotations

from typing import NamedTuple

from store.extract import runs
from store.extract.offices import Offices
from store.extract.tokens import Text

MAX_TOKENS = 40
_INSIDE = frozenset(
    [
        "dan",
        "untuk",
        "bidang",
        "urusan",
        "of",
        "for",
        "and",
        "the",
        "di",
        "dari",
        "sekaligus",
        "merangkap",
        "to",
        "asal",
        "ad",
        "interim",
        "in",
        "ke",
        "pada",
        "tetap",
        "luar",
        "biasa",
        "berkuasa",
        "penuh",
        "tinggi",
        "harian",
        "umum",
        "on",
        "terpilih",
        "nonaktif",
        "kementerian",
        "kedutaan",
    ]
)
_JOINS = frozenset({"sekaligus", "merangkap", "/"})
_PUNCTUATION = frozenset("()/,-–&.’'+")
# What follows a rank: force, grade and branch ("Laksamana Muda TNI", "Kolonel Laut (P)").
_FORCES = frozenset(
    {
        "tni",
        "polri",
        "pol",
        "polisi",
        "purn",
        "inf",
        "mar",
        "laut",
        "udara",
        "muda",
        "madya",
        "pertama",
        "p",
    }
)
_RANK_TOKENS = 6
_EXCELLENCY = (["h", ".", "e", "."], ["h", ".", "e"], ["h", "e", "."])
# Words that begin a sentence, never part of a role even with a capital.
_OPENERS = frozenset(
    [
        "menurut",
        "selain",
        "dalam",
        "pada",
        "namun",
        "sementara",
        "sebelumnya",
        "adapun",
        "saat",
        "ketika",
        "menanggapi",
    ]
)
_APPOSITION = frozenset({"selaku", "sebagai"})


class Role(NamedTuple):
    """Token range ``[first, last)`` of a role as the text has it."""

    first: int
    last: int
    rule: str


def before(
    text: Text, offices: Offices, name_first: int, sentence_first: int, people: frozenset[int]
) -> Role | None:
    """The role that ends right before the name at token ``name_first``."""
    last = _before_honorifics(text, offices, name_first, sentence_first)
    low_bound = max(sentence_first, name_first - MAX_TOKENS)
    first = _window(text, offices, last, low_bound, people)
    heads = [(a, b) for a, b, _ in offices.heads.scan(text, first, last)]
    start = _start(text, heads, last)
    if start is None:
        return None
    start = _with_prefix(text, offices, start, low_bound, people)
    last = _trimmed(text, start, last)
    return Role(start, last, "roles:before") if last > start else None


def after(
    text: Text, offices: Offices, name_last: int, sentence_last: int, people: frozenset[int]
) -> Role | None:
    """The role in apposition after the name that ends at token ``name_last``."""
    at = name_last
    if at >= sentence_last:
        return None
    opener = text.lows[at]
    if opener == "," or opener in _APPOSITION or opener == "(":
        at += 1
    elif opener == "yang" and text.lows[at + 1 : at + 3] in (
        ["juga", "merupakan"],
        ["menjabat", "sebagai"],
    ):
        at += 3
    elif opener == "yang" and text.lows[at + 1 : at + 2] in (["juga"], ["merupakan"]):
        at += 2
    else:
        return None
    if text.lows[at : at + 1] == ["yang"] and text.lows[at + 1 : at + 2] == ["juga"]:
        at += 2
    start = at
    while at < sentence_last and text.lows[at] in offices.prefixes:
        at += 1
    head = next(iter(offices.heads.scan(text, at, min(at + 4, sentence_last))), None)
    if head is None or head[0] != at or (opener == "," and not runs.is_capital(text.forms[at])):
        return None
    last = _forward(text, head[1], sentence_last, people)
    last = _trimmed(text, start, last)
    # "X, Menteri Y, Z": the office may be that of the next name, unless the list began with a name;
    # whoever asks for both sides decides. Without a comma it is the next name's.
    if last < sentence_last and last in people:
        return None
    return Role(start, last, "roles:after") if last - start > 0 else None


def _before_honorifics(text: Text, offices: Offices, at: int, bound: int) -> int:
    """Back over honorifics, ranks with their force ("Brigadir Jenderal TNI"), dots and commas."""
    if at > bound and text.forms[at - 1] == "(" and _in_bracket(text, at):
        # "Menlu Inggris (David Lammy)".
        at -= 1
    while at > bound:
        low = text.lows[at - 1]
        rank = _rank(text, offices, at, bound)
        excellency = next(
            (e for e in _EXCELLENCY if at - len(e) >= bound and text.lows[at - len(e) : at] == e),
            None,
        )
        if rank < at:
            at = rank
        elif excellency is not None:
            at -= len(excellency)
        elif (
            (low in offices.honorifics and (low not in offices.head_words or low == "ibu"))
            or (low == "." and at - 1 > bound and text.lows[at - 2] in offices.honorifics | _FORCES)
            or low in (",", "–", "-", ":")
        ):
            at -= 1
        else:
            break
    return at


def _in_bracket(text: Text, first: int) -> bool:
    """Whether the bracket opened before the name is closed a few words on."""
    return ")" in text.forms[first + 1 : first + 6]


def _rank(text: Text, offices: Offices, at: int, bound: int) -> int:
    """Where the rank that ends at ``at`` begins; ``at`` where none does."""
    start = at
    while start > max(bound, at - _RANK_TOKENS) and (
        text.lows[start - 1] in _FORCES or text.forms[start - 1] in "()."
    ):
        start -= 1
    if start < at and start > bound and text.lows[start - 1] in offices.honorifics:
        return start - 1
    return at


def _window(text: Text, offices: Offices, last: int, bound: int, people: frozenset[int]) -> int:
    """The first token of the stretch before ``last`` that can belong to a role."""
    at = last
    depth = 0
    while at > bound:
        form, low = text.forms[at - 1], text.lows[at - 1]
        if at - 1 in people or low in _OPENERS:
            break
        if form == ")":
            depth += 1
        elif form == "(":
            if depth == 0:
                break
            depth -= 1
        elif not (
            depth > 0
            or form[0].isupper()
            or low in _INSIDE
            or form in _PUNCTUATION
            or low in offices.head_words
            or low in offices.inner_words
            or low in offices.portfolios
            or low in offices.prefixes
            or (form[0].isdigit() and at - 2 >= bound and text.forms[at - 2] in "-–")
        ) or (form == "." and text.lows[at - 2] not in ("plt", "pj", "pjs", "plh", "dr", "st")):
            break
        at -= 1
    return at


def _start(text: Text, heads: list[tuple[int, int]], last: int) -> int | None:
    """The office that begins the role: the first one that no list of offices cuts off."""
    start: int | None = None
    for first, _ in heads:
        if start is None:
            start = first
            continue
        before = text.lows[first - 1]
        if text.forms[first - 1] == ",":
            # "…, Kepala BKPM X": what stood before is another office.
            start = first
        elif (
            before == "dan"
            and text.forms[first][0].isupper()
            and not _inside_list(text, start, first)
        ):
            start = first
    return start


def _inside_list(text: Text, start: int, at: int) -> bool:
    """Whether the "dan" before ``at`` joins two offices of one person ("Ketua dan CEO" of nobody else)."""
    return any(text.lows[k] in _JOINS for k in range(start, at))


def _with_prefix(
    text: Text, offices: Offices, start: int, bound: int, people: frozenset[int]
) -> int:
    while start > bound and start - 1 not in people:
        low = text.lows[start - 1]
        if low in offices.prefixes:
            start -= 1
        elif low == "." and start - 1 > bound and text.lows[start - 2] in offices.prefixes:
            start -= 2
        elif low == ")" and start - 3 > bound and text.lows[start - 3] in offices.prefixes:
            start -= 4
        elif low == ")" and start - 4 > bound and text.lows[start - 4] in offices.prefixes:
            start -= 5
        else:
            break
    return max(start, bound)


def _forward(text: Text, at: int, last: int, people: frozenset[int]) -> int:
    while at < last and at not in people:
        form, low = text.forms[at], text.lows[at]
        if (
            form[0].isupper()
            or form in "/&-–"
            or (
                low in _INSIDE
                and at + 1 < last
                and (text.forms[at + 1][0].isupper() or text.lows[at + 1] in _INSIDE)
            )
        ):
            at += 1
        elif form == "(":
            close = next(
                (k for k in range(at + 1, min(at + 9, last)) if text.forms[k] == ")"), None
            )
            if close is None:
                break
            at = close + 1
        elif form == "," and runs.run_end(text, at - 1, last, lists=True) > at:
            at += 1
        else:
            break
    return at


def _trimmed(text: Text, first: int, last: int) -> int:
    while last > first and (
        text.forms[last - 1] in ",-–:/&."
        or text.lows[last - 1] in ("dan", "untuk", "di", "dari", "of", "the", "to")
    ):
        last -= 1
    return last
