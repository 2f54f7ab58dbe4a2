"""How far long work is: a moving line on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from store.text import visible
from tui.commandline import output

if TYPE_CHECKING:
    from store.library import Progress, Tell

SECONDS_BETWEEN_LINES = 5.0
SECONDS_TO_JUDGE = 2.0
"""Before that, the time left would be a guess."""
_BETWEEN = 5
"""Columns of the moving line for the spinner and the blanks."""

Report = Callable[["Progress"], None]
Words = tuple[str, str, str]
"""What was done with articles, and what became of those that changed or did not."""

IMPORT: Words = ("read", "updated", "unchanged")
MERGING = "merging the index, which Ctrl+C leaves for later"


def shares(what: str, *, patience: bool = False) -> Tell:
    """What to call with shares, from 0 to 1, of work that needs no more than a word: ``what``.

    It says so at the beginning, with ``patience`` only when that takes long, and then now and then
    how far it is.
    """
    last = time.monotonic() if patience else 0.0

    def tell(share: float) -> None:
        nonlocal last
        now = time.monotonic()
        if share < 1 and now - last >= SECONDS_BETWEEN_LINES:
            last = now
            output.say(f"{what}: {int(100 * share)}%" if share else f"{what} …")

    return tell


@contextmanager
def reporting(*, no_color: bool = False, words: Words = IMPORT) -> Iterator[Report]:
    """What to call with each state; nothing of it goes to standard output."""
    if sys.stderr.isatty():
        with _moving(no_color, words) as report:
            yield report
    else:
        yield _lines(words)


def _sentence(state: Progress, words: Words) -> str:
    done, updated, unchanged = words
    counts = (
        (state.added, "added"),
        (state.updated, updated),
        (state.unchanged, unchanged),
        (state.failed, "failed"),
    )
    became = ", ".join(f"{count} {word}" for count, word in counts if count)
    speed = "" if state.merging else f" ({state.rate:.0f}/s)"
    then = f"; {MERGING}" if state.merging else ""
    return f"{state.done} {done}{speed}" + (f": {became}" if became else "") + then


def _left(state: Progress) -> str:
    """How much is done and how long the rest may take; nothing before that can be told."""
    if state.share is None or state.seconds_left is None or state.seconds < SECONDS_TO_JUDGE:
        return ""
    left = round(state.seconds_left)
    time = (
        f"{left // 3600}:{left // 60 % 60:02}:{left % 60:02}"
        if left >= 3600
        else f"{left // 60}:{left % 60:02}"
    )
    return f"{state.share:.0%}, {time} left"


def _lines(words: Words) -> Report:
    last = 0.0

    def report(state: Progress) -> None:
        nonlocal last
        if state.seconds - last >= SECONDS_BETWEEN_LINES:
            last = state.seconds
            output.say(", ".join(filter(None, (_sentence(state, words), _left(state)))))

    return report


def _end_of(path: str, room: int) -> str:
    """The end of a path that is too long: what is counted must not give way to it."""
    return path if len(path) <= room else f"…{path[1 - room :]}" if room > 1 else ""


@contextmanager
def _moving(no_color: bool, words: Words) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn
    from rich.table import Column

    # Names of files are hostile text: no markup, no hidden characters.
    columns = (
        SpinnerColumn(),
        TextColumn("{task.fields[left]}", markup=False, style="bold"),
        TextColumn("{task.description}", markup=False),
        TextColumn(
            "{task.fields[current]}",
            markup=False,
            style="dim",
            table_column=Column(no_wrap=True, overflow="ellipsis", ratio=1),
        ),
    )
    with Bar(
        *columns, console=Console(stderr=True, no_color=no_color or None), transient=True
    ) as bar:
        task = bar.add_task("", total=None, current="", left="")

        def report(state: Progress) -> None:
            said, left = _sentence(state, words), _left(state)
            room = bar.console.width - len(said) - len(left) - _BETWEEN
            current = _end_of(visible(state.current, line_breaks=False), room)
            bar.update(task, description=said, current=current, left=left)

        yield report
