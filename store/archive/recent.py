"""The rows that an import has just written by entity, kind and country, in small tables of their own.

The keys of the large tables scatter an article's rows over as many pages, which are more the larger the
library is. An import writes them to tables of the same columns, ``…_recent``, and moves those of some
thousand articles at a time to the large ones (``kept``), in the order of the keys, which touches each
page once. Questions go to both, as ``…_all``; a row is always in one of the two, so that an import that
is cut off leaves nothing to mend, and that few may stay where they are for a later one to move.
"""

from __future__ import annotations

import sqlite3

from store.schema import INVERTED

MOST = 16_384
"""Articles whose rows are kept together at most. Each batch touches the more pages of the small tables
the more these hold: beside a million articles an import of 32,000, 64 at a time, writes 21.1 pages an
article with 8,192, 18.9 with 16,384, 19.5 with 31,000."""

_ROWS_AT_ONCE = 16_384
"""Rows moved in one transaction, so that other writers need not wait long."""


def articles(connection: sqlite3.Connection) -> int:
    """How many articles have rows in the small tables."""
    (count,) = connection.execute("SELECT count(DISTINCT docid) FROM types_recent").fetchone()
    return int(count)


def move(connection: sqlite3.Connection) -> bool:
    """Move some rows to their large table; whether there may be more to move."""
    for table, key in INVERTED.items():
        end = connection.execute(
            f"SELECT {key}, docid FROM {table}_recent ORDER BY 1, 2 LIMIT 1 OFFSET ?",  # noqa: S608 - our own names
            (_ROWS_AT_ONCE - 1,),
        ).fetchone()
        some = f"WHERE ({key}, docid) <= (?, ?)" if end else ""
        moved = connection.execute(
            # REPLACE: an older program may have left a row of an article that came back since.
            f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}_recent {some} ORDER BY {key}, docid",  # noqa: S608 - the same
            end or (),
        ).rowcount
        if moved:
            connection.execute(f"DELETE FROM {table}_recent {some}", end or ())  # noqa: S608 - the same
            return True
    return False
