"""Phrases in quotes are exact on the surface: a pattern over stored text checks what the index found.

Case, accents, the shape of quotes and what stands between words are ignored, nothing else. Most texts
have no accents: they are told by a plainer pattern over small letters, five times as fast.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from collections.abc import Callable
from functools import lru_cache

from store.text import fold

_WORD = re.compile(r"[^\W_]+(?:['\u2018\u2019\u02bc`][^\W_]+)*")
_LETTERS = re.compile(r"[^\W_]+")
_BETWEEN = r"[\W_]{1,6}"
_REMEMBERED = 100_000
"""Pairs of article and phrase (some 15 MB)."""
_INSIDE = "['\u2018\u2019\u02bc`]?"


_ACCENT = re.compile("[\u00c0-\u024f]")


def shows(phrase: str, text: str) -> bool:
    """Whether a text has the words of ``phrase`` in their order, as whole words."""
    small = text.lower()
    if _plain(phrase).search(small):
        return True
    if phrase.isascii() and (small.isascii() or not _ACCENT.search(small)):
        return False
    return pattern(phrase).search(text) is not None


@lru_cache(maxsize=2_000)
def pattern(phrase: str) -> re.Pattern[str]:
    """A regular expression that finds the words of ``phrase`` in their order, as whole words."""
    words = _WORD.findall(phrase)
    inner = _BETWEEN.join(_spelled(word, _letter) for word in words)
    return re.compile(rf"(?<![^\W_]){inner}(?![^\W_])", re.IGNORECASE)


@lru_cache(maxsize=2_000)
def _plain(phrase: str) -> re.Pattern[str]:
    """The same for small letters without accents; it begins with letters, which are found fastest."""
    words = _WORD.findall(phrase)
    inner = _BETWEEN.join(_spelled(word, re.escape) for word in words)
    first = _LETTERS.match(fold(words[0])) if words else None
    begin = re.escape(first.group()) if first else ""
    return re.compile(rf"{begin}(?<![^\W_]{begin}){inner[len(begin) :]}(?![^\W_])")


def _spelled(word: str, letter: Callable[[str], str]) -> str:
    pieces = re.split("['\u2018\u2019\u02bc`]", word)
    return _INSIDE.join("".join(letter(char) for char in fold(piece)) for piece in pieces)


def _letter(char: str) -> str:
    accented = _accented().get(char)
    return f"[{char}{accented}]" if accented else re.escape(char)


@lru_cache(maxsize=1)
def _accented() -> dict[str, str]:
    """Accented letters that Latin-script names in the press are written with, by plain letter."""
    return {
        letter: "".join(
            char
            for char in map(chr, range(0xC0, 0x250))
            if unicodedata.normalize("NFKD", char)[0].lower() == letter and char.isalpha()
        )
        for letter in "aceginorsuyz"
    }


class Phrases:
    """What is known of phrases in the articles of one library, for the SQL of ``holds``.

    A docid stands for the same words for ever, so that each article is read once for a phrase,
    however often page, count and facets ask.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._known: dict[tuple[int, str], bool] = {}
        connection.create_function("phrase_known", 2, lambda *key: self._known.get(key))
        connection.create_function("phrase_read", 4, self._read)

    def forget(self) -> None:
        self._known.clear()

    def _read(self, docid: int, title: str, body: str, phrase: str) -> bool:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        holds = self._known[docid, phrase] = shows(phrase, title) or shows(phrase, body)
        return holds


def holds(docid: str, phrase: str) -> tuple[str, tuple[str, str]]:
    """A condition in SQL and its parameters: the article of ``docid`` (SQL) shows the phrase."""
    sql = (
        f"coalesce(phrase_known({docid}, ?), (SELECT phrase_read(s.docid, s.title, s.body, ?)"  # noqa: S608 - an expression of ours
        f" FROM articles s WHERE s.docid = {docid}))"
    )
    return sql, (phrase, phrase)
