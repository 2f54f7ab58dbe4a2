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


class Words:
    """The table; a line is looked up and split only when its word is asked for."""

    def __init__(self, lines: list[str]) -> None:
        """``lines`` are sorted, so that a word is found in them without a table of all."""
        self._lines = lines

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
