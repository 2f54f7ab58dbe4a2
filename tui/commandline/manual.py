"""The man page, from what click knows of every command: names, options, help texts."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click

from store import __version__
from tui.commandline.framework import described

DESCRIPTION = (
    "A terminal browser for Indonesian-language news on bilateral cooperation: it lists articles, "
    "shows the people, organisations, countries, agreements, dates and sums in them, finds "
    "ministers and programs however their names are spelt, searches with a knowledge of Indonesian "
    "word forms, and exports what was marked as a note in which every statement names its source."
)
EXIT_CODES = (
    ("0", "done"),
    ("1", "done, but some inputs failed (each is named on standard error)"),
    ("2", "wrong usage, or an input that cannot be read at all"),
    ("3", "the library cannot be opened, is damaged or locked"),
    ("4", "nothing found"),
    ("130", "interrupted"),
)
ENVIRONMENT = (
    ("BILAT_LIBRARY", "the library, where --library is not given"),
    ("BILAT_CONFIG", "the settings, instead of config.toml in the user's config folder"),
    ("NO_COLOR", "no colour"),
)


def page(root: click.Group) -> str:
    """The page in roff, section 1, ending in a line feed."""
    return "\n".join(_lines(root)) + "\n"


def _lines(root: click.Group) -> Iterator[str]:
    context = click.Context(root, info_name="bilat-tui")
    yield f'.TH BILAT-TUI 1 "" "bilat-tui {__version__}" "User Commands"'
    yield ".SH NAME"
    yield r"bilat\-tui \- browse, search and quote news on bilateral cooperation"
    yield ".SH SYNOPSIS"
    yield r"\fBbilat\-tui\fR [\fIglobal options\fR] [\fIcommand\fR] [\fIarguments\fR]"
    yield ".SH DESCRIPTION"
    yield _text(DESCRIPTION)
    yield ".SH GLOBAL OPTIONS"
    yield "They may stand before or after the command."
    yield from _options(root, context, shared=True)
    yield ".SH COMMANDS"
    yield from _commands(root, context)
    for title, rows in (("EXIT STATUS", EXIT_CODES), ("ENVIRONMENT", ENVIRONMENT)):
        yield f".SH {title}"
        for term, meaning in rows:
            yield from (".TP", rf"\fB{_text(term)}\fR", _text(meaning))


def _commands(group: click.Group, context: click.Context) -> Iterator[str]:
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context)
        if isinstance(command, click.Group):
            yield from _commands(command, inner)
            continue
        usage = " ".join(piece for piece in command.collect_usage_pieces(inner) if piece)
        path = inner.command_path.removeprefix("bilat-tui ")
        yield rf".SS {_text(path)} \fR{_text(usage)}"
        for paragraph in (command.help or "").split("\n\n"):
            yield _text(" ".join(paragraph.split()))
            yield ".PP"
        yield from _options(command, inner, shared=False)


def _options(command: click.Command, context: click.Context, *, shared: bool) -> Iterator[str]:
    for spelling, meaning in described(command, context, shared=shared):
        yield from (".TP", rf"\fB{_text(spelling)}\fR", _text(meaning))


def _text(text: str) -> str:
    """``text`` for a line of roff: hyphens that can be copied, nothing taken as a request."""
    text = text.replace("\\", r"\e").replace("-", r"\-")
    text = "".join(char if char.isascii() else rf"\[u{ord(char):04X}]" for char in text)
    return re.sub(r"^(?=[.'])", r"\\&", text)
