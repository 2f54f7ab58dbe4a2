"""Writing articles: the rows of many tables and of the full-text index in one transaction.

The index takes rows in docid order only; out of order it would close a segment for each. A batch
therefore collects its rows and writes them sorted, table by table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from operator import itemgetter

from store.archive import codec, identity, neighbours
from store.archive.anew import Anew
from store.archive.bands import Late
from store.archive.clearing import clear, clear_findings
from store.archive.prepared import Identity, Prepared
from store.archive.rows import EntityRow, Rows, SpanRow
from store.archive.snapshot import snapshot
from store.library import Added
from store.schema import DOCIDS_PER_DAY

# Surface forms known to be in the term table; above this the memory is started anew (some 20 MB).
_KNOWN_TERMS = 100_000


def now() -> str:
    """The moment as ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


class Writer:
    """Writes prepared articles through one connection, and remembers what it need not repeat."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._terms: set[tuple[str, str]] = set()
        self.late = Late()
        self.importing = False
        """Whether rows by entity, kind and country go to the tables of the recent ones first."""
        self.recent = 0
        """Articles whose rows did since ``recent.move`` was last asked for."""

    def forget(self) -> None:
        """What a transaction that was rolled back made us believe."""
        self._terms.clear()
        self.late.reset()

    def add(self, items: Iterable[Prepared | Identity], import_id: int | None) -> list[Added]:
        """Add, update or leave each article, in order. Must run inside a transaction.

        An identity alone stands for an article whose content is known under another name.
        """
        items = list(items)
        prepared = [item for item in items if isinstance(item, Prepared)]
        known = identity.Known(self._connection, (item.identity for item in prepared))
        batch = self._batch(prepared)
        added = []
        for item in items:
            if isinstance(item, Identity):
                added.append(self._known(item))
                known.add(item)
                continue
            new = known.is_stranger(item.identity)
            added.append(
                self._new(batch, item, import_id) if new else self._one(batch, item, import_id)
            )
            known.add(item.identity)
        batch.flush()
        if self.importing:
            self.recent += len(prepared)
        return added

    def _batch(self, expected: Iterable[Prepared] = ()) -> _Batch:
        end = "_recent" if self.importing else ""
        return _Batch(self._connection, self._terms, self.late, expected, end)

    def place(self, item: Prepared, at: int) -> None:
        """Give the article row ``at`` the derived rows of ``item`` and a new place in the index."""
        batch = self._batch([item])
        self._replace(batch, item, at)
        batch.flush()

    def restore(self, item: Prepared, columns: Mapping[str, object]) -> int:
        """Insert ``item`` with the given columns of its row (its old id among them)."""
        batch = self._batch([item])
        at = batch.insert(item, columns)
        batch.flush()
        return at

    def find_anew(self, items: Iterable[Anew], analysis: int) -> int:
        """Put new findings in the place of old ones; texts, ids and index stay. Returns how many.

        An article that was changed or deleted since is left alone.
        """
        batch = self._batch()
        done = 0
        for item in items:
            row = self._connection.execute(
                "SELECT docid, source FROM articles WHERE id = ? AND content_hash = ?",
                (item.id, item.content),
            ).fetchone()
            if row is None:
                continue
            docid, source = row
            done += 1
            if item.rows is None:
                self._connection.execute("DELETE FROM analysed WHERE article_id = ?", (item.id,))
            else:
                clear_findings(self._connection, item.id, docid)
                partners = " ".join(item.partners)
                self._connection.execute(
                    "UPDATE articles SET partners = ? WHERE id = ?", (partners, item.id)
                )
                batch.found(item.rows, item.id, docid, source, partners)
            batch.analysed(item.id, analysis)
        batch.flush()
        return done

    def _known(self, asked: Identity) -> Added:
        """Even where an article of that very name came in meanwhile: either way all is there."""
        found = identity.by_content(self._connection, asked.content)
        if found.id is not None:
            identity.remember(self._connection, asked, found.id)
        return Added("unchanged", found.id or 0)

    def _one(self, batch: _Batch, item: Prepared, import_id: int | None) -> Added:
        found = identity.find(self._connection, item.identity)
        if found.id is not None and not found.named:
            identity.remember(self._connection, item.identity, found.id)
        if found.known and found.id is not None:
            return Added("unchanged", found.id)
        if found.id is None:
            return self._new(batch, item, import_id)
        # What this batch still holds of the article has to be in the tables before they are read.
        batch.flush()
        keep_version(self._connection, found.id, now())
        self._replace(batch, item, found.id)
        self._connection.execute(
            "UPDATE articles SET text_import_id = ? WHERE id = ?", (import_id, found.id)
        )
        return Added("updated", found.id)

    def _new(self, batch: _Batch, item: Prepared, import_id: int | None) -> Added:
        brought = {"imported_at": now(), "import_id": import_id, "text_import_id": import_id}
        at = batch.insert(item, brought)
        return Added("added", at, at in batch.near_duplicates)

    def _replace(self, batch: _Batch, item: Prepared, at: int) -> None:
        clear(self._connection, at)
        batch.update(item, at)


def keep_version(connection: sqlite3.Connection, at: int, moment: str) -> None:
    """Copy the present text of article ``at`` to its older versions."""
    connection.execute(
        "INSERT INTO versions (article_id, number, replaced_at, text_import_id, content_hash,"
        " body_hash, original_sha256, payload)"
        " SELECT id, 1 + coalesce((SELECT max(number) FROM versions WHERE article_id = id), 0),"
        " ?, text_import_id, content_hash, body_hash, original_sha256, ?"
        " FROM articles WHERE id = ?",
        (moment, codec.dumps(snapshot(connection, at)), at),
    )


class _Batch:
    """Rows on their way to the tables, within one transaction."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        terms: set[tuple[str, str]],
        late: Late,
        expected: Iterable[Prepared],
        inverted: str,
    ) -> None:
        """``inverted``: how the names of the tables by entity, kind and country end."""
        self._connection = connection
        self._inverted = inverted
        self._known_terms = terms
        self.near_duplicates: set[int] = set()
        """Articles of this batch that are nearly the same as one that was there."""
        self._neighbours = neighbours.Neighbours(
            connection, (item.fingerprint for item in expected), late
        )
        self._last: dict[int, int] = {}
        self._candidates: dict[str, int] = {}
        self._start()

    def _start(self) -> None:
        self._inserted = 0
        self._index: list[tuple[int, str, str]] = []
        self._terms: set[tuple[str, str]] = set()
        self._counts: dict[str, _Count] = {}
        self._mentions: list[tuple[str, int, int]] = []
        self._spans: list[tuple[int, SpanRow]] = []
        self._persons: list[tuple[object, ...]] = []
        self._countries: list[tuple[str, int, int, int]] = []
        self._types: list[tuple[str, int]] = []
        self._facets: list[tuple[int, str | None, str, Rows]] = []
        self._analysed: list[tuple[int, int]] = []

    def insert(self, item: Prepared, columns: Mapping[str, object]) -> int:
        """A new article row; ``columns`` beyond those that ``item`` decides. Returns its id."""
        docid = self._docid(item)
        values = {**self._columns(item), "ref": item.article.ref, **columns, "docid": docid}
        names = ", ".join(values)
        cursor = self._connection.execute(
            f"INSERT INTO articles ({names}) VALUES ({', '.join('?' * len(values))})",  # noqa: S608
            tuple(values.values()),
        )
        at = cursor.lastrowid
        assert at is not None
        self._inserted += 1
        self._derive(item, at, docid)
        return at

    def update(self, item: Prepared, at: int) -> None:
        """New text for the article row ``at``, whose derived rows are gone already."""
        docid = self._docid(item)
        values = {**self._columns(item), "docid": docid}
        self._connection.execute(
            f"UPDATE articles SET {', '.join(f'{name} = ?' for name in values)} WHERE id = ?",  # noqa: S608
            (*values.values(), at),
        )
        self._derive(item, at, docid)

    def _columns(self, item: Prepared) -> dict[str, object]:
        article, original = item.article, item.original
        if original is not None:
            self._connection.execute(
                "INSERT OR IGNORE INTO originals (sha256, media_type, size, data)"
                " VALUES (?, ?, ?, ?)",
                (original.sha256, original.media_type, original.size, original.data),
            )
        return {
            "date": article.date if item.day else None,
            "source": article.source,
            "title": article.title,
            "title_derived": article.title_derived,
            "partners": " ".join(item.partners),
            "url": item.identity.url,
            "content_hash": item.identity.content,
            "body_hash": item.identity.body,
            "original_sha256": item.original_sha256,
            "original_name": item.original_name,
            "locator": item.locator,
            "boilerplate": codec.spans_text(article.boilerplate),
            "body": article.body,
        }

    def _docid(self, item: Prepared) -> int:
        """The place of the article in the index: where its words still stand, or a new one."""
        if item.docid is not None:
            risen = self._connection.execute(
                "DELETE FROM tombstones WHERE docid = ?", (item.docid,)
            ).rowcount
            if risen:
                stands = self._connection.execute(
                    "SELECT 1 FROM docs_docsize WHERE id = ?", (item.docid,)
                ).fetchone()
                if not stands:
                    # The index was made anew meanwhile.
                    self._index.append((item.docid, item.title_index, item.body_index))
                return item.docid
        docid = self._next_docid(item.day)
        self._index.append((docid, item.title_index, item.body_index))
        return docid

    def _next_docid(self, day: int) -> int:
        last = self._last.get(day)
        if last is None:
            # Every docid ever given is in the index or, when that was made anew, a tombstone.
            span = (day, day + DOCIDS_PER_DAY)
            (highest,) = self._connection.execute(
                "SELECT max(coalesce((SELECT max(id) FROM docs_docsize WHERE id >= ?1 AND id < ?2), ?1),"
                " coalesce((SELECT max(docid) FROM tombstones WHERE docid >= ?1 AND docid < ?2), ?1))",
                span,
            ).fetchone()
            last = highest
        self._last[day] = last + 1
        return last + 1

    def _derive(self, item: Prepared, at: int, docid: int) -> None:
        if self._neighbours.place(at, item.fingerprint):
            self.near_duplicates.add(at)
        self._terms |= item.terms - self._known_terms
        self.found(item.rows, at, docid, item.article.source, " ".join(item.partners))
        if item.analysis is not None:
            self.analysed(at, item.analysis)

    def analysed(self, at: int, analysis: int) -> None:
        """By what article ``at`` was analysed."""
        self._analysed.append((at, analysis))

    def found(self, rows: Rows, at: int, docid: int, source: str | None, partners: str) -> None:
        """What was found in article ``at``."""
        for entity in rows.entities:
            key, n = entity[0], entity[6]
            count = self._counts.get(key)
            if count is None:
                count = self._counts[key] = _Count(entity)
            count.country = count.country or entity[5]
            count.articles += 1
            count.mentions += n
            self._mentions.append((key, docid, n))
        self._spans.extend((at, row) for row in rows.spans)
        self._persons.extend((at, *row) for row in rows.persons)
        self._countries.extend((code, docid, n, place) for code, n, place in rows.countries)
        self._types.extend((kind, docid) for kind in rows.types)
        self._facets.append((docid, source, partners, rows))

    def flush(self) -> None:
        """Write what was collected, and start collecting anew."""
        many, end = self._connection.executemany, self._inverted
        entities = self._write_entities()
        # REPLACE: an older program, which does not know all of these tables, may have left some of an
        # article that it deleted and that now comes back.
        many(
            f"INSERT OR REPLACE INTO mentions{end} (entity_id, docid, n) VALUES (?, ?, ?)",  # noqa: S608 - our own names
            sorted((entities[key][0], docid, n) for key, docid, n in self._mentions),
        )
        many(
            'INSERT INTO spans (article_id, start, "end", entity_id, type, surface, canonical,'
            " country, value, score, stage, candidates_id)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [self._span(at, row, entities) for at, row in self._spans],
        )
        many("INSERT INTO persons VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._persons)
        many(
            f"INSERT OR REPLACE INTO countries{end} (code, docid, n, partner) VALUES (?, ?, ?, ?)",  # noqa: S608 - the same
            sorted(self._countries),
        )
        many(
            f"INSERT OR REPLACE INTO types{end} (type, docid) VALUES (?, ?)",  # noqa: S608 - the same
            sorted(self._types),
        )
        many(
            "INSERT OR REPLACE INTO facets VALUES (?, ?, ?, ?, ?, ?, ?)",
            [
                (docid, source, partners, *_facets(rows, entities))
                for docid, source, partners, rows in sorted(self._facets, key=itemgetter(0))
            ],
        )
        many("INSERT INTO analysed (article_id, analysis_id) VALUES (?, ?)", self._analysed)
        self._write_terms()
        self._neighbours.flush()
        many("INSERT INTO docs (rowid, title, body) VALUES (?, ?, ?)", sorted(self._index))
        if self._inserted:
            self._connection.execute(
                "UPDATE meta SET value = value + ? WHERE key = 'articles'", (self._inserted,)
            )
        self._start()

    def _span(
        self, at: int, row: SpanRow, entities: Mapping[str, tuple[int, str]]
    ) -> tuple[object, ...]:
        start, end, key, kind, surface, canonical, *rest, candidates = row
        entity_id, name = entities[key]
        own = None if canonical == name else canonical
        listed = None if candidates is None else self._candidates_id(candidates)
        return (at, start, end, entity_id, kind, surface, own, *rest, listed)

    def _candidates_id(self, text: str) -> int:
        known = self._candidates.get(text)
        if known is None:
            self._connection.execute("INSERT OR IGNORE INTO candidates (list) VALUES (?)", (text,))
            (known,) = self._connection.execute(
                "SELECT id FROM candidates WHERE list = ?", (text,)
            ).fetchone()
            self._candidates[text] = known
        return int(known)

    def _write_entities(self) -> dict[str, tuple[int, str]]:
        """The id and name in the library of each entity collected, its counters raised."""
        written = {}
        for key, count in sorted(self._counts.items()):
            written[key] = self._connection.execute(
                "INSERT INTO entities (key, entity, name, folded, type, country, articles, mentions)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (key) DO UPDATE SET articles = articles + excluded.articles,"
                " mentions = mentions + excluded.mentions,"
                " country = coalesce(country, excluded.country) RETURNING id, name",
                (*count.row, count.country, count.articles, count.mentions),
            ).fetchone()
        return written

    def _write_terms(self) -> None:
        self._connection.executemany(
            "INSERT OR IGNORE INTO terms (surface, form) VALUES (?, ?)", sorted(self._terms)
        )
        if len(self._known_terms) > _KNOWN_TERMS:
            self._known_terms.clear()
        self._known_terms.update(self._terms)


def _facets(rows: Rows, entities: Mapping[str, tuple[int, str]]) -> Iterator[str]:
    """The columns of the table of facets that list what was found."""
    yield " ".join(sorted(rows.types))
    for kind in ("PERSON", "AGREEMENT", "ORG"):
        ids = {entities[span[2]][0] for span in rows.spans if span[3] == kind}
        yield " ".join(map(str, sorted(ids)))


class _Count:
    """An entity's share in a batch."""

    __slots__ = ("articles", "country", "mentions", "row")

    def __init__(self, entity: EntityRow) -> None:
        self.row = entity[:5]
        self.country = entity[5]
        self.articles = 0
        self.mentions = 0
