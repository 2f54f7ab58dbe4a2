"""Telling options from words, where words may begin with a hyphen (`search -impor --limit 5`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

import click


def anything(argument: str) -> bool:
    """A query or a name: whatever is not an option of ours."""
    return argument != ""


def numbers(argument: str) -> bool:
    """Only numbers: `-5` is an id that does not exist, `-x` an option that does not."""
    return argument[1:].isdigit()


def separate(
    arguments: Sequence[str], options: Mapping[str, bool], is_word: Callable[[str], bool]
) -> list[str]:
    """The arguments with all options first, then ``--``, then the words.

    ``options`` maps each option to whether it takes a value. What looks like a mistyped long option
    (`--limt`) is left for click to refuse; everything after ``--`` is a word. Raises BadOptionUsage
    where the last option lacks its value.
    """
    ahead: list[str] = []
    words: list[str] = []
    rest = iter(arguments)
    for argument in rest:
        if argument == "--":
            words.extend(rest)
        elif (takes_value := _option(argument, options)) is not None:
            ahead.append(argument)
            if takes_value:
                ahead.append(_value(argument, rest))
        elif argument[:1] != "-" or argument == "-" or _is_dashed_word(argument, options, is_word):
            words.append(argument)
        else:
            ahead.append(argument)
    return [*ahead, "--", *words]


def _value(option: str, rest: Iterator[str]) -> str:
    for value in rest:
        return value
    raise click.BadOptionUsage(option, f"Option {option!r} requires an argument.")


def _option(argument: str, options: Mapping[str, bool]) -> bool | None:
    """Whether the next argument is this option's value; None when it is no option."""
    if argument in options:
        return options[argument]
    name, equals, _ = argument.partition("=")
    if equals and name.startswith("--") and name in options:
        return False
    if not argument.startswith("--") and options.get(argument[:2]):
        return False  # the value is attached, as in -oFILE
    return None


def _is_dashed_word(argument: str, options: Iterable[str], is_word: Callable[[str], bool]) -> bool:
    if not is_word(argument):
        return False
    from difflib import get_close_matches

    name = argument.partition("=")[0]
    mistyped = name.startswith("--") and get_close_matches(name, options, n=1, cutoff=0.8)
    return not mistyped


def option_table(parameters: Iterable[click.Parameter]) -> dict[str, bool]:
    """Every spelling of every option → whether it takes a value."""
    return {
        name: not (parameter.is_flag or parameter.count)
        for parameter in parameters
        if isinstance(parameter, click.Option)
        for name in (*parameter.opts, *parameter.secondary_opts)
    }
