"""An index of other word forms is made anew while the browser is used."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.archive import Archive
from tui.renewing import Renewing

Browser = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


def age(path: Path, version: int) -> None:
    plain = sqlite3.connect(path)
    plain.execute("UPDATE meta SET value = ? WHERE key = 'normaliser'", (version,))
    plain.commit()
    plain.close()


def index_is_older(path: Path) -> bool:
    with Archive.open(path, "read") as archive:
        return archive.index_is_older()


def notices(pilot: Pilot[int]) -> list[str]:
    return [notice.message for notice in pilot.app._notifications]


async def until(held: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not held():
            await asyncio.sleep(0.02)


async def test_outdated_index_is_made_anew(browser: Browser, many: Path) -> None:
    age(many, 0)
    async with browser(many, lang="en") as pilot:
        await until(lambda: "The new index is in use" in notices(pilot))
        assert any("being made anew" in notice for notice in notices(pilot))
    assert not index_is_older(many)
    with Archive.open(many, "read") as archive:
        assert archive.check() == []


@pytest.mark.parametrize("version", [None, 99], ids=["ours", "newer"])
async def test_others_are_left_alone(browser: Browser, many: Path, version: int | None) -> None:
    if version is not None:
        age(many, version)
    async with browser(many) as pilot:
        await pilot.pause()
        assert notices(pilot) == []
    assert not Renewing(many).needed()


async def test_library_that_cannot_be_written_to_says_so(browser: Browser, many: Path) -> None:
    age(many, 0)
    # A folder in the place of the side files: as on a medium that cannot be written to.
    Path(f"{many}-wal").mkdir()
    Path(f"{many}-shm").mkdir()
    async with browser(many, lang="en") as pilot:
        await until(lambda: any("could not be made anew" in n for n in notices(pilot)))
        await pilot.press("down")
    assert index_is_older(many)


def test_leaving_ends_it(many: Path) -> None:
    age(many, 0)
    renewing = Renewing(many)
    heard = []

    def leave(share: float) -> None:
        heard.append(share)
        renewing.leave()

    assert renewing.run(leave) is False
    assert heard
    assert renewing.run(leave) is False
    assert not Renewing(many).needed() or Renewing(many).run(lambda _: None)
    assert not index_is_older(many)
