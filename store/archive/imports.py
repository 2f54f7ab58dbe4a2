"""The memory of imports: when, from where, what became of it, what failed and why."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence

from store.archive import codec
from store.archive.writing import now
from store.library import ImportRecord, ImportReport
from store.records import Failure
from store.text import visible


def begin(connection: sqlite3.Connection, sources: Sequence[str]) -> int:
    """Open an import; returns its id."""
    cursor = connection.execute(
        "INSERT INTO imports (started_at, sources) VALUES (?, ?)",
        (now(), codec.dumps([visible(source) for source in sources])),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def advance(
    connection: sqlite3.Connection,
    import_id: int,
    *,
    added: int,
    updated: int,
    unchanged: int,
    near_duplicates: int,
    failed: Sequence[Failure],
) -> None:
    """Add to the counters of an import, so that a cut-off one still says what it did."""
    connection.execute(
        "UPDATE imports SET added = added + ?, updated = updated + ?, unchanged = unchanged + ?,"
        " near_duplicates = near_duplicates + ?, failed = failed + ? WHERE id = ?",
        (added, updated, unchanged, near_duplicates, len(failed), import_id),
    )
    connection.executemany(
        "INSERT INTO import_failures (import_id, source, error) VALUES (?, ?, ?)",
        [_failure_row(import_id, failure) for failure in failed],
    )


def articles_of_unit(connection: sqlite3.Connection, digest: bytes) -> int | None:
    """How many articles a unit holds that was read whole and is all there; None for any other."""
    row = connection.execute("SELECT articles FROM units WHERE digest = ?", (digest,)).fetchone()
    return row[0] if row else None


def remember_units(connection: sqlite3.Connection, units: Sequence[tuple[bytes, int]]) -> None:
    """Note that units, by digest, were read whole and how many articles they hold."""
    connection.executemany(
        "INSERT OR REPLACE INTO units (digest, articles) VALUES (?, ?)", sorted(units)
    )


def forget_units(connection: sqlite3.Connection) -> None:
    """Read everything again the next time: not all that was read is still there."""
    connection.execute("DELETE FROM units")


def finish(connection: sqlite3.Connection, import_id: int, report: ImportReport) -> None:
    """Close an import; its counters become those of ``report``."""
    connection.execute(
        "UPDATE imports SET finished_at = ?, added = ?, updated = ?, unchanged = ?,"
        " near_duplicates = ?, failed = ?, seconds = ?, stopped = ? WHERE id = ?",
        (
            now(),
            report.added,
            report.updated,
            report.unchanged,
            report.near_duplicates,
            len(report.failed),
            report.seconds,
            report.stopped,
            import_id,
        ),
    )
    connection.execute("DELETE FROM import_failures WHERE import_id = ?", (import_id,))
    connection.executemany(
        "INSERT INTO import_failures (import_id, source, error) VALUES (?, ?, ?)",
        [_failure_row(import_id, failure) for failure in report.failed],
    )


def _failure_row(import_id: int, failure: Failure) -> tuple[int, str, str]:
    # A file name need not be text: what no encoding can write is shown, not stored.
    return import_id, visible(failure.source), visible(failure.error)


def recent(connection: sqlite3.Connection, limit: int) -> list[ImportRecord]:
    """The last imports, latest first."""
    return [
        ImportRecord(
            at,
            started_at,
            finished_at,
            tuple(json.loads(sources)),
            ImportReport(
                at, added, updated, unchanged, near, _failures(connection, at), seconds or 0.0,
                bool(stopped),
            ),
            undone_at,
        )
        for at, started_at, finished_at, sources, added, updated, unchanged, near, seconds, stopped, undone_at in connection.execute(
            "SELECT id, started_at, finished_at, sources, added, updated, unchanged,"
            " near_duplicates, seconds, stopped, undone_at FROM imports ORDER BY id DESC LIMIT ?",
            (limit,),
        ).fetchall()
    ]  # fmt: skip


def _failures(connection: sqlite3.Connection, import_id: int) -> tuple[Failure, ...]:
    return tuple(
        Failure(*row)
        for row in connection.execute(
            "SELECT source, error FROM import_failures WHERE import_id = ? ORDER BY id",
            (import_id,),
        )
    )
