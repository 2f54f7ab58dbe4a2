"""`browse`: the way to the screen. The only place here that imports Textual, and as late as it can."""

from __future__ import annotations

import sys

import click

from store.errors import InputError
from tui.commandline import words
from tui.commandline.framework import Command
from tui.commandline.session import Session


@click.command("browse", cls=Command, dashed=words.anything)
@click.argument("query", nargs=-1)
@click.pass_obj
def command(session: Session, query: tuple[str, ...]) -> int:
    """Open the browser.

    QUERY stands in the search line then. A library that does not exist is made and filled with two seed articles.
    """
    if not (sys.stdin and sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError(
            "The browser needs a terminal",
            next_step="Run it in one, or use `bilat-tui search`, `show` and `export` in scripts",
        )
    if not session.exists:
        from store.pipeline import create_with_seeds

        create_with_seeds(session.path).close()
    # A library that can't be opened is said before the screen takes over the terminal.
    session.bring_up_to_date()
    from tui.app import run

    return run(
        session.path,
        query=" ".join(query),
        lang=session.lang_option or None,
        no_color=session.no_color,
        debug=session.debug,
    )
