"""Near-duplicates: the same release in several outlets, kept, and linked to one another.

An article's fingerprint is indexed under a few bands; two articles that share one are candidates, and
their fingerprints say how near they are.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from store.archive.bands import Late
from store.archive.fingerprint import NEAR, bands, near

_PER_BAND = 24
"""Latest articles looked at for each band: daily bulletins that differ only in their numbers share
bands by the thousand, and the time for one article must not grow with them."""

MOST_LINKS = 8
"""Links from one article to earlier ones, the nearest; of a long series each is linked to some."""


class Neighbours:
    """Finds and links the near-duplicates of articles as they are written, within one transaction."""

    def __init__(
        self, connection: sqlite3.Connection, expected: Iterable[bytes], late: Late
    ) -> None:
        """``expected``: the fingerprints that may come, so that their bands are looked up at once."""
        self._connection = connection
        self._late = late
        keys = [key for print_ in expected for key in bands(print_)]
        if keys:
            late.catch_up(connection)
        # Nearly all bands of a new article are in no other: these need no question of their own.
        self._there = {
            row[0]
            for row in connection.execute(
                "SELECT value FROM json_each(?)"
                " WHERE EXISTS (SELECT 1 FROM bands WHERE band = value)",
                (json.dumps(keys),),
            )
        }
        self._start()

    def _start(self) -> None:
        self._prints: dict[int, bytes] = {}
        self._bands: defaultdict[int, list[int]] = defaultdict(list)
        self._links: list[tuple[int, int, float]] = []

    def place(self, at: int, print_: bytes) -> bool:
        """Index article ``at`` and link it to those already there; whether there are any."""
        keys = bands(print_)
        found = sorted(
            ((score, -other) for other in self._candidates(keys) if (score := self._near(print_, other)) >= NEAR),
            reverse=True,
        )[:MOST_LINKS]  # fmt: skip
        self._links.extend((at, -other, score) for score, other in found)
        if print_:
            self._prints[at] = print_
        if self._late.has_place_for(at):
            self._late.note(at, keys)
        else:
            for key in keys:
                self._bands[key].append(at)
        return bool(found)

    def _candidates(self, keys: tuple[int, ...]) -> set[int]:
        found: set[int] = set()
        for key in keys:
            found.update(self._bands.get(key, ())[-_PER_BAND:])
            found.update(self._late.under(key, _PER_BAND))
            if key not in self._there:
                continue
            found.update(
                row[0]
                for row in self._connection.execute(
                    "SELECT article_id FROM bands WHERE band = ? ORDER BY article_id DESC LIMIT ?",
                    (key, _PER_BAND),
                )
            )
        return found

    def _near(self, print_: bytes, other: int) -> float:
        theirs = self._prints.get(other)
        if theirs is None:
            row = self._connection.execute(
                "SELECT print FROM fingerprints WHERE article_id = ?", (other,)
            ).fetchone()
            # Nothing is left of an article that was deleted while its bands were kept in memory.
            theirs = row[0] if row else b""
        return near(print_, theirs)

    def flush(self) -> None:
        """Write what was collected, in the order of the tables' keys."""
        many = self._connection.executemany
        many("INSERT INTO fingerprints (article_id, print) VALUES (?, ?)", self._prints.items())
        many(
            "INSERT INTO bands (band, article_id) VALUES (?, ?)",
            sorted((key, at) for key, ids in self._bands.items() for at in ids),
        )
        many("INSERT INTO near_duplicates (article_id, of_id, score) VALUES (?, ?, ?)", self._links)
        self._there.update(self._bands)
        self._start()


def clear(connection: sqlite3.Connection, at: int) -> None:
    """Take article ``at`` out of the index and unlink it."""
    row = connection.execute(
        "DELETE FROM fingerprints WHERE article_id = ? RETURNING print", (at,)
    ).fetchone()
    if row is None:
        return
    connection.executemany(
        "DELETE FROM bands WHERE band = ? AND article_id = ?", [(key, at) for key in bands(row[0])]
    )
    connection.execute("DELETE FROM near_duplicates WHERE article_id = ?1 OR of_id = ?1", (at,))


def near_duplicates(connection: sqlite3.Connection, at: int) -> list[tuple[int, float]]:
    """Articles that are nearly the same text as ``at``, with their similarity, nearest first."""
    return [
        (other, score)
        for other, score in connection.execute(
            "SELECT of_id, score FROM near_duplicates WHERE article_id = ?1"
            " UNION SELECT article_id, score FROM near_duplicates WHERE of_id = ?1"
            " ORDER BY 2 DESC, 1",
            (at,),
        )
    ]


def copies(connection: sqlite3.Connection, at: int) -> list[int]:
    """The docids of the articles that are nearly the same text as ``at`` or as one that is, by date."""
    return [
        docid
        for (docid,) in connection.execute(
            "WITH RECURSIVE near(id) AS (SELECT ?1"
            " UNION SELECT of_id FROM near_duplicates JOIN near ON article_id = id"
            " UNION SELECT article_id FROM near_duplicates JOIN near ON of_id = id)"
            " SELECT docid FROM near JOIN articles USING (id) WHERE id <> ?1 ORDER BY docid",
            (at,),
        )
    ]


def groups(connection: sqlite3.Connection) -> dict[int, int]:
    """Every article that has copies, by docid, with the docid that stands for its group.

    Costs some microseconds for each link in the library.
    """
    lead: dict[int, int] = {}

    def of(docid: int) -> int:
        while (above := lead.setdefault(docid, docid)) != docid:
            lead[docid] = docid = lead[above]
        return docid

    for one, other in connection.execute(
        # CROSS: from the links to their articles, never from all articles to the links.
        "SELECT a.docid, b.docid FROM near_duplicates n"
        " CROSS JOIN articles a ON a.id = n.article_id CROSS JOIN articles b ON b.id = n.of_id"
    ):
        lead[of(one)] = of(other)
    return {docid: of(docid) for docid in lead}
