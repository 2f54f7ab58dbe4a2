"""Reading articles: windows of a list, and one article whole.

Nothing here costs more in a large library than in a small one, but ``all_docids``.
"""

from __future__ import annotations

import json
import sqlite3
import zlib
from array import array
from collections.abc import Sequence

from store.archive import codec
from store.errors import NotFoundError
from store.library import ArticleRow, Sort, StoredArticle, Version
from store.records import Extraction, Mention, MentionType, Original, Person, Span
from store.schema import DOCIDS_PER_DAY

_LAST = 1 << 62

_WHOLE = (
    "SELECT a.id, docid, ref, title, title_derived, body, date, source, url, imported_at,"
    " original_sha256, partners, boilerplate, m.article_id, r.article_id, n.text"
    " FROM articles a LEFT JOIN marks m ON m.article_id = a.id"
    " LEFT JOIN reads r ON r.article_id = a.id LEFT JOIN notes n ON n.article_id = a.id"
)


def count(connection: sqlite3.Connection) -> int:
    """Articles in the library, from the counter."""
    (articles,) = connection.execute("SELECT value FROM meta WHERE key = 'articles'").fetchone()
    return int(articles)


def newest(connection: sqlite3.Connection, limit: int, before: int | None = None) -> array[int]:
    """Up to ``limit`` docids, newest first, that come after ``before`` in that order."""
    rows = connection.execute(
        "SELECT docid FROM articles WHERE docid < ? ORDER BY docid DESC LIMIT ?",
        (_LAST if before is None else before, limit),
    )
    return array("q", [row[0] for row in rows])


def all_docids(connection: sqlite3.Connection, sort: Sort) -> array[int]:
    """Every docid, newest first (also for ``relevance``) or oldest first; the undated last."""
    if sort != "oldest":
        rows = connection.execute("SELECT docid FROM articles ORDER BY docid DESC")
        return array("q", [row[0] for row in rows])
    dated = connection.execute(
        "SELECT docid FROM articles WHERE docid >= ? ORDER BY docid", (DOCIDS_PER_DAY,)
    )
    found = array("q", [row[0] for row in dated])
    undated = connection.execute(
        "SELECT docid FROM articles WHERE docid < ? ORDER BY docid", (DOCIDS_PER_DAY,)
    )
    found.extend(row[0] for row in undated)
    return found


def rows(connection: sqlite3.Connection, docids: Sequence[int]) -> list[ArticleRow]:
    """The list lines of ``docids`` in their order; those no longer there are left out."""
    found = {
        row[0]: _row(row)
        for row in connection.execute(
            "SELECT a.docid, a.id, a.title, a.title_derived, a.date, a.source, a.partners,"
            " m.article_id IS NOT NULL, r.article_id IS NOT NULL, n.article_id IS NOT NULL"
            " FROM json_each(?) asked JOIN articles a ON a.docid = asked.value"
            " LEFT JOIN marks m ON m.article_id = a.id"
            " LEFT JOIN reads r ON r.article_id = a.id"
            " LEFT JOIN notes n ON n.article_id = a.id",
            (json.dumps(list(docids)),),
        )
    }
    return [found[docid] for docid in docids if docid in found]


def _row(row: tuple[int, int, str, int, str | None, str | None, str, int, int, int]) -> ArticleRow:
    docid, at, title, derived, date, source, partners, marked, read, noted = row
    return ArticleRow(
        docid,
        at,
        title,
        bool(derived),
        date,
        source,
        tuple(partners.split()),
        bool(marked),
        bool(read),
        bool(noted),
    )


def docids(connection: sqlite3.Connection, ids: Sequence[int]) -> list[int]:
    """The present docids of articles by id, in order; unknown ids are left out."""
    found = dict(
        connection.execute(
            "SELECT id, docid FROM articles WHERE id IN (SELECT value FROM json_each(?))",
            (json.dumps(list(ids)),),
        )
    )
    return [found[at] for at in ids if at in found]


def ids(connection: sqlite3.Connection, of_docids: Sequence[int]) -> list[int]:
    """The permanent ids of articles by docid, in order; gone ones are left out."""
    found = dict(
        connection.execute(
            "SELECT docid, id FROM articles WHERE docid IN (SELECT value FROM json_each(?))",
            (json.dumps(list(of_docids)),),
        )
    )
    return [found[docid] for docid in of_docids if docid in found]


def article(connection: sqlite3.Connection, at: int) -> StoredArticle:
    """The article of that id, whole. Raises NotFoundError."""
    return _article(connection, "id", at)


def by_docid(connection: sqlite3.Connection, docid: int) -> StoredArticle:
    """The article of that docid, whole. Raises NotFoundError."""
    return _article(connection, "docid", docid)


def _article(connection: sqlite3.Connection, column: str, key: int) -> StoredArticle:
    row = None
    if abs(key) < _LAST:  # beyond 64 bits SQLite takes no number at all
        row = connection.execute(f"{_WHOLE} WHERE a.{column} = ?", (key,)).fetchone()
    if row is None:
        raise NotFoundError(
            "There is no such article", str(key), "`bilat-tui search` lists the ids that exist"
        )
    at, docid, ref, title, derived, body, date, source, url, imported_at, *rest = row
    sha256, partners, boilerplate, marked, read, note = rest
    extraction = Extraction(
        _mentions(connection, at),
        _persons(connection, at),
        tuple(partners.split()),
        codec.spans_of(boilerplate),
    )
    return StoredArticle(
        at,
        docid,
        ref,
        title,
        bool(derived),
        body,
        date,
        source,
        url,
        imported_at,
        extraction,
        marked is not None,
        read is not None,
        note,
        sha256,
    )


def _mentions(connection: sqlite3.Connection, at: int) -> tuple[Mention, ...]:
    return tuple(
        Mention(
            start,
            end,
            surface,
            MentionType(kind),
            name if canonical is None else canonical,
            entity,
            country,
            codec.value_of(value),
            score,
            stage,
            codec.candidates_of(candidates),
        )
        for start, end, kind, surface, canonical, country, value, score, stage, candidates, name, entity in (
            connection.execute(
                'SELECT start, "end", s.type, surface, canonical, s.country, value, score, stage,'
                " c.list, e.name, e.entity FROM spans s JOIN entities e ON e.id = s.entity_id"
                " LEFT JOIN candidates c ON c.id = s.candidates_id"
                " WHERE article_id = ? ORDER BY start",
                (at,),
            )
        )
    )


def _persons(connection: sqlite3.Connection, at: int) -> tuple[Person, ...]:
    return tuple(
        Person(
            name,
            role,
            country,
            entity,
            codec.spans_of(spans),
            None if role_start is None else Span(role_start, role_end),
            codec.post_of(post),
            basis,
        )
        for name, role, country, basis, entity, spans, role_start, role_end, post in connection.execute(
            "SELECT name, role, country, country_basis, entity, spans, role_start, role_end, post"
            " FROM persons WHERE article_id = ? ORDER BY position",
            (at,),
        )
    )


def original(connection: sqlite3.Connection, at: int) -> Original | None:
    """The input that the article's present text came from, None where none was kept."""
    row = connection.execute(
        "SELECT data, media_type, original_name, locator FROM articles"
        " JOIN originals ON sha256 = original_sha256 WHERE id = ?",
        (at,),
    ).fetchone()
    return Original(zlib.decompress(row[0]), row[1], row[2], row[3]) if row else None


def versions(connection: sqlite3.Connection, at: int) -> list[Version]:
    """The older texts of an article, oldest first."""
    found = []
    for number, replaced_at, import_id, payload in connection.execute(
        "SELECT number, replaced_at, text_import_id, payload FROM versions"
        " WHERE article_id = ? ORDER BY number",
        (at,),
    ):
        text = json.loads(payload)["article"]
        found.append(
            Version(number, text["title"], text["body"], text["date"], replaced_at, import_id)
        )
    return found
