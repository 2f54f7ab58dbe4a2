"""A picture of the browser without a terminal: ``python -m tui.shot LIBRARY picture.svg``.

Opens the library at a given size, presses keys, waits for every answer, and writes what the screen
shows as SVG. The README's picture and the snapshots of the tests are made with it.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import re
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Input
from textual.worker import WorkerCancelled

from tui.application import BilatApp
from tui.config import Config
from tui.desk import open_desk
from tui.lang import choose

_UNIQUE = re.compile(r"terminal-\d+-")
_BLANK = "&#160;"
_CELL = 12.2
"""Width of a character in Rich's SVG."""
_RUN = re.compile(
    r'(<text class="[^"]*" )x="([\d.]+)"([^>]*)textLength="([\d.]+)"([^>]*>)'
    rf"((?:{_BLANK})*)([^<]*?)((?:{_BLANK})*)</text>"
)


def picture(app: BilatApp) -> str:
    """The screen of now as SVG, the same bytes for the same screen."""
    svg = app.export_screenshot(title="bilat-tui")
    return _RUN.sub(_bare, _UNIQUE.sub("terminal-", svg))


def _bare(run: re.Match[str]) -> str:
    """A run of text without the blanks at its ends, which some viewers misplace."""
    head, x, middle, length, rest, left, words, right = run.groups()
    before, after = (len(blanks) // len(_BLANK) for blanks in (left, right))
    at = float(x) + before * _CELL
    size = float(length) - (before + after) * _CELL
    return f'{head}x="{at:g}"{middle}textLength="{size:g}"{rest}{words}</text>'


async def settle(pilot: Pilot[int]) -> None:
    """Wait until every question is answered and painted."""
    app = pilot.app
    for _ in range(20):
        await pilot.pause()
        busy = [worker for worker in app.workers if not worker.is_finished]
        if not busy:
            break
        with suppress(WorkerCancelled):  # by a newer question, which is waited for next
            await app.workers.wait_for_complete(busy)
    main = getattr(app, "main", None)
    if main is not None and (main.settle_now() or main.rest_due):
        await settle(pilot)


async def press(pilot: Pilot[int], keys: Sequence[str]) -> None:
    """Press keys one by one, each after the answers to the one before."""
    for key in keys:
        await pilot.press(key)
        await settle(pilot)


def keys_of(script: str) -> list[str]:
    """Keys of a script: words between blanks are key names, ``'text'`` is typed letter by letter."""
    keys: list[str] = []
    for word in re.findall(r"'[^']*'|\S+", script):
        if word.startswith("'"):
            keys += ["space" if letter == " " else letter for letter in word[1:-1]]
        else:
            keys.append(word)
    return keys


async def shoot(
    library: Path, size: tuple[int, int], keys: Sequence[str], *, lang: str, theme: str | None
) -> str:
    """The picture after these keys."""
    desk, state = open_desk(library)
    try:
        app = BilatApp(desk, state, lang=choose(lang), config=Config(theme=theme))
        async with app.run_test(size=size) as pilot:
            steady(app)
            await settle(pilot)
            await press(pilot, keys)
            return picture(app)
    finally:
        desk.close()


def steady(app: BilatApp) -> None:
    """Nothing blinks or moves by itself."""
    app.animation_level = "none"
    for line in app.main.query(Input):
        line.cursor_blink = False


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tui.shot", description=__doc__)
    parser.add_argument("library", type=Path)
    parser.add_argument("picture", type=Path)
    parser.add_argument("--size", default="120x40", help="columns x lines")
    parser.add_argument("--keys", default="", help="for example: \"j enter / 'jepang' enter\"")
    parser.add_argument("--lang", default="en")
    parser.add_argument("--theme")
    given = parser.parse_args()
    width, height = map(int, given.size.split("x"))
    os.environ.setdefault("TEXTUAL_ANIMATIONS", "none")
    svg = asyncio.run(
        shoot(
            given.library, (width, height), keys_of(given.keys), lang=given.lang, theme=given.theme
        )
    )
    given.picture.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
