"""What sites leave after the last sentence: initials, tag lists, the press office's signature."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from store.text import late

Line = tuple[int, int, str]
"""``[start, end)`` of a line and its kind of clutter ("" for none)."""

# "(skt/pta)", "[idr]", "(*)" after the last sentence; a list of tags may be glued to the initials.
_INITIALS = re.compile(
    r"[(\[](?:[a-z]{2,5}(?:\s?/\s?[a-z]{2,5}){0,3}|\*+|[A-Z][\w.'-]+(?:[ /][A-Z][\w.'-]*){1,4})[)\]]\s*\Z"
)
_GLUED_TAGS = re.compile(r"[(\[][a-z]{2,5}\s?/\s?[a-z]{2,5}[)\]][^\n.]{0,300}\Z")
_ENDINGS = tuple('.!?”"’)]…')
_OPENING = re.compile(r"[(\[]")
_TAIL = 320
_SENTENCE_END = late(r"[.!?:;,\"”)\]]\Z")
# A tag is a few words; a footer is a few lines.
_LONGEST_TAG = 45
_MOST_TAGS = 12
_PRESS_OFFICE = re.compile(
    r"(?:biro |bagian |tim |sub)?\s?(?:humas|hubungan masyarakat|komunikasi publik)\b[\w ,./&-]{0,80}\Z",
    re.IGNORECASE,
)
_LONGEST_SIGNATURE = 100


def footers(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """The pieces of the footer, as lines or parts of lines."""
    if not lines:
        return
    yield from _initials(text, lines)
    yield from _tags_after_initials(text, lines)
    yield from _signature(text, lines)


def _initials(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    last = next((line for line in reversed(lines) if not line[2]), None)
    if last is None:
        return
    begin = max(last[0], last[1] - _TAIL)
    opened = [
        match.start()
        for match in _OPENING.finditer(text, begin, last[1])
        if text[begin : match.start()].rstrip().endswith(_ENDINGS)
    ]
    for pattern in (_INITIALS, _GLUED_TAGS):
        for at in opened:
            match = pattern.match(text, at, last[1])
            if match:
                yield at, match.end(), "byline"
                return


def _tags_after_initials(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """Short lines without punctuation below the line of initials."""
    for at in range(len(lines) - 1, max(-1, len(lines) - _MOST_TAGS - 2), -1):
        if lines[at][2] != "byline":
            continue
        below = lines[at + 1 :]
        if all(kind or _is_tag(text[start:end]) for start, end, kind in below):
            yield from ((start, end, "tags") for start, end, kind in below if not kind)
        return


def _is_tag(line: str) -> bool:
    return len(line) <= _LONGEST_TAG and _SENTENCE_END.search(line) is None


def _signature(text: str, lines: Sequence[Line]) -> Iterator[Line]:
    """ "Humas", the institution's name, hashtags: the last lines of a press release."""
    for at in range(len(lines) - 1, max(-1, len(lines) - 8), -1):
        start, end, _ = lines[at]
        if end - start > _LONGEST_SIGNATURE or not _PRESS_OFFICE.match(text, start, end):
            continue
        below = lines[at + 1 :]
        if all(kind or _is_signature_line(text[a:b]) for a, b, kind in below):
            yield from ((a, b, "byline") for a, b, kind in lines[at:] if not kind)
        return


def _is_signature_line(line: str) -> bool:
    return len(line) <= _LONGEST_SIGNATURE and line[-1] not in '.!?"”'
