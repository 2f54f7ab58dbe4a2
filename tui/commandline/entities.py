"""`entities`: who and what the library speaks of, with counts."""

from __future__ import annotations

import click

from tui.commandline import output, words
from tui.commandline.framework import Command
from tui.commandline.parameters import number, text
from tui.commandline.session import Session

TYPES = ("PERSON", "ORG", "COUNTRY", "PLACE", "AGREEMENT", "DATE", "MONEY")
COLUMNS = ("entity", "name", "type", "articles", "mentions", "country")


@click.command("entities", cls=Command, dashed=words.anything)
@click.argument("prefix", nargs=-1)
@click.option(
    "--type",
    "kind",
    type=click.Choice(TYPES),
    help="Only entities of this type.",
)
@click.option("--query", metavar="Q", help="Only in articles that this query finds.")
@click.option("--limit", type=number, help="Entities at most.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="How to print them.",
)
@click.pass_obj
def command(
    session: Session,
    prefix: tuple[str, ...],
    kind: str | None,
    query: str | None,
    limit: int | None,
    form: str,
) -> int:
    """List the entities of the library.

    With PREFIX those whose name has a word that begins so.
    """
    from store.export.forms import entity_object
    from store.records import MentionType

    with session.first_look() as archive:
        within = None
        if query is not None:
            from tui.commandline.searching import searcher

            search = searcher(archive)
            within = search.ids(search.prepare(query))
        found = archive.entities(
            text(" ".join(prefix)),
            type=MentionType(kind) if kind else None,
            within=within,
            limit=limit,
        )
    if form == "json":
        output.json_line([entity_object(entity) for entity in found])
    elif form == "csv":
        from store.export.sheet import rows_as_csv

        output.write(rows_as_csv(COLUMNS, map(entity_object, found)))
    else:
        output.table(
            ("articles", "mentions", "type", "country", "name", "entity"),
            [(e.articles, e.mentions, e.type, e.country, e.name, e.entity) for e in found],
            colour=session.colour,
        )
    return 0
