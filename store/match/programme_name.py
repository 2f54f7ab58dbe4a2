"""The name of an agreement, program, body or forum → English words, parties and numbers.

Indonesian and English names are compared in English, word by word through a lexicon, kinds of
agreement spelt out (CEPA, FTA …), countries and blocs taken out as codes: two agreements that
differ only in their parties have nothing to do with each other.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from functools import lru_cache
from typing import NamedTuple

from store.kb import countries
from store.match.neighbours import Neighbours
from store.match.normalise import Latin, Token, latin, plain
from store.match.words import dictionary, expansions, lexicon, phrases, stopwords
from store.tables import table_rows

_WORD = re.compile(r"\d+(?:[.,]\d+)+|[a-z0-9]+")
_BRACKETS = re.compile(r"\(([^()]*)\)")
_MOST_WORDS = 24
_LONGEST_PHRASE = 6
_NO_COUNTRY = frozenset({"asian", "asia", "african", "europe", "eropa", "america", "general"})
"""Words one edit from a country that are none."""
_LOANS = (
    *(("asi", "ation"), ("ksi", "ction"), ("itas", "ity"), ("isme", "ism"), ("ologi", "ology")),
    *(("ik", "ic"), ("if", "ive"), ("isasi", "isation")),
)
_SHORTEST_LOAN = 6
_LONG_PARTY = 14
_FUZZY_COUNTRY, _FUZZY_WORD = 5, 7
"""Shortest words that may be a misspelt country or lexicon word."""


class ProgrammeName(NamedTuple):
    """``words`` are distinct; ``tokens[i]`` is where ``words[i]`` stands in the source."""

    words: tuple[str, ...]
    tokens: tuple[Token, ...]
    parties: frozenset[str]
    party_tokens: tuple[tuple[str, Token], ...]
    bracketed: tuple[str, ...]

    @property
    def numbers(self) -> frozenset[str]:
        return frozenset(word for word in self.words if word[0].isdigit())


@lru_cache(maxsize=1)
def _parties() -> Mapping[tuple[str, ...], str]:
    """Words of a country's or bloc's name → its code."""
    found: dict[tuple[str, ...], str] = {}
    for form, code in countries.forms().items():
        words = tuple(_WORD.findall(plain(form)))
        if words and (len(words) > 1 or len(words[0]) > 2):
            found[words] = code
    for row in table_rows("match/data/parties.csv"):
        found[tuple(row["form"].split())] = row["code"]
    return found


@lru_cache(maxsize=1)
def _longest_from() -> Mapping[str, int]:
    """Word → how many words the longest party or phrase of several has that begins with it."""
    found: dict[str, int] = {}
    for words in (*_parties(), *phrases()):
        if len(words) > 1:
            found[words[0]] = max(len(words), found.get(words[0], 0))
    return found


@lru_cache(maxsize=1)
def _single_parties() -> Neighbours:
    return Neighbours(
        words[0] for words in _parties() if len(words) == 1 and len(words[0]) >= _FUZZY_COUNTRY
    )


@lru_cache(maxsize=1)
def _cut_parties() -> Mapping[str, frozenset[str]]:
    """The shortest of them without their last letter → the codes."""
    found: dict[str, frozenset[str]] = {}
    for words, code in _parties().items():
        if len(words) == 1 and len(words[0]) == _FUZZY_COUNTRY:
            cut = words[0][:-1]
            found[cut] = found.get(cut, frozenset()) | {code}
    return found


@lru_cache(maxsize=1)
def _lexicon_candidates() -> Neighbours:
    """Words that a misspelt one may be taken for."""
    every = sorted(dictionary() | lexicon().keys())
    return Neighbours(word for word in every if len(word) >= _FUZZY_WORD - 1)


def parse_programme(text: str, *, known: Container[str] | None = None) -> ProgrammeName:
    """The words, parties and bracketed acronyms of a name. Never raises.

    With ``known`` (the words of all known names) a word that is not among them may be a misspelt
    country or lexicon word; without it every word is taken as it is written.
    """
    source = latin(text)
    masked = _BRACKETS.sub(lambda m: " " * len(m.group()), source.text)
    bracketed = tuple(_BRACKETS.findall(source.text))
    if not _WORD.search(masked):
        masked = source.text
    raw = [source.token(*m.span()) for m in _WORD.finditer(masked)][:_MOST_WORDS]
    words: dict[str, Token] = {}
    parties: list[tuple[str, Token]] = []
    at = 0
    while at < len(raw):
        taken, code, meanings = _read(raw, at)
        if known is not None and not code and raw[at].form not in known:
            phrase = _misspelt_party(tuple(token.form for token in raw[at : at + 3]))
            if phrase:
                taken, code, meanings = phrase[0], phrase[1], ()
            elif meanings == (raw[at].form,):
                code, meanings = _read_misspelt(meanings[0])
        where = _over(source, raw[at], raw[at + taken - 1])
        if code:
            parties.append((code, where))
        for meaning in meanings:
            words.setdefault(meaning, where)
        at += taken
    return ProgrammeName(
        tuple(words),
        tuple(words.values()),
        frozenset(code for code, _ in parties),
        tuple(parties),
        bracketed,
    )


def _over(source: Latin, first: Token, last: Token) -> Token:
    return first if first is last else Token("", first.start, last.end)


def _read(raw: list[Token], at: int) -> tuple[int, str | None, tuple[str, ...]]:
    """How many words are read at ``at``, the party they name, or what they mean."""
    longest = min(_longest_from().get(raw[at].form, 1), _LONGEST_PHRASE)
    if longest > 1:
        window = tuple(token.form for token in raw[at : at + longest])
        for length in range(len(window), 1, -1):
            part = window[:length]
            if part in _parties():
                return length, _parties()[part], ()
            if part in phrases():
                return length, None, phrases()[part]
    return 1, *_read_word(raw[at].form)


@lru_cache(maxsize=8192)
def _read_word(word: str) -> tuple[str | None, tuple[str, ...]]:
    if (code := _parties().get((word,))) is not None:
        return code, ()
    if word in expansions():
        return None, expansions()[word]
    if word in stopwords() and stopwords()[word] == "ignored":
        return None, ()
    if word in lexicon():
        return None, (lexicon()[word],)
    may_be_country = len(word) >= 4 and word not in _NO_COUNTRY and not word[0].isdigit()
    if may_be_country and word not in dictionary() and (code := countries.code_of(word)):
        return code, ()
    return None, (_english_loan(word.replace(",", ".")),)


def _english_loan(word: str) -> str:
    """An Indonesian loanword in its English form ("federasi" → "federation")."""
    if len(word) >= _SHORTEST_LOAN:
        for ending, english in _LOANS:
            if word.endswith(ending):
                return word[: -len(ending)] + english
    return word


@lru_cache(maxsize=8192)
def _read_misspelt(word: str) -> tuple[str | None, tuple[str, ...]]:
    """The country or lexicon word that an unknown word is a misspelling of, else itself."""
    if word in dictionary() or word in _NO_COUNTRY or word[0].isdigit():
        return None, (word,)
    if len(word) == _FUZZY_COUNTRY - 1:
        cut = _cut_parties().get(word, ())
        if len(cut) == 1:
            return next(iter(cut)), ()
    if len(word) >= _FUZZY_COUNTRY and (near := _nearest(word, _single_parties())):
        return _parties()[near,], ()
    if len(word) >= _FUZZY_WORD and (near := _nearest(word, _lexicon_candidates())):
        return None, (lexicon().get(near, near),)
    return None, (word,)


@lru_cache(maxsize=2048)
def _misspelt_party(window: tuple[str, ...]) -> tuple[int, str] | None:
    """How many words are a misspelt country or bloc of several ("Europen Union"), and its code."""
    if window[0] in lexicon() or len(window[0]) < _FUZZY_COUNTRY:
        return None
    for length in range(len(window), 1, -1):
        if length in _joined_parties():
            joined = " ".join(window[:length])
            edits = 2 if len(joined) >= _LONG_PARTY else 1
            found = _joined_parties()[length].nearest(joined, edits)
            if found:
                return length, _parties()[tuple(found.split())]
    return None


@lru_cache(maxsize=1)
def _joined_parties() -> Mapping[int, Neighbours]:
    """Names of countries and blocs of several words, by how many they are."""
    names: dict[int, list[str]] = {}
    for words in _parties():
        if len(words) > 1:
            names.setdefault(len(words), []).append(" ".join(words))
    return {count: Neighbours(some) for count, some in names.items()}


def _nearest(word: str, known: Neighbours) -> str | None:
    return known.nearest(word, 2 if len(word) >= 10 else 1)
