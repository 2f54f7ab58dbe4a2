"""What an office is: "Menperin", "Menteri Perdagangan Jepang" → rank, portfolios, country.

The forms are data (``data/offices.csv``). A text may name several offices ("Menteri Investasi/
Kepala BKPM").
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal, NamedTuple

from store.kb.countries import code_of, forms
from store.match.normalise import plain
from store.match.words import titles
from store.tables import table_rows

SENIORITY = (
    *("monarch", "president", "crown", "premier", "vice-president", "deputy-premier"),
    *("coordinating", "minister", "representative", "commissioner", "governor", "head"),
    *("commander", "deputy", "deputy-governor", "deputy-head", "ambassador"),
)
"""Ranks, the most senior first."""

_WORD = re.compile(r"[a-z0-9]+")
_PARTS = re.compile(r"\s*(?:/|;| merangkap | sekaligus )\s*")
_LONGEST = 8
_MOST_WORDS = 30
_LEADERLESS = frozenset({"president", "premier", "vice-president", "monarch", "crown"})
"""Ranks that need no portfolio."""
_ANY = 0.1
"""The fit of an office of the right rank where none was asked for by portfolio."""


class Office(NamedTuple):
    """A rank with its portfolios. ``country`` None: the text names none."""

    rank: str
    portfolios: frozenset[str]
    country: str | None

    def fit(self, asked: Office) -> float:
        """How well this office is the asked one, 0..1; 0 where rank or portfolio differ."""
        if not _same_rank(self.rank, asked.rank):
            return 0.0
        rank = 1.0 if self.rank == asked.rank else 0.9
        if not asked.portfolios:
            # "Menteri Sung": some minister; enough to tell namesakes apart, not to name a holder.
            return rank if not self.portfolios and self.rank in _LEADERLESS else _ANY
        shared = len(self.portfolios & asked.portfolios)
        if shared * 2 < len(asked.portfolios):
            return 0.0
        return rank * (
            0.6 * shared / len(asked.portfolios) + 0.4 * shared / max(1, len(self.portfolios))
        )


def _same_rank(known: str, asked: str) -> bool:
    # A body is led by its minister or its head, as it happens (Menteri Investasi/Kepala BKPM).
    either = {"minister", "head"}
    return known == asked or {known, asked} <= either


@lru_cache(maxsize=1)
def _table() -> Mapping[tuple[str, ...], tuple[str, str, str]]:
    return {
        tuple(_WORD.findall(row["form"])): (row["kind"], row["value"], row["country"])
        for row in table_rows("match/data/offices.csv")
    }


@lru_cache(maxsize=1)
def _countries() -> Mapping[tuple[str, ...], str]:
    found = {tuple(_WORD.findall(plain(form))): code for form, code in forms().items()}
    found[("korea",)] = "KR"
    found.pop((), None)
    return found


@lru_cache(maxsize=4096)
def parse_offices(text: str) -> tuple[Office, ...]:
    """The offices that a text names, empty where it names none."""
    offices = [office for part in _PARTS.split(plain(text))[:4] if (office := _parse(part))]
    return tuple(offices)


def only_offices(text: str) -> Literal["office", "body", ""]:
    """Whether the whole text is an office ("Putra Mahkota Arab Saudi"), or only a body and its
    country ("MOTIE Korea Selatan"), which may stand for its head.
    """
    words = _WORD.findall(plain(text))[:_MOST_WORDS]
    kinds: set[str] = set()
    at = 0
    while at < len(words):
        taken, kind, _, country = _read(words, at)
        known = titles().get(words[at], frozenset())
        linking = not kind and bool(known & {"linking", "status", "portfolio"})
        kinds.add(kind or ("country" if country else "linking" if linking else "other"))
        at += taken
    if "other" in kinds:
        return ""
    if kinds & {"office", "rank"}:
        return "office"
    return "body" if "body" in kinds and kinds <= {"body", "country"} else ""


def _parse(text: str) -> Office | None:
    words = _WORD.findall(text)[:_MOST_WORDS]
    rank, body = "", False
    portfolios: set[str] = set()
    country: str | None = None
    at = 0
    while at < len(words):
        taken, kind, value, tied = _read(words, at)
        if kind == "office":
            ranked, _, of = value.partition(":")
            rank = rank or ranked
            portfolios.update(of.split())
        elif kind == "rank":
            # "Menteri Koordinator", "Menteri, Wakil Perdana Menteri": the first, unless it says more
            rank = value if value == "coordinating" else rank or value
        elif kind:
            portfolios.update(value.split())
            body = body or kind == "body"
        country = tied or country
        at += taken
    if not rank and body:
        rank = "minister"  # "MOTIE Korea Selatan": the body for its minister
    return Office(rank, frozenset(portfolios), country) if rank else None


def _read(words: list[str], at: int) -> tuple[int, str, str, str | None]:
    """How many words are read at ``at``, their kind and value, and the country they name."""
    for length in range(min(_LONGEST, len(words) - at), 0, -1):
        part = tuple(words[at : at + length])
        if part in _table():
            kind, value, tied = _table()[part]
            return length, kind, value, tied or None
        if part in _countries():
            return length, "", "", _countries()[part]
    word = words[at]
    return 1, "", "", code_of(word) if len(word) > 3 else None
