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
_INSIDE = "['\u2018\u2019\u02bc`]?"


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


@lru_cache(maxsize=256)
def compiled(regex: str) -> re.Pattern[str]:
    return re.compile(regex, re.IGNORECASE)


def register(connection: sqlite3.Connection) -> None:
    """Give the connection ``surface_has(title, body, pattern)`` for phrases in quotes."""

    def surface_has(title: str, body: str, regex: str) -> int:
        found = compiled(regex)
        return int(found.search(title) is not None or found.search(body) is not None)

    connection.create_function("surface_has", 3, surface_has, deterministic=True)
