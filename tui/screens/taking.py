"""Taking along: the marked articles as a file, a passage with its source in the clipboard."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from store.errors import BilatError
from store.records import Span
from store.text import visible
from tui.desk import in_list_order
from tui.screens.marking import MarkingScreen

if TYPE_CHECKING:
    from tui.screens.dialogs import ExportWish

CLIPBOARD_BYTES = 74_994
"""The longest text sent to a terminal's clipboard; k9s measured it (K9S_OSC52_MAX)."""


def default_name() -> str:
    """The name of a note made today; ``BILAT_TODAY`` fixes the day."""
    today = os.environ.get("BILAT_TODAY") or date.today().isoformat()
    return f"bilat-{today}.md"


class TakingScreen(MarkingScreen):
    """Exports and copies."""

    # --- export ---------------------------------------------------------------------------------

    def action_export(self) -> None:
        """The marked articles, else the current one, as a note in the folder of now."""
        from tui.screens.dialogs import ExportWish

        self._with_selection(partial(self._write_export, wish=ExportWish(Path(default_name()))))

    async def action_export_as(self) -> None:
        """The same with a question about place and form."""
        count = len(self.marks) or int(self.list.docid is not None)
        if not count:
            self.tell(self.say("export.nothing"), warning=True)
            return
        from tui.screens.dialogs import ExportDialog, ExportWish

        def answered(wish: ExportWish | None) -> None:
            if wish is not None:
                self._with_selection(partial(self._write_export, wish=wish))

        proposed = ExportWish(Path(default_name()))
        await self.open(ExportDialog(proposed, count, self.lang), answered)

    def _with_selection(self, go_on: object) -> None:
        """Find out which articles are meant, in the order of the list."""
        assert callable(go_on)
        hits, marks, current = self.list.listing.hits, set(self.marks), self.list.docid

        def selection() -> list[int]:
            if marks:
                marked = list(self.desk.marked_docids(marks))
                return self.desk.ids(in_list_order(hits, marked))
            return self.desk.ids([current]) if current is not None else []

        def selected(ids: list[int]) -> None:
            if ids:
                go_on(ids)
            else:
                self.tell(self.say("export.nothing"), warning=True)

        self.ask("selection", selection, selected)

    def _ask_export(self, ids: Sequence[int], wish: ExportWish, problem: str) -> None:
        """Ask again for what could not be had."""
        from tui.screens.dialogs import ExportDialog

        def answered(wish: ExportWish | None) -> None:
            if wish is not None:
                self._write_export(ids, wish)

        self.begin(ExportDialog(wish, len(ids), self.lang, problem=problem), answered)

    def _write_export(self, ids: Sequence[int], wish: ExportWish) -> None:
        target = wish.target
        if not wish.force and os.path.lexists(target) and not os.path.isdir(target):
            name = visible(target.name, line_breaks=False)
            self._ask_export(ids, wish, self.say("export.exists", path=name))
            return

        def written(path: Path) -> None:
            shown = visible(str(path.absolute()), line_breaks=False)
            self.tell(self.say("export.done", n=len(ids), path=shown))

        def failed(error: BilatError) -> None:
            self._ask_export(ids, wish, str(error))

        self.ask(
            "export",
            partial(
                self.desk.export,
                list(ids),
                wish.target,
                format=wish.format,
                quotes=wish.quotes,
                force=wish.force,
            ),
            written,
            fault=failed,
        )

    # --- copying --------------------------------------------------------------------------------

    def action_copy(self, form: Literal["text", "markdown"]) -> None:
        """The chosen passage, else the sentence of the caret, with its source."""
        from tui import quotes

        if self.detail is None:
            return
        article = self.detail.article
        span = self.reader.passage() or quotes.sentence_at(article.body, self.reader.caret)
        if not article.body[span.start : span.end].strip():
            self.tell(self.say("copy.nothing"), warning=True)
            return
        self._send(span, form)
        if self.reader.quoting:
            self.reader.stop_quote()
        self.refresh_bars()

    def _send(self, span: Span, form: Literal["text", "markdown"]) -> None:
        from tui import quotes

        assert self.detail is not None
        make = quotes.markdown if form == "markdown" else quotes.plain
        copied = make(self.detail.article, span, self.lang)
        if len(copied.encode("utf-8", "replace")) > CLIPBOARD_BYTES:
            self.tell(self.say("copy.too_long"), warning=True)
            return
        self.app.copy_to_clipboard(copied)
        self.tell(self.say(f"copy.sent.{form}", n=span.end - span.start))
