"""Words that a scraper ran together: "RIPrabowo", "Subiantomenerima", "Pertaminadan".

A capitalised word is cut where its case changes, and before a common word at its end, if the pieces
are words that are known: in the table of words, in the knowledge base, or elsewhere in the article.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from store.extract.words import Words

_CASE_BORDER = re.compile(
    r"(?<=[a-zß-öø-ÿ])(?=[A-ZÀ-ÖØ-Þ](?:[a-zß-öø-ÿ]{2}|[A-Z]))|(?<=[A-Z])(?=[A-Z][a-z]{2})"
)
_TAIL_WORDS = frozenset(
    [
        "dan",
        "yang",
        "hanya",
        "adalah",
        "merupakan",
        "dari",
        "untuk",
        "pada",
        "dengan",
        "dalam",
        "juga",
        "saat",
        "usai",
        "sebagai",
        "sempat",
        "akan",
        "telah",
        "sudah",
        "serta",
        "oleh",
        "karena",
        "agar",
        "tidak",
        "bisa",
        "hingga",
        "ketika",
        "sebelum",
        "setelah",
        "atau",
        "itu",
        "ini",
        "di",
        "ke",
        "saja",
        "pun",
        "lalu",
        "kepada",
        "terhadap",
        "antara",
        "atas",
        "bagi",
        "belum",
        "bersama",
        "dapat",
        "harus",
        "ingin",
        "jelang",
        "kembali",
        "masih",
        "maupun",
        "melalui",
        "menjelang",
        "resmi",
        "secara",
        "sedang",
        "sejak",
        "selama",
        "seperti",
        "sementara",
        "soal",
        "tentang",
        "tiba",
        "turut",
        "yaitu",
        "yakni",
    ]
)
_VERB = re.compile(r"(?:me|ber|di|ter|se|pe|ke)[a-z]{4,}\Z")
_UPPER_THEN_LOWER = re.compile(r"([A-Z]{2,}\d*)([a-z]{2,})\Z")
_NAME_ENDINGS = frozenset({"agar", "dari"})
"""What names end in too ("Wulandari"): no reason to cut a word that the table has."""
# Of the 40,000 words of the table only "Mayapada" ends in one of these without being two words: they
# are cut off a name that nothing else knows.
_NEVER_IN_NAMES = frozenset(
    [
        "adalah",
        "dengan",
        "hingga",
        "karena",
        "kepada",
        "ketika",
        "merupakan",
        "pada",
        "sebagai",
        "sebelum",
        "setelah",
        "sudah",
        "telah",
        "terhadap",
        "tidak",
        "untuk",
    ]
)
_LONG_VERB = re.compile(r"(?:me[mn]|ber)[a-z]{4,}\Z")
_SHORT_TAIL = 3
"""Letters; so short a tail is cut off only a word that the table does not have ("Wahyudi" has it)."""
_LEAST_EVERYDAY = 5
"""Letters; shorter ones end names too ("Ahmedabad", "Indraguna", by the table of words)."""
_SURE_NAME = 9
_NAME_HABIT = 8
"""Tenths; a word capitalised as often as this inside sentences is a name."""


class Unglue:
    """Cuts words; ``knows`` says of a lower-cased word that a name or office begins with it."""

    def __init__(self, table: Words, knows: Callable[[str], bool]) -> None:
        self._table = table
        self._knows = knows

    def __call__(self, form: str, seen: Collection[str]) -> list[str]:
        """The pieces of a capitalised word; ``seen`` are the forms of the whole article."""
        upper = _UPPER_THEN_LOWER.match(form)
        if upper and self._is_tail(upper[2]):
            return [upper[1], upper[2]]
        pieces: list[str] = []
        for piece in self._at_case(form):
            cut = self._tail(piece, seen)
            pieces += [piece[:cut], piece[cut:]] if cut else [piece]
        return pieces

    def _at_case(self, form: str) -> list[str]:
        if form[1:].islower():
            return [form]
        whole = form.lower() in self._table
        borders = [match.start() for match in _CASE_BORDER.finditer(form)]
        pieces: list[str] = []
        start = 0
        for place, border in enumerate(borders):
            end = borders[place + 1] if place + 1 < len(borders) else len(form)
            left, right = form[start:border], form[border:end]
            if self._are_two(left, right, whole):
                pieces.append(left)
                start = border
        return [*pieces, form[start:]]

    def _are_two(self, left: str, right: str, whole: bool) -> bool:
        """Whether the sides of a case border are words of their own.

        ``whole``: the table has the run-together form, as it has "youtube" and "jakartaindonesia".
        """
        small = left.lower()
        abbreviation = right[:2].isupper()
        if left.islower():
            # "bahwaIndonesia", "selamaIAEA": an everyday word before a name, itself perhaps run on.
            habit = self._table.habit(small)
            if whole or habit is None or habit > 2 or len(left) < 2:
                return False
            return (abbreviation and len(left) > 3) or self._is_name(
                right[: self._tail(right, ())].lower() or right.lower()
            )
        if len(left) < 2 or (len(left) < 3 and not left.isupper()):
            return False
        name = right.lower()
        if abbreviation:
            return self._knows(small) and not whole
        if whole:
            return self._knows(small) and self._is_name(name) and len(right) > 3
        return (
            small in self._table or self._knows(small) or name in self._table or self._knows(name)
        )

    def _is_name(self, low: str) -> bool:
        return self._knows(low) or (self._table.habit(low) or 0) >= _NAME_HABIT

    def _is_tail(self, tail: str) -> bool:
        return tail in _TAIL_WORDS or (
            _VERB.match(tail) is not None
            and (self._table.habit(tail) or 0) <= 1
            and tail in self._table
        )

    def _is_everyday(self, name: str, tail: str) -> bool:
        """Whether a word that never has a capital follows what is surely a name ("Prabowolangsung")."""
        return (
            len(tail) >= _LEAST_EVERYDAY
            and self._table.habit(tail) == 0
            and (self._table.habit(name.lower()) or 0) >= _SURE_NAME
        )

    def _tail(self, form: str, seen: Collection[str]) -> int:
        """Where a common word begins at the end of a name, 0 if none does."""
        low = form.lower()
        if len(form) < 7 or not form[1:].islower():
            return 0
        whole = low in self._table
        for cut in range(4, len(form) - 1):
            tail = low[cut:]
            if whole and (
                len(tail) <= _SHORT_TAIL or tail not in _TAIL_WORDS or tail in _NAME_ENDINGS
            ):
                continue
            left = form[:cut]
            if not self._is_tail(tail) and not self._is_everyday(left, tail):
                continue
            if left in seen or (not whole and (tail in _NEVER_IN_NAMES or _LONG_VERB.match(tail))):
                return cut
            if len(left) > 4 and (
                (self._table.habit(left.lower()) or 0) >= _NAME_HABIT or self._knows(left.lower())
            ):
                return cut
        return 0
