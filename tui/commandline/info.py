"""`info`: versions, paths, counts and sizes of a library, and what became of its imports."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import click

from tui.commandline import output
from tui.commandline.framework import Command
from tui.commandline.parameters import number
from tui.commandline.session import Session

if TYPE_CHECKING:
    from store.library import ImportRecord


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
        facts = {**archive.info(), "outdated": archive.count_outdated()}
        older = archive.is_older()
    if as_json:
        output.json_line(facts)
    else:
        _print_facts(facts)
        for step in _next_steps(facts, older):
            output.line(f"next step: {step}")
    return 0


def _next_steps(facts: Mapping[str, object], older: bool) -> Iterator[str]:
    if older:
        yield "the format is an older one; the next command that writes upgrades it"
    if facts["normaliser"] != facts["normaliser_of_program"]:
        yield "other word forms made the index; `bilat-tui reindex` makes it anew"
    if facts["outdated"]:
        yield (
            f"{facts['outdated']} articles were analysed by other rules or names; "
            "`bilat-tui reindex` analyses them again"
        )


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
