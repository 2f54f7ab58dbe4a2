"""The one command table: complete, unambiguous, documented, and carried out by somebody."""

from __future__ import annotations

from collections import Counter

import pytest
from rich.cells import cell_len

from tui.commands import (
    BY_ID,
    FOOTER_KEYS,
    GROUPS,
    TABLE,
    Place,
    footer,
    help_rows,
    key_table_markdown,
)
from tui.lang import Lang, keys, text

LANGS: tuple[Lang, ...] = ("id", "en")
PLACES: tuple[Place, ...] = ("list", "reader", "entities", "quote", "range")


@pytest.mark.parametrize("lang", LANGS)
def test_every_command_has_a_label_and_a_sentence(lang: Lang) -> None:
    for command in TABLE:
        assert command.label(lang)
        assert command.help(lang)


def test_ids_are_unique_and_no_key_is_taken_twice() -> None:
    assert len(BY_ID) == len(TABLE)
    # In the query line the arrows do something else than in a pane.
    panes = [command for command in TABLE if command.scope != "query"]
    taken = Counter(key.strip() for command in panes for key in command.keys.split(","))
    assert [key for key, times in taken.items() if times > 1] == []


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("place", PLACES)
def test_the_footer_fits_eighty_columns(place: Place, lang: Lang) -> None:
    pairs = footer(place, lang, {})
    assert 1 <= len(pairs) <= FOOTER_KEYS
    assert sum(cell_len(key) + cell_len(label) + 3 for key, label in pairs) + 1 <= 80


def test_help_and_readme_name_every_command() -> None:
    sections = help_rows("id", {})
    assert tuple(group for group, _ in sections) == GROUPS
    assert sum(len(rows) for _, rows in sections) == len(TABLE)
    table = key_table_markdown("en")
    assert all(f"`{command.id}`" in table for command in TABLE)


def test_someone_carries_out_each_command() -> None:
    from tui.application import BilatApp
    from tui.screens.finder import Finder
    from tui.screens.main import MainScreen
    from tui.widgets.lines import Lines
    from tui.widgets.reader import Reader

    owners = {
        "lines": Lines,
        "reader": Reader,
        "main": MainScreen,
        "query": MainScreen,
        "finder": Finder,
        "app": BilatApp,
    }
    for command in TABLE:
        action = command.action.split("(")[0]
        assert hasattr(owners[command.scope], f"action_{action}"), command.id


def test_remapped_keys_show_in_footer_and_help() -> None:
    keymap = {"search": "ctrl+s"}
    assert ("^s", "cari") in footer("list", "id", keymap)
    assert any(row == "^s" for _, rows in help_rows("id", keymap) for row, _ in rows)


def test_both_languages_fill_the_same_fields() -> None:
    import string

    for key in keys():
        fields = [
            sorted(
                name
                for _, name, _, _ in string.Formatter().parse(text(key, lang))
                if name is not None
            )
            for lang in LANGS
        ]
        assert fields[0] == fields[1], key
