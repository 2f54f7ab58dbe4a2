"""The connection as search uses it: a question that a newer one replaced stops between two steps.

SQLite's own interrupt stops only a statement that is running; what is read and weighed in between
would go on, and then the statements after it. One that comes just before a statement's first step is
lost, and it often does: that is where the thread that asks lets others run.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from store.errors import Interrupted

if TYPE_CHECKING:
    from store.archive import Archive


_STEPS = 5_000
"""Instructions of SQLite's machine between two looks whether the question has been replaced."""


class Asking:
    """One thread at a time; each question inside ``question``."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._connection = archive.connection
        self._begun = archive.interrupts

    @contextmanager
    def question(self) -> Iterator[None]:
        """Inside, an interrupt from now on stops what is asked."""
        self._begun = self._archive.interrupts
        self._connection.set_progress_handler(self._is_replaced, _STEPS)
        try:
            yield
        finally:
            self._connection.set_progress_handler(None, 0)

    def _is_replaced(self) -> bool:
        return self._archive.interrupts != self._begun

    def check(self) -> None:
        """Raises ``Interrupted`` where the question has been replaced."""
        if self._is_replaced():
            raise Interrupted("The question was replaced by a newer one", str(self._archive.path))

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run a statement, unless the question has been replaced."""
        self.check()
        return self._connection.execute(sql, parameters)
