"""What a source is, what to leave alone on a walk through folders, and how to say that something cannot be read."""

from __future__ import annotations

import errno
import os
import stat
from functools import cache

from store.records import Failure
from store.tables import table_text


@cache
def _passed_over() -> frozenset[str]:
    """Endings of what lies beside articles in saved pages, export and project folders."""
    return frozenset(table_text("ingest/passed_over.txt").split())


def is_address(source: str) -> bool:
    """Whether ``source`` is an address rather than a path (``http://…``, but also ``ftp://…``)."""
    scheme, separator, _ = source.partition("://")
    return bool(separator) and scheme.isascii() and scheme.replace("+", "").isalnum()


def is_companion(folder: str, names: list[str]) -> bool:
    """Hidden, or the ``x_files`` that a browser saves beside ``x.html`` (frames and scripts)."""
    stem = folder.removesuffix("_files")
    return folder.startswith(".") or (
        stem != folder and any(f"{stem}.{ending}" in names for ending in ("html", "htm"))
    )


def leads_up(folder: str) -> bool:
    """A link to a folder above itself: following it would walk what nobody named."""
    if not os.path.islink(folder):
        return False
    target = os.path.join(os.path.realpath(folder), "")
    return os.path.join(os.path.realpath(os.path.dirname(folder)), "").startswith(target)


def is_passed_over(name: str) -> bool:
    """Hidden, or of a kind that no article has."""
    return name.startswith(".") or os.path.splitext(name)[1].lower() in _passed_over()


def is_special(path: str) -> bool:
    """A device, pipe or socket: reading it might never end."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode)


def printable(path: str) -> str:
    """A path whose bytes are no UTF-8, with marks in their place: it can be stored and shown."""
    return os.fsencode(path).decode("utf-8", "replace")


def unreadable(path: str, error: OSError) -> Failure:
    """What the operating system says, as a sentence with the next step."""
    path = printable(path)
    if isinstance(error, FileNotFoundError):
        return Failure(path, "There is no such file any more: check the name and import it again.")
    if isinstance(error, PermissionError):
        return Failure(path, "It may not be read: give yourself permission (chmod u+r) and repeat.")
    if error.errno == errno.ELOOP:
        return Failure(path, "It is a link that leads in a circle: name the file itself.")
    return Failure(
        path, f"It cannot be read ({error.strerror or error}): check the disk and repeat."
    )
