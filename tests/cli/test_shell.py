"""Completion scripts, the man page and the help: made from click's data, and complete."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from tui.commandline.root import bilat_tui

Run = Callable[..., Any]
DOCS = Path(__file__).resolve().parent.parent.parent / "docs"


def commands(
    group: click.Group = bilat_tui, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with its path, groups left out."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield (*path, name), command


COMMANDS = dict(commands())


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_and_option_has_its_help(run: Run, path: tuple[str, ...]) -> None:
    found = run(*path, "--help")
    assert found.code == 0
    assert found.err == ""
    for parameter in COMMANDS[path].params:
        if isinstance(parameter, click.Option):
            assert parameter.help
            assert parameter.opts[-1] in found.out


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_is_in_the_manual(run: Run, path: tuple[str, ...]) -> None:
    page = run("man").out.replace("\\-", "-")
    assert f"\n.SS {' '.join(path)} " in page
    for parameter in COMMANDS[path].params:
        if isinstance(parameter, click.Option):
            assert parameter.opts[-1] in page


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_is_in_the_documentation(path: tuple[str, ...]) -> None:
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    assert f"bilat-tui {' '.join(path)}" in text


def test_the_man_page_in_docs_is_the_present_one(run: Run) -> None:
    """`make docs` writes it anew."""
    assert (DOCS / "bilat-tui.1").read_bytes() == run("man").raw


@pytest.mark.skipif(shutil.which("groff") is None, reason="groff is not installed")
def test_the_man_page_is_clean_roff() -> None:
    done = subprocess.run(
        ["groff", "-man", "-Tutf8", "-ww", "-z", DOCS / "bilat-tui.1"],
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts(run: Run, shell: str) -> None:
    found = run("completion", shell)
    assert found.code == 0
    assert "_BILAT_TUI_COMPLETE" in found.out
    interpreter = shutil.which(shell)
    if interpreter is not None:
        subprocess.run([interpreter, "-n"], input=found.raw, check=True)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("bilat-tui se", "search"),
        ("bilat-tui --library x kb im", "import"),
        ("bilat-tui search --fo", "--format"),
        ("bilat-tui search jepang --sort ne", "newest"),
        ("bilat-tui entities --type PE", "PERSON"),
        ("bilat-tui export --for", "--force"),
    ],
)
def test_completions(words: str, expected: str) -> None:
    environment = {
        **os.environ,
        "_BILAT_TUI_COMPLETE": "bash_complete",
        "COMP_WORDS": words,
        "COMP_CWORD": str(len(words.split()) - 1),
    }
    done = subprocess.run(
        [sys.executable, "-m", "tui.cli"], env=environment, capture_output=True, text=True
    )
    assert f"plain,{expected}" in done.stdout.splitlines()
