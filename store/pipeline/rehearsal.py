"""What an import would do, counted without writing."""

from __future__ import annotations

from typing import Literal

from store.archive import Archive
from store.archive.prepared import identity
from store.records import Article

Outcome = Literal["added", "updated", "unchanged"]


class Rehearsal:
    """The outcome of each article in turn, as if those before it had been stored.

    It remembers numbers instead of texts, some hundreds of bytes for each article. What an input
    would do to the address of an article that is already stored is not followed up.
    """

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._refs: set[str] = set()
        self._named: set[int] = set()
        self._contents: set[int] = set()
        self._bodies: set[int] = set()

    def outcome(self, article: Article) -> Outcome:
        """What would become of ``article``."""
        asked = identity(article)
        found = self._archive.find(article)
        named = hash((asked.ref, asked.content))
        content = hash(asked.content)
        body = hash((asked.url, asked.body))
        outcome: Outcome
        if named in self._named or (found.known and found.named):
            return "unchanged"
        if asked.ref in self._refs or found.named:
            outcome = "updated"
        elif found.known or content in self._contents:
            outcome = "unchanged"
        elif found.id is not None or (asked.url and body in self._bodies):
            outcome = "updated"
        else:
            outcome = "added"
            self._refs.add(asked.ref)
        self._named.add(named)
        if outcome != "unchanged":
            self._contents.add(content)
            self._bodies.add(body)
        return outcome
