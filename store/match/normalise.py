"""Names as plain Latin letters, with the way back to the characters they came from.

Every script is transliterated (anyascii), marks and apostrophes go, dashes become one dash. Nothing
here knows what a title or an agreement is. Offsets are code points of the source.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

LONGEST = 400
"""Characters of a name that are looked at; the longest name we know has 111."""

_WORD = re.compile(r"[a-z0-9]+")
_DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2022\u00b7_")
_APOSTROPHES = frozenset("'\u2018\u2019\u02bc\u02bb\u0060\u00b4\u2032")


class Token(NamedTuple):
    """A word of a name: its plain form, and where it stands in the source."""

    form: str
    start: int
    end: int


class Latin(NamedTuple):
    """Plain lower-case text; character ``i`` comes from ``source[offsets[i]]``."""

    text: str
    offsets: tuple[int, ...]
    """As long as ``text`` plus one, the last being the end of the source that was read."""

    def token(self, start: int, end: int) -> Token:
        """The characters ``[start, end)`` of the plain text as a token of the source."""
        first, last = self.offsets[start], self.offsets[end - 1]
        return Token(self.text[start:end], first, max(last + 1, self.offsets[end]))


@lru_cache(maxsize=16384)
def _plain(char: str) -> str:
    if char in _APOSTROPHES:
        return ""
    if char in _DASHES:
        return "-"
    if char.isspace():
        return " "
    if letters := _taken_apart(char):
        return letters
    from anyascii import anyascii  # 20 ms: few names need it

    latin: str = anyascii(unicodedata.normalize("NFKC", char))
    return latin.replace("'", "").lower()


def _taken_apart(char: str) -> str:
    """The lower-case ASCII that Unicode makes of a character without its marks ("é", "ﬁ", "¼"), empty
    where that is not all of it; ``anyascii`` gives the same."""
    parts = unicodedata.normalize("NFKD", char).replace("\u2044", "/")
    letters = "".join(part for part in parts if not unicodedata.combining(part))
    return letters.lower() if letters.isascii() and letters[:1].isalnum() else ""


def _is_plain(text: str) -> bool:
    """Whether every character stands for itself, whatever its case."""
    return text.isascii() and "'" not in text and "`" not in text


def latin(text: str) -> Latin:
    """``text`` (its first 400 characters) in plain letters with the offset map."""
    text = text[:LONGEST]
    if _is_plain(text):
        return Latin(text.lower().replace("_", "-"), tuple(range(len(text) + 1)))
    parts: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        plain = char.lower() if char.isascii() and char not in "'`_" else _plain(char)
        parts.append(plain)
        offsets.extend([at] * len(plain))
    offsets.append(len(text))
    return Latin("".join(parts), tuple(offsets))


def plain(text: str) -> str:
    """``text`` in plain letters, without the way back."""
    if _is_plain(text):
        return text[:LONGEST].lower().replace("_", "-")
    return latin(text).text


@lru_cache(maxsize=8192)
def compact(text: str) -> str:
    """Only the letters and digits: how acronyms are compared ("IK–CEPA" = "ikcepa").

    Kept, because every name of the knowledge base is asked for by several tables.
    """
    return "".join(_WORD.findall(plain(text)))


def tokens(text: str) -> list[Token]:
    """The words of a name, split at everything that is no letter or digit."""
    source = latin(text)
    return [source.token(*m.span()) for m in _WORD.finditer(source.text)]
