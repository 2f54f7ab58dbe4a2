"""The terminal lent to another program for a while: the reader's own pager."""

from __future__ import annotations

import os
import signal
from pathlib import Path

from textual.app import SuspendNotSupported

from store.library import StoredArticle
from store.text import visible
from tui.screens.saving import SavingScreen


class LendingScreen(SavingScreen):
    """Shows an article in ``$PAGER``."""

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
