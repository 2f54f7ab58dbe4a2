"""What the library's index knows of words: how common a form is, and which surfaces there are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache

from store.normalise import closed_compounds, strength
from store.search.asking import Asking
from store.search.exact import shows

COUNTED = 5_000
"""Document counts stop here: commoner than that makes no difference to a correction."""

SAMPLED = 40
"""Articles that are read to learn how common one surface of a form is (some 20 µs each)."""


class Lexicon:
    """Counts and surfaces, remembered for as long as the library does not change."""

    def __init__(self, connection: Asking) -> None:
        self._connection = connection
        self.matches = lru_cache(maxsize=20_000)(self._matches)
        self.shares = lru_cache(maxsize=1_000)(self._share)

    def forget(self) -> None:
        """The library has changed."""
        self.matches.cache_clear()
        self.shares.cache_clear()

    def _matches(self, form: str, most: int) -> int:
        (count,) = self._connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM docs WHERE docs MATCH ? LIMIT ?)",
            (quoted(form), most),
        ).fetchone()
        return int(count)

    def count(self, form: str, most: int = COUNTED) -> int:
        """Articles with that form, at most ``most``: a few are counted in no time."""
        return self.matches(form, most)

    def share(self, surface: str, form: str) -> float:
        """The share of the articles with a form that show that surface, above 0 and at most 1.

        Estimated from the newest ``SAMPLED``: the index holds forms alone. A compound has one form
        however it is written.
        """
        if surface == form and (not strength(form) or form in closed_compounds()):
            return 1.0
        return self.shares(surface, form)

    def _share(self, surface: str, form: str) -> float:
        articles = self._connection.execute(
            "SELECT title, body FROM"
            " (SELECT rowid FROM docs WHERE docs MATCH ? ORDER BY rowid DESC LIMIT ?) hit"
            " CROSS JOIN articles ON docid = hit.rowid",
            (quoted(form), SAMPLED),
        ).fetchall()
        found = sum(shows(surface, title) or shows(surface, body) for title, body in articles)
        return (found + 0.5) / (len(articles) + 0.5)

    def has(self, form: str) -> bool:
        return self.count(form, 1) > 0

    def bound(self, options: Iterable[Iterable[Iterable[str]]]) -> int:
        """Articles that may have one of several ways to say a thing, at most ``COUNTED``.

        As many as have the rarest form of a way: counting the ways themselves costs 20 times as much.
        """
        ways = (
            min(self.count(form) for sequence in option for form in sequence) for option in options
        )
        return min(COUNTED, max(ways, default=0))

    @property
    def total(self) -> int:
        """Articles in the library."""
        (total,) = self._connection.execute(
            "SELECT value FROM meta WHERE key = 'articles'"
        ).fetchone()
        return int(total)

    def surfaces(self, prefix: str, limit: int) -> list[tuple[str, str]]:
        """Up to ``limit`` pairs of surface and form, in the order of the alphabet."""
        return self._connection.execute(
            "SELECT surface, form FROM terms WHERE surface >= ? AND surface < ? LIMIT ?",
            (prefix, prefix + "\U0010ffff", limit),
        ).fetchall()

    def near(self, prefixes: Iterable[str], shortest: int, longest: int) -> list[tuple[str, str]]:
        """Pairs of surface and form with one of these beginnings and so many letters."""
        return self._connection.execute(
            "SELECT surface, form FROM json_each(?) beginning CROSS JOIN terms"
            " WHERE surface >= beginning.value AND surface < beginning.value || ?"
            " AND length(surface) BETWEEN ? AND ?",
            (json.dumps(list(prefixes)), "\U0010ffff", shortest, longest),
        ).fetchall()

    def form_of(self, surface: str) -> str | None:
        """The form of a surface that occurs, None where it does not."""
        row = self._connection.execute(
            "SELECT form FROM terms WHERE surface = ?", (surface,)
        ).fetchone()
        return row[0] if row else None


def quoted(*forms: str) -> str:
    """Forms as one FTS5 phrase; the only way in which text reaches MATCH."""
    return '"' + " ".join(forms).replace('"', '""') + '"'


def any_of(expressions: Iterable[str]) -> str:
    """FTS5 expressions joined by OR, each once."""
    items = list(dict.fromkeys(expressions))
    return items[0] if len(items) == 1 else f"({' OR '.join(items)})"


def all_of(expressions: Iterable[str]) -> str:
    """FTS5 expressions joined by AND, each once."""
    items = list(dict.fromkeys(expressions))
    return items[0] if len(items) == 1 else f"({' AND '.join(items)})"
