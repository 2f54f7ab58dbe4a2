"""What the documentation must not forget: every command, option, key, query field and table."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import click
import pytest

from store.archive import Archive
from store.search import FIELDS
from tui.commandline.root import bilat_tui as cli
from tui.commands import TABLE, Command

ROOT = Path(__file__).resolve().parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CLI_PAGE = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
LIBRARY_PAGE = (ROOT / "docs" / "library.md").read_text(encoding="utf-8")
CONTEXT = click.Context(cli, info_name="bilat-tui")


def commands(
    group: click.Group, context: click.Context, path: str
) -> list[tuple[str, click.Command]]:
    """Every visible command below ``group`` with its full name."""
    found: list[tuple[str, click.Command]] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if command.hidden:
            continue
        below = click.Context(command, info_name=name, parent=context)
        found.append((f"{path} {name}", command))
        if isinstance(command, click.Group):
            found += commands(command, below, f"{path} {name}")
    return found


ALL = commands(cli, CONTEXT, "bilat-tui")


@pytest.mark.parametrize(("name", "command"), ALL, ids=[name for name, _ in ALL])
def test_every_command_has_its_help_in_the_page(name: str, command: click.Command) -> None:
    assert f"`{name}`" in CLI_PAGE
    assert command.help or command.short_help
    for parameter in command.params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            assert parameter.help, f"{name} {parameter.opts} has no help"
            assert max(parameter.opts, key=len) in CLI_PAGE


@pytest.mark.parametrize("command", TABLE, ids=lambda command: command.id)
def test_every_key_is_in_the_readme_with_a_sentence_in_both_languages(command: Command) -> None:
    assert f"| `{command.id}` |" in README
    assert command.label("id")
    assert command.label("en")
    assert command.help("id")
    assert command.help("en")


@pytest.mark.parametrize("field", sorted(FIELDS))
def test_every_query_field_is_in_the_readme(field: str) -> None:
    assert f"`{field}:`" in README


def test_every_table_of_the_library_is_described(tmp_path: Path) -> None:
    path = tmp_path / "library.db"
    Archive.open(path, "create").close()
    with closing(sqlite3.connect(path)) as connection:
        made = {
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        }
    own = {name for name in made if not name.startswith(("sqlite_", "_sqlite_", "docs_"))}
    assert "articles" in own
    assert {table for table in own if f"`{table}`" not in LIBRARY_PAGE} == set()


def test_generated_parts_are_up_to_date() -> None:
    """The same check as ``make lint``: README and the pages say what the program says."""
    pages = [str(path.relative_to(ROOT)) for path in (ROOT / "docs").glob("*.md")]
    cog = [sys.executable, "-m", "cogapp", "--check", "--verbosity=0", "-P", "-U", "-I", "docs"]
    done = subprocess.run(
        [*cog, "-p", "import cogs", "README.md", *pages], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
