"""What unlabelled text taught about single words: classes of company kept, and habits of case.

The table is ``words.tsv`` (word, coarse class, fine class, capitalised in tenths), computed by
``bench.word_classes``. Digits are ``0`` in it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import lru_cache

from store.tables import table_text

_DIGIT = re.compile(r"\d")


_MANY = 3_000
"""Words looked for one by one; who asks for more (some three articles) is served by a table of all, whose
making costs as much as twenty thousand look-ups without it."""


class Words:
    """The table; a line is looked up and split only when its word is asked for."""

    def __init__(self, lines: list[str]) -> None:
        """``lines`` are sorted, so that a word is found in them without a table of all."""
        self._lines = lines
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
            self._table = dict(line.split("\t", 1) for line in self._lines)
        start = word + "\t"
        at = bisect_left(self._lines, start)
        if at < len(self._lines) and self._lines[at].startswith(start):
            return self._lines[at][len(start) :]
        return None

    def __contains__(self, low: str) -> bool:
        return self._find(low) is not None


@lru_cache(maxsize=1)
def load() -> Words:
    """The shipped table, read once."""
    return Words(table_text("extract/words.tsv").split("\n")[:-1])
