"""The pieces of the full-text index: every write leaves some, and a question looks into each.

SQLite merges small ones by the way, yet up to a dozen remain. Of one piece, combinations of common
words are found in about half the time; merging all takes some three hundredths of an import.
"""

from __future__ import annotations

import sqlite3

HELD = 8 << 20
"""Bytes of new index that are collected before they become a piece. With SQLite's one megabyte writing
takes a quarter longer (measured: 30,000 articles, 5,000 at a time)."""

_FEW = 4
"""Pieces that are not worth the work."""
_SHARE = 3
"""Merged is when all others together are more than a third of the largest: a library that grows bit by
bit is then merged each time it has grown by as much, not after each import."""
_PAGES = 1_000
"""Pages of the index written in one transaction, which keeps others from writing for 0.1 s."""


def hold_more(connection: sqlite3.Connection) -> None:
    """Have a library collect ``HELD`` that was made when the default held."""
    (known,) = connection.execute(
        "SELECT count(*) FROM docs_config WHERE k = 'hashsize' AND v = ?", (HELD,)
    ).fetchone()
    if not known:
        connection.execute("INSERT INTO docs(docs, rank) VALUES ('hashsize', ?)", (HELD,))


def are_many(connection: sqlite3.Connection) -> bool:
    """Whether the pieces should be merged."""
    sizes = [
        size
        for (size,) in connection.execute("SELECT count(*) FROM docs_idx GROUP BY segid").fetchall()
    ]
    return len(sizes) > _FEW and _SHARE * (sum(sizes) - max(sizes)) > max(sizes)


def merge(connection: sqlite3.Connection) -> bool:
    """Merge pieces for a moment; whether there is more to do."""
    before = connection.total_changes
    connection.execute("INSERT INTO docs(docs, rank) VALUES ('merge', ?)", (-_PAGES,))
    # By the documentation of FTS5: a difference below two means that nothing was to be done.
    return connection.total_changes - before >= 2
