"""Named agreements, programs, projects, forums and schemes by pattern.

Data: ``agreements.csv``: last words of English names ("… Agreement"), first words of Indonesian
ones ("Perjanjian …", "KTT …"), and type words that introduce a name but stay outside ("proyek …"). The
kinds of treaty and document are in ``word_lists.csv``, the patterns made of them in ``patterns.tsv``.
Bare kinds ("MoU", "Free Trade Agreement") are no names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from store.extract import kinds, rules, runs
from store.extract.found import Found
from store.extract.gazetteer import Gazetteer
from store.extract.tokens import Text
from store.extract.triggers import sentences_of, stand_in, tokens_of
from store.tables import table_columns
from store.text import late, one_of

# Words that say what kind of treaty it is, not which one.
_GENERIC = rules.words("generic_words")
# Every match begins with a capital, which is what is looked for first.
_TREATY = rules.pattern("treaty")
_TREATY_KINDS = tuple(
    kind
    for kind in rules.in_order("treaty_kinds")
    if not any(other != kind and other in kind for other in rules.in_order("treaty_kinds"))
)
"""One of these stands in every match of the pattern, and in few articles."""


_DOCUMENTS = frozenset(form.split()[0].lower() for form in rules.in_order("documents"))
"""The first words of documents, lower-cased."""
# "MoU tentang …", "nota kesepahaman di bidang …": the subject is the name (guidelines, AGREEMENT).
_SUBJECT = late(
    lambda: rf"(?:{one_of(rules.in_order('documents'))}){rules.regex('document_subject')}"
)
_SUBJECT_CONNECTORS = runs.CONNECTORS | rules.words("subject_connectors")
_WORD = 6
"""Letters; a name in capitals of this length may be an everyday word too."""
_TAIL_CONNECTORS = rules.words("english_connectors")
_HEAD_CONNECTORS = rules.words("head_connectors")
_TYPE_CONNECTORS = rules.words("type_connectors")
_QUOTED = rules.pattern("quoted_name")
_LEAST_QUOTED = 4
"""Characters."""
_TYPE_BEFORE = rules.pattern("type_before_quotation")
_INTRODUCERS = frozenset(form.split()[0].lower() for form in rules.in_order("introducers"))
"""The first words of what such a type begins with, lower-cased."""


class Lexicon(NamedTuple):
    """Lower-cased last words, and the first words as finders."""

    tails: frozenset[str]
    tail_pairs: frozenset[tuple[str, str]]
    heads: Gazetteer[str]
    names: Gazetteer[str]
    """Well-known names that no pattern gives away ("Global Gateway")."""
    listed: frozenset[str]
    """The same as printed, to look one up."""
    abbreviations: tuple[str, ...]
    """The upper-case words among all of these, as printed."""
    types: frozenset[str]
    tail_words: frozenset[str]
    """With which every tail ends."""


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The lexicon, read once."""
    forms: dict[str, list[str]] = {kind: [] for kind in ("head", "name", "type", "tail")}
    for form, kind in table_columns("extract/agreements.csv", "form", "kind"):
        forms[kind].append(form)
    tails = [form.lower() for form in forms["tail"]]
    return Lexicon(
        frozenset(form for form in tails if " " not in form),
        frozenset((form.split()[0], form.split()[1]) for form in tails if " " in form),
        Gazetteer((form, form) for form in forms["head"]),
        Gazetteer((form, form) for form in forms["name"]),
        frozenset(forms["name"]),
        tuple(
            {
                word: True
                for form in chain.from_iterable(forms.values())
                for word in form.split()
                # "koneksi" in a text without capitals is the word, not the programme.
                if word.isupper() and (len(word) < _WORD or word != form)
            }
        ),
        frozenset(forms["type"]),
        frozenset(form.split()[1] if " " in form else form for form in tails),
    )


def find(text: Text, lexicon: Lexicon, stops: dict[int, int]) -> Iterator[Found]:
    """Candidates of all patterns; ``stops`` are the countries (token → end)."""
    if any(kind in text.body for kind in _TREATY_KINDS):
        for match in _TREATY.finditer(text.body):
            yield _at(match.start(), match.end(), 0.95, "treaty")
    done = 0
    for at in tokens_of(text, _DOCUMENTS):
        start = text.starts[at]
        begun = _SUBJECT.match(text.body, start) if start >= done else None
        if begun is None:
            continue
        done = begun.end()
        first = text.token_at(done)
        if first < len(text.forms):
            last = runs.run_end(
                text,
                first,
                min(first + 30, len(text.forms)),
                connectors=_SUBJECT_CONNECTORS,
                lists=True,
            )
            yield _at(text.starts[first], text.ends[last - 1], 0.7, "subject")
    for match in _QUOTED.finditer(text.body) if stand_in(text, _INTRODUCERS) else ():
        if _TYPE_BEFORE.search(text.body, max(0, match.start() - 40), match.start()):
            # Whether the comma stands inside or outside of the marks.
            start, end = match.start(1), match.end(1) - (match[1][-1] in ".,")
            if end - start >= _LEAST_QUOTED:
                yield _at(start, end, 0.75, "quoted")
    for first, last, form in lexicon.names.scan(text):
        # "KONEKSI" is a programme, "Koneksi" at the beginning of a sentence a word.
        if last - first > 1 or text.forms[first] == form or not form.isupper():
            yield _span(text, first, last, 0.9, "name")
    yield from _by_head(text, lexicon)
    tailed, typed = sentences_of(text, lexicon.tail_words), sentences_of(text, lexicon.types)
    for number in sorted(tailed | typed):
        first, last = text.sentences[number]
        if number in tailed:
            yield from _by_tail(text, lexicon, first, last)
        if number in typed:
            yield from _by_type(text, lexicon, stops, first, last)


def _at(start: int, end: int, score: float, rule: str) -> Found:
    return Found(start, end, kinds.AGREEMENT, score, f"agreements:{rule}")


def _span(text: Text, first: int, last: int, score: float, rule: str) -> Found:
    return _at(text.starts[first], text.ends[last - 1], score, rule)


def is_named(name: str) -> bool:
    """Whether some word of an English name says which agreement it is."""
    return any(word not in _GENERIC for word in re.findall(r"[a-z]+", name.lower()))


def _is_name(text: Text, first: int, last: int) -> bool:
    """Whether some word of the run says which one it is."""
    return any(
        text.lows[at] not in _GENERIC and text.forms[at][0].isalpha() for at in range(first, last)
    )


def _by_tail(text: Text, lexicon: Lexicon, first: int, last: int) -> Iterator[Found]:
    at = first
    while at < last:
        if not runs.is_capital(text.forms[at]):
            at += 1
            continue
        end = runs.run_end(text, at, last, connectors=_TAIL_CONNECTORS)
        for tail in range(end - 1, at, -1):
            pair = (text.lows[tail - 1], text.lows[tail])
            if text.lows[tail] in lexicon.tails or pair in lexicon.tail_pairs:
                finish = tail + 1
                if finish < last and text.forms[finish].isdigit() and len(text.forms[finish]) == 4:
                    finish += 1
                if _is_name(text, at, finish):
                    yield _span(text, at, finish, 0.85, "tail")
                break
        at = max(end, at + 1)


def _by_head(text: Text, lexicon: Lexicon) -> Iterator[Found]:
    for start, end, _ in lexicon.heads.scan(text):
        last = text.sentence_end(start)
        if end > last or not runs.is_capital(text.forms[start]):
            continue
        follow = end
        # "Konferensi Tingkat Tinggi (KTT) G20": the abbreviation in the middle belongs to the name.
        if follow + 3 <= last and text.forms[follow] == "(" and text.forms[follow + 2] == ")":
            follow += 3
        begin = _after_edition(text, follow, last)
        if begin == follow:
            if follow > end and (follow >= last or not runs.is_capital(text.forms[follow])):
                continue
            begin -= 1
        finish = runs.run_end(
            text, begin, last, connectors=_HEAD_CONNECTORS, lists=True, hyphens=True
        )
        if finish > end:
            yield _span(text, start, finish, 0.75, "head")


def _after_edition(text: Text, at: int, last: int) -> int:
    """Where the name goes on after "ke-47" ("KTT ke-47 ASEAN"); ``at`` where no such number stands."""
    forms = text.forms
    if (
        at + 3 < last
        and text.lows[at] == "ke"
        and forms[at + 1] == "-"
        and forms[at + 2][0].isdigit()
        and runs.is_capital(forms[at + 3])
    ):
        return at + 3
    return at


def _by_type(
    text: Text, lexicon: Lexicon, stops: dict[int, int], first: int, last: int
) -> Iterator[Found]:
    for at in range(first, last - 1):
        if text.lows[at] not in lexicon.types or (text.forms[at][0].isupper() and at != first):
            continue
        start = at + 1
        if text.lows[start] == "the" and start + 1 < last:
            start += 1
        if not runs.is_capital(text.forms[start]) or start in stops:
            continue
        finish = runs.run_end(text, start, last, connectors=_TYPE_CONNECTORS, stops=stops)
        if finish - start >= 2:
            yield _span(text, start, finish, 0.75, "type")
