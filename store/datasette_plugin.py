"""A library in Datasette: its search box finds word forms, its tables browse with facets.

Datasette finds this file by its entry point and calls the functions marked ``hook``; nothing else
of the project imports it. Files that are no library are left as they are, and a library is only
read: both Datasette's own connection and the one opened here cannot write (one of an older format
is brought up to date at the first search, as by every command). Functions that SQL gets:

``bilat_forms(text)``    the forms under which the words of a text stand in the index
``bilat_query(text)``    the words of a typed query as an FTS5 expression for ``docs MATCH``
``bilat_search(text)``   a JSON array of the docids that a typed query finds, best first
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from pluggy import HookimplMarker

from store import normalise
from store.archive import Archive
from store.schema import APPLICATION_ID
from store.search import Plan, Searcher
from store.search.late import LateNames

hook = HookimplMarker("datasette")

_FOUND = 1_000
"""Docids that one search hands out, as many as Datasette shows rows on a page at most."""
_NOTHING = '""'
"""The FTS5 expression that no article matches."""


class _Library:
    """Searches for one connection of Datasette's; opened when first asked."""

    def __init__(self, path: Path) -> None:
        self._path = path

    @cached_property
    def _searcher(self) -> Searcher:
        archive = Archive.open(self._path, "read")
        return Searcher(archive, LateNames(archive.kb_rows()))

    def query(self, text: str | None) -> str:
        """The text of a typed query for MATCH; fields like ``negara:`` are no part of it.

        A misspelt word is also looked for as the near ones that the library has.
        """
        plan = self._searcher.prepare(text or "")
        widened = plan.relaxed if any(unit.near for unit in plan.units) else ()
        return next(iter(widened), plan.match) or _NOTHING

    def search(self, text: str | None) -> str:
        """All that the screen would list, in its order, as a JSON array of docids."""
        plan: Plan = self._searcher.prepare(text or "")
        return json.dumps(list(self._searcher.first(plan, _FOUND)))


def _forms(text: str | None) -> str:
    return normalise.index_text(text or "")


@hook(trylast=True)
def prepare_connection(conn: sqlite3.Connection, database: str, datasette: Any) -> None:
    """Give a connection to a library our functions.

    Last of all plugins, because the search box of a table calls ``escape_fts``, Datasette's own
    function, which is replaced by ours.
    """
    path = _library(datasette, database)
    if path is None:
        return
    library = _Library(path)
    conn.create_function("bilat_forms", 1, _forms, deterministic=True)
    conn.create_function("bilat_query", 1, library.query)
    conn.create_function("bilat_search", 1, library.search)
    conn.create_function("escape_fts", 1, library.query)


@hook
def get_metadata(datasette: Any) -> dict[str, Any]:
    """Titles, facets, labels and ready queries for each library among the open databases."""
    own = _metadata()
    return {
        "databases": {
            name: own for name in datasette.databases if _library(datasette, name) is not None
        }
    }


def _library(datasette: Any, database: str) -> Path | None:
    """The path of that database where it is a library of ours."""
    opened = datasette.databases.get(database)
    if opened is None or not opened.path:
        return None
    path = Path(opened.path)
    return path if _is_library(path) else None


@lru_cache(maxsize=64)
def _is_library(path: Path) -> bool:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as file:
            (identity,) = file.execute("PRAGMA application_id").fetchone()
    except sqlite3.Error:
        return False
    return bool(identity == APPLICATION_ID)


def _metadata() -> dict[str, Any]:
    text = (Path(__file__).parent / "datasette_metadata.json").read_text(encoding="utf-8")
    own: dict[str, Any] = json.loads(text)
    return own
