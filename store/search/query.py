"""What a person typed, as a typed query: clauses with their place in the text, and notices.

The language is that of CONTRACT.md. Nothing raises: what cannot be understood is a word. Positions
are code points into the typed text. No library is needed here; names, spellings and the index come
into it in ``plan``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from store.library import Notice
from store.records import MentionType
from store.search.period import Period, read_period

FIELDS: dict[str, str] = {
    "negara": "country",
    "country": "country",
    "orang": "person",
    "person": "person",
    "menteri": "minister",
    "minister": "minister",
    "program": "program",
    "organisasi": "org",
    "org": "org",
    "organisation": "org",
    "organization": "org",
    "sumber": "source",
    "source": "source",
    "judul": "title",
    "title": "title",
    "sejak": "after",
    "after": "after",
    "sampai": "before",
    "before": "before",
    "tanggal": "date",
    "date": "date",
    "jenis": "type",
    "type": "type",
    "menyebut": "mentions",
    "mentions": "mentions",
    "ditandai": "marked",
    "marked": "marked",
}
"""Every name of a field, Indonesian and English, and the one used inside."""

TYPES: dict[str, MentionType] = {
    "person": MentionType.PERSON,
    "orang": MentionType.PERSON,
    "org": MentionType.ORG,
    "organisation": MentionType.ORG,
    "organization": MentionType.ORG,
    "organisasi": MentionType.ORG,
    "country": MentionType.COUNTRY,
    "negara": MentionType.COUNTRY,
    "place": MentionType.PLACE,
    "tempat": MentionType.PLACE,
    "agreement": MentionType.AGREEMENT,
    "program": MentionType.AGREEMENT,
    "perjanjian": MentionType.AGREEMENT,
    "money": MentionType.MONEY,
    "uang": MentionType.MONEY,
    "date": MentionType.DATE,
    "tanggal": MentionType.DATE,
}
"""Values of the field ``type``, Indonesian and English."""

_DATE_FIELDS = frozenset(("after", "before", "date"))
_YES = frozenset(["ya", "yes", "y", "true", "benar", "1", "on"])
_NO = frozenset(["tidak", "no", "n", "false", "bukan", "0", "off", "tak"])
_DEEPEST = 20
"""Brackets nested deeper than this are read past."""


@dataclass(frozen=True, slots=True)
class Word:
    """A plain word, or a piece of text of several when no blank divides it ("ekspor-impor")."""

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in quotes: exact on the surface, in this order."""

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Prefix:
    """``word*``: every word that begins so."""

    text: str
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Filter:
    """``field:value``. ``period`` is set for the three date fields, ``yes`` for ``marked``."""

    name: str
    value: str
    typed_name: str = field(default="", compare=False)
    period: Period | None = None
    yes: bool = True
    exact: bool = False
    """The value stood in quotes."""
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Not:
    """``-clause``: articles without it."""

    clause: Clause
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Or:
    """``a OR b``: at least two alternatives."""

    alternatives: tuple[Clause, ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Group:
    """``( … )`` of two clauses or more, all of them wanted."""

    clauses: tuple[Clause, ...]
    start: int = field(default=0, compare=False)
    end: int = field(default=0, compare=False)


Clause = Word | Phrase | Prefix | Filter | Not | Or | Group


@dataclass(frozen=True, slots=True)
class Query:
    """All of ``clauses`` are wanted. ``text`` is what was typed."""

    text: str = field(compare=False)
    clauses: tuple[Clause, ...] = ()
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def empty(self) -> bool:
        """Nothing is asked for: every article, newest first."""
        return not self.clauses


_QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
_MINUSES = "\u2010\u2011\u2012\u2013\u2212-"
_LEXEME = re.compile(
    rf"""
    (?P<open>\() | (?P<close>\))
  | (?P<minus>(?<![^\s(])[{_MINUSES}]+(?=[^\s{_MINUSES}]))
  | (?P<field>[^\W\d_]+):(?P<value>[{_QUOTES}][^{_QUOTES}]*[{_QUOTES}]? | [^\s{_QUOTES}()]*)
  | [{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]?
  | (?P<word>[^\s{_QUOTES}()]+)
    """,
    re.VERBOSE,
)
_PIECE = re.compile(rf"[^\s{_QUOTES}():]+")
_UNSAFE = re.compile("[\x00\ud800-\udfff]")
_LETTERS = re.compile(r"[^\W_]")


class _Lexeme(NamedTuple):
    kind: str
    clause: Clause | None
    start: int
    end: int


def parse(text: str) -> Query:
    """Read a typed query. Never raises, whatever the text."""
    notices: list[Notice] = []
    # Lone surrogates and NUL cannot be handed to a database.
    reader = _Reader(tuple(_lexemes(_UNSAFE.sub(" ", text), notices)))
    clauses = reader.clauses(0)
    return Query(text, tuple(clauses), tuple(dict.fromkeys(notices)))


def _lexemes(text: str, notices: list[Notice]) -> Iterator[_Lexeme]:
    for match in _LEXEME.finditer(text):
        start, end = match.span()
        kind = match.lastgroup or ""
        if kind in ("open", "close", "minus"):
            yield _Lexeme(kind, None, start, end)
        elif kind == "value":
            yield from _field(match, notices)
        elif kind == "phrase":
            if _LETTERS.search(match["phrase"]):
                yield _Lexeme(
                    "clause", Phrase(" ".join(match["phrase"].split()), start, end), start, end
                )
        elif match["word"] == "OR":
            yield _Lexeme("or", None, start, end)
        else:
            # A word that a sign hides from being a field ("*negara:x") is no field.
            read = _word if match["word"][0].isalnum() else _words
            yield from read(match["word"], start)


def _word(word: str, start: int) -> Iterator[_Lexeme]:
    """A word without signs before it; none where it holds no letter or digit, ``word*`` a prefix."""
    bare = word.lstrip(_MINUSES + "*")
    if not _LETTERS.search(bare):
        return
    begin, end = start + len(word) - len(bare), start + len(word)
    stem = bare.rstrip(".,;:!?")
    if stem.endswith("*") and _LETTERS.fullmatch(stem.rstrip("*")[-1:]):
        yield _Lexeme("clause", Prefix(stem.rstrip("*").casefold(), begin, end), begin, end)
    else:
        text = "or" if bare == "OR" else bare
        yield _Lexeme("clause", Word(text, begin, end), begin, end)


def _words(text: str, start: int) -> Iterator[_Lexeme]:
    """What was no field after all, as words."""
    for piece in _PIECE.finditer(text):
        yield from _word(piece.group(), start + piece.start())


def _field(match: re.Match[str], notices: list[Notice]) -> Iterator[_Lexeme]:
    start, end = match.span()
    typed, raw = match["field"], match["value"]
    name = FIELDS.get(typed.casefold())
    value = " ".join(raw.strip(_QUOTES).split())
    if name is None:
        # "Rp:", "https://…": nobody meant a field where no value follows or a path does.
        if value and not raw.startswith("/"):
            notices.append(Notice("unknown-field", (typed,)))
        yield from _words(match.group(), start)
        return
    if not value:
        notices.append(Notice("empty-field", (typed,)))
        return
    period: Period | None = None
    yes = True
    if name in _DATE_FIELDS:
        period = read_period(value)
        if period is None:
            notices.append(Notice("bad-date", (typed, value)))
            yield from _words(raw, match.start("value"))
            return
    elif name == "marked":
        folded = value.casefold()
        if folded not in _YES | _NO:
            notices.append(Notice("bad-yes-no", (typed, value)))
        yes = folded not in _NO
    elif name == "type" and value.casefold() not in TYPES:
        notices.append(Notice("bad-type", (typed, value)))
        yield from _words(raw, match.start("value"))
        return
    elif not _LETTERS.search(value):
        notices.append(Notice("empty-field", (typed,)))
        return
    exact = bool(raw) and raw[0] in _QUOTES
    yield _Lexeme("clause", Filter(name, value, typed, period, yes, exact, start, end), start, end)


class _Reader:
    """Recursive descent over lexemes; OR binds tighter than the blank between clauses."""

    def __init__(self, lexemes: tuple[_Lexeme, ...]) -> None:
        self.lexemes = lexemes
        self.at = 0

    def _peek(self) -> str:
        return self.lexemes[self.at].kind if self.at < len(self.lexemes) else ""

    def clauses(self, depth: int) -> list[Clause]:
        found: list[Clause] = []
        while kind := self._peek():
            if kind == "close" and depth:
                break
            clause = self._alternatives(depth)
            if clause is not None:
                found.append(clause)
        return found

    def _alternatives(self, depth: int) -> Clause | None:
        options: list[Clause] = []
        while True:
            clause = self._unit(depth)
            if isinstance(clause, Or):
                options.extend(clause.alternatives)
            elif clause is not None:
                options.append(clause)
            if self._peek() != "or":
                break
            self.at += 1
            if not self._peek() or (self._peek() == "close" and depth):
                break
        if len(options) < 2:
            return options[0] if options else None
        return Or(tuple(options), options[0].start, options[-1].end)

    def _unit(self, depth: int) -> Clause | None:
        lexeme = self.lexemes[self.at]
        if lexeme.kind == "or":  # an OR with nothing before it
            return None
        self.at += 1
        if lexeme.kind == "minus":
            if self._peek() in ("", "or", "close", "minus"):
                return None
            inner = self._unit(depth)
            if inner is None:
                return None
            if isinstance(inner, Not):
                return inner.clause
            return Not(inner, lexeme.start, inner.end)
        if lexeme.kind == "open" and depth < _DEEPEST:
            return self._bracket(lexeme.start, depth)
        return lexeme.clause

    def _bracket(self, start: int, depth: int) -> Clause | None:
        inner = self.clauses(depth + 1)
        end = inner[-1].end if inner else start
        if self._peek() == "close":
            end = self.lexemes[self.at].end
            self.at += 1
        if len(inner) < 2:
            return inner[0] if inner else None
        return Group(tuple(inner), start, end)
