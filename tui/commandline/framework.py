"""Our kinds of click command: global options anywhere, words with hyphens, commands loaded late."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any

import click

from store import __version__
from tui.commandline import words
from tui.commandline.session import Session

_GLOBAL = ("--library", "--lang", "--no-color", "--debug", "--version", "--help")


def described(command: click.Command, ctx: click.Context, *, shared: bool) -> list[tuple[str, str]]:
    """Spelling and help of a command's own options, or of those that every command takes."""
    own: list[tuple[str, str]] = []
    every: dict[str, tuple[str, str]] = {}
    for parameter in command.get_params(ctx):
        if not isinstance(parameter, click.Option):
            continue
        if (record := parameter.get_help_record(ctx)) is None:
            continue
        if parameter.opts[-1] in _GLOBAL:
            every[parameter.opts[-1]] = record
        else:
            own.append(record)
    return [every[name] for name in _GLOBAL if name in every] if shared else own


def _remember(ctx: click.Context, parameter: click.Parameter, value: Any) -> None:
    session = ctx.find_object(Session)
    attribute = "lang_option" if parameter.name == "lang" else str(parameter.name)
    if session is not None and value:
        setattr(session, attribute, value)


def _print_version(ctx: click.Context, _: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        click.echo(f"bilat-tui {__version__}")
        ctx.exit()


def global_options() -> list[click.Parameter]:
    """The options that every command takes."""
    return [
        click.Option(
            ["--library"],
            type=click.Path(),
            metavar="FILE",
            expose_value=False,
            callback=_remember,
            help="The library (else $BILAT_LIBRARY, else the one in your user-data folder).",
        ),
        click.Option(
            ["--lang"],
            type=click.Choice(["id", "en"]),
            expose_value=False,
            callback=_remember,
            help="Language of the interface (else that of the locale).",
        ),
        click.Option(
            ["--no-color"],
            is_flag=True,
            expose_value=False,
            callback=_remember,
            help="No colour (so does $NO_COLOR).",
        ),
        click.Option(
            ["--debug"],
            is_flag=True,
            expose_value=False,
            callback=_remember,
            help="Show where an error comes from.",
        ),
        click.Option(
            ["--version"],
            is_flag=True,
            is_eager=True,
            expose_value=False,
            callback=_print_version,
            help="Print the version and leave.",
        ),
    ]


class _Described:
    """Help in two sections: a command's own options, then the global ones."""

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        assert isinstance(self, click.Command)
        for title, shared in (("Options", False), ("Global options", True)):
            if records := described(self, ctx, shared=shared):
                with formatter.section(title):
                    formatter.write_dl(records)


class Command(_Described, click.Command):
    """A command with the global options; ``dashed`` says which arguments may begin with ``-``."""

    def __init__(
        self, *args: Any, dashed: Callable[[str], bool] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(global_options())
        self.dashed = dashed

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # A shell that asks for completions gives what was typed so far, which may be half an option.
        if self.dashed is not None and not ctx.resilient_parsing:
            table = words.option_table(self.get_params(ctx))
            args = words.separate(args, table, self.dashed)
        return super().parse_args(ctx, args)


class Group(_Described, click.Group):
    """A group whose commands are loaded when called: name → ``module:attribute``."""

    def __init__(self, *args: Any, late: Mapping[str, str] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.params.extend(global_options())
        self._late = dict(late or {})

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        self.format_commands(ctx, formatter)
        super().format_options(ctx, formatter)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*self._late, *super().list_commands(ctx)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self._late:
            return super().get_command(ctx, cmd_name)
        module, _, attribute = self._late[cmd_name].partition(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)
        return command

    @staticmethod
    def _unknown(name: str, ctx: click.Context, commands: Sequence[str]) -> str:
        from difflib import get_close_matches
        from shlex import quote

        said = f"No such command {name!r}."
        if near := get_close_matches(name, commands, n=1):
            return f"{said} Did you mean {near[0]!r}?"
        if ctx.parent is None:
            return f"{said} To look for it in the library: `{ctx.info_name} search {quote(name)}`."
        return said

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if not ctx.resilient_parsing and self.get_command(ctx, args[0]) is None:
            raise click.UsageError(self._unknown(args[0], ctx, self.list_commands(ctx)), ctx)
        return super().resolve_command(ctx, args)
