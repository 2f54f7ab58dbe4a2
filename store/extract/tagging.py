"""The two sequence models at work on an article, the second looking at the first and at the rules.

The first model knows people, organisations and places of the general press. The second knows our
types; among its features are the first one's answers, what that model called the same word elsewhere
in the article, and the candidates of the rule stages.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Generic, NamedTuple

from store.extract.features import Features, Region
from store.extract.found import Found
from store.extract.sequence import Models, spans
from store.extract.shares import Value, Values
from store.extract.tokens import Text
from store.records import MentionType

FIRST = "public.model"
SECOND = "domain.model"
LABELS = ("O", *(f"{edge}-{type_}" for type_ in ("PER", "ORG", "LOC") for edge in "BI"))
"""What the first model answers."""


class Tagging:
    """Both models with their features; the second one may be missing where it is being trained."""

    def __init__(self, features: Features[int], models: Models) -> None:
        self._features = features
        self._first, *rest = models.decoders
        self._second = rest[0] if rest else None
        self._labels: dict[tuple[str, str, str], int] = {}

    def answers(self, text: Text) -> list[str]:
        """What the first model says of each token."""
        return self._answers(text, self._features.regions(text))

    def _answers(self, text: Text, regions: Sequence[Region[int]]) -> list[str]:
        answers = ["O"] * len(text.forms)
        for region in regions:
            answers[region.first : region.last] = self._first.tag(region.items)
        return answers

    def find(self, text: Text, evidence: Sequence[Found]) -> Iterator[Found]:
        """Mentions with the model's own confidence as score.

        Where neither the first model nor a rule sees anything, the second is not asked: of 500 articles
        it found 34 mentions of 7,717 there, most of them sports events, and it took a quarter of its time.
        """
        if self._second is None:
            return
        regions = self._features.regions(text)
        answers = self._answers(text, regions)
        around = Around(self._features.values, text, answers, evidence, self._labels)
        for region in regions:
            if not around.tells(region):
                continue
            labels = self._second.tag(around.items(region))
            for first, last, type_ in spans(labels):
                yield Found(
                    text.starts[region.first + first],
                    text.ends[region.first + last - 1],
                    _TYPES[type_],
                    self._second.confidence(type_, first, last),
                    "crf:domain",
                )


class Around(Generic[Value]):
    """What the second model sees of the first one's answers, of the rules and of the whole article."""

    def __init__(
        self,
        values: Values[Value],
        text: Text,
        answers: Sequence[str],
        evidence: Sequence[Found],
        labels: dict[tuple[str, str, str], Value] | None = None,
    ) -> None:
        """``labels`` keeps what three answers in a row add, from article to article."""
        self._values: Values[Value] = values
        self._labels: dict[tuple[str, str, str], Value] = {} if labels is None else labels
        self._lows = text.lows
        self._answers = answers
        self._marks = _marks(text, evidence)
        self._votes = _votes(text, answers)

    def tells(self, region: Region[Value]) -> bool:
        """Whether the first model or a rule sees anything in it."""
        answers, marks = self._answers, self._marks
        return any(answers[at] != "O" or at in marks for at in range(region.first, region.last))

    def items(self, region: Region[Value]) -> list[Value]:
        """The features of its tokens for the second model."""
        values, answers, marks = self._values, self._answers, self._marks
        lows, votes, labels, end = self._lows, self._votes, self._labels, len(self._answers)
        items: list[Value] = []
        for at, item in enumerate(region.items, region.first):
            answer = answers[at]
            before = answers[at - 1] if at > 0 else ""
            after = answers[at + 1] if at + 1 < end else ""
            told = labels.get((before, answer, after))
            if told is None:
                told = labels[before, answer, after] = values.sum(_said(before, answer, after))
            item = item + told
            names: list[bytes] = []
            if at in marks:
                for mark in marks[at]:
                    names += (mark.own, mark.with_answer + _BYTES[answer])
            if at - 1 in marks:
                names += [mark.before for mark in marks[at - 1]]
            if at + 1 in marks:
                names += [mark.after for mark in marks[at + 1]]
            vote = votes.get(lows[at])
            if vote is not None:
                names += (b"v=" + vote, b"vm=" + vote + _BYTES[answer])
            items.append(item + values.sum(names) if names else item)
        return items


def _said(before: str, answer: str, after: str) -> list[bytes]:
    """The features of the first model's answers at a token and beside it, "" where no token is."""
    names = [_OWN[answer]]
    if before:
        names.append(_BEFORE[before])
    if after:
        names.append(_AFTER[after])
    return names


def _votes(text: Text, answers: Sequence[str]) -> dict[str, bytes]:
    """What the first model mostly calls a word in this article, by lower-cased word."""
    counts: dict[str, dict[str, int]] = {}
    for form, low, answer in zip(text.forms, text.lows, answers, strict=True):
        if form[0].isupper() and len(form) > 2:
            count = counts.setdefault(low, {})
            type_ = answer[2:]
            count[type_] = count.get(type_, 0) + 1
    votes: dict[str, bytes] = {}
    for low, count in counts.items():
        if len(count) > 1:
            votes[low] = (max(sorted(count), key=count.__getitem__) or "O").encode()
        elif sum(count.values()) > 1:
            votes[low] = (next(iter(count)) or "O").encode()
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
