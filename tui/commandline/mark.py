"""`mark`: the marks that the screen shows."""

from __future__ import annotations

import click

from tui.commandline import output, selection, words
from tui.commandline.framework import Command
from tui.commandline.parameters import article_id
from tui.commandline.session import Session


@click.command("mark", cls=Command, dashed=words.numbers)
@click.argument("id", nargs=-1, type=article_id)
@click.option("--remove", is_flag=True, help="Take the mark away instead.")
@click.option("--clear", is_flag=True, help="Take every mark away (then mark the IDs, if any).")
@click.option("--list", "listing", is_flag=True, help="Change nothing.")
@click.pass_obj
def command(session: Session, id: tuple[int, ...], remove: bool, clear: bool, listing: bool) -> int:
    """Mark articles, as the screen does.

    Prints the ids that are marked then, as JSON.
    """
    if listing and (id or remove or clear):
        raise click.UsageError("--list goes alone: it changes nothing")
    if not (listing or id or clear):
        raise click.UsageError("Say which articles, or --list or --clear")
    code = 0
    with session.open("read" if listing else "write") as archive:
        chosen: list[int] = []
        if id:
            chosen, code = selection.known(archive, id)
        if clear:
            archive.clear_marks()
        if chosen:
            archive.mark(chosen, on=not remove)
        output.json_line(archive.marked())
    return code
