"""`reindex`: index and findings of a library brought up to the program and the user's own names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from store.errors import NotFoundError
from tui.commandline import output
from tui.commandline.framework import Command
from tui.commandline.parameters import batch_code, number
from tui.commandline.session import Session
from tui.commandline.stopping import INTERRUPTED, stoppable

if TYPE_CHECKING:
    from collections.abc import Callable

    from store.archive import Archive
    from store.pipeline.reanalysing import Reanalysis
    from store.pipeline.reindexing import Renewal


@click.command("reindex", cls=Command)
@click.option("--query", metavar="Q", help="Only articles that this query finds.")
@click.option("--all", "everything", is_flag=True, help="Up-to-date articles, too.")
@click.option("--index", "only_index", is_flag=True, help="Only the index; analyse nothing.")
@click.option("--jobs", type=number, help="Processes to use (default: one per processor).")
@click.option("--dry-run", is_flag=True, help="Find out what would change, change nothing.")
@click.option("--json", "as_json", is_flag=True, help="The report as JSON.")
@click.pass_obj
def command(
    session: Session,
    query: str | None,
    everything: bool,
    only_index: bool,
    jobs: int | None,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Analyse articles again.

    Those that other rules or names analysed: after an update of the program, or when you have changed your own names. An index that other word forms made is made anew first. Texts, ids, marks and notes stay. Ctrl+C stops; the same command without --all goes on.
    """
    if only_index and (query is not None or everything):
        raise click.UsageError("Give --index, or --query and --all, not both")
    from store.pipeline.reanalysing import reanalyse
    from tui.commandline.progress import reporting

    with session.open("read" if dry_run else "write") as archive, stoppable() as stopped:
        renewal = None if dry_run else _index(session, archive, jobs, stopped)
        with reporting(
            no_color=session.no_color, words=("analysed", "with other entities", "as before")
        ) as progress:
            report = reanalyse(
                archive,
                ids=() if only_index else None if query is None else _ids(archive, query),
                everything=everything,
                jobs=jobs or None,
                dry_run=dry_run,
                on_progress=progress,
                stop=stopped,
            )
    _print(report, renewal, as_json, dry_run)
    if report.stopped or stopped():
        return INTERRUPTED
    return batch_code(len(report.failed), report.articles)


def _index(
    session: Session, archive: Archive, jobs: int | None, stopped: Callable[[], bool]
) -> Renewal | None:
    """Make the index anew where other word forms made it."""
    if archive.index_is_ours():
        return None
    from store.pipeline.reindexing import renew_index
    from tui.commandline.progress import reporting

    with reporting(no_color=session.no_color, words=("indexed", "", "")) as progress:
        return renew_index(archive, jobs=jobs, on_progress=progress, stop=stopped)


def _ids(archive: Archive, query: str) -> list[int]:
    from tui.commandline.searching import all_ids

    found = all_ids(archive, query)
    if not found:
        raise NotFoundError("Nothing to analyse: no article matches", query, "Try other words")
    return found


def _print(report: Reanalysis, renewal: Renewal | None, as_json: bool, dry_run: bool) -> None:
    indexed = renewal.articles if renewal else 0
    seconds = report.seconds + (renewal.seconds if renewal else 0.0)
    for failure in report.failed:
        output.say(f"Article {failure.source}: {failure.error}")
    if as_json:
        output.json_line(
            {
                "analysed": report.articles,
                "changed": report.changed,
                "failed": [
                    {"source": failure.source, "error": failure.error} for failure in report.failed
                ],
                "left": report.left,
                "indexed": indexed,
                "seconds": round(seconds, 3),
            }
        )
        return
    how = "stopped: " if report.stopped else "would have: " if dry_run else ""
    index = f"{indexed} indexed anew, " if indexed else ""
    left = f", {report.left} left" if report.left else ""
    output.line(
        f"{how}{index}{report.articles} analysed again, {report.changed} of them with other "
        f"entities, {len(report.failed)} failed{left} in {seconds:.1f} s"
    )
