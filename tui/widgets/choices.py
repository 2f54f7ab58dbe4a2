"""A short list to choose from: what every dialog with a list shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.message import Message

from store.records import Span
from tui.display import fit
from tui.render import highlighted
from tui.widgets.lines import Lines

TAIL = 12
"""Cells below which a part of what stands behind the label tells nothing."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line. Without a ``key`` it is a heading."""

    key: str
    label: str
    aside: str = ""
    """At the right, quiet."""
    spans: tuple[Span, ...] = ()
    """Matched characters of the label."""
    tail: str = ""
    """Behind the label, quiet."""
    alias: str = ""
    """Another name, by which it was found; in brackets behind the label."""
    alias_spans: tuple[Span, ...] = ()
    """Matched characters of the alias."""
    lead: str = ""
    """Before the label, in the style of keys."""


class Choices(Lines):
    """Choices and headings; several choices may be ticked."""

    class Moved(Message):
        """The cursor stands on another choice."""

        def __init__(self, choice: Choice | None) -> None:
            super().__init__()
            self.choice = choice

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._choices: Sequence[Choice] = ()
        self.ticked: set[str] = set()

    @property
    def choices(self) -> Sequence[Choice]:
        """Choices and headings, in order."""
        return self._choices

    @property
    def choice(self) -> Choice | None:
        """The choice of the cursor."""
        if not self._choices:
            return None
        choice = self._choices[min(self.cursor, len(self._choices) - 1)]
        return choice if choice.key else None

    @property
    def cut(self) -> bool:
        """Whether the line of the cursor shows less than all of its choice."""
        choice = self.choice
        if choice is None:
            return False
        width = self.scrollable_content_region.width
        shown = "".join(segment.text for segment in self.paint(self.cursor, width, Style()))
        return any(part not in shown for part in (choice.label, choice.alias, choice.tail))

    def show(self, choices: Sequence[Choice]) -> None:
        """List these; the cursor goes to the first choice."""
        self._choices = choices
        self._cursor = 0
        self.set_count(len(choices))
        self._cursor = self._nearest(0, 1)
        self.scroll_to_line(0)
        self.post_message(self.Moved(self.choice))

    def change(self, choices: Sequence[Choice]) -> None:
        """Show more about the same choices; the cursor stays."""
        self._choices = choices
        self.refresh()

    def tick(self) -> None:
        """Tick the choice of the cursor, or take the tick away."""
        if self.choice is not None:
            self.ticked ^= {self.choice.key}
            self.refresh()

    def stops_at(self, line: int) -> bool:
        return bool(self._choices[line].key)

    def cursor_moved(self) -> None:
        self.post_message(self.Moved(self.choice))

    def paint(self, line: int, width: int, base: Style) -> list[Segment]:
        choice, look = self._choices[line], self.look
        if not choice.key:
            return [Segment(f" {fit(choice.label, width - 2)}", base + look.heading)]
        if line == self.cursor:
            base += look.cursor
        sign = "● " if choice.key in self.ticked else "  "
        aside = f" {fit(choice.aside, width // 2)} " if choice.aside else ""
        room = max(1, width - 2 - cell_len(choice.lead) - cell_len(aside))
        label = fit(choice.label, room)
        spans = [(s.start, s.end) for s in choice.spans] if label == choice.label else []
        found = [
            Segment(sign, base + look.mark),
            Segment(choice.lead, base + look.key),
            *highlighted(label, spans, base, look.match),
        ]
        left = room - cell_len(label)
        if choice.alias and left > 8:
            alias = fit(choice.alias, left - 3)
            spans = [(s.start, s.end) for s in choice.alias_spans] if alias == choice.alias else []
            found += [
                Segment(" (", base + look.quiet),
                *highlighted(alias, spans, base, look.match),
                Segment(")", base + look.quiet),
            ]
            left -= cell_len(alias) + 3
        if choice.tail and left >= min(TAIL, cell_len(choice.tail) + 2):
            tail = fit(f"  {choice.tail}", left)
            found.append(Segment(tail, base + look.quiet))
            left -= cell_len(tail)
        found += [Segment(" " * max(0, left), base), Segment(aside, base + look.quiet)]
        return found
