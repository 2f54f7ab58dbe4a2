"""`match`: who or what a name means, among ministers, agreements and programs."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Literal, cast

import click

from store.errors import InputError, LibraryError
from tui.commandline import output, words
from tui.commandline.framework import Command
from tui.commandline.parameters import batch_code, date, number
from tui.commandline.session import Session

if TYPE_CHECKING:
    from store.match import NameIndex
    from store.records import Resolution

Kind = Literal["minister", "program"]

NOT_FOUND = 4


@dataclass(frozen=True, slots=True)
class Asking:
    """How names are to be understood."""

    kind: Kind | None
    on: str | None
    country: str | None
    as_you_type: bool
    limit: int


@click.command("match", cls=Command, dashed=words.anything)
@click.argument("name", nargs=-1)
@click.option(
    "--kind",
    type=click.Choice(["minister", "program", "any"]),
    default="any",
    show_default=True,
    help="What the name may be.",
)
@click.option("--on", type=date, help="The day on which an office was held.")
@click.option("--country", metavar="CC", help="The country, as a code or a name.")
@click.option("--as-you-type", is_flag=True, help="The name is the beginning of one.")
@click.option("--limit", type=number, default=5, show_default=True, help="Candidates at most.")
@click.option(
    "--kb",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Match only against the rows of this file (JSONL or CSV).",
)
@click.option(
    "--batch",
    metavar="FILE|-",
    help='JSON Lines {"query", "kind"?, "on"?, "country"?}; one answer per line.',
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "jsonl"]),
    default=None,
    help="Default: table, with --batch jsonl.",
)
@click.pass_obj
def command(
    session: Session,
    name: tuple[str, ...],
    kind: str,
    on: str | None,
    country: str | None,
    as_you_type: bool,
    limit: int,
    kb: Path | None,
    batch: str | None,
    form: str | None,
) -> int:
    """Find ministers and programs by name.

    Each NAME is matched fuzzily against ministers, agreements and programs.

    Several words without quotes are one name, unless each of them alone means something else.
    """
    if bool(name) == bool(batch):
        raise click.UsageError("Give a name, or --batch with a file of names")
    asking = Asking(
        cast("Kind", kind) if kind != "any" else None,
        on,
        _country_code(country),
        as_you_type,
        limit,
    )
    index = _index(session, kb)
    if batch:
        return _answer_batch(index, batch, asking, form or "jsonl")
    answers = [_resolve(index, text, asking) for text in _names(index, name, asking)]
    _print(answers, form or "table", colour=session.colour)
    return 0 if any(answer.status != "none" for answer in answers) else NOT_FOUND


def _country_code(text: str | None) -> str | None:
    if not text:
        return None
    from store.kb.countries import code_of

    code = text.upper() if len(text) == 2 and text.isascii() else code_of(text)
    if code is None:
        raise click.BadParameter(f"{text!r} is not a country", param_hint="--country")
    return code


def _index(session: Session, kb: Path | None) -> NameIndex:
    """The names of the given file only, else the shipped ones with the user's own."""
    from store.kb import KnowledgeBase, read_rows
    from store.match import NameIndex

    if kb is not None:
        return NameIndex.from_rows(read_rows(kb))
    base = KnowledgeBase.shipped()
    if session.exists:
        with session.open("read") as archive:
            base = base.with_user(archive.kb_rows())
    elif not session.is_default:
        raise LibraryError(
            "There is no library", str(session.path), "Leave --library out, or import something"
        )
    return NameIndex.from_rows(base.rows)


def _resolve(index: NameIndex, text: str, asking: Asking) -> Resolution:
    ask = index.suggest if asking.as_you_type else index.resolve
    return ask(text, kind=asking.kind, on=asking.on, country=asking.country, limit=asking.limit)


def _names(index: NameIndex, arguments: tuple[str, ...], asking: Asking) -> list[str]:
    """The names that the arguments are: quoted ones each its own, bare words mostly one name.

    Bare words are several names only where each alone means something else, and means it more
    surely than all together mean anything.
    """
    if len(arguments) == 1 or any(len(argument.split()) > 1 for argument in arguments):
        return list(arguments)
    together = " ".join(arguments)
    if asking.as_you_type:
        return [together]
    alone = [best for best in (_resolve(index, a, asking).best for a in arguments) if best]
    if len({best.id for best in alone}) < len(arguments):
        return [together]
    whole = _resolve(index, together, asking).best
    surer = whole is None or min(best.score for best in alone) > whole.score
    return list(arguments) if surer else [together]


def _print(answers: list[Resolution], form: str, *, colour: bool) -> None:
    from store.export.forms import resolution_object

    if form == "table":
        for answer in answers:
            _print_table(answer, colour=colour)
    elif form == "jsonl":
        for answer in answers:
            output.json_line(resolution_object(answer))
    else:
        objects = [resolution_object(answer) for answer in answers]
        output.json_line(objects[0] if len(objects) == 1 else objects)


def _print_table(answer: Resolution, *, colour: bool) -> None:
    output.line(f"{answer.query}: {answer.status}")
    if answer.candidates:
        output.table(
            ("score", "kind", "id", "name", "role", "from", "to", "why"),
            [
                (
                    f"{c.score:.2f}", c.kind, c.id, c.name, c.role or "", c.start or "",
                    c.end or "", "; ".join(c.reasons),
                )
                for c in answer.candidates
            ],
            colour=colour,
        )  # fmt: skip


def _answer_batch(index: NameIndex, source: str, asking: Asking, form: str) -> int:
    from store.export.forms import dumps, resolution_object
    from store.records import Resolution

    done = failed = 0
    with _open(source) as lines:
        for number, item in _lines(lines):
            try:
                text, asked = _asked(item, asking)
                answer = _resolve(index, text, asked)
                extra: dict[str, object] = {}
                done += 1
            except InputError as error:
                where = f"{source if source != '-' else 'stdin'}:{number}"
                output.say(f"{where}: {error}")
                answer, extra = Resolution("", "none"), {"error": str(error)}
                failed += 1
            if form == "table":
                _print_table(answer, colour=False)
            else:
                output.write(dumps({**resolution_object(answer), **extra}) + "\n")
            if source == "-":
                sys.stdout.flush()  # whoever asks line by line gets answers so
    return batch_code(failed, done)


def _open(source: str) -> Any:
    """The batch as a stream of bytes, a context manager; standard input stays open."""
    if source == "-":
        return nullcontext(sys.stdin.buffer if sys.stdin else [])
    try:
        return open(source, "rb")
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"The batch cannot be read ({reason})", source, "Name a file of JSON Lines"
        ) from error


def _lines(stream: BinaryIO | Iterable[bytes]) -> Iterator[tuple[int, object]]:
    """Each line that is not blank, with its number, as JSON; None where it isn't JSON."""
    for at, line in enumerate(stream, 1):
        if line.strip():
            try:
                yield at, json.loads(line)
            except (ValueError, RecursionError):
                yield at, None


def _asked(item: object, asking: Asking) -> tuple[str, Asking]:
    """The name and how to understand it; what the line leaves out is as the options say."""
    query = item.get("query") if isinstance(item, dict) else None
    if not isinstance(item, dict) or not isinstance(query, str):
        raise InputError('The line is not {"query": …}', next_step="Mend or remove it")
    kind = item.get("kind") or asking.kind
    on = item.get("on") or asking.on
    if kind not in (None, "any", "minister", "program"):
        raise InputError(f"The kind {kind} does not exist", next_step="Say minister or program")
    try:
        on = date(on) if on else None
        country = _country_code(str(item.get("country") or "")) or asking.country
    except click.BadParameter as error:
        raise InputError(error.message, next_step="Mend the line") from error
    return query, Asking(
        None if kind == "any" else kind, on, country, asking.as_you_type, asking.limit
    )
