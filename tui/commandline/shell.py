"""What shells and packagers need: the version, completion scripts, the man page."""

from __future__ import annotations

import click

from store import __version__
from tui.commandline import output
from tui.commandline.framework import Command

PROGRAM = "bilat-tui"


@click.command("version", cls=Command)
def version() -> int:
    """Print the version."""
    output.line(f"{PROGRAM} {__version__}")
    return 0


@click.command("completion", cls=Command)
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion(shell: str) -> int:
    """Print a shell completion script.

    bash: bilat-tui completion bash > ~/.local/share/bash-completion/completions/bilat-tui;
    zsh: the same into a folder of $fpath as _bilat-tui; fish: into
    ~/.config/fish/completions/bilat-tui.fish.
    """
    from click.shell_completion import get_completion_class

    from tui.commandline.root import bilat_tui
    from tui.commandline.run import COMPLETE

    kind = get_completion_class(shell)
    assert kind is not None
    output.write(kind(bilat_tui, {}, PROGRAM, COMPLETE).source())
    return 0


@click.command("man", cls=Command)
def man() -> int:
    """Print the man page (roff)."""
    from tui.commandline.manual import page
    from tui.commandline.root import bilat_tui

    output.write(page(bilat_tui))
    return 0
