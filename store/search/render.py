"""A query back as text, and as chips for the screen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from store.records import Span
from store.search.query import Clause, Filter, Group, Not, Or, Phrase, Prefix, Query, Word

_BARE_VALUE = re.compile(r"[^\s\"\u201c\u201d\u201e\u201f\u00ab\u00bb()]+")


@dataclass(frozen=True, slots=True)
class Chip:
    """One clause as the screen shows it.

    ``kind`` is ``word``, ``phrase``, ``prefix``, ``or``, ``group``, ``not`` or the field's English
    name; ``label`` is the clause as it would be typed; ``span`` its characters in the typed text,
    which ``without`` removes.
    """

    label: str
    kind: str
    span: Span


def render(query: Query) -> str:
    """The query as text in its plainest spelling: ``parse(render(q)) == q``."""
    return " ".join(_clause(clause) for clause in query.clauses)


def chips(query: Query) -> list[Chip]:
    """A chip for each clause that is not a plain word, and one for each run of plain words."""
    found: list[Chip] = []
    for run in _runs(query.clauses):
        label = " ".join(_clause(clause) for clause in run)
        found.append(Chip(label, _kind(run[0]), Span(run[0].start, run[-1].end)))
    return found


def without(text: str, chip: Chip) -> str:
    """The typed text with one chip taken out."""
    before, after = text[: chip.span.start].rstrip(), text[chip.span.end :].lstrip()
    return f"{before} {after}".strip()


def _runs(clauses: tuple[Clause, ...]) -> Iterator[list[Clause]]:
    run: list[Clause] = []
    for clause in clauses:
        if run and not (isinstance(clause, Word) and isinstance(run[-1], Word)):
            yield run
            run = []
        run.append(clause)
    if run:
        yield run


def _kind(clause: Clause) -> str:
    if isinstance(clause, Filter):
        return clause.name
    return type(clause).__name__.lower()


def _clause(clause: Clause) -> str:
    match clause:
        case Word(text):
            return text
        case Phrase(text):
            return f'"{text}"'
        case Prefix(text):
            return f"{text}*"
        case Filter():
            return _filter(clause)
        case Not(Or() as inner):
            return f"-({_clause(inner)})"
        case Not(inner):
            return f"-{_clause(inner)}"
        case Or(alternatives):
            return " OR ".join(_clause(option) for option in alternatives)
        case Group(clauses):
            return f"({' '.join(_clause(part) for part in clauses)})"


def _filter(clause: Filter) -> str:
    value = clause.value
    if clause.exact or not _BARE_VALUE.fullmatch(value):
        value = f'"{value}"'
    return f"{clause.typed_name or clause.name}:{value}"
