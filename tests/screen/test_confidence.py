"""Mentions less sure than a chosen step are neither listed nor highlighted; the step is kept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import replace
from pathlib import Path

from textual.pilot import Pilot

from store.archive import Archive
from store.records import Article
from tui.shot import press, settle

Browser = Callable[..., AbstractAsyncContextManager[Pilot[int]]]
Same = Callable[[Pilot[int], str], Awaitable[None]]


async def test_unsure_mentions_can_be_left_out(
    browser: Browser, library: Path, same_picture: Same
) -> None:
    with Archive.open(library, "write") as archive:
        article = archive.article(1)
        unsure = replace(
            article.extraction,
            mentions=tuple(
                replace(m, score=0.6 if m.canonical == "Airlangga Hartarto" else 0.95)
                for m in article.extraction.mentions
            ),
        )
        text = f"{article.body}\n"
        archive.add(Article(article.ref, article.title, text, article.date, article.source), unsure)
        docid = archive.article(1).docid
    async with browser(library, size=(160, 42)) as pilot:
        main = pilot.app.main
        main.list.move_to(main.list.docids.index(docid))
        await settle(pilot)
        assert main.detail is not None
        names = {entity.name for entity in main.detail.entities}
        await press(pilot, ["plus", "plus"])
        assert main.least == 0.7
        assert names - {entity.name for entity in main.detail.entities} == {"Airlangga Hartarto"}
        assert main.detail.unsure == 6
        assert "≥.7 (−6)" in str(main.pane.border_title)
        await same_picture(pilot, "unsure-160x42")
        await press(pilot, ["plus", "plus", "q"])
        assert main.least == 0.9
    async with browser(library, size=(80, 24)) as pilot:
        main = pilot.app.main
        assert main.least == 0.9
        await press(pilot, ["minus", "minus", "minus", "minus"])
        assert main.least == 0.0
        assert str(main.pane.border_title) == "Entitas"
