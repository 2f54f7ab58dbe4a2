"""`show`: one article of the library, whole."""

from __future__ import annotations

import sys

import click

from store.errors import NotFoundError
from store.text import visible
from tui.commandline import output, words
from tui.commandline.framework import Command
from tui.commandline.parameters import article_id
from tui.commandline.session import Session


@click.command("show", cls=Command, dashed=words.numbers)
@click.argument("id", type=article_id)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    show_default=True,
    help="text: the stored text and nothing else.",
)
@click.option("--original", is_flag=True, help="The input as it was read, byte for byte.")
@click.pass_obj
def command(session: Session, id: int, form: str, original: bool) -> int:
    """Show one article, whole.

    The text appears as stored; control and bidi characters, and nothing else, appear as visible
    marks like <U+202E>.
    """
    with session.first_look() as archive:
        try:
            article = archive.article(id)
        except NotFoundError:
            if form == "json":
                from store.export.forms import missing_article

                output.json_line(missing_article(id))
            raise
        kept = archive.original(id) if original else None
        near = archive.near_duplicates(id) if form == "json" else []
    if original:
        return _print_original(id, kept.data if kept else None)
    if form == "json":
        from store.export.forms import show_object

        output.json_line(show_object(article, near_duplicates=[other for other, _ in near]))
    elif form == "markdown":
        from store.export.note import markdown

        output.write(markdown([article], quotes=True))
    else:
        _print_text(article.body)
    return 0


def _print_text(body: str) -> None:
    # Line ends are the text's own: a carriage return before a line feed does a terminal no harm.
    output.write("\r\n".join(visible(part) for part in body.split("\r\n")))
    if sys.stdout.isatty() and not body.endswith("\n"):
        output.write("\n")


def _print_original(identity: int, data: bytes | None) -> int:
    if data is None:
        raise NotFoundError(
            "No original was kept of this article", str(identity), "Leave --original out"
        )
    sys.stdout.flush()
    sys.stdout.buffer.write(data)
    return 0
