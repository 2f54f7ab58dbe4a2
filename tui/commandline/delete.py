"""`delete`: articles or a whole import, asked first, undoable until the next start of the browser."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from store.errors import InputError
from tui.commandline import output, selection, words
from tui.commandline.framework import Command
from tui.commandline.parameters import article_id, number
from tui.commandline.progress import shares
from tui.commandline.session import Session

if TYPE_CHECKING:
    from store.archive import Archive

NOTHING = 4


@click.command("delete", cls=Command, dashed=words.numbers)
@click.argument("id", nargs=-1, type=article_id)
@click.option("--import", "import_id", type=number, metavar="N", help="Undo the import N instead.")
@click.option("--undo", is_flag=True, help="Bring back what was deleted last.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(
    session: Session, id: tuple[int, ...], import_id: int | None, undo: bool, yes: bool
) -> int:
    """Delete articles, or undo an import.

    Prints the ids concerned, as JSON. `info --imports` lists the imports. What is deleted can be brought back with --undo until the
    browser is started again.
    """
    if sum((bool(id), import_id is not None, undo)) != 1:
        raise click.UsageError("Give ids, or --import with its number, or --undo")
    with session.open("write") as archive:
        if undo:
            return _undo(archive)
        if import_id is not None:
            if not _agreed(f"Undo import {import_id}?", yes):
                return 0
            batch, code = archive.undo_import(import_id, tell=shares("Deleting", patience=True)), 0
        else:
            chosen, code = selection.known(archive, id)
            titles = "; ".join(archive.article(one).title for one in chosen[:3])
            more = f" and {len(chosen) - 3} more" if len(chosen) > 3 else ""
            if not _agreed(f"Delete {titles}{more}?", yes):
                return 0
            batch = archive.delete(chosen, tell=shares("Deleting", patience=True))
        gone = [item.article_id for item in archive.trash() if item.batch == batch]
    output.json_line(sorted(gone))
    output.say(f"{_articles(len(gone))} deleted; `bilat-tui delete --undo` brings them back.")
    return code


def _undo(archive: Archive) -> int:
    back = archive.undelete(tell=shares("Bringing back", patience=True))
    output.json_line(back)
    output.say(f"{_articles(len(back))} brought back." if back else "Nothing was deleted lately.")
    return 0 if back else NOTHING


def _articles(count: int) -> str:
    return f"{count} article{'' if count == 1 else 's'}"


def _agreed(question: str, yes: bool) -> bool:
    """Asks on the terminal; raises InputError where nobody can be asked."""
    if yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise InputError(
            "Deleting asks first, and there is no terminal to ask on",
            next_step="Add --yes",
        )
    from store.text import visible

    agreed = click.confirm(visible(question, line_breaks=False), err=True)
    if not agreed:
        output.say("Nothing was deleted.")
    return agreed
