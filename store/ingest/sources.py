"""Anything a person names on the command line → raw units, without parsing any of it.

Files, folders (walked in order), globs, archives, addresses, standard input. A bad input gives a
``Failure`` and never an exception; links that lead in circles, devices and pipes are passed over.
"""

from __future__ import annotations

import glob
import io
import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from store.ingest import containers
from store.ingest.detect import HEAD, by_media_type, detect
from store.ingest.encoding import narrowed, wide
from store.ingest.unit import MAX_DOCUMENT, MAX_RECORD, Part, Unit
from store.ingest.walk import (
    is_address,
    is_companion,
    is_passed_over,
    is_special,
    leads_up,
    printable,
    unreadable,
)
from store.records import Failure

if TYPE_CHECKING:
    from store.ingest.web import Page

_MEDIA_TYPES = {
    "text": "text/plain", "html": "text/html", "markdown": "text/markdown",
    "feed": "application/xml", "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scanner:
    """Reads sources in one ``format`` (or ``auto``); ``follow`` fetches the pages a feed links to."""

    format: str = "auto"
    follow: bool = False

    def source(self, source: str, stdin: BinaryIO | None) -> Iterator[Unit | Failure]:
        """The raw units of one source, in a fixed order."""
        if source == "-":
            if stdin is None:
                yield Failure("-", "There is no standard input: pipe a text in, or name a file.")
                return
            yield from self._guarded(stdin, "stdin")
        elif is_address(source):
            yield from self.address(source)
        else:
            yield from self._named(source)

    def _named(self, source: str) -> Iterator[Unit | Failure]:
        if not source:
            yield Failure(source, "The name is empty: name a file, a folder or an address.")
            return
        try:
            path = os.path.abspath(os.path.expanduser(source))
            there = os.path.lexists(path)
        except ValueError:  # a NUL in the name
            there = False
        if there:
            yield from self.path(path)
        elif glob.has_magic(source):
            paths = sorted(glob.glob(os.path.expanduser(source), recursive=True))
            if not paths:
                yield Failure(
                    source, "No file matches the pattern: check it, or quote it for the shell."
                )
            for path in paths:
                yield from self.path(os.path.abspath(path))
        else:
            yield Failure(source, "There is no such file or folder: check the name.")

    def path(self, path: str) -> Iterator[Unit | Failure]:
        """A file or a folder."""
        if os.path.isdir(path):
            yield from self.folder(path)
        else:
            yield from self.file(path)

    def folder(self, folder: str) -> Iterator[Unit | Failure]:
        """Every file below ``folder``, sorted; hidden ones, devices and circular links left out."""
        problems: list[Failure] = []
        seen: set[tuple[int, int]] = set()
        found = False

        def report(error: OSError) -> None:
            problems.append(unreadable(error.filename or folder, error))

        for where, folders, names in os.walk(folder, onerror=report, followlinks=True):
            try:
                status = os.stat(where)
            except OSError as error:
                report(error)
                folders.clear()
                continue
            if (status.st_dev, status.st_ino) in seen:
                folders.clear()
                continue
            seen.add((status.st_dev, status.st_ino))
            folders[:] = sorted(
                name
                for name in folders
                if not is_companion(name, names) and not leads_up(os.path.join(where, name))
            )
            for name in sorted(names):
                path = os.path.join(where, name)
                if is_passed_over(name) or is_special(path):
                    continue
                found = True
                yield from self.file(path)
        yield from problems
        if not found and not problems:
            yield Failure(
                folder, "The folder holds no articles: name one with texts, pages or tables."
            )

    def file(self, path: str) -> Iterator[Unit | Failure]:
        """The units of one file."""
        try:
            if is_special(path):
                yield Failure(printable(path), "It is not a regular file: name a file or a folder.")
                return
            with open(path, "rb") as stream:
                yield from self._guarded(stream, printable(path))
        except OSError as error:
            yield unreadable(path, error)

    def data(self, data: bytes, name: str) -> Iterator[Unit | Failure]:
        """The units of what is already in memory."""
        return self._guarded(io.BytesIO(data), name)

    def address(self, url: str) -> Iterator[Unit | Failure]:
        """What a web address answers."""
        # Imported for an address only: it brings http and ssl along.
        from store.ingest.web import download

        page = download(url)
        if isinstance(page, Failure):
            yield page
            return
        yield from self._guarded(io.BytesIO(page.data), url, page)

    def _guarded(
        self, stream: BinaryIO, name: str, page: Page | None = None
    ) -> Iterator[Unit | Failure]:
        """``stream``, with damaged compression and failing disks turned into failures."""
        try:
            yield from self.stream(stream, name, page)
        except containers.BombError:
            yield containers.bomb(name)
        except OSError as error:
            # gzip and lzma report damage as an OSError without an error number.
            yield unreadable(name, error) if error.errno else containers.broken(name, error)
        except containers.damage() as error:
            yield containers.broken(name, error)

    def stream(
        self,
        stream: BinaryIO,
        name: str,
        page: Page | None = None,
        depth: int = 0,
        hint: str | None = None,
    ) -> Iterator[Unit | Failure]:
        """The units of one open stream called ``name``, containers opened.

        ``hint`` is the name that tells the format where it is another (``x.csv`` in ``x.csv.gz``).
        """
        hint = hint or name
        head = _read_up_to(stream, HEAD)
        if depth == 0 and stream.seekable():
            # A file on disk: zip archives need to jump about in it.
            stream.seek(0)
            joined = stream
        else:
            joined = _joined(head, stream)
        kind = containers.kind_of(head)
        if kind in ("gz", "bz2", "xz"):
            if depth >= containers.MAX_DEPTH:
                yield Failure(
                    name, "It is packed too deep: unpack it first, then import the folder."
                )
                return
            opened = containers.decompressed(joined, kind)
            inner = containers.inner_name(hint)
            yield from self.stream(opened, name, page, depth + 1, inner)
            return
        if kind and not (
            kind == "zip" and (self.format == "docx" or containers.is_document(head, hint))
        ):
            yield from self._archive(joined, kind, name, depth)
            return
        yield from self._plain(joined, name, head, self._format(hint, head, page), page)

    def _format(self, name: str, head: bytes, page: Page | None) -> str:
        if self.format != "auto":
            return self.format
        if codec := wide(head):
            head = head.decode(codec, "replace").encode("utf-8", "surrogatepass")
        if page:
            return by_media_type(page.media_type, page.url, head)
        return detect(name, head)

    def _archive(
        self, stream: BinaryIO, kind: str, name: str, depth: int
    ) -> Iterator[Unit | Failure]:
        if depth >= containers.MAX_DEPTH:
            yield Failure(
                name, "Archives lie in archives too deep: unpack it first, then import the folder."
            )
            return
        if kind == "zip" and not stream.seekable():
            # A zip is read from its end; from a pipe or an archive it has to be held.
            data = stream.read(containers.MAX_IN_MEMORY + 1)
            if len(data) > containers.MAX_IN_MEMORY:
                limit = containers.MAX_IN_MEMORY // 2**20
                yield Failure(
                    name,
                    f"The archive is larger than {limit} MB: unpack it first, then import the folder.",
                )
                return
            stream = io.BytesIO(data)
        found = False
        for member in containers.members(stream, kind, name):
            if isinstance(member, Failure):
                found = True
                yield member
                continue
            where, opened = member
            if any(
                is_passed_over(part) or part == "__MACOSX" for part in where[len(name) :].split("/")
            ):
                continue
            found = True
            try:
                yield from self.stream(opened, where, None, depth + 1)
            except containers.BombError:
                yield containers.bomb(where)
                if kind == "tar":
                    # One stream for all members: what follows is the bomb's as well.
                    return
            except containers.damage() as error:
                yield containers.broken(where, error)
        if not found:
            yield Failure(
                name, "The archive holds no articles: name one with texts, pages or tables."
            )

    def _plain(
        self, stream: BinaryIO, name: str, head: bytes, kind: str, page: Page | None
    ) -> Iterator[Unit | Failure]:
        """The units of a stream that is no container."""
        if kind in ("jsonl", "csv", "json"):
            codec = wide(head)
            yield from _many(narrowed(stream, codec) if codec else stream, name, kind)
            return
        limit = MAX_RECORD if kind in ("text", "markdown") else MAX_DOCUMENT
        data = stream.read(limit + 1)
        if len(data) > limit:
            yield Failure(name, f"It is larger than {limit // 2**20} MB: split it into articles.")
            return
        unit = Unit(
            name,
            kind,
            (Part(data),),
            media_type=page.media_type if page else _MEDIA_TYPES[kind],
            charset=page.charset if page else None,
            url=page.url if page else None,
        )
        if kind == "feed" and self.follow:
            yield from self._followed(unit)
        else:
            yield unit

    def _followed(self, unit: Unit) -> Iterator[Unit | Failure]:
        """The pages that a feed's entries link to, in place of their summaries."""
        from store.ingest.feeds import links

        for link in links(unit.parts[0].data):
            yield from self.address(link)


def _many(stream: BinaryIO, name: str, kind: str) -> Iterator[Unit | Failure]:
    """A file of many articles, streamed."""
    found = False
    if kind == "jsonl":
        from store.ingest.lines import scan_lines as reader
    elif kind == "csv":
        from store.ingest.tables import scan_table as reader
    else:
        from store.ingest.json_array import scan_json as reader
    for item in reader(stream, name):
        found = True
        yield item
    if not found:
        yield Failure(name, "It is empty: nothing to import, leave it out.")


def _read_up_to(stream: BinaryIO, count: int) -> bytes:
    """``count`` bytes, fewer only at the end (a pipe hands over less at a time)."""
    data = stream.read(count)
    while data and len(data) < count and (more := stream.read(count - len(data))):
        data += more
    return data


def _joined(head: bytes, rest: BinaryIO) -> BinaryIO:
    """The stream whose first bytes ``head`` were already taken, put back together."""
    if len(head) < HEAD:
        return io.BytesIO(head)
    return io.BufferedReader(_Rejoined(head, rest), 2**18)


class _Rejoined(io.RawIOBase):
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
