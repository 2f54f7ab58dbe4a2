"""What other programs show: the reader's own pager and web browser.

Those that show it in the terminal have it lent for as long as they run.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import SuspendNotSupported

from store.library import StoredArticle
from store.text import visible
from tui.screens.saving import SavingScreen

if TYPE_CHECKING:
    from webbrowser import BaseBrowser


class LendingScreen(SavingScreen):
    """Shows an article in ``$PAGER``, its link in a web browser."""

    def action_open_source(self) -> None:
        """Open the link in a browser; without one hand it over, without a link say where the article
        came from."""
        import webbrowser

        if self.detail is None:
            return
        url, ref = self.detail.article.url, self.detail.article.ref
        if not url or not url.startswith(("https://", "http://")):
            self.tell(self.say("source.none", ref=ref), warning=True)
            return
        try:
            browser = webbrowser.get()
        except webbrowser.Error:
            opened = False
        else:
            opened = self._open(browser, url)
        if opened:
            self.tell(self.say("source.opened", url=url))
        else:
            self.app.copy_to_clipboard(url)
            self.tell(self.say("source.no_browser", url=url), warning=True)

    def _open(self, browser: BaseBrowser, url: str) -> bool:
        """Have a browser open a link; whether it did."""
        if not _in_terminal(browser):
            return browser.open(url)
        try:
            with self.app.suspend():
                return browser.open(url)
        except SuspendNotSupported:
            return False

    def action_pager(self) -> None:
        """Open the text in the pager; its control characters are visible marks there too."""
        if self.detail is None:
            return
        pager = os.environ.get("PAGER", "").strip() or "less"
        try:
            with self.app.suspend():
                # Nothing may be raised in here: the screen would not come back.
                problem = _page(pager, self.detail.article)
        except SuspendNotSupported:
            self.tell(self.say("pager.no_terminal"), warning=True)
            return
        if problem:
            self.tell(self.say("pager.failed", command=pager, error=problem), warning=True)


def _in_terminal(browser: BaseBrowser) -> bool:
    """Whether it may show a page in this terminal: Python waits for such a program to end."""
    from webbrowser import BackgroundBrowser, GenericBrowser

    waited_for = isinstance(browser, GenericBrowser) and not isinstance(browser, BackgroundBrowser)
    return waited_for or type(browser).__name__ == "Elinks"


def _page(pager: str, article: StoredArticle) -> str:
    """Run the pager until it ends; why it could not be run, empty when it was."""
    import shlex
    import subprocess
    import tempfile

    facts = " · ".join(part for part in (article.date, article.source, article.url) if part)
    shown = visible("\n".join((article.title, facts, "", article.body, "")))
    # Ctrl+C is the pager's while it runs. (A handler, for what is ignored here it would ignore too.)
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        command = shlex.split(pager)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / f"article-{article.id}.txt"
            file.write_text(shown, encoding="utf-8", errors="replace")
            subprocess.run([*command, str(file)], check=False)  # noqa: S603 - the user's own
    except OSError as error:
        return error.strerror or str(error)
    except ValueError as error:  # a quotation mark without its second
        return str(error)
    finally:
        signal.signal(signal.SIGINT, before)
    return ""
