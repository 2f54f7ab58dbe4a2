"""Why a candidate matched, in words and as the matched characters of the form that was hit."""

from __future__ import annotations

from store.match.assignment import Assignment
from store.match.normalise import Token, latin
from store.match.person_name import PersonName
from store.match.person_score import PersonHit
from store.match.programme_letters import ProgrammeHit
from store.match.programme_name import ProgrammeName, parse_programme
from store.match.wording import because
from store.records import Reason, Span

_WHOLE = frozenset({"letters", "acronym", "acronym edit", "romanisation", "initials", "few edits"})
"""Ways in which the whole of a text is the whole of a form."""

_UNLIKE = frozenset(
    {"sound", "variant", "surname", "start", "initial", "edits", "joined", "related"}
)
"""Ways in which a typed word fits another one of the form."""


def explain_person(
    text: str, name: PersonName, hit: PersonHit
) -> tuple[tuple[Reason, ...], tuple[Span, ...]]:
    """Reasons and matched spans of a person's form."""
    reasons = [because(hit.why, hit.form.text)] if hit.why in _WHOLE else []
    if hit.assignment is None:
        return _with_dropped(reasons, text, name), (Span(0, len(hit.form.text)),)
    found = hit.assignment
    if hit.why != "letters":
        reasons += _pair_reasons(found, text, name.tokens, hit.form.text, hit.form.tokens)
    spans = _spans(found, hit.form.text, list(hit.form.tokens), list(name.words))
    return _with_dropped(reasons, text, name), spans


def explain_programme(
    text: str, name: ProgrammeName, hit: ProgrammeHit
) -> tuple[tuple[Reason, ...], tuple[Span, ...]]:
    """Reasons and matched spans of the form of a program or body."""
    if hit.assignment is None:
        return (because(hit.why, hit.form.text),), (Span(0, len(hit.form.text)),)
    known = parse_programme(hit.form.text)
    reasons = _pair_reasons(hit.assignment, text, name.tokens, hit.form.text, known.tokens)
    tokens = [known.tokens[j] for pair in hit.assignment.pairs for j in pair.known]
    shared = [token for code, token in known.party_tokens if code in name.parties]
    if shared:
        printed = ", ".join(dict.fromkeys(hit.form.text[t.start : t.end] for t in shared))
        reasons.append(because("parties", printed))
    spans = _merged([Span(t.start, t.end) for t in (*tokens, *shared)], hit.form.text)
    return tuple(reasons), spans


def _with_dropped(reasons: list[Reason], text: str, name: PersonName) -> tuple[Reason, ...]:
    dropped = " ".join(text[t.start : t.end] for t in name.dropped)
    return tuple([*reasons, because("left out", dropped)] if dropped else reasons)


def _pair_reasons(
    found: Assignment,
    text: str,
    typed_tokens: tuple[Token, ...],
    form: str,
    known_tokens: tuple[Token, ...],
) -> list[Reason]:
    """One reason per pair that is not simply the same word, then the number that are."""
    reasons: list[Reason] = []
    stands_for: dict[str, list[str]] = {}
    same = 0
    for pair in sorted(found.pairs):
        asked = typed_tokens[pair.typed]
        printed = text[asked.start : asked.end]
        told = " ".join(form[known_tokens[j].start : known_tokens[j].end] for j in pair.known)
        if pair.why in _UNLIKE:
            reasons.append(because(pair.why, printed, told))
        elif printed.casefold() != told.casefold():
            # One typed word may mean several: CEPA.
            stands_for.setdefault(printed, []).append(told)
        else:
            same += 1
    reasons += [because("joined", printed, " ".join(told)) for printed, told in stands_for.items()]
    if same and len(known_tokens) > 1:
        reasons.append(because("some words", same, len(known_tokens)))
    elif same:
        reasons.append(because("word"))
    return reasons


def _spans(found: Assignment, form: str, tokens: list[Token], typed: list[str]) -> tuple[Span, ...]:
    """The characters of the form that the query has: whole words, or the letters in common."""
    spans: list[Span] = []
    for pair in found.pairs:
        for j in pair.known:
            token = tokens[j]
            if pair.score >= 0.9 or pair.why == "joined":
                spans.append(Span(token.start, token.end))
            else:
                spans.extend(_common(typed[pair.typed], token, form))
    return _merged(spans, form)


def _common(typed: str, token: Token, form: str) -> list[Span]:
    """Runs of letters that the typed word shares with the word of the form."""
    from rapidfuzz.distance import Indel

    known = latin(form[token.start : token.end])
    runs = []
    for step in Indel.opcodes(typed, known.text):
        if step.tag == "equal":
            part = known.token(step.dest_start, step.dest_end)
            runs.append(Span(token.start + part.start, token.start + part.end))
    return runs


def _merged(spans: list[Span], form: str) -> tuple[Span, ...]:
    """Sorted, touching ones joined, none empty, all inside the form."""
    merged: list[Span] = []
    for span in sorted(spans):
        start, end = max(0, span.start), min(len(form), span.end)
        if start >= end:
            continue
        if merged and start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(end, merged[-1].end))
        else:
            merged.append(Span(start, end))
    return tuple(merged)
