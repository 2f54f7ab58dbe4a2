"""What else a typed word may mean in this library: the word it is a slip for, the word it begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from store.library import Notice
from store.normalise import plain, strength, strongest
from store.search.correct import Correction, corrections
from store.search.lexicon import Lexicon
from store.search.nesting import nested
from store.search.units import Unit

_TIED = 0.03
"""Corrections this much farther than the nearest are taken for as likely; the others follow."""
_WIDER = 0.8
"""Corrections up to this much farther are looked for where the nearest brings little."""
_RARE = 2
"""A word in so few articles may be a slip that was printed."""
_COMMONER = 20
"""A near word in so many times the articles is then looked for as well."""
_PREFIX_FORMS = 20
"""Forms that a prefix stands for at most, for each of its letters: the commonest."""
_PREFIX_SURFACES = 20_000
_FEW_SURFACES = 2_000
"""With more words than this behind one or two letters, the commonest of the language stand in."""
_COUNTED = 200
_SHORTEST_PREFIX = 3
"""Letters from which an unknown word is also taken for the beginning of one."""


class Spelling:
    """Near words and beginnings out of one library's words."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def there(self, unit: Unit) -> Unit:
        """The unit without other names that find nothing more.

        They have a word which the library has not, or all the words of the typed ones.
        """
        if len(unit.options) == 1:
            return unit
        typed = set(unit.forms)
        office = tuple(self.there(part) for part in unit.office)
        kept = len(unit.office) and len(unit.office[0].options) * len(unit.office[1].options)
        named = tuple(
            option
            for option in unit.options[max(1, kept) :]
            if not typed <= {form for sequence in option for form in sequence}
            and all(self._lexicon.has(form) for sequence in option for form in sequence)
        )
        if office:
            both = tuple(a + b for a, b in product(office[0].options, office[1].options))
            return replace(unit, options=(*both, *named), office=office)
        return replace(unit, options=(unit.options[0], *named))

    def near(self, unit: Unit, notices: list[Notice]) -> Unit:
        """The unit, widened to near words where the library does not have what was typed."""
        form = unit.single
        if form is None or unit.light or len(unit.options) > 1:
            return unit
        count = self._lexicon.count(form, _RARE + 1)
        word = plain(unit.typed)
        stands = self._lexicon.form_of(word)
        if stands is not None and stands != form:
            # The index is still that of other word forms: new articles have ours, older ones theirs.
            return unit.also([(stands,)])
        if count and len(word) < len(unit.typed):  # "kerja sama", found as one
            return unit
        # In a small library no near word can be so much commoner than one that is there.
        settled = count > _RARE or self._lexicon.total < _COMMONER * count
        if count and settled and self._lexicon.form_of(word) is not None:
            return unit
        # A form of a word that is there, or that there is, is no slip in its beginning.
        begins_right = count > 0 or (form != word and strength(form) > 0)
        near = corrections(word, self._lexicon, begins_right=begins_right)
        found = [item for item in near if item.form != form]
        if count:
            seen = self._lexicon.form_of(word) is not None
            return self._perhaps(unit, count if seen else 0, found, notices)
        if not found:
            return self._begun(unit, word)
        nearest = found[0].distance
        tied = [item for item in found if item.distance <= nearest + _TIED]
        wider = [item for item in found if item.distance <= nearest + _WIDER]
        notices.append(Notice("corrected", (unit.typed, found[0].surface)))
        return replace(
            unit.also([(item.form,) for item in tied[:3]]),
            near=tuple((item.form,) for item in wider[:4] if item not in tied[:3]),
            meant=found[0].surface,
        )

    def nested(self, units: Sequence[Unit]) -> str | None:
        """``nesting.nested`` by how common the words are in this library."""
        return nested(units, self._lexicon)

    def _perhaps(
        self, unit: Unit, count: int, found: list[Correction], notices: list[Notice]
    ) -> Unit:
        """A word that is there, but rarely: much commoner near ones follow.

        ``count`` 0: never in this shape, which may be a slip or a form that nobody happened to
        print; both are then looked for.
        """
        common = [
            item
            for item in found[:2]
            if item.distance <= 0.7 and self._lexicon.count(item.form) >= _COMMONER * count
        ]
        if not common:
            return unit
        notices.append(Notice("corrected", (unit.typed, common[0].surface)))
        names = tuple((item.form,) for item in common)
        return replace(unit, near=names) if count else unit.also(names)

    def _begun(self, unit: Unit, word: str) -> Unit:
        if len(word) < _SHORTEST_PREFIX:
            return unit
        forms = [form for form in self.beginning(word)[0] if form != unit.single]
        return unit.also([(form,) for form in forms[:20]])

    def beginning(self, prefix: str) -> tuple[list[str], bool]:
        """Forms of the words that begin with ``prefix``, and whether those are all.

        The commonest where they are many.

        How common a root is in news at large comes with the normaliser; names have to be counted,
        which pays only where the prefix is long enough to leave few.
        """
        letters = plain(prefix)
        if not letters:
            return [], True
        long = len(letters) >= _SHORTEST_PREFIX
        pairs = self._lexicon.surfaces(letters, _PREFIX_SURFACES if long else _FEW_SURFACES)
        if not long and len(pairs) == _FEW_SURFACES:
            return strongest(letters, _PREFIX_FORMS * len(letters)), False
        forms = list(dict.fromkeys(form for _, form in pairs))
        most = _PREFIX_FORMS * len(letters)
        if len(forms) <= most:
            return forms or [letters], len(pairs) < _PREFIX_SURFACES
        forms.sort(key=strength, reverse=True)
        roots = [form for form in forms[:most] if strength(form)]
        if long:
            names = sorted((f for f in forms if not strength(f)), key=len)[:_COUNTED]
            names.sort(key=self._lexicon.count, reverse=True)
            roots = roots[: most // 2] + names[: most // 2]
        return roots or forms[:most], False
