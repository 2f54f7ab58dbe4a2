"""What the user adds from the screen: notes on articles, names of their own for entities."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, closing
from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot

from store.archive import Archive
from store.kb import KnowledgeBase
from store.pipeline import create_with_seeds
from tui.desk import Desk, open_desk
from tui.screens.finder import Finder
from tui.shot import keys_of, press

Browser = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


async def do(pilot: Pilot[int], script: str) -> None:
    await press(pilot, keys_of(script))


def notices(pilot: Pilot[int]) -> str:
    return " ".join(notification.message for notification in pilot.app._notifications)


async def test_a_note_is_shown_kept_changed_and_undone(browser: Browser, library: Path) -> None:
    async with browser(library, size=(120, 40)) as pilot:
        main = pilot.app.main
        id = main.list.row.id
        await pilot.press(*keys_of("m 'tanya sumber' enter"))
        await do(pilot, "2")
        assert main.list.row.noted
        assert main.detail.article.note == "tanya sumber"
        assert any("✎ tanya sumber" in line.text for line in main.reader._head.lines)
        await do(pilot, "m '!' enter")
        assert main.detail.article.note == "tanya sumber!"
        await do(pilot, "u")
        assert main.detail.article.note == "tanya sumber"
        await do(pilot, "u")
        assert not main.list.row.noted
        assert main.detail.article.note is None
        await do(pilot, "U q")
    with Archive.open(library, "read") as archive:
        assert archive.article(id).note == "tanya sumber"


async def test_an_empty_line_takes_the_note_away_and_escape_does_not(
    browser: Browser, library: Path
) -> None:
    with Archive.open(library, "write") as archive:
        (id,) = archive.ids(archive.newest(1))
        archive.set_note(id, "x")
    async with browser(library) as pilot:
        main = pilot.app.main
        await do(pilot, "m escape")
        assert main.list.row.noted
        await do(pilot, "m backspace enter")
        assert not main.list.row.noted
        assert main.desk.note(main.list.docid) == ""


async def test_a_name_of_ones_own_is_saved_in_the_finder_used_and_undone(
    browser: Browser, tmp_path: Path
) -> None:
    library = tmp_path / "seeds.db"
    create_with_seeds(library).close()
    shipped = next(r for r in KnowledgeBase.shipped().rows if r.name == "Airlangga Hartarto")
    async with browser(library) as pilot:
        main = pilot.app.main
        await do(pilot, "p 'airlangga' f2")
        assert "sudah nama" in notices(pilot)
        await do(pilot, "escape")
        # Nearest to nothing that is known: choose the person first, then say what it is called.
        await do(pilot, "p 'airlanga bos' f2")
        finder = pilot.app.screen
        assert isinstance(finder, Finder)
        best = finder.candidates[finder.lines.choice.key]
        assert best.id == shipped.id
        assert best.matched == "airlanga bos"
        assert best.score == 1.0
        await do(pilot, "escape")
        await do(pilot, "/ 'menteri:\"airlanga bos\"' enter")
        assert main.list.count == 2
        with Archive.open(library, "read") as archive:
            (row,) = archive.kb_rows()
        assert row == replace(shipped, aliases=(*shipped.aliases, "airlanga bos"), user=True)
        await do(pilot, "u")
        with Archive.open(library, "read") as archive:
            assert archive.kb_rows() == []
        await do(pilot, "U")
        with Archive.open(library, "read") as archive:
            assert archive.kb_rows() == [row]


async def test_names_that_another_program_adds_are_used(browser: Browser, library: Path) -> None:
    shipped = next(r for r in KnowledgeBase.shipped().rows if r.name == "Airlangga Hartarto")
    async with browser(library) as pilot:
        main = pilot.app.main
        assert not main.desk.names.own_changed()
        with Archive.open(library, "write") as archive:
            archive.put_kb_rows([replace(shipped, aliases=("Pak Qzx",), user=True)])
        main.feel_pulse()
        await do(pilot, "p 'pak qzx'")
        finder = pilot.app.screen
        assert finder.candidates[finder.lines.choice.key].id == shipped.id


async def test_a_library_that_cannot_be_written_says_why_a_name_is_not_kept(
    browser: Browser, library: Path
) -> None:
    async with browser(library) as pilot:
        library.chmod(0o444)

        def refused(*_: object) -> None:
            Archive.open(library, "read").set_note(1, "x")

        pilot.app.main.desk.names.add_alias = refused
        await do(pilot, "p 'airlanga bos' f2")
        assert "can be read but not written to" in notices(pilot)


def test_leaving_does_not_wait_for_another_writer(library: Path) -> None:
    desk, _ = open_desk(library)
    with closing(sqlite3.connect(library, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        waiting = threading.Thread(target=_save, args=(desk,))
        waiting.start()
        time.sleep(0.1)
        start = time.monotonic()
        desk.leave()
        _save(desk)
        waiting.join()
        desk.close()
        assert time.monotonic() - start < 2
        other.execute("ROLLBACK")


def _save(desk: Desk) -> None:
    from store.errors import LockedError

    try:
        desk.save_state({"query": "x"})
    except LockedError:
        return


def test_a_write_outlasts_a_short_lock(library: Path) -> None:
    desk, _ = open_desk(library)
    with closing(sqlite3.connect(library, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        release = threading.Timer(0.6, lambda: other.execute("ROLLBACK"))
        release.start()
        desk.save_state({"query": "sesudah"})
        release.join()
    assert desk.state() == {"query": "sesudah"}
    desk.close()
