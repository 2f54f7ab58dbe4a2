"""A line to type in. What is pasted or handed over may hold anything; what is shown is harmless."""

from __future__ import annotations

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from store.text import has_hidden


class Line(Input):
    """An ``Input`` of one plain line: control and bidi characters in its value become blanks."""

    # Each letter changes it; laying the whole screen out anew for that costs 10 ms, and the line
    # stays as long as it is.
    virtual_size = Reactive(Size(0, 0), layout=False)

    def __init__(self, value: str = "", *, id: str, placeholder: str = "") -> None:
        super().__init__(value, id=id, placeholder=placeholder, compact=True, select_on_focus=False)

    def _on_paste(self, event: events.Paste) -> None:
        """All of it on one line; Textual, whose handler runs next, takes the first line only."""
        event.text = " ".join(event.text.splitlines())

    def validate_value(self, value: str) -> str:
        """Called by Textual on every change."""
        if not has_hidden(value) and value.isprintable():
            return value
        return "".join(" " if c in "\n\t" or has_hidden(c) else c for c in value)
