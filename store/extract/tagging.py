"""The two sequence models at work on an article, the second looking at the first and at the rules.

The first model knows people, organisations and places of the general press. The second knows our
types; among its features are the first one's answers, what that model called the same word elsewhere
in the article, and the candidates of the rule stages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import chain
from typing import NamedTuple

from store.extract.features import Features, Region
from store.extract.found import Found
from store.extract.sequence import SequenceModel, spans
from store.extract.tokens import Text
from store.records import MentionType

FIRST = "public.crfsuite"
SECOND = "domain.crfsuite"
LABELS = ("O", *(f"{edge}-{type_}" for type_ in ("PER", "ORG", "LOC") for edge in "BI"))
"""What the first model answers."""

_HELD = 20_000
"""Tokens whose features wait for the second model, some 10 MB; those of a longer text are made anew."""


class Tagging:
    """Both models with their features."""

    def __init__(
        self, features: Features, first: SequenceModel, second: SequenceModel | None
    ) -> None:
        self._features = features
        self._first = first
        self._second = second

    def regions(self, text: Text, evidence: Sequence[Found]) -> Iterator[Region]:
        """All regions of an article, one after another, with the features of the second model."""
        listed = self._features.listed(text)
        answers: list[str] = ["O"] * len(text.forms)
        held: list[Region] = []
        rest = len(text.sentences)
        for at, (first, last) in enumerate(text.sentences):
            found = self._features.sentence(text, first, last, listed)
            for region in found:
                answers[region.first : region.last] = self._first.tag(region.items)
            if last <= _HELD:
                held += found
            else:
                rest = min(rest, at)
        again = (
            region
            for first, last in text.sentences[rest:]
            for region in self._features.sentence(text, first, last, listed)
        )
        votes = _votes(text, answers)
        marks = _marks(text, evidence)
        for region in chain(held, again):
            tokens = range(region.first, region.last)
            region.told = any(answers[at] != "O" or at in marks for at in tokens)
            _look_around(region, text, answers, marks, votes)
            yield region

    def find(self, text: Text, evidence: Sequence[Found]) -> Iterator[Found]:
        """Mentions with the model's own confidence as score.

        Where neither the first model nor a rule sees anything, the second is not asked: of 500 articles
        it found 34 mentions of 7,717 there, most of them sports events, and it took a quarter of its time.
        """
        if self._second is None:
            return
        for region in self.regions(text, evidence):
            if not region.told:
                continue
            labels = self._second.tag(region.items)
            for first, last, type_ in spans(labels):
                yield Found(
                    text.starts[region.first + first],
                    text.ends[region.first + last - 1],
                    _TYPES[type_],
                    self._second.confidence(type_, first, last),
                    "crf:domain",
                )


def _votes(text: Text, answers: Sequence[str]) -> dict[str, str]:
    """What the first model mostly calls a word in this article, by lower-cased word."""
    counts: dict[str, dict[str, int]] = {}
    for form, low, answer in zip(text.forms, text.lows, answers, strict=True):
        if form[0].isupper() and len(form) > 2:
            count = counts.setdefault(low, {})
            type_ = answer[2:]
            count[type_] = count.get(type_, 0) + 1
    votes: dict[str, str] = {}
    for low, count in counts.items():
        if len(count) > 1:
            votes[low] = max(sorted(count), key=count.__getitem__) or "O"
        elif sum(count.values()) > 1:
            votes[low] = next(iter(count)) or "O"
    return votes


class _Mark(NamedTuple):
    """That a rule claims a token, as the token's own feature and as its neighbours'."""

    own: bytes
    with_answer: bytes
    """Before the first model's answer."""
    before: bytes
    """As the token after it sees it."""
    after: bytes


@cache
def _mark(stage: str, place: str) -> _Mark:
    mark = f"{stage}.{place}".encode()
    return _Mark(b"a=" + mark, b"am=" + mark, b"-1a=" + mark, b"1a=" + mark)


def _marks(text: Text, evidence: Sequence[Found]) -> dict[int, list[_Mark]]:
    """Per token the rules that claim it: B where they begin, I inside, E right after their end."""
    marks: dict[int, list[_Mark]] = {}
    for found in evidence:
        first = text.token_at(found.start)
        last = text.token_at(found.end - 1) + 1
        marks.setdefault(first, []).append(_mark(found.stage, "B"))
        inside = _mark(found.stage, "I")
        for at in range(first + 1, last):
            marks.setdefault(at, []).append(inside)
        marks.setdefault(last, []).append(_mark(found.stage, "E"))
    return marks


_TYPES = {str(type_): type_ for type_ in MentionType}
_OWN = {label: f"m={label}".encode() for label in LABELS}
_BEFORE = {label: f"-1m={label}".encode() for label in LABELS}
_AFTER = {label: f"1m={label}".encode() for label in LABELS}
_BYTES = {label: label.encode() for label in LABELS}


@cache
def _vote(vote: str, answer: str) -> tuple[bytes, bytes]:
    return f"v={vote}".encode(), f"vm={vote}{answer}".encode()


def _look_around(
    region: Region,
    text: Text,
    answers: Sequence[str],
    marks: Mapping[int, Sequence[_Mark]],
    votes: Mapping[str, str],
) -> None:
    """Add what the second model sees of the first one's answers, of the rules and of the whole article."""
    lows, end = text.lows, len(answers)
    for at, item in enumerate(region.items, region.first):
        answer = answers[at]
        item.append(_OWN[answer])
        if at > 0:
            item.append(_BEFORE[answers[at - 1]])
        if at + 1 < end:
            item.append(_AFTER[answers[at + 1]])
        if at in marks:
            for mark in marks[at]:
                item.append(mark.own)
                item.append(mark.with_answer + _BYTES[answer])
        if at - 1 in marks:
            item += [mark.before for mark in marks[at - 1]]
        if at + 1 in marks:
            item += [mark.after for mark in marks[at + 1]]
        vote = votes.get(lows[at])
        if vote is not None:
            item += _vote(vote, answer)
