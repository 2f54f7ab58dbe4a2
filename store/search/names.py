"""Values of fields as what the library holds: countries, people, programs, organisations, outlets."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Literal, NamedTuple, Protocol

from store.library import Notice
from store.records import MentionType, Resolution
from store.search.asking import Asking
from store.search.kinds import has_kinds
from store.search.query import TYPES, Filter
from store.text import fold

HOME = "ID"
"""Partner to every article, hence itself never one: it is looked for among all mentions."""

_TYPES = {
    "person": MentionType.PERSON,
    "minister": MentionType.PERSON,
    "program": MentionType.AGREEMENT,
    "org": MentionType.ORG,
}
_MOST = 200
"""Entities that one value stands for at most."""
_ALIKE = 84
"""Similarity, in percent, from which a misspelt value stands for a name."""
_FEW = 20_000
"""Up to so many articles a set is listed once; beyond it each hit is looked up in it."""


class Names(Protocol):
    """What search needs of an index of names; ``resolve`` is asked only for a person or a program."""

    def resolve(
        self, text: str, *, kind: Literal["minister", "program"] | None = None
    ) -> Resolution: ...


class Condition(NamedTuple):
    """A condition on articles: SQL with ``{id}`` for the docid, and its parameters.

    ``walk`` names a table, called ``hit``, whose rows hold the docids that meet the condition, each
    once: "countries hit WHERE code = ?", with the same parameters. A large one has them in order.
    ``size`` is at least the number of these rows, None where that is unknown or large.
    """

    sql: str
    parameters: tuple[object, ...] = ()
    walk: str = ""
    size: int | None = None

    @property
    def is_range(self) -> bool:
        """Whether it is a range of docids, which the index can be given."""
        return self.sql.startswith("{id} BETWEEN")


class Values:
    """Resolves the value of a filter against one library."""

    def __init__(self, connection: Asking, names: Names | None) -> None:
        self._connection = connection
        self._names = names

    def condition(self, clause: Filter, notices: list[Notice]) -> Condition | None:
        """What the filter asks of an article; None (and a notice) where its value names nothing."""
        if clause.name == "country":
            return self._country(clause, notices)
        if clause.name == "source":
            return self._source(clause, notices)
        if clause.name == "type":
            return self._type(clause, notices)
        if clause.name == "mentions":
            return self._mentioned(clause, notices)
        return self._entity(clause, notices)

    # --- countries ------------------------------------------------------------------------------

    def _country(self, clause: Filter, notices: list[Notice]) -> Condition | None:
        from store.kb import countries  # where no country is asked for, neither is the table

        code = countries.code_of(clause.value) or self._near_country(clause, notices)
        if code is None:
            notices.append(Notice("no-such-name", (clause.typed_name, clause.value)))
            return None
        partner = "" if code == HOME else " AND partner > 0"
        return self._listed("countries_all", f"code = ?{partner}", (code,), single=True)

    @staticmethod
    def _near_country(clause: Filter, notices: list[Notice]) -> str | None:
        from rapidfuzz import fuzz, process

        from store.kb import countries

        forms = {fold(form): code for form, code in countries.forms().items() if len(form) > 3}
        best = process.extractOne(
            fold(clause.value), forms.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE - 6
        )
        if best is None:
            return None
        code = forms[best[0]]
        notices.append(Notice("corrected", (clause.value, countries.name_of(code))))
        return code

    # --- kinds of mentions -----------------------------------------------------------------------

    def _type(self, clause: Filter, notices: list[Notice]) -> Condition:
        if not has_kinds(self._connection):
            notices.append(Notice("no-types", (clause.typed_name,)))
            return Condition("1")
        return self._listed(
            "types_all", "type = ?", (TYPES[clause.value.casefold()].value,), single=True
        )

    # --- what is named exactly so ---------------------------------------------------------------

    def _mentioned(self, clause: Filter, notices: list[Notice]) -> Condition | None:
        """Entities of any type with that very name; a day or a month has its ISO form for a name."""
        marks = ", ".join("?" for _ in MentionType)
        found = dict(
            self._connection.execute(
                f"SELECT id, articles FROM entities WHERE type IN ({marks}) AND folded = ?",  # noqa: S608 - marks only
                (*(kind.value for kind in MentionType), fold(clause.value)),
            )
        )
        if not found:
            notices.append(Notice("no-such-name", (clause.typed_name, clause.value)))
            return None
        return self._any_of("mentions_all", "entity_id", sorted(found), sum(found.values()))

    # --- people, programs, organisations ----------------------------------------------------------

    def _entity(self, clause: Filter, notices: list[Notice]) -> Condition | None:
        known, labels = self._known(clause)
        found = self._by_key(known) | self._by_words(clause)
        if not found:
            found = self._alike(clause, notices)
        if not found:
            kind = "not-mentioned" if known else "no-such-name"
            notices.append(Notice(kind, (clause.typed_name, clause.value)))
            return None
        if len(labels) > 1:
            notices.append(Notice("ambiguous-name", (clause.value, *labels[:5])))
        return self._any_of("mentions_all", "entity_id", sorted(found), sum(found.values()))

    def _known(self, clause: Filter) -> tuple[list[str], list[str]]:
        """Ids in the knowledge base, and names where they are several people or programs."""
        if self._names is None or clause.name == "org":
            return [], []
        kind = "program" if clause.name == "program" else "minister"
        answer = self._names.resolve(clause.value, kind=kind)  # type: ignore[arg-type]
        if answer.best is not None:
            return [answer.best.id], []
        if answer.status == "ambiguous":
            return [c.id for c in answer.candidates], [c.name for c in answer.candidates]
        return [], []

    def _by_key(self, keys: list[str]) -> dict[int, int]:
        rows = self._connection.execute(
            "SELECT id, articles FROM entities WHERE key IN (SELECT value FROM json_each(?))",
            (json.dumps(keys),),
        )
        return dict(rows)

    def _by_words(self, clause: Filter) -> dict[int, int]:
        """Entities whose name holds every word of the value, the commonest first."""
        words = fold(clause.value).split()
        like = " AND ".join("(' ' || folded || ' ') LIKE ? ESCAPE '\\'" for _ in words)
        rows = self._connection.execute(
            f"SELECT id, articles FROM entities WHERE type = ? AND {like}"  # noqa: S608 - marks only
            " ORDER BY articles DESC LIMIT ?",
            (_TYPES[clause.name], *(f"% {_escaped(word)} %" for word in words), _MOST),
        )
        return dict(rows)

    def _alike(self, clause: Filter, notices: list[Notice]) -> dict[int, int]:
        """Entities whose name is nearly the value, whose beginning or whose word it nearly is."""
        from rapidfuzz import fuzz, process

        rows = self._connection.execute(
            "SELECT folded, id, articles, name FROM entities WHERE type = ?", (_TYPES[clause.name],)
        ).fetchall()
        names = [row[0] for row in rows]
        value = fold(clause.value)
        best = process.extract(
            value, names, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=8
        ) or process.extract(
            value, names, scorer=fuzz.partial_ratio, score_cutoff=_ALIKE + 4, limit=8
        )
        near = [row for row in best if row[1] >= best[0][1] - 3]
        if near:
            notices.append(Notice("corrected", (clause.value, rows[near[0][2]][3])))
        return {rows[at][1]: rows[at][2] for _, _, at in near}

    # --- outlets ---------------------------------------------------------------------------------

    def _source(self, clause: Filter, notices: list[Notice]) -> Condition | None:
        wanted = fold(clause.value)
        outlets = [
            row[0]
            for row in self._connection.execute(
                # Steps from outlet to outlet through the index, whatever the number of articles.
                "WITH RECURSIVE outlet(name) AS (SELECT min(source) FROM articles UNION ALL"
                " SELECT (SELECT min(source) FROM articles WHERE source > name) FROM outlet"
                " WHERE name IS NOT NULL) SELECT name FROM outlet WHERE name IS NOT NULL"
            )
            if wanted in fold(row[0])
        ]
        if not outlets:
            notices.append(Notice("no-such-name", (clause.typed_name, clause.value)))
            return None
        return self._any_of("articles", "source", outlets[:_MOST])

    def _any_of(
        self, table: str, column: str, values: Sequence[object], size: int | None = None
    ) -> Condition:
        # Marks rather than a subquery: only then does SQLite look up column and docid together.
        marks = ", ".join("?" for _ in values)
        where = f"{column} IN ({marks})"
        return self._listed(table, where, tuple(values), size, single=len(values) == 1)

    def _listed(
        self,
        table: str,
        where: str,
        parameters: tuple[object, ...],
        size: int | None = None,
        *,
        single: bool,
    ) -> Condition:
        """Membership in the docids of a table, listed once or looked up, whichever is cheaper.

        ``single``: the table has each docid once, in order, under that condition.
        """
        walk = f"{table} hit WHERE {where}" if single else ""
        listed = f"SELECT docid FROM {table} WHERE {where}"  # noqa: S608 - fixed fragments
        # Where an article has its outlet too, and so many more of them on a page.
        looked_up = listed.replace("articles", "facets")
        if size is None:
            (size,) = self._connection.execute(
                f"SELECT count(*) FROM ({listed} LIMIT {_FEW + 1})",  # noqa: S608 - the same
                parameters,
            ).fetchone()
        if size <= _FEW:
            walk = walk or f"(SELECT DISTINCT docid FROM {table} WHERE {where}) hit WHERE 1"  # noqa: S608 - the same
            return Condition(f"{{id}} IN ({listed})", parameters, walk, size)
        return Condition(f"EXISTS ({looked_up} AND docid = {{id}})", parameters, walk)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
