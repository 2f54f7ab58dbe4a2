"""Kinds of mentions that an article has: whether the library knows them."""

from __future__ import annotations

from store.search.asking import Asking

_SINCE = 2
"""Format of a library from which a table lists them; one only read is not brought up to it."""


def has_kinds(connection: Asking) -> bool:
    """Whether the library behind ``connection`` has its table of types."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    return int(version) >= _SINCE
