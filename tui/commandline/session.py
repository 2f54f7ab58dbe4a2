"""What holds for one run of the command line: the global options, and the library they name."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from store.archive import Archive
    from store.library import Tell
    from tui.lang import Lang


@dataclass
class Session:
    """The global options; each may stand before or after the subcommand."""

    library: str = ""
    lang_option: str = ""
    no_color: bool = False
    debug: bool = False

    @property
    def lang(self) -> Lang:
        """The language of notices: asked for, else that of the locale."""
        from tui.lang import choose

        return choose(self.lang_option or None)

    @property
    def is_default(self) -> bool:
        """Whether the library is that of the user-data folder, neither option nor variable given."""
        return not self.library and not os.environ.get("BILAT_LIBRARY")

    @property
    def path(self) -> Path:
        """The library's file."""
        named = self.library or os.environ.get("BILAT_LIBRARY")
        if named:
            return Path(named).expanduser()
        from platformdirs import user_data_path

        return user_data_path("bilat-tui") / "library.db"

    @property
    def colour(self) -> bool:
        """Whether standard output may be coloured."""
        return sys.stdout.isatty() and not self.no_color and not os.environ.get("NO_COLOR")

    @property
    def exists(self) -> bool:
        """Whether the library's file is there; what can't be looked at is, so that opening explains it."""
        try:
            return self.path.exists()
        except OSError:
            return True

    def open(self, mode: Literal["read", "write", "create"]) -> Archive:
        """The library; raises LibraryError where there is none or it can't be opened so."""
        from store.archive import Archive

        return Archive.open(self.path, mode, tell=None if mode == "read" else _upgrading())

    def bring_up_to_date(self) -> None:
        """Upgrade a library of an older format where that can be; where not it is read as it is."""
        from store.errors import LibraryError

        with self.open("read") as archive:
            older = archive.is_older()
        if older:
            with suppress(LibraryError):
                self.open("write").close()

    def first_look(self) -> Archive:
        """The library for reading; the default one is made and filled with the seeds when missing."""
        if self.is_default and not self.exists:
            from store.pipeline import create_with_seeds

            create_with_seeds(self.path).close()
        return self.open("read")


def _upgrading() -> Tell:
    """Called only where a library is of an older format; loads what it needs only then."""
    tell: Tell | None = None

    def say(share: float) -> None:
        nonlocal tell
        if tell is None:
            from tui.commandline.progress import shares

            tell = shares("The library was made by an older bilat-tui and is being upgraded")
        tell(share)

    return say
