"""What a gesture leaves behind: where the cursor stands, what is undone, what is said."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from threading import Event

import pytest
from textual.events import Paste
from textual.pilot import Pilot
from textual.widgets import Static

from store.archive import Archive
from store.errors import Interrupted
from store.library import Tell
from store.records import Article, Extraction, MentionType
from store.search import Searcher, facets, saved
from store.search.saved import SavedSearch
from tui.application import BilatApp
from tui.desk import COUNTED_AGAIN
from tui.screens import marking
from tui.screens.dialogs import Choose, Confirm, ExportDialog
from tui.screens.finder import Finder
from tui.screens.main import MainScreen
from tui.shot import keys_of, press, settle
from tui.widgets.page import TITLE_LINES

Browser = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


def main_of(pilot: Pilot[int]) -> MainScreen:
    assert isinstance(pilot.app, BilatApp)
    return pilot.app.main


async def do(pilot: Pilot[int], script: str) -> MainScreen:
    await press(pilot, keys_of(script))
    return main_of(pilot)


def said(pilot: Pilot[int]) -> list[str]:
    return [str(notice.message) for notice in pilot.app._notifications]


# --- an answer that is broken off -------------------------------------------------------------


async def test_folding_copies_does_not_lose_the_answer_under_way(
    browser: Browser, many: Path
) -> None:
    async with browser(many, query="tanggal:2010") as pilot:
        main = main_of(pilot)
        few = main.list.count
        main.set_query("")
        main.action_fold_copies()
        await settle(pilot)
        assert few < main.list.count == main.total == 300


async def test_looking_at_facets_does_not_lose_the_answer_under_way(
    browser: Browser, many: Path
) -> None:
    async with browser(many, query="tanggal:2010") as pilot:
        main = main_of(pilot)
        main.set_query("")
        await main.action_facets()
        await do(pilot, "escape")
        assert main.list.count == main.total == 300


# --- where the cursor goes --------------------------------------------------------------------


async def test_undoing_a_filter_goes_back_to_the_article_it_was_set_from(
    browser: Browser, library: Path
) -> None:
    async with browser(library, size=(200, 50)) as pilot:
        main = await do(pilot, "j")
        docid = main.list.docid
        main.add_filter("negara:jp")
        main = await do(pilot, "u")
        assert main.query_text == ""
        assert main.list.docid == docid


@pytest.mark.parametrize("key", ["escape", "backspace"])
async def test_widening_the_list_keeps_the_article(browser: Browser, many: Path, key: str) -> None:
    async with browser(many, query="tanggal:2010") as pilot:
        main = main_of(pilot)
        docid = main.list.docid
        main = await do(pilot, key)
        assert main.list.count == 300
        assert main.list.docid == docid


async def test_backspace_takes_filters_then_words(browser: Browser, library: Path) -> None:
    async with browser(library, query="negara:jp kerja sama") as pilot:
        for left in ("kerja sama", "kerja", "", ""):
            assert (await do(pilot, "backspace")).query_text == left


async def test_undone_marks_are_listed_among_the_marked(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        main = await do(pilot, "a A *")
        assert main.list.count == 0
        main = await do(pilot, "u")
        assert main.list.count == 2


# --- reading ----------------------------------------------------------------------------------


async def test_the_next_article_in_the_text_counts_as_read(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        await do(pilot, "enter ]")
        with Archive.open(library, "read") as archive:
            assert all(row.read for row in archive.rows(archive.newest(9)))


async def test_passing_over_an_article_in_the_list_does_not(
    browser: Browser, library: Path
) -> None:
    async with browser(library) as pilot:
        await do(pilot, "j k")
        with Archive.open(library, "read") as archive:
            assert not any(row.read for row in archive.rows(archive.newest(9)))


async def test_a_narrow_status_tells_the_place_in_this_article_only(
    browser: Browser, library: Path
) -> None:
    async with browser(library, size=(80, 24)) as pilot:
        main = await do(pilot, "3 j 2")
        assert "sebutan" in main.status.shown
        main = await do(pilot, "]")
        assert "sebutan" not in main.status.shown
        main = await do(pilot, "3")
        assert "di sini · pustaka" in main.status.shown


async def test_the_order_is_told_where_the_status_may_be_too_narrow(
    browser: Browser, library: Path
) -> None:
    async with browser(library, size=(80, 24)) as pilot:
        main = await do(pilot, "r")
        assert said(pilot) == ["Urutan: terlama"]
        assert main.status.shown.endswith("terlama")


async def test_without_a_browser_the_link_is_handed_over(
    browser: Browser, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(using: str | None = None) -> webbrowser.BaseBrowser:
        raise webbrowser.Error("no browser")

    monkeypatch.setattr(webbrowser, "get", none)
    async with browser(library) as pilot:
        await do(pilot, "o")
        assert pilot.app.clipboard == "https://www.jpnn.com/news/contoh"
        assert "papan klip" in said(pilot)[0]


# --- notices and dialogs ----------------------------------------------------------------------


async def test_a_notice_takes_the_place_of_the_one_before(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        await do(pilot, "z z ctrl+t z")
        assert len(said(pilot)) <= 2
        main_of(pilot).tell("di samping", beside=True)
        await settle(pilot)
        assert len(said(pilot)) >= 2


async def test_a_page_down_shows_the_next_page_and_a_page_up_the_one_before(
    browser: Browser, many: Path
) -> None:
    async with browser(many) as pilot:
        main = await do(pilot, "j j pagedown")
        lines = main.list.page - 1
        assert (round(main.list.scroll_y), main.list.cursor) == (lines, 2 + lines)
        await do(pilot, "pagedown pageup pageup")
        assert (round(main.list.scroll_y), main.list.cursor) == (0, 2)
        await do(pilot, "G pagedown")
        assert main.list.cursor == 299
        await do(pilot, "pageup")
        assert main.list.cursor == 299 - lines


@pytest.mark.parametrize("size", [(80, 24), (80, 15), (200, 50)], ids=str)
async def test_a_long_list_leaves_its_keys_in_sight(
    browser: Browser, many: Path, size: tuple[int, int]
) -> None:
    async with browser(many, size=size) as pilot:
        await do(pilot, "f G")
        dialog = pilot.app.screen
        assert isinstance(dialog, Choose)
        box = dialog.query_one(".dialog").content_region
        assert all(widget.region in box for widget in dialog.query(Static))
        at = dialog.lines.cursor - round(dialog.lines.scroll_y)
        assert 0 <= at < dialog.lines.region.intersection(box).height


async def test_a_question_is_not_covered_by_notices(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        await do(pilot, "z D")
        assert isinstance(pilot.app.screen, Confirm)
        assert said(pilot) == []


async def test_an_export_that_failed_is_proposed_as_it_was(
    browser: Browser, library: Path, tmp_path: Path
) -> None:
    async with browser(library) as pilot:
        await do(pilot, "E ctrl+k")
        dialog = pilot.app.screen
        assert isinstance(dialog, ExportDialog)
        dialog.line.value = str(tmp_path / "nowhere" / "note.csv")
        await do(pilot, "enter")
        dialog = pilot.app.screen
        assert isinstance(dialog, ExportDialog)
        dialog.line.value = str(tmp_path / "note")
        await do(pilot, "enter")
        assert (tmp_path / "note").read_text(encoding="utf-8").startswith("article,ref,")


async def test_the_form_follows_the_ending(browser: Browser, library: Path, tmp_path: Path) -> None:
    async with browser(library) as pilot:
        await do(pilot, "E")
        dialog = pilot.app.screen
        assert isinstance(dialog, ExportDialog)
        dialog.line.value = str(tmp_path / "note.json")
        await do(pilot, "enter")
        assert (tmp_path / "note.json").read_text(encoding="utf-8").startswith("[")


async def test_an_existing_file_is_told_in_the_words_of_the_screen(
    browser: Browser, library: Path, tmp_path: Path
) -> None:
    (tmp_path / "note.md").write_text("mine", encoding="utf-8")
    async with browser(library) as pilot:
        await do(pilot, "E")
        dialog = pilot.app.screen
        assert isinstance(dialog, ExportDialog)
        dialog.line.value = str(tmp_path / "note.md")
        await do(pilot, "enter")
        dialog = pilot.app.screen
        assert isinstance(dialog, ExportDialog)
        assert "^o" in str(dialog.query_one(".fault", Static).content)
        dialog.line.value = "~nobody-of-that-name/note.md"
        await do(pilot, "enter")
        assert isinstance(pilot.app.screen, ExportDialog)
        assert (tmp_path / "note.md").read_text(encoding="utf-8") == "mine"


# --- undo -------------------------------------------------------------------------------------


async def test_undo_waits_for_a_deletion_that_is_not_done(
    browser: Browser, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browser(library) as pilot:
        main = await do(pilot, "space D")
        go_on, delete = Event(), main.desk.delete

        def slow(ids: Sequence[int], tell: Tell) -> int:
            go_on.wait(10)
            return delete(ids, tell)

        monkeypatch.setattr(main.desk, "delete", slow)
        await pilot.press("y", "u")
        assert main.marks, "the mark of before is not what is to be undone"
        assert "masih berjalan" in said(pilot)[0]
        go_on.set()
        await settle(pilot)
        assert main.list.count == 1
        main = await do(pilot, "u")
        assert main.list.count == 2
        assert main.marks


async def test_how_much_is_deleted_or_brought_back_is_told_now_and_then(
    browser: Browser, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(marking, "SHARE_SECONDS", 0)
    told: list[str] = []
    async with browser(many) as pilot:
        main = await do(pilot, "v G")
        tell = main.tell
        monkeypatch.setattr(
            main, "tell", lambda said, **how: (told.append(said), tell(said, **how))
        )
        await do(pilot, "D y")
        await do(pilot, "u")
        assert main.list.count == 300
    assert told[:2] == ["Menghapus 300 artikel …", "Menghapus 300 artikel … 0%"]
    assert "Menghapus 300 artikel … 50%" in told
    assert "Mengembalikan 300 artikel … 50%" in told
    assert not any("100%" in said for said in told), "that is for the sentence that says so"
    assert told[-1] == "300 artikel kembali"


async def test_saved_searches_can_be_undone(browser: Browser, library: Path) -> None:
    async with browser(library, query="jepang") as pilot:
        main = await do(pilot, "s enter")

        def names() -> list[tuple[str, str]]:
            return [(search.name, search.query) for search in main.desk.saved_searches()]

        assert names() == [("jepang", "jepang")]
        await do(pilot, "S D")
        assert names() == []
        await do(pilot, "u")
        assert names() == [("jepang", "jepang")]
        await do(pilot, "S r x enter")
        assert names() == [("jepangx", "jepang")]
        await do(pilot, "u U u")
        assert names() == [("jepang", "jepang")]
        main.set_query("korea")
        main._changed("searches.saved", main.desk.save_search("jepang", "korea"))
        assert names() == [("jepang", "korea")]
        await do(pilot, "u")
        assert names() == [("jepang", "jepang")]
        await do(pilot, "u u")
        assert names() == []


# --- typing and choosing ----------------------------------------------------------------------


async def test_lines_that_are_pasted_become_one(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        main = await do(pilot, "/")
        pilot.app.post_message(Paste("kerja sama\nindustri\n"))
        await settle(pilot)
        assert main.prompt.value == "kerja sama industri"
        assert main.query_text == "kerja sama industri"


async def test_a_day_narrows_to_articles_that_name_it(browser: Browser, library: Path) -> None:
    async with browser(library, size=(200, 50)) as pilot:
        main = await do(pilot, "3 G")
        while main.pane.entity is not None and main.pane.entity.type is not MentionType.DATE:
            main = await do(pilot, "k")
        main = await do(pilot, "enter")
        assert main.query_text == "menyebut:2019-06-27"
        assert main.list.count == 2
        assert not main.chip_bar.notice


async def test_the_finder_shows_in_full_what_its_list_cuts_off(
    browser: Browser, library: Path
) -> None:
    name = "Indonesia-Korea Comprehensive Economic Partnership Agreement"
    for size, there in (((80, 24), True), ((200, 50), False)):
        async with browser(library, size=size) as pilot:
            await do(pilot, "P 'korea cepa'")
            finder = pilot.app.screen
            assert isinstance(finder, Finder)
            assert (name in str(finder.reason.content)) is there


async def test_the_palette_names_the_keys(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        commands = list(pilot.app.get_system_commands(main_of(pilot)))
        titles = sorted(command.title for command in commands)
        assert any(command.help.startswith("e · ") for command in commands)
        assert not titles[0].startswith("tema")


async def test_an_empty_library_says_so_whatever_the_query(
    browser: Browser, tmp_path: Path
) -> None:
    path = tmp_path / "empty.db"
    Archive.open(path, "create").close()
    async with browser(path) as pilot:
        main = await do(pilot, "/ 'nikel'")
        assert "bilat-tui import" in main.list.hint


async def test_panes_that_stand_alone_say_why_they_keep_their_width(
    browser: Browser, library: Path
) -> None:
    async with browser(library, size=(80, 24)) as pilot:
        await do(pilot, ">")
        assert "100" in said(pilot)[0]


async def test_facets_say_of_how_many_hits_they_are(
    browser: Browser, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browser(many) as pilot:
        for newest, title in ((1000, "Faset hasil"), (100, "Faset dari 100 hasil terbaru")):
            monkeypatch.setattr(facets, "NEWEST", newest)
            await do(pilot, "f")
            assert str(pilot.app.screen.query_one(".heading", Static).content) == title
            await do(pilot, "escape")


async def test_clearing_marks_says_how_to_get_them_back(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        await do(pilot, "a A")
        assert said(pilot) == ["2 tanda dihapus; u mengembalikannya"]


async def test_a_known_name_that_no_article_has_is_not_called_unknown(
    browser: Browser, library: Path
) -> None:
    async with browser(library, query='menteri:"Retno Marsudi"') as pilot:
        await settle(pilot)
        assert "tidak ada artikel yang menyebut" in main_of(pilot).chip_bar.notice


async def test_a_title_that_is_cut_says_so(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "long.db"
    with Archive.open(path, "create") as archive:
        title = "Pertemuan menteri membahas kerja sama " * 20
        archive.add(Article("a", title, "Isi.", "2020-01-01"), Extraction())
        archive.set_note(archive.ids(archive.newest(1))[0], "catatan panjang " * 60)
    async with browser(path, size=(80, 24)) as pilot:
        main = await do(pilot, "enter")
        lines = main.reader._head.lines
        assert [line.kind for line in lines].count("title") == TITLE_LINES
        assert lines[TITLE_LINES - 1].text.endswith("…")
        assert [line.text for line in lines if line.kind == "note"][-1].endswith("…")
        for key in "mD":
            await do(pilot, key)
            assert "…" in str(pilot.app.screen.query(Static).first().content)
            await do(pilot, "escape")


async def test_a_larger_terminal_leaves_the_user_among_the_entities(
    browser: Browser, library: Path
) -> None:
    async with browser(library, size=(80, 24)) as pilot:
        main = await do(pilot, "3")
        for size in ((120, 40), (200, 50), (80, 24)):
            await pilot.resize_terminal(*size)
            await settle(pilot)
            assert main.at == "entities"
            assert main.focused is main.pane


async def test_without_an_article_nothing_is_said_of_its_entities(
    browser: Browser, many: Path
) -> None:
    async with browser(many) as pilot:
        main = main_of(pilot)
        assert main.detail is not None
        assert not main.detail.entities
        assert main.pane.hint
        main.set_query("sumber:takada")
        await settle(pilot)
        assert main.detail is None
        assert main.pane.hint == ""


async def test_a_search_does_not_lose_what_is_counted_for_a_saved_one(
    browser: Browser, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browser(many) as pilot:
        main = await do(pilot, "/ 'ekspor' enter s enter")
        (search,) = main.desk.saved_searches()
        count, calls = saved.count_new, 0

        def broken_off(searcher: Searcher, wanted: SavedSearch) -> tuple[int, bool]:
            nonlocal calls
            calls += 1
            if calls < 3:
                raise Interrupted("newer", "library.db")
            return count(searcher, wanted)

        monkeypatch.setattr(saved, "count_new", broken_off)
        assert main.desk.count_new(search) == (0, True)
        assert calls == 3
        calls = -COUNTED_AGAIN
        with pytest.raises(Interrupted):
            main.desk.count_new(search)
