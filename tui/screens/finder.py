"""The finder: ministers or programs by a name however it is spelt, with score and reason."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from store.errors import BilatError
from store.records import Candidate, Resolution
from store.text import fold, visible
from tui.commands import bindings
from tui.entities import Counts
from tui.lang import number, reason
from tui.screens.asking import AskingScreen
from tui.widgets.choices import Choice, Choices
from tui.widgets.line import Line
from tui.widgets.lines import Lines

if TYPE_CHECKING:
    from tui.answers import OwnName
    from tui.config import Config
    from tui.desk import Desk
    from tui.lang import Lang
    from tui.naming import Kind

SHOWN = 50
"""Candidates listed at most."""


class Finder(AskingScreen[Sequence[Candidate] | None], ModalScreen[Sequence[Candidate] | None]):
    """Typed name → candidates. The answer: those chosen, or None."""

    CSS_PATH = "dialogs.tcss"

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
        Binding("pagedown", "move(10)", show=False, priority=True),
        Binding("pageup", "move(-10)", show=False, priority=True),
        Binding("tab", "tick", show=False, priority=True),
        *bindings("finder"),
    ]

    def __init__(
        self,
        desk: Desk,
        lang: Lang,
        config: Config,
        kind: Kind,
        *,
        named: Callable[[OwnName], None],
    ) -> None:
        """``named`` is told of each name that the user saved, for the undoing."""
        super().__init__(desk, lang, config)
        self._named = named
        self.kind: Kind = kind
        self.line = Line(id="line", placeholder=self.say(f"finder.placeholder.{kind}"))
        self.lines = Choices(id="choices")
        self.lines.can_focus = False
        self.reason = Static("", id="reason", markup=False)
        self.candidates: dict[str, Candidate] = {}
        self._ticked: dict[str, Candidate] = {}
        self._asked = ""
        self._answered: str | None = None
        """What was typed for the candidates shown; None: none were shown yet."""
        self._take_when_answered = False

    def compose(self) -> ComposeResult:
        with Vertical(classes="dialog finder"):
            yield Static(self.say(f"finder.title.{self.kind}"), classes="heading", markup=False)
            yield self.line
            yield self.lines
            yield self.reason
            yield Static(self.say("finder.keys"), classes="quiet", markup=False)

    def on_mount(self) -> None:
        self.set_focus(self.line)
        self._look_up("")

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        self._look_up(event.value)

    def _look_up(self, typed: str) -> None:
        self._asked = typed if typed.strip() else ""
        if self._asked:
            question = partial(self.desk.names.suggest, typed, self.kind, SHOWN)
        else:
            question = partial(self.desk.names.frequent, self.kind, SHOWN)
        self.ask("names", question, self._show, newest_only=True, fault=self._failed)

    def _failed(self, error: BilatError) -> None:
        self.reason.update(str(error), layout=False)

    def _show(self, answer: tuple[Resolution, Counts]) -> None:
        resolution, counts = answer
        self._answered = resolution.query
        self.candidates = {candidate.id: candidate for candidate in resolution.candidates}
        choices = [self._choice(candidate, counts) for candidate in resolution.candidates]
        self.lines.hint = self.say("finder.nothing" if resolution.query else "finder.empty")
        if resolution.query and resolution.status == "none" and choices:
            nearest = visible(resolution.candidates[0].name, line_breaks=False)
            choices.insert(0, Choice("", self.say("finder.nearest", name=nearest)))
        self.lines.show(choices)
        if self._take_when_answered:
            self._take_when_answered = False
            if resolution.status != "none":
                self._take()

    def _choice(self, candidate: Candidate, counts: Counts) -> Choice:
        articles = counts.get(candidate.id, (0, 0))[0]
        score = f"{candidate.score:.2f}" if candidate.score else "    "
        role = candidate.role if candidate.role != candidate.matched else None
        about = " · ".join(part for part in (role, candidate.country) if part)
        by_alias = candidate.matched != candidate.name
        return Choice(
            candidate.id,
            candidate.name,
            aside=f"{score} {number(articles, self.lang):>6}",
            spans=() if by_alias else candidate.spans,
            alias=candidate.matched if by_alias else "",
            alias_spans=candidate.spans if by_alias else (),
            tail=about,
        )

    def on_choices_moved(self, message: Choices.Moved) -> None:
        message.stop()
        choice = message.choice
        candidate = self.candidates.get(choice.key) if choice else None
        self.reason.update(self._why(candidate) if candidate else "", layout=False)

    def _why(self, candidate: Candidate) -> str:
        """The reasons, and the term of office that decided; before them what the list cuts off."""
        parts = [reason(item, self.lang) for item in candidate.reasons]
        if self.lines.cut:
            role = candidate.role or ""
            told = any(role in part for part in parts)
            parts[:0] = [candidate.name] if told else [candidate.name, role]
        dated = candidate.start is not None and any(candidate.start in part for part in parts)
        if (candidate.start or candidate.end) and not dated:
            parts.append(f"{candidate.start or '…'} – {candidate.end or '…'}")
        line = visible(" · ".join(parts), line_breaks=False)
        return line if cell_len(line) < 400 else line[:400]

    # --- keys -----------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        self.lines.move_to(self.lines.cursor + by, way=1 if by > 0 else -1)

    def action_tick(self) -> None:
        """Tick a candidate; ticks survive another name being typed."""
        choice = self.lines.choice
        if choice is None:
            return
        self.lines.tick()
        if choice.key in self.lines.ticked:
            self._ticked[choice.key] = self.candidates[choice.key]
        else:
            self._ticked.pop(choice.key, None)

    def action_save_name(self) -> None:
        """Keep what was typed as a name of the candidate of the cursor."""
        alias = self.line.value.strip()
        choice = self.lines.choice
        if not alias or choice is None or self._answered != self._asked:
            self.tell(self.say("name.nothing"), warning=True)
            return
        candidate = self.candidates[choice.key]
        known = {fold(candidate.name), fold(candidate.matched)}
        if not candidate.reasons:
            self.tell(self.say("name.not_known", name=choice.label), warning=True)
        elif fold(alias) in known:
            self.tell(self.say("name.already", alias=alias, name=choice.label))
        else:
            self.ask(
                "write", partial(self.desk.names.add_alias, candidate.id, alias), self._name_saved
            )

    def _name_saved(self, saved: OwnName) -> None:
        name = visible(saved.after.name, line_breaks=False)
        self._named(saved)
        self.tell(self.say("name.saved", alias=saved.alias, name=name))
        self._look_up(self.line.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._take()

    def on_lines_opened(self, message: Lines.Opened) -> None:
        message.stop()
        self._take()

    def on_click(self, event: events.Click) -> None:
        self.set_focus(self.line)

    def _take(self) -> None:
        """Answer with what is ticked, else the choice of the cursor, once it is that of the name."""
        if not self._ticked and self._answered != self._asked:
            self._take_when_answered = True
            return
        chosen = list(self._ticked.values())
        if not chosen and self.lines.choice is not None:
            chosen = [self.candidates[self.lines.choice.key]]
        if chosen:
            self.dismiss(chosen)

    def action_cancel(self) -> None:
        self.dismiss(None)
