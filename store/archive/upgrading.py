"""Libraries of an older format: brought up to date where one may write, read as they are where not."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from store import schema
from store.archive import faults
from store.derived import FACETS
from store.library import Tell

PATIENCE = 600.0
"""Seconds to wait for whoever holds the library: it is likely to be upgrading it, too."""

_TURN = 1.0
"""Seconds of waiting at a time, between which Ctrl+C is heard."""

_CACHE = -65_536
"""KiB of memory for sorting, negative as SQLite wants it."""

_STAND_INS = {
    2: (
        "CREATE TEMP VIEW types AS SELECT DISTINCT s.type AS type, a.docid AS docid"
        " FROM spans s JOIN articles a ON a.id = s.article_id",
        "CREATE TEMP VIEW analyses AS"
        " SELECT 0 AS id, '' AS rules, '' AS names, '' AS first_used_at WHERE 0",
        "CREATE TEMP VIEW analysed AS SELECT 0 AS article_id, 0 AS analysis_id WHERE 0",
    ),
    3: (f"CREATE TEMP VIEW facets AS {FACETS}",),
    4: tuple(
        statement
        for name in schema.INVERTED
        for statement in (
            f"CREATE TEMP VIEW {name}_recent AS SELECT * FROM {name} WHERE 0",  # noqa: S608 - our own names
            f"CREATE TEMP VIEW {name}_all AS SELECT * FROM {name}",  # noqa: S608 - the same
        )
    ),
}
"""For each format, what shows a reader the tables that it brought: slower than these, and as true."""


def upgrade(path: Path, tell: Tell | None = None, patience: float = PATIENCE) -> None:
    """Run the migrations that the library lacks; one that is killed leaves it as it was.

    ``tell`` hears 0 when it begins, then shares of the work up to 1. Raises LibraryError where the
    library cannot be written to or stays locked for ``patience`` seconds.
    """
    tell = tell or (lambda _: None)
    tell(0.0)
    with faults.guard(path):
        connection = sqlite3.connect(path, timeout=_TURN)
        try:
            connection.execute(f"PRAGMA cache_size = {_CACHE}")
            _migrate(connection, tell, patience)
        finally:
            connection.close()
    tell(1.0)


def _migrate(connection: sqlite3.Connection, tell: Tell, patience: float) -> None:
    latest = time.monotonic() + patience
    while True:
        try:
            return schema.migrate(connection, tell=tell)
        except sqlite3.OperationalError as error:
            busy = error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_BUSY
            if not busy or time.monotonic() > latest:
                raise


def stand_in(connection: sqlite3.Connection, version: int) -> None:
    """Give a reader of a library of format ``version`` the tables that it lacks."""
    # Nothing of it may need a place to write.
    connection.execute("PRAGMA temp_store = MEMORY")
    for brought_in, views in _STAND_INS.items():
        if brought_in > version:
            schema.run(connection, views)
