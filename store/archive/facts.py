"""What `info` says of a library."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from store.archive import reading


def facts(connection: sqlite3.Connection, path: Path) -> dict[str, object]:
    """Versions, sizes and counts by name."""
    from store import normalise

    def number(sql: str) -> int:
        return int(connection.execute(sql).fetchone()[0])

    return {
        "path": str(path),
        # What was written lately stands in the file beside it.
        "bytes": sum(
            os.stat(file).st_size for file in (path, f"{path}-wal") if os.path.exists(file)
        ),
        "format": number("PRAGMA user_version"),
        "writable": os.access(path, os.W_OK),
        "sqlite": sqlite3.sqlite_version,
        "normaliser": number("SELECT value FROM meta WHERE key = 'normaliser'"),
        "normaliser_of_program": normalise.VERSION,
        "articles": reading.count(connection),
        "entities": number("SELECT count(*) FROM entities WHERE articles > 0"),
        "originals": number("SELECT count(*) FROM originals"),
        "marks": number("SELECT count(*) FROM marks"),
        "notes": number("SELECT count(*) FROM notes"),
        "imports": number("SELECT count(*) FROM imports"),
        "trash": number("SELECT count(*) FROM trash"),
        "own_names": number("SELECT count(*) FROM kb_rows"),
    }
