"""Searching in the browser: while typing, through filters, facets and the finder."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.archive import Archive
from store.errors import LibraryError
from store.records import Article, Extraction
from store.search import Searcher
from tui.config import Config
from tui.screens.dialogs import AskLine, Choose
from tui.screens.finder import Finder
from tui.shot import keys_of, press, settle

Browser = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


async def do(pilot: Pilot[int], script: str) -> None:
    await press(pilot, keys_of(script))


async def test_the_list_follows_every_letter(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        main = pilot.app.main
        await do(pilot, "/ 'nomor 299'")
        assert main.prompt.has_focus
        assert main.list.count >= 1
        assert main.list.row is not None
        assert "299" in main.list.row.title
        await do(pilot, "enter")
        assert main.at == "list"
        assert main.list.has_focus
        await do(pilot, "escape")
        assert main.query_text == main.prompt.value == ""
        assert main.list.count == 300
        await do(pilot, "u")
        assert main.prompt.value == main.query_text == "nomor 299"


async def test_escape_leaves_the_line_before_it_clears(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        main = pilot.app.main
        await do(pilot, "/ 'ekspor' escape")
        assert main.query_text == "ekspor"
        assert main.list.has_focus


async def test_matches_are_highlighted_and_stepped_through(browser: Browser, library: Path) -> None:
    async with browser(library, size=(200, 50)) as pilot:
        main = pilot.app.main
        await do(pilot, "/ 'otomotif' enter n")
        assert main.detail is not None
        matches = main.detail.matches
        body = main.detail.article.body
        assert matches
        assert {body[span.start : span.end].lower() for span in matches} == {"otomotif"}
        assert main.reader.caret == matches[0].start
        assert main.reader.border_subtitle == f"cocok 1/{len(matches)}"


async def test_no_hits_say_what_to_do(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        main = pilot.app.main
        await do(pilot, "/ 'sumber:takada'")
        if main.list.count == 0:
            assert "Tidak ada hasil" in main.list.hint
            assert "sumber:takada" in main.list.hint


async def test_an_error_keeps_the_last_good_list(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        main = pilot.app.main
        await do(pilot, "/ 'ekspor'")
        count = main.list.count

        def broken(*_: object, **__: object) -> None:
            raise LibraryError("The library is damaged", "x.db", "Try check")

        main.desk.first = broken
        await do(pilot, "'x'")
        assert main.list.count == count
        assert "damaged" in main.chip_bar.notice


async def test_hits_that_miss_a_word_are_told(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        main = pilot.app.main
        await do(pilot, "/ 'ekspor'")
        assert main.chip_bar.notice == ""
        await do(pilot, "' manggis mitra'")
        assert main.list.count
        assert "hanya sedikit yang memuat semua kata" in main.chip_bar.notice
        await do(pilot, "enter escape")
        assert main.chip_bar.notice == ""


async def test_a_chosen_name_of_a_facet_is_searched_by_that_name(
    browser: Browser, library: Path
) -> None:
    async with browser(library) as pilot:
        main = pilot.app.main
        await do(pilot, "f")
        dialog = pilot.app.screen
        assert isinstance(dialog, Choose)
        labels = [(choice.key, choice.label) for choice in dialog.lines.choices]
        assert ('orang:"Airlangga Hartarto"', "Airlangga Hartarto") in labels
        assert ("jenis:uang", "Uang") in labels
        await do(pilot, "escape")
        main.add_filter('orang:"Airlangga Hartarto"')
        await settle(pilot)
        assert main.list.count == 2
        assert main.chip_bar.notice == ""


async def test_late_answers_are_dropped(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        main = pilot.app.main
        for query in ("nomor", "nomor 1", "nomor 12", "nomor 123", "sumber:media1.example"):
            main.search_for(query)
        await settle(pilot)
        assert main.found is not None
        assert main.found.query == "sumber:media1.example"


async def test_an_entity_becomes_a_filter_and_goes_again(browser: Browser, library: Path) -> None:
    async with browser(library, size=(200, 50)) as pilot:
        main = pilot.app.main
        await do(pilot, "3 j enter")
        assert main.query_text == 'orang:"Hiroshige Seko"'
        assert main.at == "list"
        assert main.list.count == 1
        assert list(main.chip_bar.labels) == ['orang:"Hiroshige Seko"']
        await do(pilot, "backspace")
        assert main.query_text == ""
        assert main.list.count == 2
        await do(pilot, "u U u")
        assert main.query_text == 'orang:"Hiroshige Seko"'


async def test_an_entity_is_excluded(browser: Browser, library: Path) -> None:
    async with browser(library, size=(200, 50)) as pilot:
        main = pilot.app.main
        await do(pilot, "3 j x")
        assert main.query_text == '-orang:"Hiroshige Seko"'
        assert main.list.count == 1
        assert main.list.row is not None
        assert main.list.row.countries == ("KR",)


async def test_facets_narrow(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        await do(pilot, "f")
        assert isinstance(pilot.app.screen, Choose)
        await do(pilot, "enter")
        main = pilot.app.main
        assert 0 < main.list.count < 300
        assert main.query_text


async def test_the_finder_filters_by_a_misspelt_minister(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        await do(pilot, "p 'airlanga hartato'")
        finder = pilot.app.screen
        assert isinstance(finder, Finder)
        choice = finder.lines.choice
        assert choice is not None
        assert finder.candidates[choice.key].name == "Airlangga Hartarto"
        assert choice.spans
        await do(pilot, "enter")
        main = pilot.app.main
        assert main.query_text == 'menteri:"Airlangga Hartarto"'
        assert main.list.count == 2


async def test_the_finder_says_when_nothing_is_near_and_returns(
    browser: Browser, library: Path
) -> None:
    async with browser(library) as pilot:
        await do(pilot, "P 'qqqzzzxxx'")
        finder = pilot.app.screen
        assert isinstance(finder, Finder)
        first = finder.lines._choices[0].label if finder.lines._choices else finder.lines.hint
        assert "terdekat" in first or "Tidak ditemukan" in first
        await do(pilot, "escape")
        assert pilot.app.screen is pilot.app.main
        assert pilot.app.main.query_text == ""


async def test_the_finder_takes_several(browser: Browser, library: Path) -> None:
    async with browser(library) as pilot:
        await do(pilot, "p tab down tab enter")
        assert pilot.app.main.query_text == (
            'menteri:"Airlangga Hartarto" menteri:"Hiroshige Seko"'
        )


async def test_searches_are_saved_opened_and_removed(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        await do(pilot, "/ 'ekspor' enter s")
        assert isinstance(pilot.app.screen, AskLine)
        await do(pilot, "enter escape")
        assert pilot.app.main.query_text == ""
        await do(pilot, "q")
    async with browser(many) as pilot:
        main = pilot.app.main
        await do(pilot, "S")
        assert isinstance(pilot.app.screen, Choose)
        await do(pilot, "enter")
        assert main.query_text == "ekspor"
        await do(pilot, "S D S")
        dialog = pilot.app.screen
        assert isinstance(dialog, Choose)
        assert dialog.lines.count == 0
        await do(pilot, "escape")
        assert pilot.app.screen is main


async def test_a_saved_search_is_renamed_and_says_what_is_new(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        main = pilot.app.main
        await do(pilot, "/ 'ekspor' enter s enter")
        with Archive.open(many, "write") as archive:
            archive.add(Article("baru", "Ekspor baru", "Ekspor karet naik."), Extraction())
        await do(pilot, "S")
        dialog = pilot.app.screen
        assert isinstance(dialog, Choose)
        for _ in range(100):  # the counts are asked for once the list is there
            if dialog.lines.choice is not None and dialog.lines.choice.aside:
                break
            await settle(pilot)
        assert dialog.lines.choice is not None
        assert dialog.lines.choice.aside == "1 baru"
        await do(pilot, "r")
        assert isinstance(pilot.app.screen, AskLine)
        await do(pilot, "' karet' enter")
        assert [s.name for s in main.desk.saved_searches()] == ["ekspor karet"]
        await do(pilot, "S enter S")
        dialog = pilot.app.screen
        assert isinstance(dialog, Choose)
        assert dialog.lines.choice is not None
        assert dialog.lines.choice.aside == ""
        await do(pilot, "escape")


async def test_the_arrows_bring_back_queries(browser: Browser, many: Path) -> None:
    async with browser(many) as pilot:
        main = pilot.app.main
        await do(pilot, "/ 'ekspor' enter escape / 'jepang' enter escape / 'mit' up")
        assert main.prompt.value == main.query_text == "jepang"
        await do(pilot, "up")
        assert main.prompt.value == "ekspor"
        await do(pilot, "up")
        assert main.prompt.value == "ekspor"
        await do(pilot, "down down")
        assert main.prompt.value == main.query_text == "mit"
        assert main.focused is main.prompt
        await do(pilot, "down")
        assert main.focused is main.list
        await do(pilot, "q")
    async with browser(many, query="") as pilot:
        await do(pilot, "/ up")
        assert pilot.app.main.prompt.value == "mit"


async def test_the_query_is_kept_and_that_of_the_command_line_wins(
    browser: Browser, many: Path
) -> None:
    async with browser(many) as pilot:
        await do(pilot, "/ 'ekspor' enter q")
    async with browser(many) as pilot:
        assert pilot.app.main.query_text == pilot.app.main.prompt.value == "ekspor"
        await do(pilot, "r")
        assert pilot.app.main.sort == "newest"
    async with browser(many, query="nomor 7") as pilot:
        assert pilot.app.main.query_text == "nomor 7"
        assert pilot.app.main.list.count >= 1


@pytest.mark.parametrize("pause", [False, True], ids=["at once", "letter by letter"])
async def test_the_reader_shows_the_matches_of_the_last_query(
    browser: Browser, library: Path, pause: bool
) -> None:
    async with browser(library, size=(160, 42)) as pilot:
        main = pilot.app.main
        await do(pilot, "/")
        letters = [*keys_of("'kerjasama industri'"), "enter"]
        if pause:
            await press(pilot, letters)
        else:
            await pilot.press(*letters)
            await settle(pilot)
        assert main.query_text == "kerjasama industri"
        with Archive.open(library, "read") as archive:
            searcher = Searcher(archive, None)
            assert main.list.docid is not None
            body = archive.by_docid(main.list.docid).body
            wanted = list(searcher.highlights(searcher.prepare("kerjasama industri"), body))
        assert main.detail is not None
        assert list(main.detail.matches) == wanted
        assert {body[span.start : span.end].lower() for span in wanted} >= {"industri"}
        assert len([*main.reader.laid_out.matches.within(0, len(body) * 2)]) == len(wanted)


async def test_keys_typed_at_once_reach_what_the_first_one_opens(
    browser: Browser, library: Path, tmp_path: Path
) -> None:
    config = Config(keys={"minister": "w"})
    async with browser(library, config=config) as pilot:
        main = pilot.app.main
        await pilot.press(*keys_of("/ 'menperin jepang' enter"))
        await settle(pilot)
        assert main.query_text == main.prompt.value == "menperin jepang"
        assert main.at == "list"
        await do(pilot, "escape")
        await pilot.press(*keys_of("w 'airlanga' enter"))
        await settle(pilot)
        await settle(pilot)
        assert main.query_text == 'menteri:"Airlangga Hartarto"'
        await do(pilot, "escape")
        await pilot.press(*keys_of("/ 'wPfEsS/' escape"))
        await settle(pilot)
        assert main.prompt.value == "wPfEsS/"
        assert pilot.app.screen is main
        await do(pilot, "escape")
        await pilot.press(*keys_of("E '!'"))
        await settle(pilot)
        assert pilot.app.screen.query_one("#line").value == "bilat-2026-01-02.md!"
        assert not main.marks
        assert not list(tmp_path.glob("*.md"))
