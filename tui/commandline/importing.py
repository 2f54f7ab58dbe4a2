"""`import`: whatever a person has, into the library."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.commandline import output
from tui.commandline.framework import Command
from tui.commandline.parameters import batch_code, number
from tui.commandline.session import Session
from tui.commandline.stopping import INTERRUPTED, stoppable

if TYPE_CHECKING:
    from store.archive import Archive
    from store.library import ImportReport

FORMATS = ("auto", "text", "html", "markdown", "jsonl", "json", "csv", "feed", "pdf", "docx")


@click.command("import", cls=Command)
@click.argument("source", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="auto",
    show_default=True,
    help="What the sources are; auto: by name and content.",
)
@click.option("--jobs", type=number, help="Processes to use (default: one per processor).")
@click.option("--dry-run", is_flag=True, help="Read everything, change nothing.")
@click.option("--follow", is_flag=True, help="Of a feed, import the pages it links to.")
@click.option("--no-originals", is_flag=True, help="Do not keep the input beside the text.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_obj
def command(
    session: Session,
    source: tuple[str, ...],
    form: str,
    jobs: int | None,
    dry_run: bool,
    follow: bool,
    no_originals: bool,
    as_json: bool,
) -> int:
    """Import files, folders, archives, addresses.

    A SOURCE may also be a glob, or - for standard input. A library that does not exist is made. Importing again changes nothing; Ctrl+C stops after the
    article at hand.
    """
    from store.pipeline import import_sources
    from tui.commandline.progress import reporting

    with (
        _library(session, dry_run) as archive,
        stoppable() as stopped,
        reporting(no_color=session.no_color) as progress,
    ):
        report = import_sources(
            archive,
            source,
            format=form,
            jobs=jobs or None,
            dry_run=dry_run,
            keep_originals=not no_originals,
            follow=follow,
            stdin=sys.stdin.buffer if sys.stdin else None,
            on_progress=progress,
            stop=stopped,
        )
    _print(report, as_json, dry_run)
    if report.stopped:
        return INTERRUPTED
    return batch_code(len(report.failed), report.added + report.updated + report.unchanged)


def _print(report: ImportReport, as_json: bool, dry_run: bool) -> None:
    for failure in report.failed:
        output.say(f"{failure.source}: {failure.error}")
    if as_json:
        from store.export.forms import report_object

        output.json_line(report_object(report))
        return
    alike = report.near_duplicates
    near = f" ({alike} near-duplicate{'s' if alike > 1 else ''})" if alike else ""
    how = "stopped: " if report.stopped else "would have: " if dry_run else ""
    output.line(
        f"{how}{report.added} added{near}, {report.updated} updated, "
        f"{report.unchanged} unchanged, {len(report.failed)} failed in {report.seconds:.1f} s"
    )


@contextmanager
def _library(session: Session, dry_run: bool) -> Iterator[Archive]:
    """The library to write to; for a dry run one that is only read, or an empty one for the moment."""
    if not dry_run:
        with session.open("create") as archive:
            yield archive
    elif session.exists:
        with session.open("read") as archive:
            yield archive
    else:
        from tempfile import TemporaryDirectory

        from store.archive import Archive

        with (
            TemporaryDirectory(prefix="bilat-tui-") as folder,
            Archive.open(Path(folder) / "empty.db", "create") as archive,
        ):
            yield archive
