"""`search`: the query language of the screen, answered as a table, JSON, CSV or ids."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from tui.commandline import output, words
from tui.commandline.framework import Command
from tui.commandline.parameters import number
from tui.commandline.session import Session

if TYPE_CHECKING:
    from store.library import SearchResult, Sort

NOT_FOUND = 4

CSV_COLUMNS = (
    *("id", "ref", "title", "date", "source", "url", "snippet", "score", "countries", "marked"),
)


F = TypeVar("F", bound=Callable[..., Any])


def answer_options(command: F) -> F:
    """``--limit``, ``--sort``, ``--facets`` and ``--format``: how an answer is wanted."""
    options = (
        click.option("--limit", type=number, default=20, show_default=True, help="Hits at most."),
        click.option(
            "--sort",
            type=click.Choice(["relevance", "newest", "oldest"]),
            default="relevance",
            show_default=True,
            help="Order of the hits.",
        ),
        click.option(
            "--facets", is_flag=True, help="Count countries, people, sources … among the hits."
        ),
        click.option(
            "--format",
            "form",
            type=click.Choice(["table", "json", "jsonl", "csv", "ids"]),
            default="table",
            show_default=True,
            help="jsonl and csv: a line per hit.",
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command("search", cls=Command, dashed=words.anything)
@click.argument("query", nargs=-1)
@answer_options
@click.pass_obj
def command(
    session: Session, query: tuple[str, ...], limit: int, sort: str, facets: bool, form: str
) -> int:
    """Search the library.

    Without QUERY every article is listed, newest first.

    Plain words, "a phrase", word*, -not, OR, and fields such as country: person: minister:
    program: org: source: title: after: before: date: type: mentions:
    marked: (or their Indonesian names).
    """
    from tui.commandline.searching import searcher

    with session.first_look() as archive:
        result = searcher(archive).search(
            " ".join(query), limit=limit, sort=cast("Sort", sort), facets=facets
        )
    return answer(session, result, form)


def answer(session: Session, result: SearchResult, form: str) -> int:
    """Print what was found and what is to be said of it; the exit code."""
    _notices(session, result)
    _print(session, result, form)
    return 0 if result.total else NOT_FOUND


def _notices(session: Session, result: SearchResult) -> None:
    if result.notices:
        from tui.lang import notice

        for item in result.notices:
            output.say(notice(item, session.lang))
    if not result.total:
        output.say("Nothing found.")


def _print(session: Session, result: SearchResult, form: str) -> None:
    if form == "table":
        _print_table(session, result)
        return
    from store.export.forms import hit_object, search_object

    if form == "json":
        output.json_line(search_object(result))
    elif form == "jsonl":
        for hit in result.hits:
            output.json_line(hit_object(hit))
    elif form == "csv":
        from store.export.sheet import rows_as_csv

        hits = [hit_object(hit) for hit in result.hits]
        joined = (
            {**hit, "countries": "|".join(cast("list[str]", hit["countries"]))} for hit in hits
        )
        output.write(rows_as_csv(CSV_COLUMNS, joined))
    elif form == "ids":
        for hit in result.hits:
            output.line(str(hit.row.id))


def _print_table(session: Session, result: SearchResult) -> None:
    if result.hits:
        rows = [
            (
                hit.row.id,
                hit.row.date or "",
                hit.row.source or "",
                " ".join(hit.row.countries),
                "*" if hit.row.marked else "",
                hit.row.title,
            )
            for hit in result.hits
        ]
        headers = ("id", "date", "source", "countries", "mark", "title")
        output.table(headers, rows, colour=session.colour)
    for name, values in result.facets.items():
        if values:
            counts = ", ".join(f"{f.label or f.value} {f.count}" for f in values)
            output.line(f"{name}: {counts}")
    if result.total > len(result.hits):
        more = "" if result.total_exact else " or more"
        output.say(f"{len(result.hits)} of {result.total}{more} articles; --limit shows more.")
