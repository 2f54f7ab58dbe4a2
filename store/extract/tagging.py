"""The two sequence models at work on an article, the second looking at the first and at the rules.

The first model knows people, organisations and places of the general press. The second knows our
types; among its features are the first one's answers, what that model called the same word elsewhere
in the article, and the candidates of the rule stages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from store.extract.features import Features
from store.extract.found import Found
from store.extract.sequence import SequenceModel, regions, spans
from store.extract.tokens import Text
from store.records import MentionType

FIRST = "public.crfsuite"
SECOND = "domain.crfsuite"


@dataclass(slots=True)
class Region:
    """A stretch of tokens ``[first, last)`` to tag, with the features of each."""

    first: int
    last: int
    items: list[list[str]]


class Tagging:
    """Both models with their features."""

    def __init__(
        self, features: Features, first: SequenceModel, second: SequenceModel | None
    ) -> None:
        self._features = features
        self._first = first
        self._second = second

    def regions(self, text: Text, evidence: Sequence[Found]) -> list[Region]:
        """All regions of an article with the features of the second model."""
        found: list[Region] = []
        answers: list[str] = ["O"] * len(text.forms)
        for sentence_first, sentence_last in text.sentences:
            parts = list(regions(text, sentence_first, sentence_last))
            if not parts:
                continue
            items = self._features.sentence(text, sentence_first, sentence_last)
            for first, last in parts:
                part = items[first - sentence_first : last - sentence_first]
                answers[first:last] = self._first.tag(part)
                found.append(Region(first, last, part))
        votes = _votes(text, answers)
        marks = _marks(text, evidence)
        for region in found:
            for at in range(region.first, region.last):
                _look_around(region.items[at - region.first], text, at, answers, marks, votes)
        return found

    def find(self, text: Text, evidence: Sequence[Found]) -> Iterator[Found]:
        """Mentions with the model's own confidence as score."""
        if self._second is None:
            return
        for region in self.regions(text, evidence):
            labels = self._second.tag(region.items)
            for first, last, type_ in spans(labels):
                yield Found(
                    text.starts[region.first + first],
                    text.ends[region.first + last - 1],
                    MentionType(type_),
                    self._second.confidence(type_, first, last),
                    "crf:domain",
                )


def _votes(text: Text, answers: Sequence[str]) -> dict[str, str]:
    """What the first model mostly calls a word in this article, by lower-cased word."""
    counts: dict[str, Counter[str]] = {}
    for at, answer in enumerate(answers):
        form = text.forms[at]
        if form[0].isupper() and len(form) > 2:
            counts.setdefault(text.lows[at], Counter())[answer[2:] or "O"] += 1
    return {
        low: max(sorted(count), key=lambda type_: count[type_])
        for low, count in counts.items()
        if count.total() > 1
    }


def _marks(text: Text, evidence: Sequence[Found]) -> dict[int, list[str]]:
    """Per token the rules that claim it, as ``stage.B`` or ``stage.I``."""
    marks: dict[int, list[str]] = {}
    for found in evidence:
        first = text.token_at(found.start)
        last = text.token_at(found.end - 1) + 1
        for at in range(first, min(last, len(text.forms))):
            marks.setdefault(at, []).append(found.stage + (".B" if at == first else ".I"))
        if last < len(text.forms):
            marks.setdefault(last, []).append(found.stage + ".E")
    return marks


def _look_around(
    item: list[str],
    text: Text,
    at: int,
    answers: Sequence[str],
    marks: dict[int, list[str]],
    votes: dict[str, str],
) -> None:
    answer = answers[at]
    item.append("m=" + answer)
    if at > 0:
        item.append("-1m=" + answers[at - 1])
    if at + 1 < len(answers):
        item.append("1m=" + answers[at + 1])
    own = marks.get(at)
    if own:
        for mark in own:
            item.append("a=" + mark)
            item.append("am=" + mark + answer)
    for place, prefix in ((at - 1, "-1a="), (at + 1, "1a=")):
        for mark in marks.get(place, ()):
            item.append(prefix + mark)
    vote = votes.get(text.lows[at])
    if vote is not None:
        item.append("v=" + vote)
        item.append("vm=" + vote + answer)
