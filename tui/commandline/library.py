"""`check` and `info`: the state of a library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from store.errors import LibraryError
from tui.commandline import output
from tui.commandline.framework import Command
from tui.commandline.parameters import number
from tui.commandline.session import Session

if TYPE_CHECKING:
    from store.records import ImportRecord

DAMAGED = 3


@click.command("check", cls=Command)
@click.option("--repair", is_flag=True, help="Rebuild what can be rebuilt.")
@click.pass_obj
def check(session: Session, repair: bool) -> int:
    """Prove that the library is whole.

    SQLite, the full-text index, every span against its text. Prints {"ok": …, "problems": […]}; the exit code is 3 where something is wrong.
    """
    try:
        with session.open("write" if repair else "read") as archive:
            problems = archive.check(repair=repair)
    except LibraryError as error:
        if session.path.is_file():
            output.json_line({"ok": False, "problems": [str(error)]})
        raise
    output.json_line({"ok": not problems, "problems": problems})
    if problems and not repair:
        output.say("The library has faults. `bilat-tui check --repair` rebuilds what it can.")
    return DAMAGED if problems else 0


@click.command("info", cls=Command)
@click.option("--imports", is_flag=True, help="The imports instead, latest first.")
@click.option("--limit", type=number, default=20, show_default=True, help="Imports at most.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.pass_obj
def info(session: Session, imports: bool, limit: int, as_json: bool) -> int:
    """Show versions, paths, counts and sizes."""
    with session.open("read") as archive:
        if imports:
            _print_imports(archive.imports(limit), as_json)
            return 0
        facts = archive.info()
    if as_json:
        output.json_line(facts)
    else:
        _print_facts(facts)
    return 0


def _print_facts(facts: dict[str, Any], indent: str = "") -> None:
    for name, value in facts.items():
        if isinstance(value, dict):
            output.line(f"{indent}{name}:")
            _print_facts(value, indent + "  ")
        else:
            shown = ", ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
            output.line(f"{indent}{name}: {'' if shown is None else shown}")


def _print_imports(records: list[ImportRecord], as_json: bool) -> None:
    from store.export.forms import report_object

    if as_json:
        output.json_line(
            [
                {
                    "id": record.id,
                    "started_at": record.started_at,
                    "finished_at": record.finished_at,
                    "undone_at": record.undone_at,
                    "sources": list(record.sources),
                    **report_object(record.report),
                }
                for record in records
            ]
        )
        return
    output.table(
        ("import", "started", "added", "updated", "unchanged", "failed", "state", "sources"),
        [
            (
                record.id,
                record.started_at,
                record.report.added,
                record.report.updated,
                record.report.unchanged,
                len(record.report.failed),
                _state(record),
                ", ".join(record.sources),
            )
            for record in records
        ],
    )
    for record in records:
        for failure in record.report.failed:
            output.line(f"{record.id}: {failure.source}: {failure.error}")


def _state(record: ImportRecord) -> str:
    if record.undone_at:
        return "undone"
    if record.report.stopped:
        return "stopped"
    return "done" if record.finished_at else "cut off"
