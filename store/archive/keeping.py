"""What the reader adds to a library: marks, read flags, notes, the screen's state, own names."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence

from store.archive import codec
from store.archive.writing import now
from store.errors import NotFoundError
from store.records import KbRow


def marked(connection: sqlite3.Connection) -> list[int]:
    """The ids of marked articles, newest article first."""
    return [
        row[0]
        for row in connection.execute(
            # CROSS: from the few marks to their articles, never from all articles to marks.
            "SELECT article_id FROM marks CROSS JOIN articles ON id = article_id"
            " ORDER BY docid DESC"
        )
    ]


def mark(connection: sqlite3.Connection, ids: Sequence[int], on: bool = True) -> None:
    """Mark or unmark articles; an id that does not exist raises NotFoundError and changes nothing."""
    for at in ids:
        _require(connection, at)
    if on:
        moment = now()
        connection.executemany(
            "INSERT OR IGNORE INTO marks VALUES (?, ?)", [(at, moment) for at in ids]
        )
    else:
        connection.executemany("DELETE FROM marks WHERE article_id = ?", [(at,) for at in ids])


def clear_marks(connection: sqlite3.Connection) -> None:
    connection.execute("DELETE FROM marks")


def set_read(connection: sqlite3.Connection, at: int, on: bool = True) -> None:
    _require(connection, at)
    if on:
        connection.execute("INSERT OR IGNORE INTO reads VALUES (?, ?)", (at, now()))
    else:
        connection.execute("DELETE FROM reads WHERE article_id = ?", (at,))


def set_note(connection: sqlite3.Connection, at: int, text: str | None) -> None:
    """Replace the note on an article; None or blank removes it."""
    _require(connection, at)
    connection.execute("DELETE FROM notes WHERE article_id = ?", (at,))
    if text and text.strip():
        connection.execute("INSERT INTO notes VALUES (?, ?, ?)", (at, now(), text))


def state(connection: sqlite3.Connection, key: str) -> object:
    """What ``set_state`` stored under ``key``, None where nothing was."""
    row = connection.execute("SELECT value FROM state WHERE key = ?", (key,)).fetchone()
    return json.loads(row[0]) if row else None


def set_state(connection: sqlite3.Connection, key: str, value: object) -> None:
    """Store a JSON value; None removes the key."""
    if value is None:
        connection.execute("DELETE FROM state WHERE key = ?", (key,))
    else:
        connection.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (key, codec.dumps(value)))


def kb_rows(connection: sqlite3.Connection) -> list[KbRow]:
    """The user's own rows of the knowledge base, by id."""
    return [
        codec.kb_row_of(row) for (row,) in connection.execute("SELECT row FROM kb_rows ORDER BY id")
    ]


def put_kb_rows(connection: sqlite3.Connection, rows: Iterable[KbRow]) -> None:
    """Add rows, replacing those of the same id."""
    connection.executemany(
        "INSERT OR REPLACE INTO kb_rows VALUES (?, ?)",
        [(row.id, codec.kb_row_text(row)) for row in rows],
    )


def delete_kb_row(connection: sqlite3.Connection, row_id: str) -> None:
    """Remove a row of the user's. Raises NotFoundError."""
    gone = connection.execute("DELETE FROM kb_rows WHERE id = ?", (row_id,)).rowcount
    if not gone:
        raise NotFoundError(
            "There is no such row of your own", row_id, "`bilat-tui kb list` shows what there is"
        )


def _require(connection: sqlite3.Connection, at: int) -> None:
    known = (
        abs(at) < 1 << 63
        and connection.execute("SELECT 1 FROM articles WHERE id = ?", (at,)).fetchone()
    )
    if not known:
        raise NotFoundError(
            "There is no such article", str(at), "`bilat-tui search` lists the ids that exist"
        )
