"""The way into the terminal browser: the library first, the screen after it.

Light on purpose: what can't be opened is said before Textual is imported.
"""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path

from store.errors import InputError
from tui.config import Config, load
from tui.lang import choose


def run(
    path: Path,
    *,
    query: str | None = None,
    lang: str | None = None,
    no_color: bool = False,
    debug: bool = False,
) -> int:
    """Browse the library at ``path`` until the user leaves; the exit code.

    ``query`` None or empty: the one of the last time. ``no_color``: without any colour, as with a
    ``NO_COLOR`` that is not empty. Raises LibraryError before anything is painted, and InputError
    where there is no terminal; a fault of the program ends it and is raised when the terminal is
    itself again. ``debug``: Textual writes to its console, if one listens.
    """
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise InputError(
            "The browser needs a terminal",
            "",
            "Run it in one, or use `bilat-tui search`, `show` and `export`",
        )
    _settle_colour(no_color)
    if debug:
        os.environ.setdefault("TEXTUAL", "debug,devtools")
    config, complaint = Config(), ""
    try:
        config = load()
    except InputError as error:
        complaint = str(error)
    # Nothing that is made until the first paint is ever thrown away: collecting it costs a tenth
    # of the start. The main screen turns it on again.
    gc.disable()
    from tui.desk import open_desk

    desk, state = open_desk(path)
    try:
        from tui.application import BilatApp

        spoken = choose(lang or config.lang)
        app = BilatApp(
            desk, state, lang=spoken, config=config, query=query or None, complaint=complaint
        )
        app.run(mouse=config.mouse)
    finally:
        desk.close()
    if app.unhandled is not None:
        raise app.unhandled
    return 0


def _settle_colour(no_color: bool) -> None:
    """One truth about colours: ``NO_COLOR`` set and not empty, or not set."""
    if no_color:
        os.environ["NO_COLOR"] = "1"
    elif not os.environ.get("NO_COLOR"):
        os.environ.pop("NO_COLOR", None)
