"""Deleting, undoing an import, and taking both back until the trash is emptied.

What waits in the trash is the whole article as JSON: text, findings, older versions, mark, note.
It comes back under its old id and in its old place of the index, where its words were only struck
out; after the index was made anew it gets a new place there.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import TypeVar

from store.archive import codec, identity, imports
from store.archive.clearing import remove
from store.archive.snapshot import prepared_of, snapshot
from store.archive.writing import Writer, now
from store.errors import NotFoundError
from store.library import Tell, TrashItem

_ROW = ("imported_at", "import_id", "text_import_id")
# Tables whose rows go with an article, by their columns beside article_id.
_COMPANIONS = {
    "versions": ("number", "replaced_at", "text_import_id", "content_hash", "body_hash",
                 "original_sha256", "payload"),
    "marks": ("marked_at",),
    "reads": ("read_at",),
    "notes": ("noted_at", "text"),
    "names": ("ref", "content_hash"),
}  # fmt: skip
_READERS_OWN = ("marks", "reads", "notes")

T = TypeVar("T")


def delete(connection: sqlite3.Connection, ids: Sequence[int], tell: Tell) -> int:
    """Move the articles to the trash; returns the batch, 0 where none of them exists."""
    present = _present(connection, ids)
    if not present:
        return 0
    imports.forget_units(connection)
    batch = _next_batch(connection)
    for at in _told(present, tell):
        _discard(connection, at, batch, None)
    return batch


def undo_import(connection: sqlite3.Connection, writer: Writer, import_id: int, tell: Tell) -> int:
    """Delete what an import added and give back the text that it replaced; returns the batch.

    A text that was replaced again since stays; only the import's own version of it goes.
    Raises NotFoundError.
    """
    row = connection.execute("SELECT undone_at FROM imports WHERE id = ?", (import_id,)).fetchone()
    if row is None:
        raise NotFoundError(
            "There is no such import", str(import_id), "`bilat-tui info --imports` lists them"
        )
    imports.forget_units(connection)
    batch = _next_batch(connection)
    brought = [
        at
        for (at,) in connection.execute(
            "SELECT id FROM articles WHERE import_id = ? ORDER BY id", (import_id,)
        ).fetchall()
    ]
    all_of_it = _told([*brought, *_changed_by(connection, import_id)], tell)
    for at in islice(all_of_it, len(brought)):
        _discard(connection, at, batch, import_id)
    for at in all_of_it:
        _file(connection, at, batch, "reverted", import_id)
        _revert(connection, writer, at, import_id)
        identity.forget(connection, at)
    connection.execute("UPDATE imports SET undone_at = ? WHERE id = ?", (now(), import_id))
    return batch


def undelete(
    connection: sqlite3.Connection, writer: Writer, batch: int | None, tell: Tell
) -> list[int]:
    """Bring back a batch (the latest where None); returns the ids of its articles.

    An article that was imported anew meanwhile is left as it is now, and its present id returned.
    """
    if batch is None:
        (batch,) = connection.execute("SELECT max(batch) FROM trash").fetchone()
    filed = connection.execute(
        "SELECT article_id, import_id, payload FROM trash WHERE batch = ? ORDER BY id", (batch,)
    ).fetchall()
    back = [
        _put_back(connection, writer, at, json.loads(payload))
        for at, _, payload in _told(filed, tell)
    ]
    for import_id in {row[1] for row in filed if row[1] is not None}:
        connection.execute("UPDATE imports SET undone_at = NULL WHERE id = ?", (import_id,))
    connection.execute("DELETE FROM trash WHERE batch = ?", (batch,))
    return back


def items(connection: sqlite3.Connection) -> list[TrashItem]:
    """What can be brought back, latest first."""
    return [
        TrashItem(*row)
        for row in connection.execute(
            "SELECT batch, article_id, title, deleted_at, kind FROM trash ORDER BY id DESC"
        )
    ]


def empty(connection: sqlite3.Connection) -> None:
    """Forget what was deleted, and the originals that nothing else needs."""
    kept = [
        sha256
        for (payload,) in connection.execute("SELECT payload FROM trash")
        for sha256 in _originals(json.loads(payload))
    ]
    connection.execute("DELETE FROM trash")
    connection.executemany(
        "DELETE FROM originals WHERE sha256 = ?1"
        " AND NOT EXISTS (SELECT 1 FROM articles WHERE original_sha256 = ?1)"
        " AND NOT EXISTS (SELECT 1 FROM versions WHERE original_sha256 = ?1)",
        [(sha256,) for sha256 in set(kept)],
    )


def _originals(payload: codec.Json) -> Iterable[str]:
    sha256 = payload["text"]["kept"]["original_sha256"]
    if sha256:
        yield sha256
    for version in payload["companions"]["versions"]:
        if version["original_sha256"]:
            yield version["original_sha256"]


def _present(connection: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    return [
        at
        for at in dict.fromkeys(ids)
        if connection.execute("SELECT 1 FROM articles WHERE id = ?", (at,)).fetchone()
    ]


def _told(items: Sequence[T], tell: Tell) -> Iterator[T]:
    """The items one by one; ``tell`` hears after each what share of them is done."""
    for done, item in enumerate(items, 1):
        yield item
        tell(done / len(items))


def _next_batch(connection: sqlite3.Connection) -> int:
    (batch,) = connection.execute(
        "UPDATE meta SET value = value + 1 WHERE key = 'batch' RETURNING value"
    ).fetchone()
    return int(batch)


def _discard(connection: sqlite3.Connection, at: int, batch: int, import_id: int | None) -> None:
    _file(connection, at, batch, "deleted", import_id)
    remove(connection, at)


def _file(
    connection: sqlite3.Connection, at: int, batch: int, kind: str, import_id: int | None
) -> None:
    """Put a copy of article ``at`` into the trash."""
    row = connection.execute(
        f"SELECT {', '.join(_ROW)} FROM articles WHERE id = ?",  # noqa: S608 - our own names
        (at,),
    ).fetchone()
    text = snapshot(connection, at)
    payload = {
        "text": text,
        "row": dict(zip(_ROW, row, strict=True)),
        "companions": {
            table: _companions(connection, table, columns, at)
            for table, columns in _COMPANIONS.items()
        },
    }
    connection.execute(
        "INSERT INTO trash (batch, deleted_at, kind, article_id, import_id, title, payload)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (batch, now(), kind, at, import_id, text["article"]["title"], codec.dumps(payload)),
    )


def _companions(
    connection: sqlite3.Connection, table: str, columns: Sequence[str], at: int
) -> list[codec.Json]:
    return [
        {
            name: value.hex() if isinstance(value, bytes) else value
            for name, value in zip(columns, row, strict=True)
        }
        for row in connection.execute(
            f"SELECT {', '.join(columns)} FROM {table} WHERE article_id = ?",  # noqa: S608
            (at,),
        )
    ]


def _put_back(connection: sqlite3.Connection, writer: Writer, at: int, payload: codec.Json) -> int:
    item = prepared_of(payload["text"])
    if connection.execute("SELECT 1 FROM articles WHERE id = ?", (at,)).fetchone():
        # What the reader did with it meanwhile stands.
        for table in _READERS_OWN:
            payload["companions"][table] = _companions(connection, table, _COMPANIONS[table], at)
        payload["companions"]["names"] += _companions(connection, "names", _COMPANIONS["names"], at)
        remove(connection, at)
    else:
        anew = connection.execute(
            "SELECT id FROM articles WHERE ref = ? AND content_hash = ?",
            (item.identity.ref, item.identity.content),
        ).fetchone()
        if anew:
            return int(anew[0])
    writer.restore(item, {"id": at, **payload["row"]})
    for table, columns in _COMPANIONS.items():
        connection.executemany(
            f"INSERT OR REPLACE INTO {table} (article_id, {', '.join(columns)})"  # noqa: S608
            f" VALUES ({', '.join('?' * (len(columns) + 1))})",
            [
                (at, *(_column(name, row[name]) for name in columns))
                for row in payload["companions"][table]
            ],
        )
    return at


def _column(name: str, value: object) -> object:
    return bytes.fromhex(value) if name.endswith("_hash") and isinstance(value, str) else value


def _changed_by(connection: sqlite3.Connection, import_id: int) -> list[int]:
    """Articles of others that the import updated, whether its text is theirs now or was before."""
    return [
        at
        for (at,) in connection.execute(
            "SELECT id FROM articles WHERE text_import_id = ?1 AND text_import_id IS NOT import_id"
            " UNION SELECT article_id FROM versions JOIN articles ON articles.id = article_id"
            " WHERE versions.text_import_id = ?1 AND import_id IS NOT ?1 ORDER BY 1",
            (import_id,),
        ).fetchall()
    ]


def _revert(connection: sqlite3.Connection, writer: Writer, at: int, import_id: int) -> None:
    """Take the texts that the import brought out of article ``at``."""
    connection.execute(
        "DELETE FROM versions WHERE article_id = ? AND text_import_id = ?", (at, import_id)
    )
    (present,) = connection.execute(
        "SELECT text_import_id FROM articles WHERE id = ?", (at,)
    ).fetchone()
    if present != import_id:
        return
    earlier = connection.execute(
        "SELECT number, text_import_id, payload FROM versions WHERE article_id = ?"
        " ORDER BY number DESC LIMIT 1",
        (at,),
    ).fetchone()
    number, text_import_id, payload = earlier
    writer.place(prepared_of(json.loads(payload)), at)
    connection.execute("UPDATE articles SET text_import_id = ? WHERE id = ?", (text_import_id, at))
    connection.execute("DELETE FROM versions WHERE article_id = ? AND number = ?", (at, number))
