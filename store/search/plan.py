"""From a typed query to what the database is asked, and what is highlighted in the answers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations, groupby
from typing import NamedTuple

from store.library import Notice, Sort
from store.normalise import plain, tokens
from store.normalise.compounds import second_words
from store.schema import DOCIDS_PER_DAY
from store.search import exact
from store.search.lexicon import all_of, any_of, quoted
from store.search.names import Condition, Values
from store.search.query import Clause, Filter, Group, Not, Phrase, Prefix, Query, Word
from store.search.spelling import Spelling
from store.search.synonyms import Synonyms
from store.search.units import Unit, units

_INDEXED = 4
"""Letters of a prefix from which the index itself is quick to list what begins so (10 ms at a
million articles; three letters take 110)."""
_COMBINED = 6
"""Units up to which every choice of some of them is spelt out."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What one query asks of one library.

    ``match`` is the FTS5 expression that every hit satisfies, None where no text is asked for;
    ``relaxed`` are wider ones: one word missing, then two, down to half of them. ``conditions``
    hold for every hit in either case, as does every phrase of ``phrases`` on its surface.
    """

    query: Query
    sort: Sort
    match: str | None
    nested: dict[str, str] = field(compare=False)
    """How ``match`` and expressions of ``relaxed`` are put to the index where that is quicker."""
    without: str | None
    """Where no text is asked for: an FTS5 expression that no hit satisfies."""
    relaxed: tuple[str, ...]
    units: tuple[Unit, ...]
    parts: tuple[Unit, ...]
    """What the wider ones are made of: the units, an office apart from its country."""
    conditions: tuple[Condition, ...]
    phrases: tuple[str, ...]
    notices: tuple[Notice, ...]
    shown: frozenset[tuple[str, ...]] = field(default=frozenset())
    """Sequences of forms to highlight."""

    @property
    def empty(self) -> bool:
        """Every article is a hit."""
        return self.match is None and self.without is None and not self.conditions


class _Text(NamedTuple):
    """A text condition: an FTS5 expression, and phrases that its hits must also show."""

    fts: str
    phrases: tuple[str, ...] = ()


class Planner:
    """Makes plans for one library."""

    def __init__(self, values: Values, spelling: Spelling, synonyms: Synonyms) -> None:
        self._values = values
        self._spelling = spelling
        self._synonyms = synonyms

    def plan(self, query: Query, sort: Sort) -> Plan:
        """Never raises but for the database's own errors."""
        return _Draft(self._values, self._spelling, self._synonyms, query, sort).plan()


class _Draft:
    def __init__(
        self, values: Values, spelling: Spelling, synonyms: Synonyms, query: Query, sort: Sort
    ) -> None:
        self.values, self.spelling, self.synonyms = values, spelling, synonyms
        self.query, self.sort = query, sort
        self.notices = list(query.notices)
        self.units: list[Unit] = []
        self.texts: list[str] = []
        self.without: list[str] = []
        self.phrases: list[str] = []
        self.conditions: list[Condition] = []
        self.shown: set[tuple[str, ...]] = set()
        self.nested: dict[str, str] = {}

    def plan(self) -> Plan:
        for is_word, run in groupby(self.query.clauses, lambda c: isinstance(c, Word)):
            clauses = list(run)
            if is_word:
                self._words(self.query.text[clauses[0].start : clauses[-1].end])
            else:
                for clause in clauses:
                    self._clause(clause)
        needed = [unit for unit in self.units if not unit.light] or self.units
        strict = [unit.fts for unit in needed] + self.texts
        parts = tuple(part for unit in needed for part in unit.parts)
        match = self._matching(strict) if strict else None
        if match is not None and needed:
            self.nested[match] = self._matching([self._quickest(needed)])
        return Plan(
            self.query,
            self.sort,
            match,
            self.nested,
            any_of(self.without) if self.without and not strict else None,
            self._relaxed(needed, parts),
            tuple(needed),
            parts,
            tuple(self.conditions),
            tuple(self.phrases),
            tuple(self.notices),
            frozenset(self.shown),
        )

    def _relaxed(self, needed: Sequence[Unit], parts: Sequence[Unit]) -> tuple[str, ...]:
        """Expressions that let one part be missing, then two; of very many, all but one."""
        fewer = [part.fts for part in parts]
        levels: list[str] = []
        if any(unit.near for unit in needed):
            levels.append(self._matching(fewer))
        if len(fewer) > _COMBINED:
            return (*levels, self._matching([any_of(fewer)]))
        for kept in range(len(fewer) - 1, max(1, len(fewer) // 2) - 1, -1):
            some = list(combinations(parts, kept))
            ways = any_of(all_of(part.fts for part in those) for those in some)
            levels.append(self._matching([ways]))
            self.nested[levels[-1]] = self._matching([any_of(map(self._quickest, some))])
        return tuple(levels)

    def _quickest(self, those: Sequence[Unit]) -> str:
        """All of ``those``, in the order in which the index has least to do."""
        return self.spelling.nested(those) or all_of(unit.fts for unit in those)

    def _matching(self, expressions: Sequence[str]) -> str:
        found = all_of([*expressions, *self.texts])
        return f"({found}) NOT {any_of(self.without)}" if self.without else found

    # --- clauses --------------------------------------------------------------------------------

    def _words(self, text: str) -> None:
        for unit in units(text, self.synonyms):
            unit = self.spelling.near(self.spelling.there(unit), self.notices)
            self.units.append(unit)
            if not unit.light:
                options = unit.widened.options
                self.shown.update(sequence for option in options for sequence in option)

    def _clause(self, clause: Clause) -> None:
        if isinstance(clause, Not):
            inner = self._part(clause.clause, shown=False)
            if isinstance(inner, _Text) and not inner.phrases:
                self.without.append(inner.fts)
            elif inner is not None:
                condition = _condition(inner)
                self.conditions.append(Condition(f"NOT ({condition.sql})", condition.parameters))
            return
        part = self._part(clause, shown=True)
        if isinstance(part, _Text):
            self.texts.append(part.fts)
            self.phrases.extend(part.phrases)
        elif part is not None:
            self.conditions.append(part)

    def _part(self, clause: Clause, *, shown: bool) -> _Text | Condition | None:
        """One clause as text or as a condition; None where it asks for nothing."""
        if isinstance(clause, Word):
            return self._text(clause.text, shown)
        if isinstance(clause, Phrase):
            return self._phrase(clause.text, shown)
        if isinstance(clause, Prefix):
            return self._prefix(clause.text, shown)
        if isinstance(clause, Filter):
            return self._filter(clause, shown)
        if isinstance(clause, Not):
            inner = self._part(clause.clause, shown=False)
            if inner is None:
                return None
            condition = _condition(inner)
            return Condition(f"NOT ({condition.sql})", condition.parameters)
        every = isinstance(clause, Group)
        members = clause.clauses if isinstance(clause, Group) else clause.alternatives
        parts = [part for c in members if (part := self._part(c, shown=shown)) is not None]
        return _combined(parts, every=every) if parts else None

    def _text(self, text: str, shown: bool) -> _Text | None:
        found = [self.spelling.there(unit) for unit in units(text, self.synonyms)]
        if not found:
            return None
        if shown:
            self.shown.update(s for u in found for option in u.options for s in option)
        return _Text(all_of(unit.fts for unit in found))

    def _phrase(self, text: str, shown: bool) -> _Text | None:
        found = tokens(text)
        if not found:
            return None
        del shown
        ways = [quoted(*(token.form for token in found))]
        forms = [token.form for token in found if not token.joined]
        if len(forms) > 1 and forms[0] in second_words():
            # With the word before it the first one makes a compound, which then stands after it.
            ways.append(f"NEAR({' '.join(quoted(form) for form in forms)}, {2 * len(forms)})")
        return _Text(any_of(ways), (text,))

    def _prefix(self, text: str, shown: bool) -> _Text | None:
        forms, whole = self.spelling.beginning(text)
        if shown:
            self.shown.update((form,) for form in forms)
        if not forms:
            return None
        found = [quoted(form) for form in forms]
        if not whole and len(letters := plain(text)) >= _INDEXED:
            found.append(f"{quoted(letters)} *")
        return _Text(any_of(found))

    def _filter(self, clause: Filter, shown: bool) -> _Text | Condition | None:
        if clause.period is not None:
            return _period(clause)
        if clause.name == "marked":
            marked = "{id} IN (SELECT docid FROM marks CROSS JOIN articles ON id = article_id)"
            return Condition(marked) if clause.yes else Condition(f"NOT {marked}")
        if clause.name == "title":
            inner = (self._phrase if clause.exact else self._text)(clause.value, shown)
            return _Text(f"{{title}} : ({inner.fts})", inner.phrases) if inner else None
        return self.values.condition(clause, self.notices) or self._text(clause.value, shown)


def _condition(part: _Text | Condition) -> Condition:
    """Text as a condition on a docid."""
    if isinstance(part, Condition):
        return part
    sql = "{id} IN (SELECT rowid FROM docs WHERE docs MATCH ?)"
    parameters = [part.fts]
    for phrase in part.phrases:
        shown, values = exact.holds("{id}", phrase)
        sql += f" AND {shown}"
        parameters.extend(values)
    return Condition(sql, tuple(parameters))


def _combined(parts: Sequence[_Text | Condition], *, every: bool) -> _Text | Condition:
    texts = [part for part in parts if isinstance(part, _Text)]
    if len(texts) == len(parts) and (every or not any(text.phrases for text in texts)):
        join = all_of if every else any_of
        return _Text(join(t.fts for t in texts), tuple(p for t in texts for p in t.phrases))
    conditions = [_condition(part) for part in parts]
    word = " AND " if every else " OR "
    return Condition(
        f"({word.join(f'({c.sql})' for c in conditions)})",
        tuple(value for c in conditions for value in c.parameters),
    )


def _period(clause: Filter) -> Condition:
    period = clause.period
    assert period is not None
    first = None if clause.name == "before" else period.first
    last = None if clause.name == "after" else period.last
    begin = _docid(first) if first else DOCIDS_PER_DAY
    end = _docid(last) + DOCIDS_PER_DAY if last else 1 << 62
    return Condition("{id} BETWEEN ? AND ?", (begin, end - 1))


def _docid(day: str) -> int:
    return int(day.replace("-", "")) * DOCIDS_PER_DAY
