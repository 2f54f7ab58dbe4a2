"""Whether a library agrees with itself.

Articles, older texts, marks and notes are the user's; index, mention counts, tables of countries,
types and facets, and counters follow from them and can be made anew (``mending``, ``renewal``).
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Literal, NamedTuple

from store.archive import findings_check, index_check
from store.archive.index_check import Sample
from store.archive.prepared import identity
from store.library import Tell
from store.records import Article

Part = Literal["pages", "references", "index", "text", "findings"]
"""What is wrong; ``index`` and ``findings`` can be made anew."""

_LISTED = 20
"""Problems of one kind that are listed before the rest is only counted."""

_STEP = 500
"""Articles after which progress is told."""


class Problem(NamedTuple):
    """One disagreement, or how many more there are of a kind."""

    part: Part
    sentence: str


def problems(
    connection: sqlite3.Connection, sample: Sample = None, tell: Tell | None = None
) -> list[Problem]:
    """What is wrong, one sentence each; empty where all is well. Reads everything.

    ``sample``: how many articles are looked for by their words, 0 for all; None for all of a small
    library and some of a large one. ``tell`` hears shares of the work from 0 to 1.
    """
    tell = tell or (lambda _: None)
    found = [
        Problem("pages", f"A page is damaged: {line}.")
        for (line,) in connection.execute(f"PRAGMA quick_check({_LISTED})")
        if line != "ok"
    ]
    if found:
        # What follows would only stumble over the same pages.
        return found
    kinds: list[tuple[Part, Callable[[Tell], Iterator[str]]]] = [
        ("references", lambda _: _references(connection)),
        ("index", lambda tell: index_check.problems(connection, sample, tell)),
        ("text", lambda tell: _texts(connection, tell)),
        ("text", lambda tell: _spans(connection, tell)),
        ("findings", lambda _: findings_check.counters(connection)),
        ("findings", lambda tell: findings_check.tables(connection, tell)),
    ]
    for number, (part, kind) in enumerate(kinds):
        shares = _part_of(tell, (number + 1) / (len(kinds) + 1), 1 / (len(kinds) + 1))
        shares(0.0)
        found += [Problem(part, sentence) for sentence in _capped(kind(shares))]
    return found


def _part_of(tell: Tell, start: float, width: float) -> Tell:
    return lambda share: tell(start + share * width)


def _capped(sentences: Iterator[str]) -> list[str]:
    found = list(islice(sentences, _LISTED))
    rest = sum(1 for _ in sentences)
    return [*found, f"… and {rest} more of this kind."] if rest else found


def _references(connection: sqlite3.Connection) -> Iterator[str]:
    for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check"):
        yield f"Row {row} of {table} points to something that is not in {parent}."


def _last(connection: sqlite3.Connection) -> int:
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM articles").fetchone()
    return int(last)


def _texts(connection: sqlite3.Connection, tell: Tell) -> Iterator[str]:
    last = _last(connection)
    for at, ref, url, title, body, content, body_hash in connection.execute(
        "SELECT id, ref, url, title, body, content_hash, body_hash FROM articles"
    ):
        if at % _STEP == 0:
            tell(at / last)
        asked = identity(Article(ref, title, body, url=url))
        if (asked.content, asked.body) != (content, body_hash):
            yield f"The text of article {at} was changed by something other than an import."


def _spans(connection: sqlite3.Connection, tell: Tell) -> Iterator[str]:
    last = _last(connection)
    body, present = "", None
    for at, start, end, surface in connection.execute(
        'SELECT article_id, start, "end", surface FROM spans ORDER BY article_id, start'
    ):
        if at != present:
            row = connection.execute("SELECT body FROM articles WHERE id = ?", (at,)).fetchone()
            body, present = row[0] if row else "", at
            if at % _STEP == 0 and last:
                tell(at / last)
        if start < 0 or body[start:end] != surface or not surface:
            yield f"A mention of article {at} ({start}-{end}) does not match its text: {surface}."
