"""The command `bilat-tui` itself: its subcommands, and the browser where none is named."""

from __future__ import annotations

import click

from tui.commandline.framework import Group

_HERE = "tui.commandline."
COMMANDS = {
    "browse": f"{_HERE}browse:command",
    "import": f"{_HERE}importing:command",
    "search": f"{_HERE}search:command",
    "saved": f"{_HERE}saved:command",
    "show": f"{_HERE}show:command",
    "extract": f"{_HERE}extract:command",
    "entities": f"{_HERE}entities:command",
    "match": f"{_HERE}match:command",
    "export": f"{_HERE}export:command",
    "mark": f"{_HERE}mark:command",
    "delete": f"{_HERE}delete:command",
    "kb": f"{_HERE}kb:command",
    "reindex": f"{_HERE}reindex:command",
    "check": f"{_HERE}check:command",
    "info": f"{_HERE}info:info",
    "completion": f"{_HERE}shell:completion",
    "man": f"{_HERE}shell:man",
    "version": f"{_HERE}shell:version",
}
"""Subcommand → where it is; the order is that of the help."""


@click.command(
    "bilat-tui",
    cls=Group,
    late=COMMANDS,
    invoke_without_command=True,
    no_args_is_help=False,
    epilog="Exit codes: 0 done, 1 some inputs failed, 2 wrong usage or unreadable input, "
    "3 the library can't be opened, 4 nothing found, 130 interrupted.",
)
@click.pass_context
def bilat_tui(ctx: click.Context) -> int | None:
    """Browse, search and quote Indonesian-language news on bilateral cooperation.

    Without a subcommand the browser opens.
    """
    if ctx.invoked_subcommand is None:
        from tui.commandline.browse import command

        return int(ctx.invoke(command, query=()) or 0)
    return None
