"""What each gesture looks like at three sizes, compared with the pictures in ``tests/snapshots``."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.archive import Archive
from tui.config import Config
from tui.shot import keys_of, press

Browser = Callable[..., AbstractAsyncContextManager[Pilot[int]]]
Same = Callable[[Pilot[int], str], Awaitable[None]]

SIZES = {"80x24": (80, 24), "120x40": (120, 40), "200x50": (200, 50)}
GESTURES = {
    "start": "",
    "reading": "j enter n n",
    "entity": "3 j",
    "search": "/ 'jepang industri'",
    "filter": "3 j enter",
    "no-hits": "/ 'sumber:takada'",
    "marked": "space space *",
    "folded": "j z",
    "quote": "j 2 n v right right right down",
    "minister": "p 'airlanga'",
    "help": "?",
    "export": "space E",
    "delete": "D",
}


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("gesture", GESTURES, ids=str)
async def test_gesture(
    browser: Browser, library: Path, same_picture: Same, gesture: str, size: str
) -> None:
    async with browser(library, size=SIZES[size]) as pilot:
        await press(pilot, keys_of(GESTURES[gesture]))
        pilot.app.clear_notifications()
        await same_picture(pilot, f"{gesture}-{size}")


@pytest.mark.parametrize("theme", ["bilat-light", "ansi-dark", "nord"])
async def test_theme(browser: Browser, library: Path, same_picture: Same, theme: str) -> None:
    async with browser(
        library, size=(160, 40), config=Config(theme=theme), query="jepang"
    ) as pilot:
        await press(pilot, keys_of("j enter n"))
        await same_picture(pilot, f"theme-{theme}")


async def test_english(browser: Browser, library: Path, same_picture: Same) -> None:
    async with browser(library, size=(160, 40), lang="en") as pilot:
        await press(pilot, keys_of("3 j"))
        await same_picture(pilot, "english")


async def test_without_colour(
    browser: Browser, library: Path, same_picture: Same, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with browser(library, size=(160, 40), query="jepang") as pilot:
        await press(pilot, keys_of("j enter n"))
        await same_picture(pilot, "no-colour")


async def test_empty(browser: Browser, tmp_path: Path, same_picture: Same) -> None:
    path = tmp_path / "empty.db"
    Archive.open(path, "create").close()
    async with browser(path, size=(120, 40)) as pilot:
        pilot.app.main.list.hint = pilot.app.main.list.hint.replace(str(path), "library.db")
        await same_picture(pilot, "empty")


@pytest.mark.parametrize("size", [(50, 12), (20, 5)], ids=["50x12", "20x5"])
async def test_tiny(
    browser: Browser, library: Path, same_picture: Same, size: tuple[int, int]
) -> None:
    async with browser(library, size=size) as pilot:
        await same_picture(pilot, f"tiny-{size[0]}x{size[1]}")
