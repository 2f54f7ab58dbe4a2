"""Archives and compressed files, opened in memory: nothing is unpacked to disk, names are only labels.

Bombs are stopped while they unfold: no more may come out than ``RATIO`` times what went in, and
archives within archives end at ``MAX_DEPTH``.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, BinaryIO, cast

from store.records import Failure

if TYPE_CHECKING:
    import gzip

RATIO = 250
"""Text shrinks to a tenth, tables of equal rows to a hundredth; bombs to a thousandth and less."""
SLACK = 4 * 1024 * 1024
"""Bytes that may come out whatever went in: a small file of blanks is harmless."""
MAX_DEPTH = 3
MAX_IN_MEMORY = 128 * 1024 * 1024
"""Largest archive in bytes that can be read from a pipe or from within another archive."""

_COMPRESSED = {b"\x1f\x8b": "gz", b"BZh": "bz2", b"\xfd7zXZ\x00": "xz"}


@lru_cache(maxsize=1)
def damage() -> tuple[type[Exception], ...]:
    """What the readers of the standard library raise on damaged, cut or locked archives.

    They are loaded where an archive is met: few who read an article ever have one.
    """
    import lzma
    import struct
    import tarfile
    import zipfile
    import zlib

    return (
        zipfile.BadZipFile,
        tarfile.TarError,
        lzma.LZMAError,
        zlib.error,
        EOFError,
        OSError,
        RuntimeError,
        NotImplementedError,
        ValueError,
        struct.error,
    )


class BombError(ValueError):
    """More comes out of a compressed stream than any honest one holds."""


def kind_of(head: bytes) -> str | None:
    """``zip``, ``tar``, ``gz``, ``bz2`` or ``xz`` by the first bytes (at least 512), else None."""
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return "zip"
    if head[257:262] == b"ustar":
        return "tar"
    return next((kind for magic, kind in _COMPRESSED.items() if head.startswith(magic)), None)


def is_document(head: bytes, name: str) -> bool:
    """Whether a zip is an office document rather than an archive of files."""
    return name.lower().endswith(".docx") or b"word/" in head[:4096]


def decompressed(stream: BinaryIO, kind: str) -> BinaryIO:
    """The stream that a compressed one holds. Reading it raises BombError, OSError or EOFError."""
    counted = _Counted(stream)
    source = cast("BinaryIO", counted)
    if kind == "gz":
        opened = cast("BinaryIO", _gunzip(source))
    else:
        import bz2
        import lzma

        # Closed with the stream that wraps it.
        opener = bz2.BZ2File if kind == "bz2" else lzma.LZMAFile
        opened = cast("BinaryIO", opener(source))
    return io.BufferedReader(_Bounded(opened, counted), 2**18)


def _gunzip(source: BinaryIO) -> gzip.GzipFile:
    import gzip

    return gzip.GzipFile(fileobj=source, mode="rb")


def inner_name(name: str) -> str:
    """``x.jsonl.gz`` → ``x.jsonl``: the name that tells the format of what is inside."""
    for ending, inner in ((".tgz", ".tar"), (".tbz2", ".tar"), (".txz", ".tar")):
        if name.lower().endswith(ending):
            return name[: -len(ending)] + inner
    stem, ending = posixpath.splitext(name)
    return stem if ending.lower() in (".gz", ".bz2", ".xz") else name


def members(stream: BinaryIO, kind: str, name: str) -> Iterator[tuple[str, BinaryIO] | Failure]:
    """The files of a zip (sorted by name) or tar (in its order), each with its label and bytes."""
    try:
        yield from _zip_members(stream, name) if kind == "zip" else _tar_members(stream, name)
    except BombError:
        yield bomb(name)
    except damage() as error:
        yield broken(name, error)


def bomb(name: str) -> Failure:
    """The failure of something that unfolds without end."""
    return Failure(
        name,
        f"It unfolds to more than {RATIO} times its size (a zip bomb?): unpack it by hand to look.",
    )


def broken(name: str, error: Exception) -> Failure:
    """The failure of an archive or compressed file that ends early, is damaged or locked."""
    if isinstance(error, RuntimeError) and "password" in str(error):
        return Failure(
            name, "It is locked with a password: unpack it first, then import the folder."
        )
    return Failure(name, f"The archive is damaged ({error}): download or pack it again.")


def label(archive: str, member: str) -> str:
    """``archive/member``; absolute names and ``..`` cannot lead out of the archive."""
    return archive + posixpath.normpath(
        "/" + member.replace("\\", "/").replace("\0", "").lstrip("/")
    )


def _zip_members(stream: BinaryIO, name: str) -> Iterator[tuple[str, BinaryIO] | Failure]:
    import zipfile

    with zipfile.ZipFile(stream) as archive:
        infos = [
            info for info in archive.infolist() if info.filename and not info.filename.endswith("/")
        ]
        packed = sum(info.compress_size for info in infos)
        # Overlapping members (the modern bomb) count each time here.
        stream.seek(0, io.SEEK_END)
        if sum(info.file_size for info in infos) > RATIO * min(packed, stream.tell()) + SLACK:
            raise BombError
        for info in sorted(infos, key=lambda info: info.filename):
            where = label(name, info.filename)
            try:
                with archive.open(info) as member:
                    yield where, cast("BinaryIO", member)
            except damage() as error:
                yield broken(where, error)


def _tar_members(stream: BinaryIO, name: str) -> Iterator[tuple[str, BinaryIO] | Failure]:
    import tarfile

    with tarfile.open(fileobj=stream, mode="r|") as archive:
        for info in archive:
            if not info.isfile():
                continue
            member = archive.extractfile(info)
            if member is not None:
                yield label(name, info.name), cast("BinaryIO", member)


class _Counted(io.RawIOBase):
    """Counts the bytes that are read."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self.count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


class _Bounded(io.RawIOBase):
    """What a compressed stream holds, as long as it stays in proportion to what was read."""

    def __init__(self, opened: BinaryIO, counted: _Counted) -> None:
        self._opened = opened
        self._counted = counted
        self._out = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = self._opened.read(len(buffer))
        self._out += len(data)
        if self._out > RATIO * self._counted.count + SLACK:
            raise BombError
        buffer[: len(data)] = data
        return len(data)
