"""`extract`: entities of a text, of any file that can be read, or of JSON Lines; no library needed.

Objects come out one per line, in the order of the input; an input line that cannot be read has its
line too, with an ``error``, so that input and output always correspond.
"""

from __future__ import annotations

import gc
import json
import sys
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tui.commandline import output
from tui.commandline.framework import Command
from tui.commandline.parameters import batch_code, date, number

if TYPE_CHECKING:
    from concurrent.futures import Future

    from store.ingest import Unit
    from store.pipeline import Analyser
    from store.records import Failure

Object = dict[str, Any]

_AHEAD = 4
"""Units in flight per process: enough to keep it busy, few enough to stream."""


@click.command("extract", cls=Command)
@click.argument("file", required=False, default="-")
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "jsonl", "table"]),
    default="json",
    show_default=True,
    help="json and jsonl: one object per line; table: for people.",
)
@click.option("--on", type=date, help="Take this as the day of the article.")
@click.option(
    "--kb",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="More knowledge-base rows (JSONL or CSV); they win over ours.",
)
@click.option(
    "--input-format",
    default="auto",
    metavar="FORMAT",
    show_default=True,
    help="What FILE is, as for import.",
)
@click.option("--jobs", type=number, default=1, show_default=True, help="Processes to use.")
@click.option(
    "--explain",
    is_flag=True,
    help="As a table that says which rule or model found each mention, and how sure it is.",
)
def command(
    file: str,
    form: str,
    on: str | None,
    kb: Path | None,
    input_format: str,
    jobs: int,
    explain: bool,
) -> int:
    """Find the entities in a text.

    People with role and country, organisations, agreements, dates and sums in FILE or standard
    input; no library is needed. FILE is anything that import reads: a text, a web page, JSON Lines with id, title, body.
    """
    from store.ingest import scan

    if kb is not None:
        _analyser(kb)  # a base that cannot be read is said before anything else is
    if file == "-" and sys.stdin is not None and sys.stdin.isatty():
        output.say("Reading standard input; end it with Ctrl+D.")
    units = scan(file, format=input_format, stdin=sys.stdin.buffer if sys.stdin else None)
    done = failed = 0
    for item in _first_without_collecting(_analysed(units, on, kb, jobs)):
        if error := item.get("error"):
            failed += 1
            output.say(f"{item['id']}: {error}")
        else:
            done += 1
        if explain or form == "table":
            _print_table(item, explain)
        else:
            output.json_line(item)
    return batch_code(failed, done)


@cache
def _analyser(kb: Path | None) -> Analyser:
    """One per process; made on first use."""
    from store.kb import KnowledgeBase, read_rows
    from store.pipeline import Analyser

    shipped = KnowledgeBase.shipped()
    return Analyser(shipped.with_user(read_rows(kb)) if kb is not None else shipped)


def _analysed(
    units: Iterable[Unit | Failure], on: str | None, kb: Path | None, jobs: int
) -> Iterator[Object]:
    """The objects of all units in order, by several processes where asked for."""
    from store.records import Failure

    if jobs <= 1:
        for unit in units:
            yield from [_failed(unit)] if isinstance(unit, Failure) else _objects(unit, on, kb)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(jobs) as pool:
        waiting: deque[Future[list[Object]] | Failure] = deque()
        for unit in units:
            waiting.append(
                unit if isinstance(unit, Failure) else pool.submit(_objects, unit, on, kb)
            )
            if len(waiting) > jobs * _AHEAD:
                yield from _settled(waiting.popleft())
        while waiting:
            yield from _settled(waiting.popleft())


def _first_without_collecting(items: Iterator[Object]) -> Iterator[Object]:
    """The items; garbage is collected after the first.

    What is made up to there are tables, which stay: to walk them again and again is a fortieth of a start.
    """
    gc.disable()
    try:
        yield from islice(items, 1)
    finally:
        gc.freeze()
        gc.enable()
    yield from items


def _settled(item: Future[list[Object]] | Failure) -> list[Object]:
    from store.records import Failure

    return [_failed(item)] if isinstance(item, Failure) else item.result()


def _failed(failure: Failure) -> Object:
    from store.export.forms import failed_extraction

    return failed_extraction(failure)


def _objects(unit: Unit, on: str | None, kb: Path | None) -> list[Object]:
    """What was found in each article of a unit."""
    from store.export.forms import extraction_object
    from store.ingest import parse
    from store.records import Failure

    found: list[Object] = []
    for part, article in zip(unit.parts, parse(unit), strict=True):
        if isinstance(article, Failure):
            item = _failed(article)
            found.append({**item, "id": _own_id(part.data) or item["id"]})
            continue
        article = replace(article, date=on or article.date, original=None)
        found.append(
            extraction_object(
                article.ref,
                _analyser(kb).analyse(article),
                title=article.title,
                date=article.date,
                source=article.source,
                title_derived=article.title_derived,
            )
        )
    return found


def _own_id(data: bytes) -> str | None:
    """The id that an unusable input line carries all the same."""
    try:
        item = json.loads(data)
    except (ValueError, RecursionError):
        return None
    identity = item.get("id") if isinstance(item, dict) else None
    return str(identity) if isinstance(identity, (str, int)) else None


def _print_table(item: Object, explain: bool) -> None:
    if item.get("error"):
        return
    heading = (item["title"], item["source"], item["date"])
    output.line(" · ".join(str(part) for part in heading if part) or str(item["id"]))
    if item["partners"]:
        output.line("Partner countries: " + ", ".join(item["partners"]))
    for person in item["persons"]:
        post = person.get("post")
        known = f"[knowledge base: {post['role']}]" if post else None
        about = (person["name"], person["role"], person["country"], known)
        output.line("- " + " · ".join(part for part in about if part))
    output.table(
        (
            "start",
            "end",
            "type",
            "text",
            "value",
            "name",
            *(("score", "found by") if explain else ()),
        ),
        [
            (
                *(m["start"], m["end"], m["type"], m["text"], _value(m["value"]), m["canonical"]),
                *((f"{m['score']:.2f}", m["stage"]) if explain else ()),
            )
            for m in item["mentions"]
        ],
    )
    output.line()


def _value(value: Any) -> str:
    if isinstance(value, dict):
        return f"{value['amount']} {value['currency']}"
    return str(value or "")
