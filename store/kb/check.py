"""What is wrong or doubtful in a knowledge base: one sentence per finding, for ``kb check``."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from store.kb.base import KnowledgeBase
from store.kb.countries import name_of
from store.records import KbRow, Post
from store.tables import table_rows
from store.text import fold

_BLOCS = frozenset({"ASEAN", "EFTA", "EAEU", "GCC", "AFRICA", "MERCOSUR"})
"""Parties to agreements that are no countries."""
_SEVERAL = ("Wakil Menteri", "Wakil Perdana Menteri", "Wakil Ketua", "Deputi Gubernur Bank")
"""Offices that several people hold at once."""
_ENDS = {4: ("-01-01", "-12-31"), 7: ("-01", "-28"), 10: ("", "")}


def check(kb: KnowledgeBase) -> list[str]:
    """Findings, worst first; the last sentence counts the rows that nobody verified."""
    findings = [
        *_two_holders(kb),
        *_backward_terms(kb),
        *_aliases(kb),
        *_countries(kb),
        *(f"{row.id}: no source" for row in kb.rows if not row.source and not row.user),
    ]
    unverified = sum(not row.verified for row in kb.rows)
    if unverified:
        findings.append(f"{unverified} of {len(kb.rows)} rows are not verified")
    return findings


def _two_holders(kb: KnowledgeBase) -> Iterator[str]:
    """Terms of one office, known to the day, that overlap by more than the day of change."""
    offices: dict[tuple[str | None, str], list[tuple[str, str, str]]] = defaultdict(list)
    for row in kb.rows:
        for post in row.posts:
            if _exact(post) and not post.role.startswith(_SEVERAL):
                term = (post.start or "", post.end or "9999-12-31", row.id)
                offices[post.country, fold(post.role)].append(term)
    for (country, role), terms in offices.items():
        terms.sort()
        for (_, end, first), (start, _, second) in pairwise(terms):
            if start < end and first != second:
                yield f"{first} and {second} both hold “{role}” ({country}) on {start}"


def _exact(post: Post) -> bool:
    return len(post.start or "") == 10 and len(post.end or "0000-00-00") == 10


def _backward_terms(kb: KnowledgeBase) -> Iterator[str]:
    for row in kb.rows:
        for post in row.posts:
            start, end = post.start or "0000", post.end or "9999"
            if start + _ENDS[len(start)][0] > end + _ENDS[len(end)][1]:
                yield f"{row.id}: “{post.role}” ends ({end}) before it begins ({start})"


def _aliases(kb: KnowledgeBase) -> Iterator[str]:
    names: dict[str, KbRow] = {}
    for row in kb.rows:
        other = names.setdefault(fold(row.name), row)
        if other is not row:
            yield f"{other.id} and {row.id} have the same name “{row.name}”"
    seen: dict[str, KbRow] = {}
    for row in kb.rows:
        own: set[str] = set()
        for alias in row.aliases:
            key = fold(alias)
            if key in own or key == fold(row.name):
                yield f"{row.id}: the alias “{alias}” is there twice"
            own.add(key)
            if key in names and names[key] is not row:
                yield f"{row.id}: the alias “{alias}” is the name of {names[key].id}"
            other = seen.setdefault(key, row)
            if other is not row and {other.id, row.id} not in _homonyms().get(key, ()):
                yield f"{other.id} and {row.id} share the alias “{alias}”"


@lru_cache(maxsize=1)
def _homonyms() -> dict[str, list[set[str]]]:
    """Folded aliases that truly are the names of two things, with the ids of both."""
    pairs: dict[str, list[set[str]]] = defaultdict(list)
    for line in table_rows("kb/homonyms.csv"):
        pairs[fold(line["alias"])].append({line["first"], line["second"]})
    return pairs


def _countries(kb: KnowledgeBase) -> Iterator[str]:
    for row in kb.rows:
        codes = {row.country, *row.partners, *(post.country for post in row.posts)}
        for code in sorted(code for code in codes if code):
            if code not in _BLOCS and name_of(code) == code:
                yield f"{row.id}: {code} is no country that we know"
