"""`kb`: the user's own additions to the knowledge base, which win over the rows that ship."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from store.errors import InputError, NotFoundError
from tui.commandline import output, words
from tui.commandline.framework import Command, Group
from tui.commandline.parameters import text as storable
from tui.commandline.session import Session

if TYPE_CHECKING:
    from store.kb import KnowledgeBase
    from store.records import KbRow

F = TypeVar("F", bound=Callable[..., Any])

KINDS = ("minister", "program", "organisation")
FAULTY = 1

kind_option = click.option("--kind", type=click.Choice(KINDS), help="Only rows of this kind.")
all_option = click.option("--all", "everything", is_flag=True, help="With the rows that ship.")


@click.command("kb", cls=Group, no_args_is_help=False)
def command() -> None:
    """Your own ministers, programs, organisations.

    They add to the rows that ship, and win over them.
    """


def _form_option(*forms: str) -> Callable[[F], F]:
    return click.option(
        "--format", "form", type=click.Choice(forms), default=forms[0], show_default=True,
        help="How to print the rows.",
    )  # fmt: skip


@click.command("list", cls=Command)
@kind_option
@all_option
@click.option("--shipped", is_flag=True, help="Only the rows that ship; needs no library.")
@_form_option("jsonl", "json", "csv", "table")
@click.pass_obj
def list_rows(
    session: Session, kind: str | None, everything: bool, shipped: bool, form: str
) -> int:
    """List your rows."""
    own = () if shipped else _own(session)
    rows = _rows(own, everything or shipped, kind)
    if not rows and not everything:
        output.say("The library has no rows of your own; --all lists those that ship.")
    _print(rows, form, session.colour)
    return 0


@click.command("show", cls=Command, dashed=words.anything)
@click.argument("id", nargs=-1, required=True)
@click.pass_obj
def show(session: Session, id: tuple[str, ...]) -> int:
    """Show one row, by id or name, as JSON."""
    from store.kb import row_to_json
    from store.text import fold

    wanted = " ".join(id)
    base = _base(_own(session))
    found = base.get(wanted) or next(
        (r for r in base.rows if fold(wanted) in map(fold, (r.name, *r.aliases))), None
    )
    if found is None:
        raise NotFoundError(
            "The knowledge base has no such row", wanted, "`bilat-tui match` finds names"
        )
    output.json_line({**row_to_json(found), "user": found.user})
    return 0


@click.command("add", cls=Command)
@click.argument("id", type=storable, metavar="ID")
@click.option("--kind", type=click.Choice(KINDS), required=True, help="What it is.")
@click.option("--name", type=storable, metavar="TEXT", required=True, help="Its name.")
@click.option(
    "--alias",
    "aliases",
    type=storable,
    metavar="TEXT",
    multiple=True,
    help="Another name; may be repeated.",
)
@click.option("--role", type=storable, metavar="TEXT", help="The office of a minister.")
@click.option("--country", metavar="CC", help="ISO code of the country.")
@click.option("--from", "start", metavar="DATE", help="First day in office, or year.")
@click.option("--to", "end", metavar="DATE", help="Last day in office, or year.")
@click.pass_obj
def add(
    session: Session,
    id: str,
    kind: str,
    name: str,
    aliases: tuple[str, ...],
    role: str | None,
    country: str | None,
    start: str | None,
    end: str | None,
) -> int:
    """Add a row, or replace the one of that ID."""
    from store.export.forms import dumps
    from store.kb import read_rows, row_to_json

    item = {
        "id": id,
        "kind": kind,
        "name": name,
        "aliases": list(aliases),
        "role": role,
        "country": country,
        "from": start,
        "to": end,
    }
    (row,) = read_rows([dumps(item)], name="row")
    with session.open("write") as archive:
        archive.put_kb_rows([row])
        outdated = archive.count_outdated()
    output.json_line(row_to_json(row))
    _say(outdated)
    return 0


@click.command("remove", cls=Command)
@click.argument("id")
@click.pass_obj
def remove(session: Session, id: str) -> int:
    """Remove a row of yours.

    A shipped row of that ID counts again.
    """
    with session.open("write") as archive:
        if id not in {row.id for row in archive.kb_rows()}:
            raise NotFoundError(
                "You have no row of that id", id, "`bilat-tui kb list` lists your rows"
            )
        archive.delete_kb_row(id)
        _say(archive.count_outdated())
    return 0


@click.command("import", cls=Command)
@click.argument("file")
@click.pass_obj
def import_rows(session: Session, file: str) -> int:
    """Read rows from JSONL or CSV.

    FILE may be - for standard input; rows of an id that you have are replaced.
    """
    rows = _read(file)
    with session.open("write") as archive:
        archive.put_kb_rows(rows)
        outdated = archive.count_outdated()
    output.line("1 row imported" if len(rows) == 1 else f"{len(rows)} rows imported")
    _say(outdated)
    return 0


@click.command("export", cls=Command)
@kind_option
@all_option
@click.option("-o", "--output", "target", default="-", metavar="FILE|-", help="Where to write.")
@click.option("--force", is_flag=True, help="Replace FILE if it exists.")
@_form_option("jsonl", "csv")
@click.pass_obj
def export_rows(
    session: Session, kind: str | None, everything: bool, target: str, force: bool, form: str
) -> int:
    """Write your rows as JSONL or CSV."""
    from store.publish import write

    text = _text(_rows(_own(session), everything, kind), form)
    if target == "-":
        output.write(text)
    else:
        write(Path(target).expanduser(), text, force=force)
    return 0


@click.command("check", cls=Command)
@click.argument("file", required=False)
@click.option("--shipped", is_flag=True, help="Only the rows that ship; needs no library.")
@click.pass_obj
def check_rows(session: Session, file: str | None, shipped: bool) -> int:
    """Check rows for contradictions.

    All rows, or those of FILE; prints {"ok": …, "problems": […]}.
    """
    from store.kb import KnowledgeBase, check

    if file is not None:
        base = KnowledgeBase(_read(file))
    else:
        base = KnowledgeBase.shipped() if shipped else _base(_own(session))
    problems = check(base)
    output.json_line({"ok": not problems, "problems": problems})
    return FAULTY if problems else 0


for _member in (list_rows, show, add, remove, import_rows, export_rows, check_rows):
    command.add_command(_member)


def _say(outdated: int) -> None:
    """How many articles were analysed by other names than those of now."""
    if outdated:
        were = "article was" if outdated == 1 else "articles were"
        output.say(
            f"{outdated} {were} analysed before; run `bilat-tui reindex` to look for the names."
        )


def _own(session: Session) -> Sequence[KbRow]:
    with session.open("read") as archive:
        return archive.kb_rows()


def _base(own: Sequence[KbRow]) -> KnowledgeBase:
    from store.kb import KnowledgeBase

    return KnowledgeBase.shipped().with_user(own)


def _rows(own: Sequence[KbRow], everything: bool, kind: str | None) -> list[KbRow]:
    rows: Iterable[KbRow] = _base(own).rows if everything else own
    return [row for row in rows if kind in (None, row.kind)]


def _read(file: str) -> list[KbRow]:
    from store.kb import read_rows

    if file != "-":
        return read_rows(Path(file).expanduser())
    data = sys.stdin.buffer.read() if sys.stdin else b""
    try:
        return read_rows(data.decode("utf-8-sig").split("\n"), name="stdin")
    except UnicodeDecodeError as error:
        raise InputError(
            "The knowledge base is not UTF-8 text", "stdin", "Give JSONL or CSV in UTF-8"
        ) from error


def _text(rows: Sequence[KbRow], form: str) -> str:
    from store.export.forms import dumps
    from store.kb import row_to_json, rows_to_csv

    if form == "csv":
        return rows_to_csv(rows)
    return "".join(dumps(row_to_json(row)) + "\n" for row in rows)


def _print(rows: Sequence[KbRow], form: str, colour: bool) -> None:
    if form in ("jsonl", "csv"):
        output.write(_text(rows, form))
    elif form == "json":
        from store.kb import row_to_json

        output.json_line([row_to_json(row) for row in rows])
    else:
        output.table(
            ("id", "kind", "country", "from", "to", "name", "role"),
            [(r.id, r.kind, r.country, r.start, r.end, r.name, r.role) for r in rows],
            colour=colour,
        )
