"""What a stage emits: a candidate mention with its score and the rule that made it."""

from __future__ import annotations

from dataclasses import dataclass

from store.records import MentionType, Money


@dataclass(slots=True)
class Found:
    """A candidate mention ``[start, end)``; ``stage`` names stage and rule, e.g. ``money:sign``."""

    start: int
    end: int
    type: MentionType
    score: float
    stage: str
    country: str | None = None
    value: str | Money | None = None
