"""What the library's index knows of words: how common a form is, and which surfaces there are."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cached_property, lru_cache

from store.normalise import closed_compounds, strength
from store.search.asking import Asking
from store.search.exact import shows

COUNTED = 5_000
"""Document counts stop here: commoner than that makes no difference to a correction."""

Ways = Iterable[Iterable[Iterable[str]]]
"""Ways to say a thing: of each, every sequence of forms is needed."""

SAMPLED = 40
"""Articles that are read to learn how common one surface of a form is (some 20 µs each)."""


class Lexicon:
    """Counts and surfaces, remembered for as long as the library does not change."""

    def __init__(self, connection: Asking) -> None:
        self._connection = connection
        self.matches = lru_cache(maxsize=20_000)(self._matches)
        self.commonness = lru_cache(maxsize=20_000)(self._commonness)
        self.shares = lru_cache(maxsize=1_000)(self._share)

    def forget(self) -> None:
        """The library has changed."""
        self.matches.cache_clear()
        self.commonness.cache_clear()
        self.shares.cache_clear()

    def _matches(self, form: str, most: int) -> int:
        (count,) = self._connection.execute(
            "SELECT count(*) FROM (SELECT 1 FROM docs WHERE docs MATCH ? LIMIT ?)",
            (quoted(form), most),
        ).fetchone()
        return int(count)

    def count(self, form: str, most: int = COUNTED) -> int:
        """Articles with that form, at most ``most``: a few are counted in no time."""
        return self.commonness(form)[0] if most == COUNTED else self.matches(form, most)

    def _commonness(self, form: str) -> tuple[int, int]:
        """Articles with that form, at most ``COUNTED``; how early so many are reached, higher is earlier.

        Hits of a common form are stepped over, which takes half the time of counting them.
        """
        (found,) = self._connection.execute(
            "SELECT ifnull((SELECT -rowid FROM docs WHERE docs MATCH ?1 ORDER BY rowid LIMIT 1 OFFSET ?2),"
            " (SELECT count(*) FROM docs WHERE docs MATCH ?1))",
            (quoted(form), COUNTED - 1),
        ).fetchone()
        return (COUNTED, found) if found < 0 else (found, 0)

    def is_likely(self, form: str, articles: int) -> bool:
        """Whether at least so many articles have the form, many being estimated from the newest."""
        if articles <= COUNTED or self.total <= COUNTED:
            return self.count(form, articles) >= articles
        row = self._connection.execute(
            "SELECT rowid FROM docs WHERE docs MATCH ? ORDER BY rowid DESC LIMIT 1 OFFSET ?",
            (quoted(form), COUNTED * articles // self.total),
        ).fetchone()
        return row is not None and row[0] >= self._sampled

    @cached_property
    def _sampled(self) -> int:
        """The docid from which articles are the ``COUNTED`` newest. Never asked again, as it may be off."""
        row = self._connection.execute(
            "SELECT docid FROM articles ORDER BY docid DESC LIMIT 1 OFFSET ?", (COUNTED - 1,)
        ).fetchone()
        return int(row[0]) if row else 0

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

    def bound(self, options: Ways) -> int:
        """Articles that may have one of several ways to say a thing, at most ``COUNTED``."""
        return self.widest(options)[0]

    def widest(self, options: Ways) -> tuple[int, int]:
        """How common the commonest of several ways to say a thing is at most.

        As its rarest form: counting the ways themselves costs 20 times as much. Forms that can make
        no difference are not counted, nor ways behind one that is common.
        """
        widest = (0, 0)
        for option in options:
            rarest = (COUNTED, 1)
            for form in (form for sequence in option for form in sequence):
                rarest = min(rarest, self.commonness(form))
                if rarest <= widest:
                    break
            widest = max(widest, rarest)
            if widest[0] == COUNTED:
                break
        return widest

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

    def near(self, prefixes: Iterable[str], shortest: int, longest: int) -> dict[str, str]:
        """Surfaces with one of these beginnings and so many letters, and their forms.

        Some thousand rows: as one, they take half the time.
        """
        surfaces, forms = self._connection.execute(
            "SELECT group_concat(surface, ' '), group_concat(form, ' ')"
            " FROM json_each(?) beginning CROSS JOIN terms"
            " WHERE surface >= beginning.value AND surface < beginning.value || ?"
            " AND length(surface) BETWEEN ? AND ?",
            (json.dumps(list(prefixes)), "\U0010ffff", shortest, longest),
        ).fetchone()
        return dict(zip(surfaces.split(" "), forms.split(" "), strict=True)) if surfaces else {}

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
