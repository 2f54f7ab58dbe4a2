"""`saved`: queries kept under a name, with what is new to each; the same that the screen shows."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, cast

import click

from store.errors import InputError, LibraryError
from tui.commandline import output, words
from tui.commandline.framework import Command, Group
from tui.commandline.parameters import text as storable
from tui.commandline.search import answer, answer_options
from tui.commandline.session import Session

if TYPE_CHECKING:
    from store.archive import Archive
    from store.library import Sort
    from store.search.saved import SavedSearch


@click.command("saved", cls=Group, no_args_is_help=False)
def command() -> None:
    """Searches kept under a name.

    The browser shows the same ones.
    """


@click.command("list", cls=Command)
@click.option(
    "--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True,
    help="How to print them.",
)  # fmt: skip
@click.pass_obj
def list_searches(session: Session, form: str) -> int:
    """List the saved searches.

    New are hits that came into the library since the search was saved or last run.
    """
    from store.search import saved
    from tui.commandline.searching import searcher

    with session.open("read") as archive:
        searches = saved.saved(archive)
        asked = searcher(archive) if searches else None
        counts = [saved.count_new(asked, search) for search in searches] if asked else []
    rows = list(zip(searches, counts, strict=True))
    if form == "json":
        output.json_line(
            [{**_object(s), "new": new, "new_exact": exact} for s, (new, exact) in rows]
        )
    elif rows:
        shown = [(s.name, f"{new}{'' if exact else '+'}", s.query) for s, (new, exact) in rows]
        output.table(("name", "new", "query"), shown, colour=session.colour)
    else:
        output.say("There are no saved searches yet; `bilat-tui saved add NAME QUERY` keeps one.")
    return 0


@click.command("add", cls=Command, dashed=words.anything)
@click.argument("name", type=storable)
@click.argument("query", type=storable, nargs=-1, required=True)
@click.option("--force", is_flag=True, help="Replace the search of that name.")
@click.pass_obj
def add(session: Session, name: str, query: tuple[str, ...], force: bool) -> int:
    """Keep a query under a name; prints both as JSON."""
    from store.search import saved

    with session.open("write") as archive:
        taken = {search.name for search in saved.saved(archive)}
        if not force and " ".join(name.split()) in taken:
            raise InputError(
                "There is a saved search of that name already", name, "--force replaces it"
            )
        output.json_line(_object(saved.save(archive, name, " ".join(query))))
    return 0


@click.command("run", cls=Command, dashed=words.anything)
@click.argument("name", nargs=-1, required=True)
@answer_options
@click.pass_obj
def run(
    session: Session, name: tuple[str, ...], limit: int, sort: str, facets: bool, form: str
) -> int:
    """Search with a saved search.

    Prints what `search` prints; nothing is new to it afterwards.
    """
    from store.search import saved
    from tui.commandline.searching import searcher

    with session.open("read") as archive:
        search = _named(archive, " ".join(name))
        result = searcher(archive).search(
            search.query, limit=limit, sort=cast("Sort", sort), facets=facets
        )
    # A library that can't be written to is searched all the same.
    with suppress(LibraryError), session.open("write") as archive:
        saved.opened(archive, search.name)
    return answer(session, result, form)


@click.command("rename", cls=Command, dashed=words.anything)
@click.argument("name")
@click.argument("new", type=storable)
@click.pass_obj
def rename(session: Session, name: str, new: str) -> int:
    """Give a saved search another name; prints it as JSON."""
    from store.search import saved

    with session.open("write") as archive:
        found = _named(archive, name)
        output.json_line(_object(saved.rename(archive, found.name, new)))
    return 0


@click.command("delete", cls=Command, dashed=words.anything)
@click.argument("name", nargs=-1, required=True)
@click.pass_obj
def delete(session: Session, name: tuple[str, ...]) -> int:
    """Forget a saved search; prints it as JSON."""
    from store.search import saved

    with session.open("write") as archive:
        found = _named(archive, " ".join(name))
        saved.remove(archive, found.name)
    output.json_line(_object(found))
    return 0


def _named(archive: Archive, name: str) -> SavedSearch:
    """The search of that name, whatever its case. Raises InputError with the nearest names."""
    from store.search import saved

    searches = {search.name: search for search in saved.saved(archive)}
    name = " ".join(name.split())
    folded = [known for known in searches if known.casefold() == name.casefold()]
    if name in searches or len(folded) == 1:
        return searches[name if name in searches else folded[0]]
    from rapidfuzz import fuzz, process

    near = process.extract(name, list(searches), scorer=fuzz.WRatio, limit=3, score_cutoff=50)
    if near:
        step = "Nearest: " + ", ".join(found for found, _, _ in near)
    else:
        step = "`bilat-tui saved list` shows those that there are"
    raise InputError("There is no saved search of that name", name, step)


def _object(search: SavedSearch) -> dict[str, object]:
    return {"name": search.name, "query": search.query}


for each in (list_searches, add, run, rename, delete):
    command.add_command(each)
