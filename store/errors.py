"""The errors of the store: each says what happened, where, and what to do next.

The command line prints ``str(error)`` as one line and exits with ``exit_code``;
the screen shows the same sentence as a notice.
"""

from __future__ import annotations

from typing import ClassVar

from store.text import visible


class BilatError(Exception):
    """Something a person can act on.

    ``what`` is a short statement, ``where`` the file, row or option concerned (may be empty),
    ``next_step`` what to do now. Control and bidi characters of all three are made visible.
    """

    exit_code: ClassVar[int] = 2

    def __init__(self, what: str, where: str = "", next_step: str = "") -> None:
        self.what = visible(what, line_breaks=False).rstrip(".")
        self.where = visible(where, line_breaks=False)
        self.next_step = visible(next_step, line_breaks=False).rstrip(".")
        super().__init__(str(self))

    def __str__(self) -> str:
        text = f"{self.what}: {self.where}" if self.where else self.what
        return f"{text}. {self.next_step}." if self.next_step else f"{text}."

    def __reduce__(self) -> tuple[type[BilatError], tuple[str, str, str]]:
        # Errors cross process borders during a parallel import.
        return type(self), (self.what, self.where, self.next_step)


class InputError(BilatError):
    """An input that cannot be read at all, or a wrong value for an option (exit code 2)."""


class LibraryError(BilatError):
    """The library cannot be opened, is damaged, locked, read-only, newer or foreign (exit code 3)."""

    exit_code: ClassVar[int] = 3


class LockedError(LibraryError):
    """Another program is writing to the library; a moment later it may work."""


class NotFoundError(BilatError):
    """What was asked for by id or name does not exist (exit code 4)."""

    exit_code: ClassVar[int] = 4


class Interrupted(BilatError):  # noqa: N818 - the state of a query, not a fault
    """A newer question came while this one was running; its answer is to be dropped."""

    exit_code: ClassVar[int] = 130
