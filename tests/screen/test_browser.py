"""The browser under a person's hands: every gesture leaves the state it should."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.archive import Archive
from store.publish import publish
from tui.application import BilatApp
from tui.config import Config
from tui.screens.dialogs import Choose, Confirm, ExportDialog, Help
from tui.screens.main import MainScreen
from tui.shot import keys_of, press, settle

Browser = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@dataclass
class Hands:
    """A pilot that presses scripts of keys and looks at the state."""

    pilot: Pilot[int]

    @property
    def main(self) -> MainScreen:
        assert isinstance(self.pilot.app, BilatApp)
        return self.pilot.app.main

    @property
    def said(self) -> str:
        return "\n".join(str(notice.message) for notice in self.pilot.app._notifications)

    async def do(self, script: str) -> MainScreen:
        await press(self.pilot, keys_of(script))
        return self.main


def marked(library: Path) -> list[int]:
    with Archive.open(library, "read") as archive:
        return archive.marked()


async def test_first_launch_shows_articles_text_entities_and_what_to_do(
    browser: Browser, library: Path
) -> None:
    async with browser(library, size=(200, 50)) as pilot:
        main = Hands(pilot).main
        assert main.list.count == 2
        assert main.detail is not None
        assert main.reader.article == main.detail.article
        assert [entity.name for entity in main.pane.entities][:2] == [
            "Airlangga Hartarto",
            "Hiroshige Seko",
        ]
        assert main.chip_bar.notice.startswith("Selamat datang")
        assert main.at == "list"


async def test_the_cursor_moves_and_the_text_follows(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        hands = Hands(pilot)
        main = await hands.do("j j down k")
        assert main.list.cursor == 2
        assert main.detail is not None
        assert main.detail.article.docid == main.list.docid
        main = await hands.do("G")
        assert main.list.cursor == main.list.count - 1 == 299
        assert main.list.row is not None
        main = await hands.do("pageup home")
        assert main.list.cursor == 0


async def test_panes_by_key(browser: Browser, library: Path) -> None:
    async with browser(library, size=(200, 50)) as pilot:
        hands = Hands(pilot)
        for keys, at in (
            ("enter", "reader"), ("tab", "entities"), ("tab", "list"), ("shift+tab", "entities"),
            ("2", "reader"), ("1", "list"), ("3", "entities"), ("escape", "reader"),
            ("escape", "list"),
        ):  # fmt: skip
            main = await hands.do(keys)
            assert main.at == at, keys


async def test_medium_has_a_drawer(browser: Browser, library: Path) -> None:
    async with browser(library, size=(120, 40)) as pilot:
        hands = Hands(pilot)
        assert not hands.main.pane.display
        main = await hands.do("t")
        assert main.pane.display
        assert main.at == "list"
        main = await hands.do("3 escape")
        assert not main.pane.display
        assert main.at == "reader"


async def test_narrow_shows_one_pane_at_a_time(browser: Browser, library: Path) -> None:
    async with browser(library, size=(80, 24)) as pilot:
        hands = Hands(pilot)
        for keys, shown in (("", "list"), ("enter", "reader"), ("tab", "entities")):
            main = await hands.do(keys)
            panes = {"list": main.list, "reader": main.reader, "entities": main.pane}
            assert [name for name, widget in panes.items() if widget.display] == [shown]


async def test_moving_among_entities_moves_the_text(browser: Browser, library: Path) -> None:
    async with browser(library, size=(200, 50)) as pilot:
        hands = Hands(pilot)
        main = await hands.do("3 j")
        assert main.detail is not None
        body = main.detail.article.body
        entity = main.pane.entity
        assert entity is not None
        assert entity.name == "Hiroshige Seko"
        assert entity.role_known
        assert main.reader.caret == body.index("Hiroshige Seko")
        main = await hands.do("k n")
        assert main.reader.caret == body.index("Airlangga", body.index("Airlangga") + 1)
        main = await hands.do("N")
        assert main.reader.caret == body.index("Airlangga")
        assert main.reader.border_subtitle == "sebutan 1/3"


async def test_the_caret_selects_its_entity(browser: Browser, library: Path) -> None:
    async with browser(library, size=(200, 50)) as pilot:
        hands = Hands(pilot)
        main = await hands.do("2 n n n")
        entity = main.pane.entity
        assert entity is not None
        assert any(span.start == main.reader.caret for span in entity.spans)


async def test_marks_are_kept_undone_and_redone(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        hands = Hands(pilot)
        main = await hands.do("space space")
        assert main.list.cursor == 2
        assert len(main.marks) == 2
        assert sorted(marked(many)) == sorted(main.marks)
        assert "2 ditandai" in main.status.shown
        main = await hands.do("u")
        assert len(marked(many)) == len(main.marks) == 1
        main = await hands.do("U")
        assert len(marked(many)) == 2
        main = await hands.do("g v j j j space")
        assert len(marked(many)) == 4
        main = await hands.do("a")
        assert len(marked(many)) == 300
        main = await hands.do("u *")
        assert main.list.count == 4
        assert main.only == "marked"
        main = await hands.do("escape A")
        assert marked(many) == []
        assert main.list.count == 300
    async with browser(many) as pilot:
        assert Hands(pilot).main.marks == set()


async def test_marks_survive_a_restart(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        await Hands(pilot).do("j space q")
    async with browser(many) as pilot:
        main = Hands(pilot).main
        assert len(main.marks) == 1
        assert main.list.cursor == 2


async def test_only_marked_without_marks_says_how(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        main = await Hands(pilot).do("*")
        assert main.list.count == 0
        assert "Spasi menandai" in main.list.hint


async def test_export_is_what_the_command_line_writes(
    browser: Browser, library: Path, tmp_path: Path
) -> None:
    async with browser(library) as pilot:
        hands = Hands(pilot)
        await hands.do("space space e")
        note = tmp_path / "bilat-2026-01-02.md"
        assert str(note) in hands.said
        with Archive.open(library, "read") as archive:
            expected = publish(
                archive, archive.marked(), format="markdown", quotes=False, target=None
            )
        assert note.read_text(encoding="utf-8") == expected
        await hands.do("e")
        assert isinstance(pilot.app.screen, ExportDialog)
        await hands.do("enter")
        assert isinstance(pilot.app.screen, ExportDialog)
        await hands.do("escape")
        assert note.read_text(encoding="utf-8") == expected


async def test_export_dialog_takes_form_and_place(
    browser: Browser, library: Path, tmp_path: Path
) -> None:
    async with browser(library) as pilot:
        await Hands(pilot).do("E tab tab enter")
        lines = (tmp_path / "bilat-2026-01-02.csv").read_text(encoding="utf-8").splitlines()
        assert len(lines) >= 2


async def test_a_passage_is_copied_with_its_source(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        hands = Hands(pilot)
        main = await hands.do("j enter 3 2 n v right right y")
        assert pilot.app.clipboard.startswith("“")
        assert "okezone, 2019-06-27" in pilot.app.clipboard
        assert not main.reader.quoting
        await hands.do("Y")
        assert pilot.app.clipboard.startswith("> ")


async def test_reading_marks_as_read_and_brackets_step(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        hands = Hands(pilot)
        main = await hands.do("enter ]")
        assert main.at == "reader"
        assert main.list.cursor == 1
        assert main.reader.article is not None
        assert main.reader.article.docid == main.list.docid
        with Archive.open(library, "read") as archive:
            assert archive.by_docid(main.list.docids[0]).read


async def test_deleting_asks_and_comes_back(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        hands = Hands(pilot)
        await hands.do("space D")
        assert isinstance(pilot.app.screen, Confirm)
        main = await hands.do("escape")
        assert main.list.count == 300
        main = await hands.do("D y")
        assert main.list.count == 299
        main.feel_pulse()
        await settle(pilot)
        main = await hands.do("u")
        assert main.list.count == 300
        assert len(main.marks) == 1
        main.feel_pulse()
        await settle(pilot)
        assert "artikel baru" not in hands.said


async def test_clutter_folds(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        hands = Hands(pilot)
        main = await hands.do("j")
        lines = main.reader.count
        main = await hands.do("z")
        assert main.reader.folded
        assert main.reader.count < lines
        main = await hands.do("z")
        assert main.reader.count == lines


async def test_folding_does_not_move_the_caret(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        hands = Hands(pilot)
        main = await hands.do("enter n n")
        caret = main.reader.caret
        assert caret > 0
        main = await hands.do("z")
        assert main.reader.caret == caret
        main = await hands.do("z n")
        assert main.reader.caret > caret


async def test_open_source_says_where_from(
    browser: Browser, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    class Window(webbrowser.BaseBrowser):
        def open(self, url: str, new: int = 0, autoraise: bool = True) -> bool:
            opened.append(url)
            return True

    monkeypatch.setattr(webbrowser, "get", lambda using=None: Window())
    async with browser(library) as pilot:
        hands = Hands(pilot)
        await hands.do("o j o")
        assert opened == ["https://www.jpnn.com/news/contoh"]
        assert "seeds/korea.txt" in hands.said


async def test_help_lists_the_table(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        hands = Hands(pilot)
        for key in ("?", "f1"):
            await hands.do(key)
            assert isinstance(pilot.app.screen, Help)
            await hands.do("escape")


async def test_widths_theme_and_place_are_kept(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        hands = Hands(pilot)
        before = hands.main.list.size.width
        main = await hands.do("> >")
        assert main.list.size.width == before + 8
        await hands.do("ctrl+t j j j q")
    async with browser(many) as pilot:
        main = Hands(pilot).main
        assert main.list.size.width == before + 8
        assert pilot.app.theme == "bilat-light"
        assert main.list.cursor == 3
        main = await Hands(pilot).do("=")
        assert main.list.size.width == before


async def test_an_empty_library_says_what_to_do(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "empty.db"
    Archive.open(path, "create").close()
    async with browser(path) as pilot:
        hands = Hands(pilot)
        main = await hands.do("j space e y enter n a * escape D")
        assert "bilat-tui import" in main.list.hint
        assert main.list.count == 0


async def test_a_read_only_library_can_be_read(
    browser: Browser, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.archive import faults

    async with browser(library) as pilot:
        hands = Hands(pilot)

        def refuse(on: object, off: object) -> None:
            raise faults.read_only(library)

        monkeypatch.setattr(hands.main.desk, "mark", refuse)
        main = await hands.do("space")
        assert main.marks == set()
        assert "can be read but not written to" in hands.said


async def test_keys_can_be_changed(browser: Browser, many: Path) -> None:
    config = Config(keys={"mark": "m", "no-such": "x"})
    async with browser(many, config=config) as pilot:
        hands = Hands(pilot)
        main = await hands.do("space")
        assert main.marks == set()
        main = await hands.do("m")
        assert len(main.marks) == 1
        assert "no-such" in hands.said
        assert ("m", "tandai") in main.key_bar.pairs


async def test_imports_are_listed_and_one_taken_back(
    browser: Browser, tmp_path: Path, many: Path
) -> None:
    from store.library import ImportReport
    from store.records import Article, Extraction

    with Archive.open(many, "write") as archive:
        number = archive.begin_import(["berkas.jsonl"])
        archive.add(Article("x", "Artikel impor", "Isi."), Extraction(), import_id=number)
        archive.finish_import(number, ImportReport(number, 1, 0, 0, 0, (), 0.1))
    async with browser(many) as pilot:
        hands = Hands(pilot)
        assert hands.main.list.count == 301
        await hands.do("i")
        assert isinstance(pilot.app.screen, Choose)
        main = await hands.do("enter y")
        assert main.list.count == 300
        main = await hands.do("u")
        assert main.list.count == 301


async def test_new_articles_of_another_program_appear(browser: Browser, many: Path) -> None:
    from store.records import Article, Extraction

    async with browser(many) as pilot:
        hands = Hands(pilot)
        main = await hands.do("j j")
        docid = main.list.docid
        with Archive.open(many, "write") as archive:
            archive.add(Article("x", "Artikel baru", "Isi.", "2030-01-01"), Extraction())
        main.feel_pulse()
        await settle(pilot)
        assert main.list.count == 301
        assert main.list.docid == docid
        assert "1 artikel baru" in hands.said


async def test_the_palette_offers_the_commands(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        hands = Hands(pilot)
        names = [str(command.title) for command in pilot.app.get_system_commands(hands.main)]
        assert "tandai" in names
        assert "tema: bilat-light" in names
        await hands.do("ctrl+p")
        assert pilot.app.screen is not hands.main
        await hands.do("'tandai semua' enter")
        await settle(pilot)
        assert len(hands.main.marks) == 2


async def test_quitting_ends_the_program(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        await Hands(pilot).do("q")
        assert not pilot.app.is_running or pilot.app._exit
