"""A plan as SQL."""

from __future__ import annotations

from store.search import exact
from store.search.names import Condition
from store.search.plan import Plan


def select(
    plan: Plan,
    match: str | None,
    columns: str,
    order: str,
    limit: int,
    more: Condition | None = None,
    walked: Condition | None = None,
) -> tuple[str, list[object]]:
    """A SELECT over the hits of ``match`` (None: of the conditions alone), and its parameters.

    ``columns`` and ``order`` may use ``{id}`` for the docid; ``limit`` -1 is none; ``more`` is one
    condition besides the plan's. ``walked`` is a condition of the plan whose rows are gone through,
    and each looked up in the index, instead of the other way round.
    """
    parts: list[str] = []
    parameters: list[object] = []
    table, docid = "articles hit", "hit.docid"
    conditions = [*plan.conditions, *([more] if more else [])]
    if match is None:
        walked = next((c for c in conditions if c.walk), None)
    if walked is not None:
        table, _, where = walked.walk.rpartition(" WHERE ")
        parts.append(where)
        parameters.extend(walked.parameters)
        conditions.remove(walked)
    if match is not None:
        if walked is None:
            table, docid = "docs", "docs.rowid"
        else:
            table += " CROSS JOIN docs ON docs.rowid = hit.docid"
        parts.append("docs MATCH ?")
        # Ranks add up in the order of the words as they were typed.
        parameters.append(match if "rank" in columns else plan.nested.get(match, match))
    if match is None and plan.without is not None:
        parts.append(f"{docid} NOT IN (SELECT rowid FROM docs WHERE docs MATCH ?)")  # noqa: S608 - fixed
        parameters.append(plan.without)
    for condition in conditions:
        # A range goes into the index; before anything else a unary plus keeps SQLite from running
        # MATCH anew for every listed docid (50 s at 10,000 articles).
        bare = docid == "hit.docid" or condition.is_range
        parts.append(condition.sql.replace("{id}", docid if bare else f"+{docid}"))
        parameters.extend(condition.parameters)
    if match is not None:
        parts.append("+docs.rowid NOT IN (SELECT docid FROM tombstones)")
    for phrase in plan.phrases:
        sql, values = exact.holds(docid, phrase)
        parts.append(sql)
        parameters.extend(values)
    where = f" WHERE {' AND '.join(parts)}" if parts else ""
    sql = f"SELECT {columns} FROM {table}{where} {order} LIMIT ?"  # noqa: S608 - fixed fragments
    return sql.replace("{id}", docid), [*parameters, limit]
