"""What unlabelled text taught about single words: classes of company kept, and habits of case.

The table is ``words.tsv`` (word, coarse class, fine class, capitalised in tenths), computed by
``bench.word_classes``. Digits are ``0`` in it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import lru_cache
from operator import methodcaller

from store.tables import table_bytes

_DIGIT = re.compile(r"\d")

_MANY = 1_000
"""Words looked for one by one; who asks for more (some three articles) is served by a table of all."""
_CELLS = methodcaller("split", "\t", 1)
_BLOCK = 1_024
"""Bytes of the table that are searched for a word; which ones, the first words of all blocks tell."""


class Words:
    """The table; a line is looked up and split only when its word is asked for."""

    def __init__(self, table: bytes) -> None:
        """``table``: its lines in the order of their bytes, so that a word is found without reading all."""
        self._lines = b"\n" + table
        starts = [self._lines.find(b"\n", at) for at in range(0, len(table), _BLOCK)]
        self._starts = [start for start in dict.fromkeys(starts) if 0 <= start < len(table)]
        self._firsts = [
            self._lines[start + 1 : self._lines.index(b"\t", start)] for start in self._starts
        ]
        self._starts.append(len(table))
        self._asked = 0
        self._table: dict[str, str] | None = None

    def classes(self, low: str) -> tuple[str, str] | None:
        """Coarse and fine class of a lower-cased word, None for a word too rare for the table."""
        line = self._line(low)
        if line is None:
            return None
        coarse, fine, _ = line.split("\t")
        return coarse, fine

    def habit(self, low: str) -> int | None:
        """How often the word is capitalised inside a sentence, in tenths; None if unknown."""
        line = self._line(low)
        return None if line is None else int(line.rsplit("\t", 1)[1])

    def _line(self, low: str) -> str | None:
        """What the table says of the word, behind it."""
        return self._find(low if low.isalpha() else _DIGIT.sub("0", low))

    def _find(self, word: str) -> str | None:
        if self._table is not None:
            return self._table.get(word)
        self._asked += 1
        if self._asked > _MANY:
            lines = self._lines.decode().split("\n")[1:-1]
            self._table = dict(map(_CELLS, lines))
        key = word.encode("utf-8", "surrogatepass")
        block = bisect_right(self._firsts, key)
        if not block or b"\t" in key:
            return None
        begin = b"\n%b\t" % key
        at = self._lines.find(begin, self._starts[block - 1], self._starts[block])
        if at < 0:
            return None
        return self._lines[at + len(begin) : self._lines.index(b"\n", at + 1)].decode()

    def __contains__(self, low: str) -> bool:
        return self._find(low) is not None


@lru_cache(maxsize=1)
def load() -> Words:
    """The shipped table, read once."""
    return Words(table_bytes("extract/words.tsv"))
