"""The application around the screens: theme, keys, palette, and the connection to the library."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.filter import LineFilter

from tui.commands import BY_ID, TABLE, Command, bindings, key_name, keys_of
from tui.config import Config
from tui.desk import Desk
from tui.lang import Lang, text
from tui.screens.main import MainScreen
from tui.theme import CYCLE, DARK, LIGHT, Colourless

if TYPE_CHECKING:
    from textual.screen import Screen


class BilatApp(App[int]):
    """One library in a terminal."""

    CSS_PATH = "app.tcss"
    TITLE = "bilat-tui"
    ENABLE_COMMAND_PALETTE = True
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings("app"),
        Binding("ctrl+q", "quit", show=False, priority=True),
    ]

    def __init__(
        self,
        desk: Desk,
        state: dict[str, Any],
        *,
        lang: Lang,
        config: Config,
        query: str | None = None,
        complaint: str = "",
    ) -> None:
        """``complaint``: something to say once the screen is there (settings that can't be read)."""
        # ansi_color: Textual's own way without colours still writes greys.
        no_colour = bool(os.environ.get("NO_COLOR"))
        super().__init__(ansi_color=True if no_colour else None)
        self.no_color = no_colour
        self.desk = desk
        self.lang: Lang = lang
        self.config = config
        self._complaint = complaint
        self.main = MainScreen(desk, lang, config, state, query=query, welcome=not state)
        self.register_theme(DARK)
        self.register_theme(LIGHT)
        wanted = config.theme or state.get("theme")
        self.theme = wanted if wanted in self.available_themes else DARK.name
        self._wrong_theme = wanted is not None and wanted not in self.available_themes

    def get_default_screen(self) -> Screen[None]:
        return self.main

    def on_mount(self) -> None:
        self.set_keymap({key: keys for key, keys in self.config.keys.items() if key in BY_ID})
        complaints = [self._complaint] if self._complaint else []
        complaints += [
            text("config.no_command", self.lang, id=key)
            for key in self.config.keys
            if key not in BY_ID
        ]
        if self._wrong_theme:
            complaints.append(text("config.no_theme", self.lang, name=self.config.theme))
        for complaint in complaints:
            self.notify(complaint, severity="warning", timeout=12, markup=False)

    def get_line_filters(self) -> Sequence[LineFilter]:
        if self.no_color:
            return [Colourless()]
        return super().get_line_filters()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        """The palette: every command of the table, and every theme."""
        if screen is self.main:
            for command in TABLE:
                if command.palette:
                    yield SystemCommand(
                        command.label(self.lang),
                        self._described(command),
                        partial(self.main.run_command, command),
                    )
        for name in self.available_themes:
            yield SystemCommand(
                text("theme.use", self.lang, name=name),
                text("theme.help", self.lang),
                partial(setattr, self, "theme", name),
            )

    def _described(self, command: Command) -> str:
        """What a command does, behind its keys, which are quicker the next time."""
        keys = " ".join(key_name(key, self.lang) for key in keys_of(command, self.config.keys))
        return f"{keys} · {command.help(self.lang)}"

    # --- a fault that ends the program -----------------------------------------------------------

    @property
    def unhandled(self) -> Exception | None:
        """What ended the program, None when the user did."""
        return self._exception

    def _fatal_error(self) -> None:
        # Textual would print pages of traceback; the command line says one sentence, or prints the
        # traceback itself where it was asked to.
        self._close_messages_no_wait()

    # --- actions --------------------------------------------------------------------------------

    def action_next_theme(self) -> None:
        """Dark, light, the terminal's own colours on dark and on light."""
        at = CYCLE.index(self.theme) if self.theme in CYCLE else -1
        self.theme = CYCLE[(at + 1) % len(CYCLE)]
        self.main.tell(text("theme.now", self.lang, name=self.theme))

    async def action_quit(self) -> None:
        self.main.leave()

    def action_help_quit(self) -> None:
        self.notify(text("quit.how", self.lang), timeout=4, markup=False)
