"""Copies of one release: counted at the row, folded and unfolded, gone through, marked as shown."""

from __future__ import annotations

import random
from array import array
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.pilot import Pilot

from store.archive import Archive
from store.records import Article, Extraction
from tui.copies import NO_COPIES, Copies
from tui.shot import keys_of, press

Browser = Callable[..., AbstractAsyncContextManager[Pilot[int]]]
Same = Callable[[Pilot[int], str], Awaitable[None]]

WORDS = ("menteri", "industri", "jepang", "korea", "ekspor", "impor", "tarif", "mitra", "nilai")


async def do(pilot: Pilot[int], script: str) -> None:
    await press(pilot, keys_of(script))


def release(seed: int, changed: int = 0) -> str:
    """A text of 120 words; ``changed`` of them replaced."""
    chance = random.Random(seed)
    words = [f"{chance.choice(WORDS)}{chance.randrange(60)}" for _ in range(120)]
    for at in range(changed):
        words[at * 7] = "diganti"
    return " ".join(words)


@pytest.fixture
def reprinted(tmp_path: Path) -> Path:
    """Eight articles, newest first: A B A' C A'' D, and two of the release E of which one has
    another word."""
    path = tmp_path / "copies.db"
    releases = [(1, 0), (2, 0), (1, 1), (3, 0), (1, 2), (4, 0), (5, 0), (5, 1)]
    with Archive.open(path, "create") as archive:
        archive.add_many(
            (
                Article(
                    f"n{at}",
                    f"Siaran pers {seed} di media {at}",
                    release(seed, changed) + (" manggis" if at in (0, 2, 7) else ""),
                    f"2024-05-{20 - at:02d}",
                    f"media{at}.example",
                ),
                Extraction(partners=("JP",)),
            )
            for at, (seed, changed) in enumerate(releases)
        )
    return path


async def test_folding_counts_what_it_takes_away(
    browser: Browser, reprinted: Path, same_picture: Same
) -> None:
    async with browser(reprinted) as pilot:
        main = pilot.app.main
        signs = [main.list.listing.sign(docid) for docid in main.list.docids]
        assert signs == ["≈2", "", "≈2", "", "≈2", "", "≈1", "≈1"]
        await do(pilot, "Z")
        signs = [main.list.listing.sign(docid) for docid in main.list.docids]
        assert signs == ["+2", "", "", "", "+1"]
        assert "1/5" in main.status.shown
        assert "+3" in main.status.shown
        await same_picture(pilot, "copies-folded-120x40")
        await do(pilot, "Z")
        assert main.list.count == 8
        assert "1/8" in main.status.shown


async def test_folding_is_remembered_and_keeps_the_place(browser: Browser, reprinted: Path) -> None:
    async with browser(reprinted) as pilot:
        main = pilot.app.main
        await do(pilot, "j j j j")
        assert main.list.cursor == 4
        await do(pilot, "Z")
        assert main.list.cursor == 0  # the row that stands for the copy
        await do(pilot, "q")
    async with browser(reprinted) as pilot:
        main = pilot.app.main
        assert main.list.count == 5
        await do(pilot, "/ 'siaran' enter")
        assert main.list.count == 5
        assert main.list.listing.folded == 3


async def test_marks_and_exports_take_what_is_shown(browser: Browser, reprinted: Path) -> None:
    async with browser(reprinted) as pilot:
        main = pilot.app.main
        await do(pilot, "Z a")
        assert main.marks == {1, 2, 4, 6, 7}
        await do(pilot, "Z a")
        assert main.marks == set(range(1, 9))
        await do(pilot, "Z")
        assert main.marks_outside == 3
        await do(pilot, "e")
        note = Path("bilat-2026-01-02.md").read_text(encoding="utf-8")
        # Every marked one, folded away or not, in the order of the answer.
        places = [note.index(f"di media {at}") for at in range(8)]
        assert places == sorted(places)


async def test_the_key_goes_through_the_copies_and_back(
    browser: Browser, reprinted: Path, same_picture: Same
) -> None:
    async with browser(reprinted) as pilot:
        main = pilot.app.main
        await do(pilot, "j j enter")
        assert main.detail is not None
        assert [row.id for row in main.detail.copies] == [5, 1]
        await same_picture(pilot, "copies-reader-120x40")
        seen = []
        for _ in range(3):
            await do(pilot, "c")
            seen.append(main.detail.article.id)
        assert seen == [5, 1, 3]
        assert (main.only, main.list.count, main.at) == ("copies", 3, "reader")
        assert "3/3" not in main.status.shown
        await do(pilot, "c escape escape")
        assert (main.only, main.list.count) == ("", 8)
        assert main.detail.article.id == 3


async def test_copies_outside_the_hits_are_reached_too(browser: Browser, reprinted: Path) -> None:
    async with browser(reprinted, query="manggis -diganti") as pilot:
        main = pilot.app.main
        assert list(main.list.docids) == main.desk.marked_docids({1}).tolist()
        await do(pilot, "c")
        assert main.list.count == 3
        assert main.query_text == "manggis -diganti"
        await do(pilot, "escape")
        assert main.list.count == 1


async def test_an_article_without_copies_says_so(browser: Browser, reprinted: Path) -> None:
    async with browser(reprinted) as pilot:
        await do(pilot, "j c")
        assert pilot.app.main.only == ""
        assert pilot.app.main.list.count == 8


DOCIDS = st.lists(st.integers(1, 60), unique=True)


@given(DOCIDS, st.dictionaries(st.integers(1, 60), st.integers(1, 6)))
def test_every_hit_has_a_row_or_is_counted_at_one(hits: list[int], groups: dict[int, int]) -> None:
    listing = Copies(groups).listing(array("q", hits), fold=True)
    shown = list(listing.shown)
    assert shown == [docid for docid in hits if docid in set(shown)]
    assert len(shown) + sum(listing.under.values()) == len(hits) == len(listing.hits)
    assert listing.folded == sum(listing.under.values())
    for docid in hits:
        row = listing.row_for(docid)
        assert row in shown
        assert row == docid or groups[docid] == groups[row or 0]
    named = [groups[docid] for docid in shown if docid in groups]
    assert len(named) == len(set(named))


@given(DOCIDS)
def test_without_copies_nothing_is_copied_or_folded(hits: list[int]) -> None:
    docids = array("q", hits)
    listing = NO_COPIES.listing(docids, fold=True)
    assert listing.shown is docids
    assert not listing.folded
    assert not any(listing.sign(docid) for docid in docids)
