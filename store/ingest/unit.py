"""What travels from reading to parsing: raw bytes with their name, small enough to send to a process."""

from __future__ import annotations

from dataclasses import dataclass, field

from store.records import Failure

PARSER_VERSION = 2
"""To be raised when parsing finds more in the same bytes: what was read before is then read again."""

FORMATS = ("auto", "text", "html", "markdown", "jsonl", "json", "csv", "feed", "pdf", "docx")
"""The values of ``--format``; archives and compressed files are containers, not formats."""

MAX_DOCUMENT = 32 * 1024 * 1024
"""Largest page or document in bytes, the pictures within it included."""

MAX_RECORD = 12 * 1024 * 1024
"""Largest plain text, line or record in bytes; the longest articles of the press are below 1 MB."""

MAX_TEXT = 2_000_000
"""Longest text of one article in characters, a book: half a minute and 350 MB (measured)."""

UNIT_BYTES = 256 * 1024
UNIT_PARTS = 64
"""How much of a file of many articles goes into one unit: enough to make sending it worth while."""


@dataclass(frozen=True, slots=True)
class Part:
    """The raw bytes of one article, and where in the source they stand (``line 12``; None: all of it)."""

    data: bytes = field(repr=False)
    locator: str | None = None
    number: int | None = None
    """Line or row, counted from 1, where the source holds many articles."""


@dataclass(frozen=True, slots=True)
class Unit:
    """Raw articles of one source and one format, to be parsed anywhere. Picklable."""

    name: str
    """Absolute path, URL, ``archive.zip/member`` or ``stdin``: what failures and refs are called."""
    format: str
    parts: tuple[Part, ...]
    header: bytes = b""
    """CSV: the header line, without which the parts mean nothing."""
    media_type: str = "text/plain"
    charset: str | None = None
    """What the transport declared; a hint, often wrong."""
    url: str | None = None
    """Where it was downloaded from."""

    @property
    def size(self) -> int:
        """Bytes of the source that it stands for."""
        return sum(len(part.data) for part in self.parts)

    def digest(self) -> bytes:
        """16 bytes that are the same where parsing would give the same articles under the same names."""
        import hashlib  # loads OpenSSL

        how = (PARSER_VERSION, self.name, self.format, self.media_type, self.charset, self.url)
        made = hashlib.blake2b(repr(how).encode("utf-8", "surrogatepass"), digest_size=16)
        for data, where in (
            (self.header, None),
            *((part.data, (part.locator, part.number)) for part in self.parts),
        ):
            made.update(repr((where, len(data))).encode())
            made.update(data)
        return made.digest()


def too_long(source: str) -> Failure:
    """The failure of a text beyond ``MAX_TEXT``."""
    return Failure(
        source, f"Its text is longer than {MAX_TEXT:,} characters: split it into articles."
    )
