"""`check`: proof that a library agrees with itself, and the way back where it does not."""

from __future__ import annotations

from contextlib import ExitStack

import click

from store.errors import LibraryError
from tui.commandline import output
from tui.commandline.framework import Command
from tui.commandline.parameters import number
from tui.commandline.session import Session

DAMAGED = 3


@click.command("check", cls=Command)
@click.option("--repair", is_flag=True, help="Make anew what can be made anew.")
@click.option(
    "--sample",
    type=number,
    metavar="N",
    help="Articles to look for by their words; 0: all (default: all of up to 2000, else 1000).",
)
@click.pass_obj
def command(session: Session, repair: bool, sample: int | None) -> int:
    """Prove that the library is whole.

    SQLite, the full-text index, every span and every count against the texts. Prints {"ok": …, "problems": […]}; the exit code is 3 where something is wrong.
    """
    try:
        problems = _repaired(session, sample) if repair else _found(session, sample)
    except LibraryError as error:
        if session.path.is_file():
            output.json_line({"ok": False, "problems": [str(error)]})
        raise
    output.json_line({"ok": not problems, "problems": problems})
    if problems and not repair:
        output.say("The library has faults. `bilat-tui check --repair` rebuilds what it can.")
    return DAMAGED if problems else 0


def _found(session: Session, sample: int | None) -> list[str]:
    from tui.commandline.progress import shares

    with session.open("read") as archive:
        return archive.check(sample, shares("Checking", patience=True))


def _repaired(session: Session, sample: int | None) -> list[str]:
    from store.pipeline.repairing import repair
    from tui.commandline.progress import reporting, shares

    with session.open("write") as archive, ExitStack() as stack:
        return repair(
            archive,
            sample=sample,
            tell=shares("Checking", patience=True),
            on_progress=stack.enter_context(
                reporting(no_color=session.no_color, words=("indexed", "", ""))
            ),
        )
