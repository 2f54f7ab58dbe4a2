"""Words that a scraper ran together: "RIPrabowo", "Subiantomenerima", "Pertaminadan".

A word is cut where its case changes, and before a common word at its end, if the pieces are words
that are known: in the table of words, in the knowledge base, or elsewhere in the article. What only
looks run together ("DeepSeek", "TransJakarta", "iPhone", "detikNews") stays whole.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container

from store.extract import rules
from store.extract.lately import Lately
from store.extract.words import Words

_CASE_BORDER = re.compile(
    r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ]{2}|[A-Z]))|(?<=[A-Z])(?=[A-Z][a-z]{2})"
)
_TAIL_WORDS = rules.words("tail_words")
_VERB = re.compile(r"(?:me|ber|di|ter|se|pe|ke)[a-z]{4,}\Z")
_UPPER_THEN_LOWER = re.compile(r"[A-Z](?:[A-Z]+\d*|\d+)([a-z]{2,})(?![a-z])")
_OF_THE_STATE = re.compile(r"[A-Z]{3,}(?=RI\Z)")
_POSSESSIVE = ("'s", "’s")
_VOWEL = re.compile(r"[AEIOU]")
_FIRST_PARTS = rules.words("first_parts")
"""Capitalised beginnings of names that are written as one word ("McKinsey", "TransJakarta")."""
_SMALL_BRANDS = ("detik", "micro", "vision", "watch")
"""Everyday words with which names begin that are written as one word ("detikNews", "microSD")."""
_NAME_ENDINGS = frozenset({"agar", "dari"})
"""What names end in too ("Wulandari"): no reason to cut a word that the table has."""
# Of the 40,000 words of the table only "Mayapada" ends in one of these without being two words, and of
# 40,000 further ones with a capital hardly any: they are cut off a name that nothing else knows.
_NEVER_IN_NAMES = rules.words("never_in_names")
_LONG_VERB = re.compile(r"(?:me[mn]|ber)[a-z]{4,}\Z")
_PREFIXES = frozenset(["ber", "kem", "pem", "pen", "per", "pro", "ter"])
_SAYS_ENOUGH = 7
"""Letters; so long a verb is cut off a name of three letters, too ("Zonmengatakan")."""
_ONE_WORD = frozenset(["japandi", "sambernyawa"])
"""Words that only look like a name and a common word."""
_SHORT_TAIL = 3
"""Letters; so short a tail is cut off only a word that the table does not have ("Wahyudi" has it)."""
_LEAST_EVERYDAY = 5
"""Letters; shorter ones end names too ("Ahmedabad", "Indraguna", by the table of words)."""
_LEAST_BEFORE_PLACE = 6
_SURE_NAME = 9
_NAME_HABIT = 8
"""Tenths; a word capitalised as often as this inside sentences is a name."""
_EVERYDAY_HABIT = 2
"""Tenths; a word capitalised no more often than this is none."""


_KEPT = 60_000
"""Words that are remembered to be whole."""


class _EveryForm:
    def __contains__(self, _: object) -> bool:
        return True


_EVERY_FORM = _EveryForm()


class Unglue:
    """Cuts words; what it needs to know of them is told once."""

    def __init__(self, table: Words, knows: Callable[[str], bool], states: Container[str]) -> None:
        """``knows`` says of a lower-cased word that a name or office begins with it; ``states`` are the
        lower-cased words in which names of countries and cities end.
        """
        self._table = table
        self._knows = knows
        self._states = states
        self._whole: Lately[str, bool] = Lately(_KEPT)

    def __call__(self, form: str, seen: Collection[str], successor: str = "") -> list[str]:
        """The pieces of a word; ``seen`` are the forms of the whole article.

        ``successor``: the word after one that ends in "di" or "ke", "" where that says nothing.
        """
        if successor:
            return self._pieces(form, seen, successor)
        if self._whole.get(form):
            return [form]
        # More forms in the article only make more cuts: what is whole beside all of them always is.
        if len(self._pieces(form, _EVERY_FORM)) > 1:
            return self._pieces(form, seen)
        self._whole.keep(form, True)
        return [form]

    def _pieces(self, form: str, seen: Container[str], successor: str = "") -> list[str]:
        if form.isupper():
            return self._of_the_state(form, seen)
        if form.endswith(_POSSESSIVE) and (form[:-2].lower() in self._states or form[:-2] in seen):
            return [form[:-2], form[-2:]]
        pieces: list[str] = []
        for part in (form,) if form[1:].islower() else self._after_capitals(form):
            for piece in self._at_case(part, seen):
                cut = self._tail(piece, seen)
                pieces += [piece[:cut], piece[cut:]] if cut else [piece]
        last = pieces[-1]
        if len(last) >= _LEAST_BEFORE_PLACE and self._is_before_place(last, successor):
            pieces[-1:] = [last[:-2], last[-2:]]
        return pieces

    def _is_before_place(self, form: str, successor: str) -> bool:
        """Whether "Fidandi" stands before "Ankara": a name that nobody knows, and "di"."""
        return (
            successor[:1].isupper()
            and form[0].isupper()
            and form[-3:].islower()
            and form.lower() not in self._table
            and self._knows(successor.lower())
        )

    def _of_the_state(self, form: str, seen: Container[str]) -> list[str]:
        """ "BNPPRI" is "BNPP RI", if the article has "BNPP" too or everybody does."""
        body = _OF_THE_STATE.match(form)
        if body is None:
            return [form]
        name = body.group()
        if form.lower() in self._table and _VOWEL.search(name):
            return [form]  # "GALERI"
        if name in seen or (self._table.habit(name.lower()) or 0) >= _SURE_NAME:
            return [name, form[-2:]]
        return [form]

    def _after_capitals(self, form: str) -> list[str]:
        """The parts of a word cut behind its abbreviations: "ASyang", "danNEDOmenegaskan"."""
        parts: list[str] = []
        start = 0
        for match in _UPPER_THEN_LOWER.finditer(form):
            if self._is_tail(match[1]):
                parts.append(form[start : match.start(1)])
                start = match.start(1)
        return [*parts, form[start:]]

    def _at_case(self, form: str, seen: Container[str]) -> list[str]:
        if form[1:].islower():
            return [form]
        whole = form.lower() in self._table
        borders = [match.start() for match in _CASE_BORDER.finditer(form)]
        pieces: list[str] = []
        start = 0
        for place, border in enumerate(borders):
            end = borders[place + 1] if place + 1 < len(borders) else len(form)
            left, right = form[start:border], form[border:end]
            if (
                self._ends_small(left, right)
                if left.islower()
                else self._ends_name(left, right, whole, seen)
            ):
                pieces.append(left)
                start = border
        return [*pieces, form[start:]]

    def _ends_small(self, left: str, right: str) -> bool:
        """Whether an everyday word runs on to a name: "bahwaIndonesia", "selamaIAEA", "diPiala"."""
        if left.endswith(_SMALL_BRANDS) or left in _FIRST_PARTS or len(left) < 2:
            return False
        habit = self._table.habit(left)
        if left in _TAIL_WORDS or (
            len(left) > 2 and habit is not None and habit <= _EVERYDAY_HABIT
        ):
            return True
        return len(left) > 3 and self._is_name(self._without_tail(right))

    def _ends_name(self, left: str, right: str, whole: bool, seen: Container[str]) -> bool:
        """Whether the sides of a case border, the first one capitalised, are words of their own.

        ``whole``: the table has the run-together form, as it has "youtube" and "jakartaindonesia".
        """
        small, name = left.lower(), self._without_tail(right)
        if small in _FIRST_PARTS:
            return False
        if len(left) < 3 and not (len(left) > 1 and left.isupper()):
            return small in _TAIL_WORDS and self._is_name(name)
        if self._tail(left, seen) or (left in seen and right in seen):
            return True
        if right[:2].isupper():
            habit = self._table.habit(small)
            everyday = habit is not None and habit <= _EVERYDAY_HABIT
            return not whole and (everyday or self._knows(small))
        if whole:
            return (small in self._states and name in self._table) or (
                self._knows(small) and self._is_name(name) and len(right) > 3
            )
        return (
            small in self._table or self._knows(small) or name in self._table or self._knows(name)
        )

    def _without_tail(self, right: str) -> str:
        return right[: self._tail(right, ()) or None].lower()

    def _is_name(self, low: str) -> bool:
        return self._knows(low) or (self._table.habit(low) or 0) >= _NAME_HABIT

    def _is_tail(self, tail: str) -> bool:
        return tail in _TAIL_WORDS or (
            _VERB.match(tail) is not None
            and (self._table.habit(tail) or 0) <= 1
            and tail in self._table
        )

    def _is_everyday(self, name: str, tail: str, *, sure: bool) -> bool:
        """Whether a word that hardly ever has a capital follows a name ("Prabowolangsung").

        ``sure``: the name is a country, or stands elsewhere in the article.
        """
        habit = self._table.habit(tail)
        if habit is None or len(tail) < _LEAST_EVERYDAY - sure:
            return False
        known = self._table.habit(name.lower()) or 0
        return (habit == 0 and known >= _SURE_NAME) or (
            sure and habit <= _EVERYDAY_HABIT and known >= _NAME_HABIT
        )

    def _tail(self, form: str, seen: Container[str]) -> int:
        """Where a common word begins at the end of a name, 0 if none does."""
        low = form.lower()
        if len(form) < 6 or not form[-2:].islower() or low in _ONE_WORD:
            return 0
        whole = low in self._table
        least = 3
        if not form[1:].islower():
            # "WhatsAppdapat": the tail begins behind the last capital.
            least = max(at for at, char in enumerate(form) if char.isupper()) + 2
        for cut in range(least, len(form) - 1):
            tail = low[cut:]
            # A word that the table has as a whole is cut before the commonest words only.
            common = tail in _TAIL_WORDS or (not whole and tail in self._table)
            if common and self._is_cut(form[:cut], tail, whole, seen):
                return cut
        return 0

    def _is_cut(self, left: str, tail: str, whole: bool, seen: Container[str]) -> bool:
        state, again = left.lower() in self._states, left in seen
        if len(left) < 4:
            return not whole and (
                (again and len(tail) > _SHORT_TAIL and tail in _TAIL_WORDS)
                or (
                    len(tail) >= _SAYS_ENOUGH
                    and left.lower() not in _PREFIXES
                    and _LONG_VERB.match(tail) is not None
                    and self._is_tail(tail)
                )
            )
        if state and tail in _TAIL_WORDS:
            return True
        if whole and (len(tail) <= _SHORT_TAIL or tail not in _TAIL_WORDS or tail in _NAME_ENDINGS):
            return False
        if not self._is_tail(tail) and not self._is_everyday(left, tail, sure=state or again):
            return False
        return (
            again
            or state
            or (not whole and (tail in _NEVER_IN_NAMES or _LONG_VERB.match(tail) is not None))
            or (
                (len(left) > 4 or (len(tail) > 4 and tail in _TAIL_WORDS and not whole))
                and self._is_name(left.lower())
            )
        )
