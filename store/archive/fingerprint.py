"""Fingerprints that find reprints: MinHash over the word triples of an article's own text.

Two texts with most of their word triples in common (Jaccard similarity of ``NEAR`` or more) are the
same release, edited here and there. The archive keeps ``bands`` in an index and confirms candidates with
``near``: by computation two texts share a band with probability .96 at similarity .7 and .998 at .8.
Numbered bulletins (a volcano's daily report, budgets by town) are near as well, though no reprints.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from operator import eq
from typing import TYPE_CHECKING

from store.records import Span
from store.text import fold

if TYPE_CHECKING:
    from hashlib import blake2b

VERSION = 1
"""To be raised with any change of output. It goes into the bands, so that fingerprints of different
versions, which cannot be compared, never meet."""

NEAR = 0.7
"""From this similarity on two articles count as near-duplicates."""

_HASHES = 64
BANDS = 12
"""Keys of a fingerprint."""
_ROWS = 4
_SEED = 20190627
# Every byte but a letter or digit becomes a blank: cutting at blanks is faster than any pattern.
_BLANKED = bytes(byte if chr(byte).isalnum() and byte < 128 else ord(" ") for byte in range(256))
# Below this many words a text is a caption or a menu, and equal ones mean nothing.
_FEWEST_WORDS = 30
_LAYOUT = struct.Struct(f"<{_HASHES}I")
_BAND_BYTES = 4 * _ROWS
_KEYS = struct.Struct(f"<{BANDS}q")


def fingerprint(title: str, body: str, boilerplate: Sequence[Span] = ()) -> bytes:
    """256 bytes, or none for a text too short to tell. Case, accents and punctuation do not matter.

    The title counts only where the body is too short: reprints get new headlines.
    """
    words = _words(_own_text(body, boilerplate))
    if len(words) < _FEWEST_WORDS:
        words = _words(title) + words
    if len(words) < _FEWEST_WORDS:
        return b""
    from rensa import RMinHash

    sketch = RMinHash(num_perm=_HASHES, seed=_SEED)
    # A triple that recurs changes nothing, and telling it apart would take longer.
    sketch.update(list(map(" ".join, zip(words, words[1:], words[2:], strict=False))))
    return _LAYOUT.pack(*sketch.digest())


@lru_cache(maxsize=4096)
def bands(print_: bytes) -> tuple[int, ...]:
    """The keys under which to index and to look up a fingerprint: signed 64-bit integers.

    Two articles are candidates when they share any key. None for an empty fingerprint.
    """
    if not print_:
        return ()
    digests = []
    for begin, hashed in _starts():
        key = hashed()
        key.update(print_[begin : begin + _BAND_BYTES])
        digests.append(key.digest())
    return _KEYS.unpack(b"".join(digests))


def near(one: bytes, other: bytes) -> float:
    """The estimated similarity, 0-1 (standard error .06 at .7); 0 where either is empty."""
    if len(one) != _LAYOUT.size or len(other) != _LAYOUT.size:
        return 0.0
    equal: int = sum(map(eq, _LAYOUT.unpack(one), _LAYOUT.unpack(other)))
    return equal / _HASHES


@cache
def _starts() -> tuple[tuple[int, Callable[[], blake2b]], ...]:
    """Where the rows of each band begin in a fingerprint, and what makes the hash to add them to.

    A copy of one that is set up takes a fifth of the time of a new one.
    """
    from hashlib import blake2b  # loads OpenSSL, of no use to a reader

    return tuple(
        (band * _BAND_BYTES, blake2b(digest_size=8, salt=bytes([VERSION, band])).copy)
        for band in range(BANDS)
    )


def _words(text: str) -> list[str]:
    """The runs of ``a-z`` and ``0-9`` in ``text``, folded."""
    return fold(text).encode("ascii", "replace").translate(_BLANKED).decode("ascii").split()


def _own_text(body: str, boilerplate: Sequence[Span]) -> str:
    parts = []
    start = 0
    for span in boilerplate:
        parts.append(body[start : span.start])
        start = span.end
    parts.append(body[start:])
    return " ".join(parts)
