"""A memory of bounded size that keeps what was asked for lately."""

from __future__ import annotations

from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Lately(Generic[K, V]):
    """Values by key, of which those not asked for in a long while are forgotten.

    Two dictionaries take turns: when the young one is full, the old one goes and the young one is
    the old. A memory that only stops to grow serves the words of its first thousand articles, and
    beside the others as much is made anew, again and again.
    """

    __slots__ = ("_most", "_old", "young")

    def __init__(self, most: int) -> None:
        """``most``: values kept at the same time."""
        self._most = most // 2
        self.young: dict[K, V] = {}
        """What may be read without asking ``get``; another dictionary after any ``keep`` or ``get``."""
        self._old: dict[K, V] = {}

    def get(self, key: K) -> V | None:
        """What is kept under ``key``."""
        value = self.young.get(key)
        if value is None:
            value = self._old.get(key)
            if value is not None:
                self.keep(key, value)
        return value

    def keep(self, key: K, value: V) -> None:
        """Keep it under ``key``, which is as good as asked for."""
        if len(self.young) >= self._most:
            self._old, self.young = self.young, {}
        self.young[key] = value
