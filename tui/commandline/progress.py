"""How far an import is: a moving line on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from store.text import visible
from tui.commandline import output

if TYPE_CHECKING:
    from store.records import Progress

SECONDS_BETWEEN_LINES = 5.0

Report = Callable[["Progress"], None]


@contextmanager
def reporting(*, no_color: bool = False) -> Iterator[Report]:
    """What to call with each state; nothing of it goes to standard output."""
    if sys.stderr.isatty():
        with _moving(no_color) as report:
            yield report
    else:
        yield _lines()


def _sentence(state: Progress) -> str:
    failed = f", {state.failed} failed" if state.failed else ""
    return (
        f"{state.done} read ({state.rate:.0f}/s): {state.added} added, {state.updated} updated, "
        f"{state.unchanged} unchanged{failed}"
    )


def _lines() -> Report:
    last = 0.0

    def report(state: Progress) -> None:
        nonlocal last
        if state.seconds - last >= SECONDS_BETWEEN_LINES:
            last = state.seconds
            output.say(_sentence(state))

    return report


@contextmanager
def _moving(no_color: bool) -> Iterator[Report]:
    from rich.console import Console
    from rich.progress import Progress as Bar
    from rich.progress import SpinnerColumn, TextColumn
    from rich.table import Column

    # Names of files are hostile text: no markup, no hidden characters.
    columns = (
        SpinnerColumn(),
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
        task = bar.add_task("reading", total=None, current="")

        def report(state: Progress) -> None:
            current = visible(state.current, line_breaks=False)
            bar.update(task, description=_sentence(state), current=current)

        yield report
