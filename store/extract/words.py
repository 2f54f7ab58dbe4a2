"""What unlabelled text taught about single words: classes of company kept, and habits of case.

The table is ``words.tsv`` (word, coarse class, fine class, capitalised in tenths), computed by
``bench.word_classes``. Digits are ``0`` in it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from importlib.resources import files

_DIGIT = re.compile(r"\d")


class Words:
    """The table; lines are split only when their word is first asked for."""

    def __init__(self, lines: dict[str, str]) -> None:
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
        return self._lines.get(low if low.isalpha() else _DIGIT.sub("0", low))

    def __contains__(self, low: str) -> bool:
        return low in self._lines


@lru_cache(maxsize=1)
def load() -> Words:
    """The shipped table, read once."""
    text = files("store.extract").joinpath("words.tsv").read_text(encoding="utf-8")
    return Words(dict(line.split("\t", 1) for line in text.split("\n") if line))
