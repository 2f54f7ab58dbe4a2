"""Whether the full-text index agrees with the articles.

Three proofs: every article is in it and nothing else; it holds as many words as the articles have,
which reads it from end to end; and the articles of a sample are found by their own rarest words, in a
small library by every word of theirs.
"""

from __future__ import annotations

import json
import random
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence

from store.archive import reading, renewal
from store.library import Tell

Sample = int | None
"""How many articles to look for, 0 for all; None for all of a small library, ``SAMPLE`` of others."""

SAMPLE = 1_000
_STEP = 50
_TOGETHER = 60
"""Words asked for in one query."""
_RAREST = 12
"""Words of an article asked for in a large library, where a common one costs as much as a hundred
rare ones."""


def problems(connection: sqlite3.Connection, sample: Sample, tell: Tell) -> Iterator[str]:
    """What is wrong with the index, one sentence each."""
    try:
        other = list(_version(connection))
        yield from other
        yield from _members(connection)
        yield from _totals(connection)
        if not other:
            yield from _sampled(connection, sample, tell)
    except sqlite3.DatabaseError as error:
        if error.sqlite_errorcode & 0xFF == sqlite3.SQLITE_INTERRUPT:
            raise
        yield f"The full-text index is damaged ({error})."
    except MemoryError:
        # SQLite found no room for as much as a length in the index says.
        yield "The full-text index is damaged (a length in it is impossible)."


def _version(connection: sqlite3.Connection) -> Iterator[str]:
    from store import normalise

    (version,) = connection.execute("SELECT value FROM meta WHERE key = 'normaliser'").fetchone()
    if version != normalise.VERSION:
        yield (
            f"The full-text index was made with word forms of version {version}, "
            f"this program uses {normalise.VERSION}."
        )


def _members(connection: sqlite3.Connection) -> Iterator[str]:
    for at, title in connection.execute(
        "SELECT id, title FROM articles WHERE docid NOT IN (SELECT id FROM docs_docsize)"
    ):
        yield f"Article {at} is not in the full-text index: {title}."
    for (docid,) in connection.execute(
        "SELECT id FROM docs_docsize WHERE id NOT IN (SELECT docid FROM articles)"
        " AND id NOT IN (SELECT docid FROM tombstones)"
    ):
        yield f"The full-text index holds document {docid}, which is no article."
    for (docid,) in connection.execute(
        "SELECT docid FROM tombstones WHERE docid IN (SELECT docid FROM articles)"
    ):
        yield f"Document {docid} is an article, yet struck from the full-text index."


def _totals(connection: sqlite3.Connection) -> Iterator[str]:
    (held,) = connection.execute("SELECT coalesce(sum(cnt), 0) FROM docs_terms").fetchone()
    # The words of each column, of every document that was ever put in.
    counted = sum(_varints(sz) for (sz,) in connection.execute("SELECT sz FROM docs_docsize"))
    if held != counted:
        yield f"The full-text index holds {held} words, but {counted} were put into it."


def _varints(data: bytes) -> int:
    """The sum of SQLite's variable-length integers: seven bits a byte, the highest first."""
    total = value = 0
    for byte in data:
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            total += value
            value = 0
    return total


def _sampled(connection: sqlite3.Connection, sample: Sample, tell: Tell) -> Iterator[str]:
    docids: Sequence[int] = reading.all_docids(connection, "oldest")
    small = len(docids) <= 2 * SAMPLE
    if sample is None:
        sample = 0 if small else SAMPLE
    if 0 < sample < len(docids):
        docids = sorted(random.sample(docids, sample))
    for at in range(0, len(docids), _STEP):
        tell(at / len(docids))
        items = renewal.indexed(connection, docids[at : at + _STEP])
        # How many of these articles have a word tells well enough which are rare.
        common = Counter(form for row in items.rows for form in {*row[1].split(), *row[2].split()})
        for docid, *columns in items.rows:
            for column, text in zip(("title", "body"), columns, strict=True):
                forms = sorted({*text.split()}, key=lambda form: (common[form], form))
                for form in _unfound(
                    connection, docid, column, forms[: None if small else _RAREST]
                ):
                    yield f"Document {docid} cannot be found by a word of its {column}: {form}."
        surfaces = json.dumps([surface for surface, _ in items.terms])
        for (surface,) in connection.execute(
            "SELECT value FROM json_each(?) WHERE value NOT IN (SELECT surface FROM terms)",
            (surfaces,),
        ):
            yield f"The word {surface} is missing in the table of terms."


def _unfound(
    connection: sqlite3.Connection, docid: int, column: str, forms: Sequence[str]
) -> Iterator[str]:
    """Those of the forms by which the index does not find the document."""
    for at in range(0, len(forms), _TOGETHER):
        some = forms[at : at + _TOGETHER]
        if not _found(connection, docid, column, some):
            yield from (one for one in some if not _found(connection, docid, column, (one,)))


def _found(connection: sqlite3.Connection, docid: int, column: str, forms: Sequence[str]) -> bool:
    every = " AND ".join('"' + form.replace('"', '""') + '"' for form in forms)
    row = connection.execute(
        "SELECT 1 FROM docs WHERE docs MATCH ? AND rowid = ?", (f"{column} : ({every})", docid)
    ).fetchone()
    return row is not None
