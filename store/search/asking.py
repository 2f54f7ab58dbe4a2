"""The connection as search uses it: a question that a newer one replaced stops between two steps.

SQLite's own interrupt stops only a statement that is running; what is read and weighed in between
would go on, and then the statements after it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.errors import Interrupted

if TYPE_CHECKING:
    from store.archive import Archive


class Asking:
    """One thread at a time; ``begin`` before each question."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self._connection = archive.connection
        self._begun = archive.interrupts

    def begin(self) -> None:
        """From now on an interrupt stops the question."""
        self._begun = self._archive.interrupts

    def check(self) -> None:
        """Raises ``Interrupted`` where the question has been replaced."""
        if self._archive.interrupts != self._begun:
            raise Interrupted("The question was replaced by a newer one", str(self._archive.path))

    def execute(self, sql: str, parameters: Sequence[object] = ()) -> sqlite3.Cursor:
        """Run a statement, unless the question has been replaced."""
        self.check()
        return self._connection.execute(sql, parameters)
