"""What a command prints: results to standard output, everything else to standard error.

Every text goes through ``visible``; JSON escapes instead. Nothing is coloured but for a terminal.
"""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable, Sequence

from store.text import visible

BOLD, PLAIN = "\x1b[1m", "\x1b[0m"
_GAP = "  "


def write(text: str) -> None:
    """``text`` as it is to standard output; the caller has made it safe."""
    sys.stdout.write(text)


def line(text: str = "") -> None:
    """One line of text to standard output, hidden characters visible."""
    write(visible(text, line_breaks=False) + "\n")


def json_line(value: object) -> None:
    """One JSON value on a line of its own."""
    from store.export.forms import dumps

    write(dumps(value) + "\n")


def say(text: str) -> None:
    """One line to standard error: a notice, a failure, progress."""
    sys.stderr.write(visible(text, line_breaks=False) + "\n")


def width(text: str) -> int:
    """Cells that a terminal gives to ``text`` (which holds no control characters)."""
    if text.isascii():
        return len(text)
    return sum(map(_cells, text))


def _cells(char: str) -> int:
    if unicodedata.combining(char):
        return 0
    return 2 if unicodedata.east_asian_width(char) in ("W", "F") else 1


def cut(text: str, room: int) -> str:
    """``text`` in at most ``room`` cells, an ellipsis where something is left out."""
    if width(text) <= room:
        return text
    used = 0
    for at, char in enumerate(text):
        used += _cells(char)
        if used > room - 1:
            return text[:at] + "…"
    return text


def table(
    headers: Sequence[str], rows: Iterable[Sequence[object]], *, colour: bool = False
) -> None:
    """Aligned columns under their headers; on a terminal the last one is cut to its width."""
    cells = [[_text(value) for value in row] for row in rows]
    widths = [
        max([width(header), *(width(row[i]) for row in cells)]) for i, header in enumerate(headers)
    ]
    import shutil

    room = shutil.get_terminal_size().columns if sys.stdout.isatty() else 0
    for number, row in enumerate([list(headers), *cells]):
        aligned = [
            text + " " * (widths[i] - width(text)) if i < len(row) - 1 else text
            for i, text in enumerate(row)
        ]
        joined = _GAP.join(aligned).rstrip()
        if room:
            joined = cut(joined, room)
        write((f"{BOLD}{joined}{PLAIN}" if colour and number == 0 else joined) + "\n")


def _text(value: object) -> str:
    return "" if value is None else visible(str(value), line_breaks=False)
