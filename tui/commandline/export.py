"""`export`: a selection as Markdown, JSON or CSV, by the code path that the screen takes too."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, cast

import click

from tui.commandline import output, selection, words
from tui.commandline.framework import Command
from tui.commandline.parameters import article_id
from tui.commandline.session import Session

if TYPE_CHECKING:
    from store.archive import Archive
    from store.publish import Format

NOT_FOUND = 4


@click.command("export", cls=Command, dashed=words.numbers)
@click.argument("id", nargs=-1, type=article_id)
@click.option("--query", metavar="Q", help="Every article that this query finds, in its order.")
@click.option(
    "--marked", is_flag=True, help="The marked articles (with --query: those among them)."
)
@click.option("-o", "--output", "target", default="-", metavar="FILE|-", help="Where to write.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "json", "csv"]),
    help="What to write; else what the ending of FILE says, else markdown.",
)
@click.option("--quotes", is_flag=True, help="With the sentences that carry people and agreements.")
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@click.pass_obj
def command(
    session: Session,
    id: tuple[int, ...],
    query: str | None,
    marked: bool,
    target: str,
    form: str | None,
    quotes: bool,
    force: bool,
) -> int:
    """Write articles to a note, JSON or CSV.

    The articles are those with the given IDs, or what a query finds, or the marked ones. A file
    that exists is left alone without --force.
    """
    from store.publish import format_of, publish, refuse

    if not id and query is None and not marked:
        raise click.UsageError("Say what to export: ids, --query or --marked")
    if id and (query is not None or marked):
        raise click.UsageError("Give ids, or --query and --marked, not both")
    path = None if target == "-" else Path(os.path.expanduser(target))
    if path is not None:
        refuse(path, force=force)
    written = cast("Format | None", form) or (format_of(path) if path else None) or "markdown"
    with session.first_look() as archive:
        ids, code = selection.known(archive, id) if id else (_found(archive, query, marked), 0)
        if not ids:
            output.say("Nothing to export: no article matches.")
            if written == "json" and path is None:
                output.json_line([])
            return NOT_FOUND
        if path is None:
            output.write(publish(archive, ids, format=written, quotes=quotes, target=None))
        else:
            publish(archive, ids, format=written, quotes=quotes, target=path, force=force)
            output.say(f"{len(ids)} article{'s' if len(ids) > 1 else ''} written to {path}.")
    return code


def _found(archive: Archive, query: str | None, marked: bool) -> list[int]:
    """The selection in the order of the screen's list: the query's, else newest first."""
    if not marked:
        from tui.commandline.searching import all_ids

        return all_ids(archive, query or "")
    chosen = archive.marked()
    if query is None:
        return chosen
    from tui.commandline.searching import all_ids

    kept = set(chosen)
    return [id for id in all_ids(archive, query) if id in kept]
