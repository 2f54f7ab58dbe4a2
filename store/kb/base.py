"""The knowledge base in memory: the rows that ship, and the user's own which win over them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import Any

from store.kb.rows import row_to_json
from store.records import KbRow, Post
from store.tables import table_text

SHIPPED = ("ministers.jsonl", "programs.jsonl", "organisations.jsonl")


class KnowledgeBase:
    """Rows by id, in their order. Treat it as frozen: ``with_user`` makes another one."""

    def __init__(self, rows: Sequence[KbRow]) -> None:
        self.rows: tuple[KbRow, ...] = tuple(rows)
        self._by_id = {row.id: row for row in self.rows}

    @classmethod
    def shipped(cls) -> KnowledgeBase:
        """The rows that come with the program (read once)."""
        return _shipped()

    def get(self, id: str) -> KbRow | None:
        """The row of that id, None where there is none."""
        return self._by_id.get(id)

    def with_user(self, rows: Sequence[KbRow]) -> KnowledgeBase:
        """This base with the user's rows: one of a known id replaces it, the others come first."""
        own = {row.id: row for row in rows}
        return KnowledgeBase([*own.values(), *(r for r in self.rows if r.id not in own)])

    @cached_property
    def digest(self) -> str:
        """Changes whenever the content does (SHA-256, 16 hex digits)."""
        import hashlib

        state = hashlib.sha256()
        for row in self.rows:
            item = {**row_to_json(row), "user": row.user}
            state.update(json.dumps(item, ensure_ascii=False, sort_keys=True).encode())
        return state.hexdigest()[:16]


@lru_cache(maxsize=1)
def _shipped() -> KnowledgeBase:
    rows: list[KbRow] = []
    for name in SHIPPED:
        lines = table_text(f"kb/{name}").split("\n")
        rows.extend(map(_row, json.loads(f"[{','.join(filter(None, lines))}]")))
    return KnowledgeBase(rows)


def _row(item: dict[str, Any]) -> KbRow:
    """A shipped row. A test holds that ``read_rows``, which doubts every cell and takes more than twice as long at
    each start, reads the same."""
    get = item.get
    country = item["country"]
    return KbRow(
        item["id"],
        item["kind"],
        item["name"],
        tuple(item["aliases"]),
        item["role"],
        country,
        item["from"],
        item["to"],
        tuple(
            Post(
                post["role"],
                post["ministry"],
                post["country"] or country,
                post["from"],
                post["to"],
            )
            for post in get("posts", ())
        ),
        tuple(get("partners", ())),
        get("signed"),
        get("in_force"),
        get("status"),
        item["source"],
        item["verified"],
    )
