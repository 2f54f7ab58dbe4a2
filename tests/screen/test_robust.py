"""Whatever the text, the size or the fault: the browser stands, and nothing hostile reaches the terminal."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.archive import Archive
from store.records import Article, Extraction, Mention, MentionType, Person, Span
from tui.application import BilatApp
from tui.config import Config
from tui.desk import open_desk
from tui.screens.panes import mode_for
from tui.shot import keys_of, press, settle

Browser = Callable[..., AbstractAsyncContextManager[Pilot[int]]]

HOSTILE = [
    "[red]merah[/red] [/] [link=file:///etc/passwd]x[/link] [@click=app.quit]y[/]",
    "\x1b[31m\x1b]52;c;aGFsbw==\x07\x9b2J \x00\x08 \u202eterbalik\u202c \u200bnol",
    "\ufeff\U000e0041 e\u0301 🤝🏽 👩\u200d👩\u200d👧 界界界 ﷽",
    "x" * 5_000,
    "\\[bold]\\ [[[ ]]] {0} {name} %s $background",
]


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """Articles whose every field is hostile."""
    path = tmp_path / "hostile.db"
    with Archive.open(path, "create") as archive:
        for text in HOSTILE:
            body = f"{text}\n\n{text} lagi\n" * 3
            end = min(len(text), 40)
            mentions = (Mention(0, end, body[:end], MentionType.PERSON, text[:200]),)
            persons = (Person(text[:200], text, "ID", None, (Span(0, end),)),)
            archive.add(
                Article(
                    f"ref {text}", text, body, "2020-01-01", text[:60], f"javascript:{text[:20]}"
                ),
                Extraction(mentions, persons, ("JP",), (Span(end + 1, len(text)),)),
            )
            number_ = archive.ids(archive.newest(1))
            archive.set_note(number_[0], text)
    return path


def painted(pilot: Pilot[int]) -> str:
    """Every character on the screen."""
    return "\n".join(
        "".join(segment.text for segment in line)
        for line in pilot.app.screen._compositor.render_strips()
    )


@pytest.mark.parametrize("size", [(200, 50), (120, 40), (80, 24)], ids=["wide", "medium", "narrow"])
async def test_hostile_text_is_harmless(
    browser: Browser, hostile: Path, size: tuple[int, int]
) -> None:
    async with browser(hostile, size=size) as pilot:
        for keys in ("", "j enter", "3", "n", "escape escape j enter 2 v l l y", "1 j enter",
                     "1 j enter", "z", "1 e", "D escape", "f escape", "i escape", "o",
                     "3 enter", "escape space s enter S escape"):  # fmt: skip
            await press(pilot, keys_of(keys))
            shown = painted(pilot)
            assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u200b\ufeff]", shown)
    async with browser(hostile, size=size, query="[red] \x1b[31m \"' OR NEAR(") as pilot:
        assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f]", painted(pilot))


async def test_a_notice_is_painted(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        await press(pilot, keys_of("e"))
        await pilot.pause()
        # The path of a temporary folder may be broken anywhere; a notice has a bar at its left.
        told = "".join(re.findall(r"▌ *([^ │]*)", painted(pilot)))
        assert "bilat-2026-01-02.md" in told


async def test_markup_is_shown_as_written(browser: Browser, hostile: Path) -> None:
    async with browser(hostile, size=(200, 50), query="merah") as pilot:
        assert "[red]merah[/red] [/]" in painted(pilot)


WIDTHS = (1, 2, 5, 19, 24, 30, 59, 60, 99, 100, 159, 160, 250)
HEIGHTS = (1, 2, 5, 6, 14, 15, 80)
# Every width in a low and in a high terminal, every height in a narrow and in a wide one.
SIZES = [(w, h) for w in WIDTHS for h in (6, 15)] + [(w, h) for h in HEIGHTS for w in (24, 160)]


async def test_no_size_and_no_resize_breaks_it(browser: Browser, library: Path) -> None:
    async with browser(library, size=(80, 24)) as pilot:
        for number, (width, height) in enumerate(SIZES):
            await pilot.resize_terminal(width, height)
            if number % 5 == 0:
                await press(pilot, keys_of("tab t j n"))
            await settle(pilot)
            assert pilot.app.main.mode == mode_for(width, height)
        await pilot.resize_terminal(20, 5)
        assert "terlalu kecil" in painted(pilot).replace("\n", " ")
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        assert "Indonesia-Korea Selatan" in painted(pilot)


@pytest.mark.parametrize("size", [(1, 1), (20, 5), (24, 6), (59, 14), (250, 80)], ids=str)
async def test_dialogs_open_at_any_size(
    browser: Browser, library: Path, size: tuple[int, int]
) -> None:
    async with browser(library, size=size) as pilot:
        for keys in (
            "? escape",
            "p 'a' escape",
            "E escape",
            "D escape",
            "f escape",
            "ctrl+p escape",
        ):
            await press(pilot, keys_of(keys))
        assert pilot.app.screen is pilot.app.main


async def test_a_small_terminal_has_the_list_alone(browser: Browser, library: Path) -> None:
    async with browser(library, size=(50, 12)) as pilot:
        await press(pilot, keys_of("enter tab 3"))
        main = pilot.app.main
        assert main.at == "list"
        assert main.list.display
        assert not main.reader.display


def test_no_colour_means_none(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import asyncio

    async def look() -> set[str]:
        desk, state = open_desk(library)
        try:
            app = BilatApp(desk, state, lang="id", config=Config())
            async with app.run_test(size=(200, 50)) as pilot:
                await settle(pilot)
                await press(pilot, keys_of("j enter n p 'a'"))
                colours = set()
                for shown in (app.main, app.screen):
                    for line in shown._compositor.render_strips():
                        for segment in line:
                            if segment.style is not None:
                                colours |= {str(segment.style.color), str(segment.style.bgcolor)}
                text = painted(pilot)
                assert text
                return colours
        finally:
            desk.close()

    monkeypatch.setenv("NO_COLOR", "1")
    assert asyncio.run(look()) == {"None"}
    monkeypatch.setenv("NO_COLOR", "")
    assert len(asyncio.run(look())) > 5


async def test_five_megabytes_open_at_once(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "large.db"
    sentence = "Pertemuan bilateral membahas ekspor nikel dan kerja sama industri hijau. "
    body = sentence * (5_000_000 // len(sentence))
    mentions = tuple(
        Mention(at, at + 9, body[at : at + 9], MentionType.ORG, "Pertemuan")
        for at in range(0, len(body), len(sentence) * 100)
    )
    with Archive.open(path, "create") as archive:
        archive.add(Article("besar", "Besar", body, "2020-01-01"), Extraction(mentions))
    async with browser(path, size=(200, 50)) as pilot:
        main = pilot.app.main
        assert main.reader.article is not None
        started = time.process_time()
        main.reader.show(main.reader.article)
        main.reader._build()
        assert time.process_time() - started < 3.0  # half a second on a quiet machine
        await press(pilot, keys_of("2 G"))
        assert main.reader.caret > len(body) - 200
        await press(pilot, keys_of("3 n n"))
        assert main.reader.caret in {mention.start for mention in mentions}


async def test_a_fault_of_ours_is_told_and_survived(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        main = pilot.app.main

        def broken() -> None:
            raise ZeroDivisionError("uji")

        main.ask("rows", broken, lambda _: None)
        await pilot.pause()
        await pilot.pause()
        said = "\n".join(str(notice.message) for notice in pilot.app._notifications)
        assert "ZeroDivisionError" in said
        await press(pilot, ["j"])
        assert main.list.cursor == 1


async def test_an_article_deleted_elsewhere_is_told(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        main = pilot.app.main
        docids = main.list.docids
        with Archive.open(many, "write") as archive:
            archive.delete(archive.ids([docids[1]]))
        await press(pilot, ["j"])
        assert main.detail is None
        assert "no such article" in main.reader.hint


def test_the_browser_needs_a_terminal(library: Path) -> None:
    import subprocess
    import sys

    code = f"from pathlib import Path; from tui.app import run; run(Path({str(library)!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    assert "needs a terminal" in done.stderr


async def test_a_library_that_cannot_be_written_to_lets_go(
    browser: Browser, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.archive import faults

    async with browser(library) as pilot:

        def refuse(*_: object) -> None:
            raise faults.read_only(library)

        for name in ("save_state", "set_read", "empty_trash", "mark"):
            monkeypatch.setattr(pilot.app.main.desk, name, refuse)
        await press(pilot, keys_of("enter escape"))
        assert pilot.app.main.list.row is not None
        await press(pilot, keys_of("q"))
        assert pilot.app._exit


async def test_a_fault_of_the_screen_ends_it_without_a_page_of_traceback(
    browser: Browser, library: Path
) -> None:
    apps: list[BilatApp] = []

    async def break_it() -> None:
        async with browser(library) as pilot:
            apps.append(pilot.app)

            def broken() -> None:
                raise ZeroDivisionError("uji")

            pilot.app.main.action_even = broken
            await pilot.press("=")
            await pilot.pause()

    with pytest.raises(ZeroDivisionError):
        await break_it()
    assert isinstance(apps[0].unhandled, ZeroDivisionError)
    assert apps[0]._exit_renderables == []
