"""Phrases in quotes are exact on the surface: a pattern over stored text checks what the index found.

The pattern ignores case, accents, the shape of quotes and what stands between words, nothing else.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from functools import lru_cache

from store.text import fold

# Accented letters that Latin-script names in the press are written with, by plain letter.
_ACCENTED = {
    letter: "".join(
        char
        for char in map(chr, range(0xC0, 0x250))
        if unicodedata.normalize("NFKD", char)[0].lower() == letter and char.isalpha()
    )
    for letter in "aceginorsuyz"
}
_WORD = re.compile(r"[^\W_]+(?:['\u2018\u2019\u02bc`][^\W_]+)*")
_BETWEEN = r"[\W_]{1,6}"
_REMEMBERED = 100_000
"""Pairs of article and phrase (some 15 MB)."""
_INSIDE = "['\u2018\u2019\u02bc`]?"


@lru_cache(maxsize=2_000)
def pattern(phrase: str) -> str:
    """A regular expression that finds the words of ``phrase`` in their order, as whole words."""
    words = _WORD.findall(phrase)
    inner = _BETWEEN.join(_spelled(word) for word in words)
    return rf"(?<![^\W_]){inner}(?![^\W_])"


def _spelled(word: str) -> str:
    pieces = re.split("['\u2018\u2019\u02bc`]", word)
    return _INSIDE.join("".join(_letter(char) for char in fold(piece)) for piece in pieces)


def _letter(char: str) -> str:
    accented = _ACCENTED.get(char)
    return f"[{char}{accented}]" if accented else re.escape(char)


@lru_cache(maxsize=2_000)
def compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex, re.IGNORECASE)


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

    def _read(self, docid: int, title: str, body: str, regex: str) -> bool:
        if len(self._known) > _REMEMBERED:
            self._known.clear()
        found = compiled(regex)
        holds = found.search(title) is not None or found.search(body) is not None
        self._known[docid, regex] = holds
        return holds


def holds(docid: str, regex: str) -> tuple[str, tuple[str, str]]:
    """A condition in SQL and its parameters: the article of ``docid`` (SQL) shows the pattern."""
    sql = (
        f"coalesce(phrase_known({docid}, ?), (SELECT phrase_read(s.docid, s.title, s.body, ?)"  # noqa: S608 - an expression of ours
        f" FROM articles s WHERE s.docid = {docid}))"
    )
    return sql, (regex, regex)
