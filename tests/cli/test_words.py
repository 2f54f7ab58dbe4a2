"""Options among words that may begin with a hyphen."""

from __future__ import annotations

import click
import pytest

from tui.commandline import words

OPTIONS = {"--limit": True, "--facets": False, "--format": True, "--help": False, "-o": True}


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("-impor", "-- -impor"),
        ("-impor --limit 5", "--limit 5 -- -impor"),
        ("kerja sama --facets -impor", "--facets -- kerja sama -impor"),
        ("--limit=5 jepang", "--limit=5 -- jepang"),
        ("--limit -1 x", "--limit -1 -- x"),
        ("jepang -- --limit 5", "-- jepang --limit 5"),
        ("-", "-- -"),
        ("--", "--"),
        ("--- x", "-- --- x"),
        ("--jepang", "-- --jepang"),
        ("--limt 5", "--limt -- 5"),
        ("-oFILE x", "-oFILE -- x"),
        ("-o FILE x", "-o FILE -- x"),
        ("", "--"),
    ],
)
def test_separation_of_words(arguments: str, expected: str) -> None:
    given = arguments.split()
    assert words.separate(given, OPTIONS, words.anything) == expected.split()


def test_an_option_without_its_value() -> None:
    with pytest.raises(click.BadOptionUsage, match="--limit"):
        words.separate(["x", "--limit"], OPTIONS, words.anything)


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [("1 -5", "-- 1 -5"), ("1 -x", "-x -- 1"), ("-o f 2", "-o f -- 2"), ("--5", "--5 --")],
)
def test_only_numbers_are_words(arguments: str, expected: str) -> None:
    given = arguments.split()
    assert words.separate(given, OPTIONS, words.numbers) == expected.split()
