"""The small dialogs: a question with yes and no, a list to choose from, the export, the help."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from tui.commands import help_rows, syntax_rows
from tui.lang import Lang, text
from tui.widgets.choices import Choice, Choices
from tui.widgets.line import Line
from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from store.publish import Format


class Confirm(ModalScreen[bool]):
    """A question before something that takes away; no is the answer of every key but one."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y,enter", "answer(True)", show=False),
        Binding("n,escape,q", "answer(False)", show=False),
    ]

    def __init__(self, question: str, lang: Lang) -> None:
        super().__init__()
        self._question = question
        self._lang: Lang = lang

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog small"):
            yield Static(self._question, markup=False)
            yield Static(text("confirm.keys", self._lang), classes="quiet", markup=False)

    def action_answer(self, answer: bool) -> None:
        self.dismiss(answer)


MOST_LINES = 20
"""A longer list is scrolled."""

AROUND_LINES = 8
"""Lines for the frame of a list, its title and its keys."""


class Choose(ModalScreen[str | None]):
    """A list with a title; the key of what was chosen, or None."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "cancel", show=False),
    ]

    def __init__(
        self,
        title: str,
        choices: Sequence[Choice],
        footer: str,
        *,
        keys: Mapping[str, str] | None = None,
        hint: str = "",
    ) -> None:
        """``keys``: further keys that choose too; the answer is then ``key:choice``. ``hint``:
        what stands there until ``fill`` brings the choices."""
        super().__init__()
        self._title = title
        self._choices = choices
        self._footer = footer
        self._keys = keys or {}
        self.lines = Choices(id="choices")
        self.lines.hint = hint

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog"):
            yield Static(self._title, classes="heading", markup=False)
            yield self.lines
            yield Static(self._footer, classes="quiet", markup=False)

    def on_mount(self) -> None:
        self.lines.show(self._choices)
        self.set_focus(self.lines)

    def on_resize(self, event: events.Resize) -> None:
        # What stands above and below the list is never cut off for it.
        self.lines.styles.max_height = max(1, min(MOST_LINES, event.size.height - AROUND_LINES))

    def retitle(self, title: str) -> None:
        """Another title, with choices that came later."""
        if self.is_attached:
            self.query_one(".heading", Static).update(title)

    def fill(self, choices: Sequence[Choice], otherwise: str) -> None:
        """Show choices that came later; ``otherwise`` where there are none."""
        if self.is_attached:
            self.lines.hint = otherwise
            self.lines.show(choices)
            self.lines.refresh(layout=True)

    def on_key(self, event: events.Key) -> None:
        name = self._keys.get(event.key)
        if name and self.lines.choice is not None:
            # Else the key would go on to the screen that is uncovered.
            event.stop()
            self.dismiss(f"{name}:{self.lines.choice.key}")

    def on_lines_opened(self, message: Lines.Opened) -> None:
        message.stop()
        if self.lines.choice is not None:
            self.dismiss(self.lines.choice.key)

    def action_cancel(self) -> None:
        self.dismiss(None)


class AskLine(ModalScreen[str | None]):
    """One line of text; None when cancelled."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(self, question: str, value: str, footer: str, *, blank: bool = False) -> None:
        """``blank``: an empty line is an answer too."""
        super().__init__()
        self._blank = blank
        self._question = question
        self._footer = footer
        self.line = Line(value, id="line")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog small"):
            yield Static(self._question, markup=False)
            yield self.line
            yield Static(self._footer, classes="quiet", markup=False)

    def on_mount(self) -> None:
        self.set_focus(self.line)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        answer = event.value.strip()
        self.dismiss(answer if answer or self._blank else None)

    def action_cancel(self) -> None:
        self.dismiss(None)


class ExportWish:
    """What the export dialog answers."""

    __slots__ = ("force", "format", "quotes", "target")

    def __init__(
        self,
        target: Path,
        format: Format = "markdown",
        quotes: bool = False,
        force: bool = False,
    ) -> None:
        self.target = target
        self.format: Format = format
        self.quotes = quotes
        self.force = force


class ExportDialog(ModalScreen[ExportWish | None]):
    """Where to, in which form, with quotes or without."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("tab", "form", show=False, priority=True),
        Binding("ctrl+k", "quotes", show=False, priority=True),
        Binding("ctrl+o", "force", show=False, priority=True),
    ]

    def __init__(self, wish: ExportWish, count: int, lang: Lang, *, problem: str = "") -> None:
        """``wish``: what is proposed. ``problem``: why it could not be had so."""
        super().__init__()
        self._lang: Lang = lang
        self._count = count
        self._problem = problem
        self._format: Format = wish.format
        self._quotes = wish.quotes
        self._force = wish.force
        self.line = Line(str(wish.target), id="line")
        self.choices_line = Static("", id="export-choices", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog small"):
            title = text("export.title", self._lang, n=self._count)
            yield Static(title, classes="heading", markup=False)
            yield self.line
            yield self.choices_line
            yield Static(self._problem, classes="fault", markup=False)
            yield Static(text("export.keys", self._lang), classes="quiet", markup=False)

    def on_mount(self) -> None:
        self._describe()
        self.set_focus(self.line)

    def _describe(self) -> None:
        def sign(on: bool) -> str:
            return "[x]" if on else "[ ]"

        self.choices_line.update(
            text(
                "export.choices",
                self._lang,
                format=self._format,
                quotes=sign(self._quotes),
                force=sign(self._force),
            )
        )

    def action_form(self) -> None:
        """The next form; the file's ending follows it."""
        from store.publish import FORMATS, SUFFIXES

        before = SUFFIXES[self._format]
        self._format = FORMATS[(FORMATS.index(self._format) + 1) % len(FORMATS)]
        if self.line.value.endswith(before):
            self.line.value = self.line.value[: -len(before)] + SUFFIXES[self._format]
        self._describe()

    def on_input_changed(self, event: Input.Changed) -> None:
        """The form follows the file's ending too."""
        from store.publish import format_of

        event.stop()
        form = format_of(Path(event.value.strip()))
        if form is not None and form != self._format:
            self._format = form
            self._describe()

    def action_quotes(self) -> None:
        self._quotes = not self._quotes
        self._describe()

    def action_force(self) -> None:
        self._force = not self._force
        self._describe()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        if event.value.strip():
            # Not Path.expanduser: it raises where there is no such user.
            target = Path(os.path.expanduser(event.value.strip()))
            self.dismiss(ExportWish(target, self._format, self._quotes, self._force))

    def action_cancel(self) -> None:
        self.dismiss(None)


HELP_KEYS = 15
"""Cells for the keys of a command, or an example of a query."""


class Help(ModalScreen[None]):
    """Every key and what it does, from the one command table; and what a query may hold."""

    CSS_PATH = "dialogs.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,question_mark,f1", "close", show=False)
    ]

    def __init__(self, lang: Lang, keymap: Mapping[str, str]) -> None:
        super().__init__()
        self._lang: Lang = lang
        self._keymap = keymap
        self.lines = Choices(id="choices")

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog tall"):
            yield Static(text("help.title", self._lang), classes="heading", markup=False)
            yield self.lines
            yield Static(text("help.footer", self._lang), classes="quiet", markup=False)

    def on_mount(self) -> None:
        self.set_focus(self.lines)
        self.call_after_refresh(self._fill)

    def on_resize(self) -> None:
        self.call_after_refresh(self._fill)

    def _fill(self) -> None:
        """The sections, long sentences over several lines."""
        from tui.display import pad, wrap

        room = max(12, self.lines.scrollable_content_region.width - HELP_KEYS - 3)
        choices: list[Choice] = []
        sections: list[tuple[str, list[tuple[str, str]]]] = [
            *help_rows(self._lang, self._keymap),
            ("query", syntax_rows(self._lang)),
        ]
        for group, rows in sections:
            if choices:
                choices.append(Choice("", ""))
            choices.append(Choice("", text(f"group.{group}", self._lang)))
            for keys, sentence in rows:
                for at, (start, end) in enumerate(wrap(sentence, room)):
                    lead = pad(keys if not at else "", HELP_KEYS)
                    choices.append(Choice(f"{keys}{at}", sentence[start:end], lead=lead))
        self.lines.show(choices)

    def action_close(self) -> None:
        self.dismiss(None)
