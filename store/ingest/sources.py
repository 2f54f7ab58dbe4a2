"""Anything a person names on the command line → raw units, without parsing any of it.

Files, folders (walked in order), globs, archives, addresses, standard input. A bad input gives a
``Failure`` and never an exception; links that lead in circles, devices and pipes are passed over.
"""

from __future__ import annotations

import glob
import io
import os
import stat
from collections.abc import Iterator
from typing import BinaryIO

from store.ingest.detect import HEAD, detect
from store.ingest.lines import scan_lines
from store.ingest.unit import MAX_DOCUMENT, Part, Unit
from store.records import Failure

_MEDIA_TYPES = {
    "text": "text/plain", "html": "text/html", "markdown": "text/markdown",
    "json": "application/json", "jsonl": "application/x-ndjson", "csv": "text/csv",
    "feed": "application/xml", "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


def scan(
    source: str, *, format: str = "auto", stdin: BinaryIO | None = None
) -> Iterator[Unit | Failure]:
    """The raw units of one source, in a fixed order. Cheap: reads, does not parse."""
    if source == "-":
        if stdin is None:
            yield Failure("-", "There is no standard input: pipe a text in, or name a file.")
            return
        yield from scan_stream(stdin, "stdin", format)
        return
    path = os.path.abspath(os.path.expanduser(source))
    if os.path.lexists(path):
        yield from _scan_path(path, format)
    elif glob.has_magic(source):
        yield from _scan_glob(source, format)
    else:
        yield Failure(source, "There is no such file or folder: check the name.")


def _scan_glob(pattern: str, format: str) -> Iterator[Unit | Failure]:
    paths = sorted(glob.glob(os.path.expanduser(pattern), recursive=True))
    if not paths:
        yield Failure(pattern, "No file matches the pattern: check it, or quote it for the shell.")
    for path in paths:
        yield from _scan_path(os.path.abspath(path), format)


def _scan_path(path: str, format: str) -> Iterator[Unit | Failure]:
    if os.path.isdir(path):
        yield from scan_folder(path, format)
    else:
        yield from scan_file(path, format)


def scan_folder(folder: str, format: str = "auto") -> Iterator[Unit | Failure]:
    """Every file below ``folder``, sorted; hidden ones, devices and circular links left out."""
    problems: list[Failure] = []
    seen: set[tuple[int, int]] = set()
    found = False

    def report(error: OSError) -> None:
        problems.append(_unreadable(error.filename or folder, error))

    for where, folders, names in os.walk(folder, onerror=report, followlinks=True):
        try:
            status = os.stat(where)
        except OSError as error:
            problems.append(_unreadable(where, error))
            folders.clear()
            continue
        if (status.st_dev, status.st_ino) in seen:
            folders.clear()
            continue
        seen.add((status.st_dev, status.st_ino))
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.join(where, name)
            if name.startswith(".") or _is_special(path):
                continue
            found = True
            yield from scan_file(path, format)
    yield from problems
    if not found and not problems:
        yield Failure(folder, "The folder holds no files: name one with articles in it.")


def _is_special(path: str) -> bool:
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return False
    return not stat.S_ISREG(mode)


def scan_file(path: str, format: str = "auto") -> Iterator[Unit | Failure]:
    """The units of one file."""
    try:
        if _is_special(path):
            yield Failure(path, "It is not a regular file: name a file or a folder.")
            return
        with open(path, "rb") as stream:
            yield from scan_stream(stream, path, format)
    except OSError as error:
        yield _unreadable(path, error)


def _unreadable(path: str, error: OSError) -> Failure:
    if isinstance(error, FileNotFoundError):
        return Failure(path, "There is no such file any more: check the name and import it again.")
    if isinstance(error, PermissionError):
        return Failure(path, "It may not be read: give yourself permission (chmod u+r) and repeat.")
    return Failure(
        path, f"It cannot be read ({error.strerror or error}): check the disk and repeat."
    )


def scan_stream(stream: BinaryIO, name: str, format: str = "auto") -> Iterator[Unit | Failure]:
    """The units of one open stream called ``name``."""
    head = stream.read(HEAD)
    kind = detect(name, head) if format == "auto" else format
    buffered = io.BufferedReader(_Joined(head, stream), 2**18)
    if kind == "jsonl":
        yield from scan_lines(buffered, name)
        return
    data = buffered.read(MAX_DOCUMENT + 1)
    if len(data) > MAX_DOCUMENT:
        yield Failure(
            name, f"It is larger than {MAX_DOCUMENT // 2**20} MB: split it into articles."
        )
        return
    yield Unit(name, kind, (Part(data),), media_type=_MEDIA_TYPES[kind])


class _Joined(io.RawIOBase):
    """A stream whose first bytes were already taken, put back together."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = memoryview(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        if self._head:
            count = min(len(buffer), len(self._head))
            buffer[:count] = self._head[:count]
            self._head = self._head[count:]
            return count
        data = self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)
