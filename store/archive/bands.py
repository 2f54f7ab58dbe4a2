"""The table of bands: under which keys of a fingerprint which articles are found.

Keys are random, so that an article's twelve rows go to as many pages. An import keeps those of its
latest articles in memory instead and puts some thousand articles' into the table at a time, in the
order of the keys, which touches each page once. Nothing is lost with the memory: the keys follow from
the fingerprints, which are in the library at once, and ``meta`` says which articles the table lacks.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain
from typing import TypeAlias

from store.archive.fingerprint import BANDS, bands

_MOST = 29_000
"""Articles whose keys are kept in memory at most, which takes 22 MB; with some more it would be half as
much again, because tables of Python grow by doubling."""

Step = Callable[[sqlite3.Connection], None]

Row = tuple[int, int]
"""A key and an article."""

Part: TypeAlias = "array[int]"
"""Rows one behind the other, a seventh of what they take as tuples."""

_ROWS_AT_ONCE = 16_384
"""Rows written in one transaction, so that other writers need not wait long."""

_LEFT_OUT = 34
"""Bits of a key that are not kept in memory: the others are an integer of the smallest size."""

_FROM = "bands_missing_from"
"""The key of ``meta`` for the first of the articles, by id, that the table lacks, while it lacks any."""


class Late:
    """The articles that the table lacks, as one connection knows them."""

    def __init__(self) -> None:
        self.wanted = False
        """Whether new articles are to be kept back; those that are already there count in any case."""
        self.reset()

    def reset(self, first: int | None = None) -> None:
        """Know of none; those from ``first`` on are to be read."""
        self._first = first
        self._seen = (first or 0) - 1
        self._articles = 0
        self._only: dict[int, int] = {}
        self._more: defaultdict[int, list[int]] = defaultdict(list)

    def are_many(self, most: int) -> bool:
        """Whether it is time to put them into the table, where ``most`` articles may wait for that."""
        return self._articles >= min(most, _MOST)

    def catch_up(self, connection: sqlite3.Connection) -> None:
        """Learn what others wrote since. Must run inside the transaction that then adds articles."""
        first = _first_missing(connection)
        if first is None and self.wanted:
            (last,) = connection.execute(
                "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'articles'"
            ).fetchone()
            first = last + 1
            connection.execute("INSERT INTO meta VALUES (?, ?)", (_FROM, first))
        if first != self._first:
            self.reset(first)
        if first is None:
            return
        for at, print_ in connection.execute(
            "SELECT article_id, print FROM fingerprints WHERE article_id > ?", (self._seen,)
        ):
            self.note(at, bands(print_))

    def has_place_for(self, at: int) -> bool:
        """Whether article ``at`` belongs here and not yet into the table."""
        return self._first is not None and at >= self._first

    def note(self, at: int, keys: Iterable[int]) -> None:
        """Find article ``at`` under ``keys`` from now on."""
        self._articles += 1
        self._seen = max(self._seen, at)
        for key in keys:
            short = key >> _LEFT_OUT
            if self._only.setdefault(short, at) != at:
                self._more[short].append(at)

    def under(self, key: int, most: int) -> Iterable[int]:
        """The latest articles under ``key``; one may have left it meanwhile, or have one much like it."""
        short = key >> _LEFT_OUT
        only = self._only.get(short)
        return () if only is None else chain((only,), self._more.get(short, ())[-most:])


def _first_missing(connection: sqlite3.Connection) -> int | None:
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (_FROM,)).fetchone()
    return row[0] if row else None


def lacking(connection: sqlite3.Connection) -> int:
    """How many articles the table lacks."""
    (count,) = connection.execute(
        "SELECT count(*) FROM fingerprints"
        " WHERE article_id >= (SELECT value FROM meta WHERE key = ?)",
        (_FROM,),
    ).fetchone()
    return int(count)


def complete(connection: sqlite3.Connection) -> Iterator[Step]:
    """Put into the table what it lacks: the steps of that, each to be a transaction of its own.

    A run that is cut off leaves the table as incomplete as it was said to be.
    """
    first = _first_missing(connection)
    if first is None:
        return
    version = _version(connection)
    parts = _parts(connection, first)
    for part in parts:
        yield partial(_insert, rows=_sorted(part))
    yield partial(_finish, first=first, version=version, written=parts)


def _insert(connection: sqlite3.Connection, rows: Iterable[Row]) -> None:
    connection.executemany(
        # IGNORE: of a run that was cut off, or an older program, which keeps nothing back.
        "INSERT OR IGNORE INTO bands (band, article_id) VALUES (?, ?)",
        rows,
    )


def _finish(
    connection: sqlite3.Connection, first: int, version: int, written: Iterable[Part]
) -> None:
    """Say that all is there: where others wrote between the steps, once that is so."""
    if _version(connection) != version:
        rows = {row for part in _parts(connection, first) for row in _sorted(part)}
        _insert(connection, sorted(rows))
        connection.executemany(
            "DELETE FROM bands WHERE band = ? AND article_id = ?",
            (row for part in written for row in _sorted(part) if row not in rows),
        )
    connection.execute("DELETE FROM meta WHERE key = ?", (_FROM,))


def _parts(connection: sqlite3.Connection, first: int) -> list[Part]:
    """The rows that follow from the fingerprints of the articles from ``first`` on.

    Parted by ranges of their keys, which are spread evenly, and the parts in the order of those.
    """
    (last,) = connection.execute("SELECT max(article_id) FROM fingerprints").fetchone()
    count = 1 + BANDS * ((last or 0) + 1 - first) // _ROWS_AT_ONCE
    parts = [array("q") for _ in range(count)]
    for at, print_ in connection.execute(
        "SELECT article_id, print FROM fingerprints WHERE article_id >= ?", (first,)
    ):
        for key in bands(print_):
            parts[((key >> 32) + (1 << 31)) * count >> 32].extend((key, at))
    return parts


def _sorted(part: Part) -> list[Row]:
    return sorted(zip(part[::2], part[1::2], strict=True))


def _version(connection: sqlite3.Connection) -> int:
    """Changes whenever another connection has written."""
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    return int(version)
