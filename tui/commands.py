"""The one table of what a person can do on the screen.

It feeds the key bindings (each with an id, for remapping in ``config.toml``), the footer, the
command palette, the help screen and the key table of the README. Texts are those of ``lang``:
``cmd.<id>`` is the label, ``help.<id>`` the sentence. Importing this must stay light: the
documentation is made from it without a screen.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from tui.lang import Lang, text

if TYPE_CHECKING:
    from textual.binding import Binding

Scope = Literal["lines", "reader", "main", "query", "finder", "app"]
"""Who carries it out: any pane of lines, the reader, the main screen, the query line, the finder,
the app."""

Place = Literal["list", "reader", "entities", "search", "quote", "range"]
"""Where the user is; decides which keys the footer shows."""

Group = Literal["move", "search", "read", "mark", "take", "library", "screen"]
"""The sections of the help, in order."""

GROUPS: tuple[Group, ...] = ("move", "search", "read", "mark", "take", "library", "screen")


@dataclass(frozen=True, slots=True)
class Command:
    """One thing to do. ``keys`` are Textual key names, separated by commas."""

    id: str
    keys: str
    action: str
    scope: Scope
    group: Group
    footer: tuple[Place, ...] = ()
    palette: bool = True
    opens: bool = False
    """It opens a place to type or choose in: its key is caught before any other is handed on, so
    that what is typed behind it arrives there, however fast."""

    def label(self, lang: Lang) -> str:
        return text(f"cmd.{self.id}", lang)

    def help(self, lang: Lang) -> str:
        return text(f"help.{self.id}", lang)


TABLE: tuple[Command, ...] = (
    # Moving.
    Command("down", "j,down", "down", "lines", "move", palette=False),
    Command("up", "k,up", "up", "lines", "move", palette=False),
    Command("left", "h,left", "left", "reader", "move", palette=False),
    Command("right", "l,right", "right", "reader", "move", palette=False),
    Command("page_down", "pagedown,ctrl+f", "page_down", "lines", "move", palette=False),
    Command("page_up", "pageup,ctrl+b", "page_up", "lines", "move", palette=False),
    Command("top", "g,home", "top", "lines", "move", palette=False),
    Command("bottom", "G,end", "bottom", "lines", "move", palette=False),
    Command("open", "enter", "open", "lines", "move", ("entities",), palette=False),
    Command("back", "escape", "back", "main", "move", ("reader", "quote", "range"), palette=False),
    Command("next_pane", "tab", "next_pane", "main", "move", palette=False),
    Command("previous_pane", "shift+tab", "previous_pane", "main", "move", palette=False),
    Command("pane_list", "1", "pane('list')", "main", "move"),
    Command("pane_reader", "2", "pane('reader')", "main", "move"),
    Command("pane_entities", "3", "pane('entities')", "main", "move"),
    # Searching.
    Command("search", "/", "search", "main", "search", ("list",), opens=True),
    Command("older_query", "up", "recall(-1)", "query", "search", palette=False),
    Command("newer_query", "down,ctrl+j", "recall(1)", "query", "search", palette=False),
    Command("minister", "p", "find('minister')", "main", "search", ("list",), opens=True),
    Command("program", "P", "find('program')", "main", "search", opens=True),
    Command("save_name", "f2", "save_name", "finder", "search", palette=False),
    Command("facets", "f", "facets", "main", "search", ("list",), opens=True),
    Command("exclude", "x", "exclude", "main", "search", ("entities",)),
    Command("drop_filter", "backspace", "drop_filter", "main", "search"),
    Command("sort", "r", "sort", "main", "search"),
    Command("fold_copies", "Z", "fold_copies", "main", "search"),
    Command("save_search", "s", "save_search", "main", "search", opens=True),
    Command("searches", "S", "searches", "main", "search", opens=True),
    # Reading.
    Command("next_hit", "n", "step(1)", "main", "read", ("reader", "entities")),
    Command("previous_hit", "N", "step(-1)", "main", "read"),
    Command("next_article", "]", "article(1)", "main", "read"),
    Command("previous_article", "[", "article(-1)", "main", "read"),
    Command("copies", "c", "copies", "main", "read"),
    Command("entities", "t", "entities", "main", "read"),
    Command("surer", "plus", "surer(1)", "main", "read"),
    Command("less_sure", "minus", "surer(-1)", "main", "read"),
    Command("fold", "z", "fold", "main", "read"),
    Command("open_source", "o", "open_source", "main", "read"),
    Command("pager", "exclamation_mark", "pager", "main", "read"),
    Command("note", "m", "note", "main", "read", opens=True),
    # Marking.
    Command("mark", "space", "mark", "main", "mark", ("list", "reader", "range")),
    Command("range", "v", "range", "main", "mark", ("reader",)),
    Command("mark_all", "a", "mark_all", "main", "mark"),
    Command("clear_marks", "A", "clear_marks", "main", "mark"),
    Command("marked_only", "*", "marked_only", "main", "mark"),
    Command("undo", "u", "undo", "main", "mark"),
    Command("redo", "U", "redo", "main", "mark"),
    # Taking along.
    Command("export", "e", "export", "main", "take", ("list", "reader")),
    Command("export_as", "E", "export_as", "main", "take", opens=True),
    Command("copy", "y", "copy('text')", "main", "take", ("quote", "reader")),
    Command("copy_markdown", "Y", "copy('markdown')", "main", "take", ("quote",)),
    # The library.
    Command("delete", "D", "delete", "main", "library"),
    Command("imports", "i", "imports", "main", "library"),
    # The screen.
    Command("narrower", "<", "widen(-4)", "main", "screen"),
    Command("wider", ">", "widen(4)", "main", "screen"),
    Command("even", "=", "even", "main", "screen"),
    Command("theme", "ctrl+t", "next_theme", "app", "screen"),
    Command("palette", "ctrl+p", "command_palette", "app", "screen", ("list",), palette=False),
    Command("help", "?,f1", "help", "main", "screen", ("list", "reader", "entities")),
    Command("quit", "q", "quit", "app", "screen", ("list",)),
)

BY_ID: Mapping[str, Command] = {command.id: command for command in TABLE}

_KEY_NAMES = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "home": "Home",
    "end": "End",
    "enter": "Enter",
    "escape": "Esc",
    "tab": "Tab",
    "shift+tab": "⇧Tab",
    "backspace": "⌫",
    "exclamation_mark": "!",
    "plus": "+",
    "minus": "-",
    "f1": "F1",
    "f2": "F2",
}

FOOTER_KEYS = 7
"""More keys than this in the footer are noise; the help has them all."""


def key_name(key: str, lang: Lang) -> str:
    """How a key is written for people: ``ctrl+p`` as ``^p``, ``space`` as a word."""
    key = key.strip()
    if key == "space":
        return text("key.space", lang)
    if key in _KEY_NAMES:
        return _KEY_NAMES[key]
    return f"^{key[5:]}" if key.startswith("ctrl+") else key


def keys_of(command: Command, keymap: Mapping[str, str]) -> list[str]:
    """The keys of a command, remapped ones instead of the table's."""
    return [key.strip() for key in keymap.get(command.id, command.keys).split(",") if key.strip()]


def typed_openers(keymap: Mapping[str, str]) -> frozenset[str]:
    """The actions of commands that open something with a key that also types a character."""
    return frozenset(
        command.action
        for command in TABLE
        if command.opens and any(len(key) == 1 for key in keys_of(command, keymap))
    )


def bindings(*scopes: Scope) -> list[Binding]:
    """The Textual bindings of those scopes, each with the command's id."""
    from textual.binding import Binding

    return [
        Binding(
            command.keys,
            command.action,
            command.label("en"),
            show=False,
            priority=command.opens,
            id=command.id,
        )
        for command in TABLE
        if command.scope in scopes
    ]


def footer(place: Place, lang: Lang, keymap: Mapping[str, str]) -> list[tuple[str, str]]:
    """``(key, label)`` pairs for where the user is, most useful first."""
    shown = [command for command in TABLE if place in command.footer]
    return [
        (key_name(keys_of(command, keymap)[0], lang), _short(command, place, lang))
        for command in shown[:FOOTER_KEYS]
    ]


def _short(command: Command, place: Place, lang: Lang) -> str:
    """The label in the footer; in some places a command means something narrower."""
    narrower = f"foot.{place}.{command.id}"
    from tui.lang import keys

    return text(narrower, lang) if narrower in keys() else text(f"cmd.{command.id}", lang)


def help_rows(lang: Lang, keymap: Mapping[str, str]) -> list[tuple[Group, list[tuple[str, str]]]]:
    """The help: sections of ``(keys, sentence)``."""
    return [
        (
            group,
            [
                (
                    " ".join(key_name(key, lang) for key in keys_of(command, keymap)),
                    command.help(lang),
                )
                for command in TABLE
                if command.group == group
            ],
        )
        for group in GROUPS
    ]


SYNTAX = (
    "words", "phrase", "prefix", "not", "or", "country", "person", "minister", "program", "org",
    "source", "title", "after", "date", "mentions", "type", "marked",
)  # fmt: skip
"""What a query may hold, in the order of the help: texts ``syntax.<name>`` and ``means.<name>``."""


def syntax_rows(lang: Lang) -> list[tuple[str, str]]:
    """What a query may hold: ``(example, sentence)``."""
    return [(text(f"syntax.{name}", lang), text(f"means.{name}", lang)) for name in SYNTAX]


def key_table_markdown(lang: Lang = "en") -> str:
    """The key table for the README, as Markdown."""
    lines = [
        f"| {text('help.head.keys', lang)} | {text('help.head.does', lang)} | id |",
        "|---|---|---|",
    ]
    for command in TABLE:
        keys = " ".join(f"`{key_name(key, lang)}`" for key in keys_of(command, {}))
        lines.append(f"| {keys} | {command.help(lang)} | `{command.id}` |")
    return "\n".join(lines)
