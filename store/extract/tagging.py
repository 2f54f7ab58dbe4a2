"""The two sequence models at work on an article, the second looking at the first and at the rules.

The first model knows people, organisations and places of the general press. The second knows our
types; among its features are the first one's answers, what that model called the same word elsewhere
in the article, and the candidates of the rule stages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import add
from typing import Any, Generic

from store.extract.features import Features, Region
from store.extract.found import Found
from store.extract.lately import Lately
from store.extract.sequence import Models, spans
from store.extract.shares import Value, Values
from store.extract.tokens import Text
from store.records import MentionType

FIRST = "public.model"
SECOND = "domain.model"
LABELS = ("O", *(f"{edge}-{type_}" for type_ in ("PER", "ORG", "LOC") for edge in "BI"))
"""What the first model answers."""
_KEPT = 20_000
"""Things told of a token that are kept."""


class Tagging:
    """Both models with their features; the second one may be missing where it is being trained."""

    def __init__(self, features: Features[int], models: Models) -> None:
        self._features = features
        self._first, *rest = models.decoders
        self._second = rest[0] if rest else None
        self._told: Told[int] = Told(features.values)

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
        around = Around(text, answers, evidence)
        for region in regions:
            if not around.tells(region):
                continue
            labels = self._second.tag(around.items(region, self._told))
            for first, last, type_ in spans(labels):
                yield Found(
                    text.starts[region.first + first],
                    text.ends[region.first + last - 1],
                    _TYPES[type_],
                    self._second.confidence(labels, first, last),
                    "crf:domain",
                )


Claims = tuple[str, ...]
"""The rules that claim a token, each with "B" where the claim begins, "I" inside, "E" right after its end."""
Seen = tuple[str, str, str, Claims, Claims, Claims, str | None]
"""What the second model sees of a token besides words: the first one's answer for the token before it ("" where
none is), for itself and for the one after it; what the rules claim of these three; what the first model mostly
calls the word in this article."""


class Told(Generic[Value]):
    """What that adds to a token, kept from article to article: the same comes again and again."""

    def __init__(self, values: Values[Value]) -> None:
        self._values: Values[Value] = values
        self._kept: Lately[Seen, Value] = Lately(_KEPT)

    def of(self, tokens: Iterable[Seen]) -> list[Value]:
        """The sum of the features of each."""
        kept = self._kept.young
        return [kept.get(seen) or self._of(seen) for seen in tokens]

    def _of(self, seen: Seen) -> Value:
        told = self._kept.get(seen)
        if told is None:
            told = self._values.sum([name.encode() for name in _names(seen)])
            self._kept.keep(seen, told)
        return told


def _names(seen: Seen) -> Iterator[str]:
    before, answer, after, claims_before, claims, claims_after, vote = seen
    yield f"m={answer}"
    if before:
        yield f"-1m={before}"
    if after:
        yield f"1m={after}"
    for claim in claims:
        yield from (f"a={claim}", f"am={claim}{answer}")
    for claim in claims_before:
        yield f"-1a={claim}"
    for claim in claims_after:
        yield f"1a={claim}"
    if vote is not None:
        yield from (f"v={vote}", f"vm={vote}{answer}")


class Around:
    """The first model's answers, the rules' claims and the words of one whole article."""

    def __init__(self, text: Text, answers: Sequence[str], evidence: Sequence[Found]) -> None:
        self._lows = text.lows
        # An item more at either end, so that every token has neighbours.
        self._answers = ["", *answers, ""]
        self._claims = _claims(text, evidence)
        self._votes = _votes(text, answers)

    def tells(self, region: Region[Any]) -> bool:
        """Whether the first model or a rule sees anything in it."""
        inside = slice(region.first + 1, region.last + 1)
        answers = self._answers[inside]
        return answers.count("O") < len(answers) or any(self._claims[inside])

    def items(self, region: Region[Value], told: Told[Value]) -> list[Value]:
        """The features of its tokens for the second model."""
        first, last = region.first, region.last
        answers, claims = self._answers[first : last + 2], self._claims[first : last + 2]
        votes = map(self._votes.get, self._lows[first:last])
        seen = zip(
            *(answers, answers[1:], answers[2:], claims, claims[1:], claims[2:], votes),
            strict=False,
        )
        return list(map(add, region.items, told.of(seen)))


def _votes(text: Text, answers: Sequence[str]) -> dict[str, str]:
    """What the first model mostly calls a word in this article, by lower-cased word."""
    counts: dict[str, dict[str, int]] = {}
    for at in text.capitals():
        if len(text.forms[at]) > 2:
            count = counts.setdefault(text.lows[at], {})
            type_ = answers[at][2:]
            count[type_] = count.get(type_, 0) + 1
    votes: dict[str, str] = {}
    for low, count in counts.items():
        if len(count) > 1:
            votes[low] = max(sorted(count), key=count.__getitem__) or "O"
        elif sum(count.values()) > 1:
            votes[low] = next(iter(count)) or "O"
    return votes


def _claims(text: Text, evidence: Sequence[Found]) -> list[tuple[str, ...]]:
    """What rules claim of each token, an item more at either end."""
    claims: list[tuple[str, ...]] = [()] * (len(text.forms) + 2)
    for found in evidence:
        first = text.token_at(found.start) + 1
        last = text.token_at(found.end - 1) + 2
        stage = found.stage
        claims[first] += (stage + ".B",)
        for at in range(first + 1, last):
            claims[at] += (stage + ".I",)
        claims[last] += (stage + ".E",)
    return claims


_TYPES = {str(type_): type_ for type_ in MentionType}
