"""The tables of a library, and the migrations that made them.

sqlite-utils runs the migrations; it is imported only when one has to run, because it costs more
than a whole search. ``PRAGMA application_id`` and ``user_version`` say what a file is without it.

A ``docid`` is ``yyyymmdd * 10_000_000 + n`` for a dated article and ``n`` alone for an undated
one, so that the order of docids is that of dates, the undated last when newest come first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from store.derived import fill_facets, fill_types

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations

    from store.library import Tell

APPLICATION_ID = 0x62696C74  # "bilt"
SCHEMA_VERSION = 4

DOCIDS_PER_DAY = 10_000_000
"""A day's share of the docids; those below it belong to undated articles."""

PAGE_SIZE = 16_384
"""Bytes. A quarter smaller than with 4096 for articles of 2 KB (measured, 10,000 articles)."""

INDEX_SQL = (
    # Holds normalised text only and no copy of it. Its rows can be neither changed nor deleted on
    # SQLite 3.40, hence the table of tombstones.
    "CREATE VIRTUAL TABLE {name} USING fts5"
    "(title, body, content='', tokenize='unicode61 remove_diacritics 2')",
    # A hit in the title weighs eight times one in the body.
    "INSERT INTO {name}({name}, rank) VALUES ('rank', 'bm25(8.0, 1.0)')",
    # Bytes of new index that become a piece of it (``archive.pieces``).
    "INSERT INTO {name}({name}, rank) VALUES ('hashsize', 8388608)",
)

_FIRST = (
    """CREATE TABLE meta (
        key TEXT PRIMARY KEY,
        value INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE imports (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        started_at TEXT NOT NULL,
        finished_at TEXT,
        sources TEXT NOT NULL,
        added INTEGER NOT NULL DEFAULT 0,
        updated INTEGER NOT NULL DEFAULT 0,
        unchanged INTEGER NOT NULL DEFAULT 0,
        near_duplicates INTEGER NOT NULL DEFAULT 0,
        failed INTEGER NOT NULL DEFAULT 0,
        seconds REAL,
        stopped INTEGER NOT NULL DEFAULT 0,
        undone_at TEXT
    )""",
    """CREATE TABLE import_failures (
        id INTEGER PRIMARY KEY,
        import_id INTEGER NOT NULL REFERENCES imports(id) ON DELETE CASCADE,
        source TEXT NOT NULL,
        error TEXT NOT NULL
    )""",
    "CREATE INDEX import_failures_import ON import_failures(import_id)",
    """CREATE TABLE originals (
        sha256 TEXT PRIMARY KEY,
        media_type TEXT NOT NULL,
        size INTEGER NOT NULL,
        data BLOB NOT NULL
    )""",
    # The body comes last: what a list shows is read without it. import_id is the import that
    # brought the article, text_import_id the one that brought its present text.
    """CREATE TABLE articles (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        docid INTEGER NOT NULL UNIQUE,
        date TEXT,
        source TEXT,
        title TEXT NOT NULL,
        title_derived INTEGER NOT NULL DEFAULT 0,
        partners TEXT NOT NULL DEFAULT '',
        ref TEXT NOT NULL,
        url TEXT,
        imported_at TEXT NOT NULL,
        import_id INTEGER REFERENCES imports(id),
        text_import_id INTEGER REFERENCES imports(id),
        content_hash BLOB NOT NULL,
        body_hash BLOB NOT NULL,
        original_sha256 TEXT REFERENCES originals(sha256),
        original_name TEXT,
        locator TEXT,
        boilerplate TEXT NOT NULL DEFAULT '[]',
        body TEXT NOT NULL
    )""",
    "CREATE INDEX articles_ref ON articles(ref)",
    "CREATE INDEX articles_url ON articles(url) WHERE url IS NOT NULL",
    "CREATE INDEX articles_content ON articles(content_hash)",
    "CREATE INDEX articles_source ON articles(source, docid)",
    # Covers the facet of outlets over given docids, which is then spared the articles themselves.
    "CREATE INDEX articles_docid_source ON articles(docid, source)",
    "CREATE INDEX articles_import ON articles(import_id)",
    "CREATE INDEX articles_text_import ON articles(text_import_id)"
    " WHERE text_import_id IS NOT import_id",
    "CREATE INDEX articles_original ON articles(original_sha256) WHERE original_sha256 IS NOT NULL",
    # Other names under which a content of an article came in.
    """CREATE TABLE names (
        ref TEXT NOT NULL,
        content_hash BLOB NOT NULL,
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        PRIMARY KEY (ref, content_hash)
    ) WITHOUT ROWID""",
    "CREATE INDEX names_article ON names(article_id)",
    # What was read whole, by a digest of its bytes and name: the same again is not even parsed.
    """CREATE TABLE units (
        digest BLOB PRIMARY KEY,
        articles INTEGER NOT NULL
    ) WITHOUT ROWID""",
    # The bands of a fingerprint have no index by article: they follow from the fingerprint.
    """CREATE TABLE fingerprints (
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        print BLOB NOT NULL
    )""",
    """CREATE TABLE bands (
        band INTEGER NOT NULL,
        article_id INTEGER NOT NULL,
        PRIMARY KEY (band, article_id)
    ) WITHOUT ROWID""",
    # article_id came in, or changed, when of_id was there already.
    """CREATE TABLE near_duplicates (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        of_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        score REAL NOT NULL,
        PRIMARY KEY (article_id, of_id)
    ) WITHOUT ROWID""",
    "CREATE INDEX near_duplicates_of ON near_duplicates(of_id)",
    """CREATE TABLE versions (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        number INTEGER NOT NULL,
        replaced_at TEXT NOT NULL,
        text_import_id INTEGER REFERENCES imports(id),
        content_hash BLOB NOT NULL,
        body_hash BLOB NOT NULL,
        original_sha256 TEXT REFERENCES originals(sha256),
        payload TEXT NOT NULL,
        PRIMARY KEY (article_id, number)
    )""",
    "CREATE INDEX versions_content ON versions(content_hash)",
    "CREATE INDEX versions_import ON versions(text_import_id)",
    "CREATE INDEX versions_original ON versions(original_sha256) WHERE original_sha256 IS NOT NULL",
    """CREATE TABLE tombstones (
        docid INTEGER PRIMARY KEY
    )""",
    """CREATE TABLE entities (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        entity TEXT,
        name TEXT NOT NULL,
        folded TEXT NOT NULL,
        type TEXT NOT NULL,
        country TEXT,
        articles INTEGER NOT NULL DEFAULT 0,
        mentions INTEGER NOT NULL DEFAULT 0
    )""",
    "CREATE INDEX entities_type ON entities(type, folded)",
    """CREATE TABLE mentions (
        entity_id INTEGER NOT NULL REFERENCES entities(id),
        docid INTEGER NOT NULL REFERENCES articles(docid) ON UPDATE CASCADE ON DELETE CASCADE,
        n INTEGER NOT NULL,
        PRIMARY KEY (entity_id, docid)
    ) WITHOUT ROWID""",
    "CREATE INDEX mentions_docid ON mentions(docid, entity_id, n)",
    # What else a mention could be; the same list stands behind many mentions.
    """CREATE TABLE candidates (
        id INTEGER PRIMARY KEY,
        list TEXT NOT NULL UNIQUE
    )""",
    # canonical is NULL where it is the entity's name; value is an ISO date or a JSON amount.
    """CREATE TABLE spans (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        start INTEGER NOT NULL,
        "end" INTEGER NOT NULL,
        entity_id INTEGER NOT NULL REFERENCES entities(id),
        type TEXT NOT NULL,
        surface TEXT NOT NULL,
        canonical TEXT,
        country TEXT,
        value TEXT,
        score REAL NOT NULL,
        stage TEXT NOT NULL,
        candidates_id INTEGER REFERENCES candidates(id),
        PRIMARY KEY (article_id, start)
    ) WITHOUT ROWID""",
    """CREATE TABLE persons (
        article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        name TEXT NOT NULL,
        entity TEXT,
        role TEXT,
        role_start INTEGER,
        role_end INTEGER,
        country TEXT,
        country_basis TEXT,
        spans TEXT NOT NULL,
        post TEXT,
        PRIMARY KEY (article_id, position)
    ) WITHOUT ROWID""",
    # n counts mentions; partner is the place among the partner countries from 1, or 0 for none.
    """CREATE TABLE countries (
        code TEXT NOT NULL,
        docid INTEGER NOT NULL REFERENCES articles(docid) ON UPDATE CASCADE ON DELETE CASCADE,
        n INTEGER NOT NULL,
        partner INTEGER NOT NULL,
        PRIMARY KEY (code, docid)
    ) WITHOUT ROWID""",
    "CREATE INDEX countries_docid ON countries(docid, code, partner)",
    """CREATE TABLE marks (
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        marked_at TEXT NOT NULL
    )""",
    """CREATE TABLE reads (
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        read_at TEXT NOT NULL
    )""",
    """CREATE TABLE notes (
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        noted_at TEXT NOT NULL,
        text TEXT NOT NULL
    )""",
    """CREATE TABLE trash (
        id INTEGER PRIMARY KEY,
        batch INTEGER NOT NULL,
        deleted_at TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('deleted', 'reverted')),
        article_id INTEGER NOT NULL,
        import_id INTEGER REFERENCES imports(id),
        title TEXT NOT NULL,
        payload TEXT NOT NULL
    )""",
    "CREATE INDEX trash_batch ON trash(batch)",
    """CREATE TABLE state (
        key TEXT PRIMARY KEY,
        value TEXT NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE kb_rows (
        id TEXT PRIMARY KEY,
        row TEXT NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE terms (
        surface TEXT PRIMARY KEY,
        form TEXT NOT NULL
    ) WITHOUT ROWID""",
    *(statement.format(name="docs") for statement in INDEX_SQL),
    # How many articles hold a form, for spelling: no text of its own.
    "CREATE VIRTUAL TABLE docs_terms USING fts5vocab(docs, row)",
    "INSERT INTO meta VALUES ('articles', 0), ('normaliser', 0), ('batch', 0)",
)

_SECOND = (
    # Which kinds of mentions an article has.
    """CREATE TABLE types (
        type TEXT NOT NULL,
        docid INTEGER NOT NULL REFERENCES articles(docid) ON UPDATE CASCADE ON DELETE CASCADE,
        PRIMARY KEY (type, docid)
    ) WITHOUT ROWID""",
    # By what articles were analysed: a digest of the rules, tables and models of a version of the
    # program, and one of the user's own names.
    """CREATE TABLE analyses (
        id INTEGER PRIMARY KEY,
        rules TEXT NOT NULL,
        names TEXT NOT NULL,
        first_used_at TEXT NOT NULL,
        UNIQUE (rules, names)
    )""",
    # An article that has no row was analysed before libraries kept this.
    """CREATE TABLE analysed (
        article_id INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
        analysis_id INTEGER NOT NULL REFERENCES analyses(id)
    )""",
)

_THIRD = (
    # What of an article is counted beside search results: its outlet and, each parted by blanks,
    # partner countries, kinds of mentions, ids of entities. One row for each of some thousand hits
    # takes a third of the time that an index by docid of each of the tables behind it takes, and
    # an import has one place to write to instead of four.
    """CREATE TABLE facets (
        docid INTEGER PRIMARY KEY,
        source TEXT,
        partners TEXT NOT NULL,
        types TEXT NOT NULL,
        persons TEXT NOT NULL,
        programs TEXT NOT NULL,
        organisations TEXT NOT NULL
    )""",
    "DROP INDEX mentions_docid",
    "DROP INDEX types_docid",
    "DROP INDEX countries_docid",
    "DROP INDEX articles_docid_source",
)

INVERTED = {"mentions": "entity_id", "types": "type", "countries": "code"}
"""The tables that list articles by what is in them, with what their keys begin with."""

# Without an index by docid these tables cannot refer to the articles: whoever deletes one would go
# through them whole. Their rows are deleted by their keys, and `check` looks for any left behind.
_COLUMNS = {
    "mentions": """(
        entity_id INTEGER NOT NULL REFERENCES entities(id),
        docid INTEGER NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (entity_id, docid)
    ) WITHOUT ROWID""",
    "types": """(
        type TEXT NOT NULL,
        docid INTEGER NOT NULL,
        PRIMARY KEY (type, docid)
    ) WITHOUT ROWID""",
    "countries": """(
        code TEXT NOT NULL,
        docid INTEGER NOT NULL,
        n INTEGER NOT NULL,
        partner INTEGER NOT NULL,
        PRIMARY KEY (code, docid)
    ) WITHOUT ROWID""",
}

# What an import has written lately is in tables of their own, until they have some thousand articles'.
_FOURTH = tuple(
    statement
    for name in INVERTED
    for statement in (
        f"CREATE TABLE {name}_recent {_COLUMNS[name]}",
        f"CREATE VIEW {name}_all AS SELECT * FROM {name} UNION ALL SELECT * FROM {name}_recent",  # noqa: S608 - the same
    )
)


def run(connection: sqlite3.Connection | Database, statements: Iterable[str]) -> None:
    """Execute each statement inside whatever transaction is open."""
    for statement in statements:
        connection.execute(statement)


def _migrations(tell: Tell) -> Migrations:
    from sqlite_utils import Migrations

    from store import normalise

    migrations = Migrations("bilat-tui")

    def later(begin: float, end: float) -> Tell:
        """For a part of the work that is known to take that share of it."""
        return lambda share: tell(begin + share * (end - begin))

    @migrations()
    def first_tables(db: Database) -> None:
        run(db, _FIRST)
        db.execute("UPDATE meta SET value = ? WHERE key = 'normaliser'", [normalise.VERSION])
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        db.execute("PRAGMA user_version = 1")

    @migrations()
    def types_and_analyses(db: Database) -> None:
        run(db, _SECOND)
        fill_types(db, later(0.0, 0.3))
        db.execute("CREATE INDEX types_docid ON types(docid, type)")
        db.execute("PRAGMA user_version = 2")

    @migrations()
    def facets_instead_of_docids(db: Database) -> None:
        run(db, _THIRD)
        fill_facets(db, later(0.3, 0.8))
        for done, (name, columns) in enumerate(_COLUMNS.items()):
            later(0.8, 1.0)(done / len(_COLUMNS))
            run(
                db,
                (
                    f"CREATE TABLE {name}_next {columns}",
                    f"INSERT INTO {name}_next SELECT * FROM {name}",  # noqa: S608 - our own names
                    f"DROP TABLE {name}",
                    f"ALTER TABLE {name}_next RENAME TO {name}",
                ),
            )
        db.execute("PRAGMA user_version = 3")

    @migrations()
    def recent_rows_apart(db: Database) -> None:
        run(db, _FOURTH)
        db.execute("PRAGMA user_version = 4")

    return migrations


def migrate(
    connection: sqlite3.Connection, *, to: int = SCHEMA_VERSION, tell: Tell | None = None
) -> None:
    """Bring the library behind ``connection`` to format ``to``; nothing to do is cheap.

    The connection must use the default transaction handling of ``sqlite3``. All is one
    transaction, which waits for other writers: a crash leaves the version before it, and of two
    programs at once the second finds nothing left to do.
    """
    if _version(connection) >= to:
        return
    from sqlite_utils import Database

    db = Database(connection, execute_plugins=False)
    migrations = _migrations(tell or (lambda _: None))
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) < to:
            later = migrations.pending(db)[to - _version(connection) :]
            migrations.apply(db, stop_before=[migration.name for migration in later])
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _version(connection: sqlite3.Connection) -> int:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version)
