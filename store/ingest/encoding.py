"""Bytes → text, whatever encoding they claim or forget to claim."""

from __future__ import annotations

import codecs
import io
from typing import BinaryIO

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HEAD = 4096
# Bytes that no text holds but terminals' and printers' leftovers (tab, line ends, form feed, escape).
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x1b\b"))
# A text that is damaged here and there (a cut multi-byte character, one pasted byte) is still UTF-8
# when at most this share of its non-ASCII characters cannot be decoded.
_DAMAGED = 0.1
# Western European text is nearly all ASCII; below this share charset-normalizer is asked.
_MOSTLY_ASCII = 0.75


def is_binary(data: bytes) -> bool:
    """Whether these are no characters at all: NULs outside UTF-16/32, or many control bytes."""
    if data.startswith(tuple(bom for bom, _ in _BOMS)):
        return False
    if b"\0" in data:
        return _wide(data) is None
    head = data[:_HEAD]
    controls = len(head) - len(head.translate(None, _CONTROLS))
    return controls > len(head) // 20


def decode(data: bytes, declared: str | None = None) -> str | None:
    """The text, None where ``data`` is binary. A declared charset is used only if it decodes cleanly.

    A byte order mark decides and is dropped. Line ends stay as they are.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            return data.decode(name, errors="replace")
    if is_binary(data):
        return None
    wide = _wide(data) if b"\0" in data else None
    if wide:
        return data.decode(wide, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    return _declared(data, declared) or _damaged_utf8(data) or _guess(data)


def wide(head: bytes) -> str | None:
    """The codec of a stream that begins so, where ASCII takes more than one byte; None for others."""
    for bom, name in _BOMS[1:]:
        if head.startswith(bom):
            return name
    return _wide(head) if b"\0" in head else None


def narrowed(stream: BinaryIO, codec: str) -> BinaryIO:
    """A stream of UTF-16 or UTF-32 as UTF-8, which can be read line by line."""
    return io.BufferedReader(_Narrowed(stream, codec), 2**16)


class _Narrowed(io.RawIOBase):
    def __init__(self, stream: BinaryIO, codec: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(codec)("replace")
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        ended = False
        while not self._left and not ended:
            data = self._stream.read(2**16)
            ended = not data
            text = self._decoder.decode(data, final=ended)
            self._left = text.encode("utf-8", "surrogatepass")
        taken = self._left[: len(buffer)]
        buffer[: len(taken)] = taken
        self._left = self._left[len(taken) :]
        return len(taken)


def _wide(data: bytes) -> str | None:
    """UTF-16 without a byte order mark: every other byte of Latin text is NUL."""
    head = data[: _HEAD // 2 * 2]
    half = len(head) // 2 or 1
    for at, name in ((1, "utf-16-le"), (0, "utf-16-be")):
        if head[at::2].count(0) > 0.7 * half and head[1 - at :: 2].count(0) == 0:
            return name
    return None


def _declared(data: bytes, name: str | None) -> str | None:
    if not name:
        return None
    # Browsers read "iso-8859-1" and "ascii" as windows-1252 (WHATWG Encoding), which contains them.
    if name.lower().replace("_", "-") in ("iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii"):
        name = "windows-1252"
    try:
        return data.decode(name)
    except (UnicodeDecodeError, LookupError):
        return None


def _damaged_utf8(data: bytes) -> str | None:
    text = data.decode("utf-8", errors="replace")
    broken = text.count("\ufffd")
    other = sum(char > "\x7f" for char in text) - broken
    return text if broken <= _DAMAGED * other else None


def _guess(data: bytes) -> str:
    if sum(byte < 128 for byte in data) >= _MOSTLY_ASCII * len(data):
        # The five bytes that windows-1252 leaves undefined are shown as a replacement mark.
        return data.decode("windows-1252", errors="replace")
    from charset_normalizer import from_bytes

    best = from_bytes(data).best()
    return str(best) if best else data.decode("windows-1252", errors="replace")
