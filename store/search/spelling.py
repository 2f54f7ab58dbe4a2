"""What else a typed word may mean in this library: the word it is a slip for, the word it begins."""

from __future__ import annotations

from store.records import Notice
from store.search.correct import corrections
from store.search.lexicon import Lexicon
from store.search.units import Unit
from store.text import fold

_PREFIX_FORMS = 200
"""Forms that a prefix stands for at most, the commonest."""
_PREFIX_SURFACES = 20_000
_COUNTED = 400


class Spelling:
    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def near(self, unit: Unit, notices: list[Notice]) -> Unit:
        """The unit, widened to near words where the library does not have what was typed."""
        form = unit.single
        if form is None or unit.light or len(unit.options) > 1 or self._lexicon.has(form):
            return unit
        word = "".join(char for char in fold(unit.typed) if char.isalnum())
        found = corrections(word, self._lexicon)
        if not found:
            return unit
        notices.extend(Notice("corrected", (unit.typed, surface)) for surface, _ in found[:1])
        return unit.also([(form,) for _, form in found])

    def beginning(self, prefix: str) -> list[str]:
        """Forms of the words that begin with ``prefix``, the commonest where they are many."""
        plain = "".join(char for char in fold(prefix) if char.isalnum())
        if not plain:
            return []
        forms = list(dict.fromkeys(f for _, f in self._lexicon.surfaces(plain, _PREFIX_SURFACES)))
        if len(forms) > _PREFIX_FORMS:
            forms = sorted(forms[:_COUNTED], key=self._lexicon.count, reverse=True)
        return forms[:_PREFIX_FORMS] or [plain]
