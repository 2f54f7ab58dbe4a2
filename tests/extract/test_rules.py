"""The tables of words and patterns: each row has its source, and what the rules name is what the tables hold."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

import pytest

from store.extract import kinds, rules
from store.records import MentionType
from store.tables import table_rows

CODE = Path(rules.__file__).parent
# What tells the rows of a table apart; several currencies have one sign, several offices one abbreviation.
KEYS = {
    "word_lists.csv": ("list", "word"),
    "patterns.tsv": ("name",),
    "agreements.csv": ("form", "kind"),
    "organisations.csv": ("form", "kind"),
    "places.csv": ("form", "kind"),
    "offices.csv": ("form", "kind"),
    "currencies.csv": ("form", "place"),
    "magnitudes.csv": ("form",),
    "numerals.csv": ("form",),
}
_PATTERNS = ("pattern", "regex")


def asked_for() -> Iterator[tuple[str, str]]:
    """What the rules ask ``rules`` for: function and name."""
    for path in sorted(CODE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "rules"
            ):
                name = node.args[0]
                assert isinstance(name, ast.Constant), f"{path.name}:{node.lineno}"
                assert isinstance(name.value, str)
                yield node.func.attr, name.value


def taken_in() -> set[str]:
    """The lists that the patterns take in."""
    return {
        name for pattern in rules.patterns().values() for _, name in rules.LIST.findall(pattern)
    }


@pytest.mark.parametrize("table", KEYS)
def test_every_row_is_whole_and_there_once(table: str) -> None:
    rows = table_rows(f"extract/{table}")
    assert [row for row in rows if not row["source"].strip()] == []
    keys = [tuple(row[key] for key in KEYS[table]) for row in rows]
    assert all(cell and cell == cell.strip() for key in keys for cell in key)
    assert sorted(keys) == sorted(set(keys))


def test_a_list_stands_in_one_place() -> None:
    rows = table_rows("extract/word_lists.csv")
    names = [name for name, _ in groupby(row["list"] for row in rows)]
    assert names == list(rules.blocks())
    for name in names:
        assert list(rules.in_order(name)) == [row["word"] for row in rows if row["list"] == name]


def test_every_list_and_pattern_is_there_and_used() -> None:
    asked = set(asked_for())
    assert {name for how, name in asked if how in _PATTERNS} == set(rules.patterns())
    plain = {name for how, name in asked if how not in _PATTERNS}
    assert plain | taken_in() == set(rules.blocks())


@pytest.mark.parametrize("name", rules.patterns())
def test_every_pattern_compiles(name: str) -> None:
    re.compile(rules.regex(name))


def test_a_list_in_a_pattern_is_any_of_its_words() -> None:
    assert rules.alternatives("meetings").startswith(r"KTT|Konferensi\ Tingkat\ Tinggi|")
    assert rules.alternatives("introducers", either_case=True).startswith("[Pp]rogram|[Pp]royek|")
    for name in rules.blocks():
        found = re.compile(f"(?:{rules.alternatives(name)})\\Z")
        assert all(found.match(word) for word in rules.in_order(name))


@pytest.mark.parametrize("ask", [rules.words, rules.in_order, rules.regex])
def test_what_is_in_no_table_is_an_error(ask: object) -> None:
    assert callable(ask)
    with pytest.raises(KeyError):
        ask("no such name")


def test_every_type_of_mention_has_its_name() -> None:
    assert {getattr(kinds, type_.name) for type_ in MentionType} == set(MentionType)
