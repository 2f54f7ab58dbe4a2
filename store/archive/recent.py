"""The rows that an import has just written by entity, kind and country, in small tables of their own.

The keys of the large tables scatter an article's rows over as many pages, which are more the larger the
library is. An import writes them to tables of the same columns, ``…_recent``, and moves those of some
thousand articles at a time to the large ones, in the order of the keys, which touches each page once.
Questions go to both, as ``…_all``; a row is always in one of the two, so that an import that is cut off
leaves nothing to mend: the next one moves what it finds.
"""

from __future__ import annotations

import sqlite3

from store.schema import INVERTED

MOST = 8192
"""Articles whose rows are kept together: as many as have their keys of near-duplicates kept (``bands``)."""

_ROWS_AT_ONCE = 16_384
"""Rows moved in one transaction, so that other writers need not wait long."""


def move(connection: sqlite3.Connection) -> bool:
    """Move some rows to their large table; whether there may be more to move."""
    for table, key in INVERTED.items():
        rows = connection.execute(
            f"SELECT * FROM {table}_recent ORDER BY {key}, docid LIMIT ?",  # noqa: S608 - our own names
            (_ROWS_AT_ONCE,),
        ).fetchall()
        if not rows:
            continue
        marks = ", ".join("?" for _ in rows[0])
        connection.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", rows)  # noqa: S608
        connection.execute(
            f"DELETE FROM {table}_recent WHERE ({key}, docid) <= (?, ?)",  # noqa: S608 - the same
            rows[-1][:2],
        )
        return True
    return False
