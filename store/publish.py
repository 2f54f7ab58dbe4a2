"""Writing a selection to a file or handing it out as text: the one code path of screen and command line.

A file is never overwritten unless asked to, and never half written: a temporary file in the same
folder takes its place in one step.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal, overload

from store.errors import InputError
from store.export.note import markdown
from store.export.sheet import csv_text, json_text

if TYPE_CHECKING:
    from store.archive import Archive

Format = Literal["markdown", "json", "csv"]
FORMATS: tuple[Format, ...] = ("markdown", "json", "csv")
SUFFIXES: dict[Format, str] = {"markdown": ".md", "json": ".json", "csv": ".csv"}


def format_of(target: Path) -> Format | None:
    """The format that the ending of a file name stands for; None for any other ending."""
    ending = target.suffix.lower()
    return next((form for form, suffix in SUFFIXES.items() if suffix == ending), None)


_WRITERS = {"markdown": markdown, "json": json_text, "csv": csv_text}


@overload
def publish(
    archive: Archive, ids: Sequence[int], *, format: Format, quotes: bool, target: None
) -> str: ...


@overload
def publish(
    archive: Archive,
    ids: Sequence[int],
    *,
    format: Format,
    quotes: bool,
    target: Path,
    force: bool = False,
) -> Path: ...


def publish(
    archive: Archive,
    ids: Sequence[int],
    *,
    format: Format = "markdown",
    quotes: bool = False,
    target: Path | None = None,
    force: bool = False,
) -> str | Path:
    """The articles in the order given, as text, or written to ``target`` (whose path comes back).

    Raises NotFoundError for an unknown id, and InputError where the file exists (unless ``force``)
    or cannot be written; nothing is written then.
    """
    if target is not None:
        refuse(target, force=force)
    text = _WRITERS[format]([archive.article(id) for id in ids], quotes=quotes)
    return text if target is None else write(target, text, force=force)


def refuse(target: Path, *, force: bool = False) -> None:
    """Raises InputError where ``target`` is no place for a file, before any work is done."""
    try:
        _refuse(target, force)
    except (OSError, ValueError) as error:
        raise _not_written(target, error) from error


def _refuse(target: Path, force: bool) -> None:
    if target.is_dir():
        raise InputError(
            "The export needs a file name, and this is a folder",
            str(target),
            f"Add a name, for example {target / 'note.md'}",
        )
    if not target.parent.is_dir():
        raise InputError(
            "The folder for the export does not exist",
            str(target.parent),
            "Make it first or choose another place",
        )
    if target.exists() and not target.is_file():
        raise InputError("This is not an ordinary file", str(target), "Choose another name")
    if not force and (target.exists() or target.is_symlink()):
        raise InputError(
            "The file exists and was left as it is",
            str(target),
            "Choose another name, or add --force to replace it",
        )


def write(target: Path, text: str, *, force: bool = False) -> Path:
    """``text`` as UTF-8 into ``target``, in one step. Raises InputError as ``publish`` does."""
    refuse(target, force=force)
    temporary: str | None = None
    try:
        # A link keeps pointing where it did: the file behind it is replaced.
        final = target.resolve()
        handle, temporary = tempfile.mkstemp(prefix=f".{final.name[:40]}.", dir=final.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8", "backslashreplace"))
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, _mode(final))
        if not force:
            # Takes the name only where nothing has appeared under it meanwhile.
            os.close(os.open(final, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
        os.replace(temporary, final)
        temporary = None
    except (OSError, ValueError) as error:
        raise _not_written(target, error) from error
    finally:
        if temporary is not None:
            os.unlink(temporary)
    return target


def _mode(target: Path) -> int:
    """The permissions of the file that is replaced, else those the user's mask leaves."""
    try:
        return target.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _not_written(target: Path, error: OSError | ValueError) -> InputError:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return InputError(
        f"The export cannot be written ({reason})",
        str(target),
        "Choose a folder that you may write to",
    )
