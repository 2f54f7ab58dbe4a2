"""Measuring: interleaved repeats, medians, and rows that print as a table."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a report: a median in milliseconds and its ratio to the reference of the run."""

    name: str
    median: float
    low: float
    high: float


def interleaved(cases: Sequence[tuple[str, Callable[[], object]]], repeats: int) -> list[Row]:
    """Run every case ``repeats`` times, in turn, so that a busy moment hits all of them alike.

    A case that gives back a float has measured itself, in milliseconds.
    """
    times: dict[str, list[float]] = {name: [] for name, _ in cases}
    for _ in range(repeats):
        for name, call in cases:
            start = time.perf_counter()
            own = call()
            whole = (time.perf_counter() - start) * 1000
            times[name].append(own if isinstance(own, float) else whole)
    return [Row(n, statistics.median(t), min(t), max(t)) for n, t in times.items()]


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which ``share`` (0..1) of ``values`` lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def table(rows: Sequence[Row], reference: str) -> str:
    """The rows with each median's ratio to the row named ``reference``."""
    base = next(row.median for row in rows if row.name == reference)
    width = max(len(row.name) for row in rows)
    lines = [f"{'':{width}}  median ms     low    high   ratio"]
    lines += [
        f"{row.name:{width}}  {row.median:9.1f} {row.low:7.1f} {row.high:7.1f}   {row.median / base:5.2f}"
        for row in rows
    ]
    return "\n".join(lines)
