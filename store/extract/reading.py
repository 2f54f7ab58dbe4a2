"""A text as its author meant it to be read, beside the text as it is stored, with the way back.

Undone are accidents of the way a text took: hidden characters, blanks of other widths or several in a
row, HTML tags and entities, UTF-8 read as Latin-1, accents apart from their letters, lines broken at a
width, numbers run on to words. The bars of a table are read as commas.
What the author wrote, misprints included, stays. Offsets are code points.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from store.extract import rules
from store.extract.digits import near
from store.records import Span
from store.text import late

# Controls but tab and line feed, soft hyphens, zero-width and direction marks: read as nothing.
_HIDDEN = (
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\ufeff"
)
_BREAKS = "\x0b\x0c\r\x85\u2028\u2029"
_BLANKS = "\xa0\u2000-\u200a\u202f\u205f\u3000"
_MARKS = "\u0300-\u036f"
# Ligatures that PDF files print, hyphens that forbid or allow a line's end.
_FORMS = "\ufb00-\ufb06\u2010\u2011"
# What the second and further bytes of UTF-8 look like in Latin-1 or Windows-1252, and the first ones
# of Latin letters, punctuation and emoji.
_REST = "[\x80-\xbf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2026\u2030\u2039\u203a\u20ac\u2122]"
_FIRST = "ÂÃÄÅâð"
_ENTITY = r"&(?:amp;)*(?:[a-zA-Z][a-zA-Z0-9]{1,31}|#\d{1,7}|#[xX][0-9a-fA-F]{1,6});"

_BLANK = rf"(?:[{_BLANKS}]|&(?:amp;)*(?:nbsp|#160|#xa0);|(?<![A-ZÀ-Þ])Â[\xa0 ])"
_ACCIDENT = late(
    rf"(?P<blank>(?:{_BLANK}| )(?:{_BLANK}|[ {_HIDDEN}])*(?:{_BLANK}| )|{_BLANK})"
    rf"|(?P<entity>{_ENTITY})|(?P<tag></?[a-zA-Z][^<>\n]{{0,300}}>)"
    rf"|(?P<bytes>(?:[ÂÃÄÅ]{_REST}|â{_REST}{{2}}|ð{_REST}{{3}})+)|(?P<quote>â\u20ac(?=[\s.,:;!?)]|\Z))"
    rf"|(?P<hidden>(?:\xad\n|[{_HIDDEN}])+)"
    rf"|(?P<accent>[^\W\d_][{_MARKS}]+)"
    rf"|(?P<break>\r\n?|[{_BREAKS}])"
    rf"|(?P<form>[{_FORMS}])"
)
# What every accident but doubled blanks holds, at its first character or the one after it: one set of characters
# alone is searched for much faster than with anything beside it.
_SIGN = re.compile(f"[&<{_HIDDEN}{_BREAKS}{_BLANKS}{_MARKS}{_FORMS}{_FIRST}]")
_HINT = late(f"{_SIGN.pattern}|  ")
_LONGEST = 320
"""Characters between two signs of one accident, of which a tag is the longest."""
_WITHIN_A_LINE = late(r"</?(?:a|abbr|b|em|font|i|mark|small|span|strong|sub|sup|u)\b")
_READ_WRONG_AGAIN = 3
"""Times; more often no text is read in the wrong encoding and stored."""

_MONTH = rules.alternatives("months")
_GOES_ON_WITH = rf"(?:{rules.alternatives('run_on_words')})\b"
# "senilaiRp5 triliun", "pada19 Juni", "Juni2025"; "2025yang", "5 miliarpada".
# All begin with one of the same few characters, which is what is looked for first.
_RUN_ON = re.compile(
    r"[0-9RU](?:(?P<before>(?<=[a-z]{2}R)(?=p\s?\d)|(?<=[a-z]{2}U)(?=S[$D]\s?\d)"
    rf"|(?<=[a-z]{{2}}\d)(?:(?=\d? (?:{_MONTH})(?![a-z]))"
    r"|(?<=(?:ari|ret|ril|Mei|uni|uli|tus|ber|hun|ada)\d)(?=\d{3}(?![\dA-Z]))))"
    rf"|(?:(?<=[12][09]\d\d)|(?<=\d) (?:juta|miliar|triliun))(?={_GOES_ON_WITH}))"
)

Edit = tuple[int, int, str]
"""``[start, end)`` of the source and what is read in its place."""


class Reading:
    """``text``: the source with some edits made; spans lead back to the source."""

    __slots__ = ("_after", "_begin", "_end", "_from", "text")

    def __init__(self, source: str, edits: Iterable[Edit]) -> None:
        """``edits`` in order and disjoint."""
        parts: list[str] = []
        self._from: list[int] = []
        self._begin: list[int] = []
        self._end: list[int] = []
        self._after: list[int] = []
        at = length = 0
        for start, end, instead in edits:
            length += start - at
            self._from.append(start)
            self._begin.append(length)
            length += len(instead)
            self._end.append(length)
            self._after.append(end)
            parts += (source[at:start], instead)
            at = end
        self.text = "".join((*parts, source[at:]))

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The range of the source that ``text[start:end]``, which is not empty, is read from."""
        first = bisect_right(self._begin, start) - 1
        if first >= 0:
            inside = start < self._end[first]
            start = self._from[first] if inside else start - self._end[first] + self._after[first]
        last = bisect_right(self._begin, end - 1) - 1
        if last >= 0:
            inside = end - 1 < self._end[last]
            end = self._after[last] if inside else end - self._end[last] + self._after[last]
        return start, end

    def here(self, offset: int) -> int:
        """Where an offset of the source is in ``text``."""
        at = bisect_right(self._from, offset) - 1
        if at < 0:
            return offset
        return max(self._begin[at], offset - self._after[at] + self._end[at])

    def spans(self, spans: Sequence[Span]) -> tuple[Span, ...]:
        """Spans of the source in ``text``."""
        return tuple(Span(self.here(span.start), self.here(span.end)) for span in spans)


def of(body: str) -> tuple[Reading, ...]:
    """How ``body`` is to be read, one step after another; empty where that is as it stands."""
    text = _unwrapped(body)
    steps: tuple[Reading, ...] = ()
    if text is not body:
        steps = (Reading(text, _syllables(text, body)),)
        text = steps[0].text
    if "|" in text:
        text = text.replace("|", ",")
        steps = (*steps, Reading(text, ()))
    if "  " in text or _SIGN.search(text) is not None:
        steps = _step(steps, text, list(_accidents(text)))
        text = steps[-1].text if steps else text
    return _step(steps, text, list(_numbers(text)))


def _step(steps: tuple[Reading, ...], text: str, edits: list[Edit]) -> tuple[Reading, ...]:
    return (*steps, Reading(text, edits)) if edits else steps


def _numbers(text: str) -> Iterator[Edit]:
    """Blanks between words and the numbers they run on to."""
    for match in _RUN_ON.finditer(text):
        at = match.start() if match.lastgroup == "before" else match.end()
        yield at, at, " "


def _accidents(text: str) -> Iterator[Edit]:
    for match in near(_HINT, _ACCIDENT, text, before=1, after=_LONGEST):
        was = match.group()
        match match.lastgroup:
            case "blank":
                instead = " "
            case "entity":
                instead = _unescaped(was)
            case "tag":
                instead = "" if _WITHIN_A_LINE.match(was.lower()) else "\n"
            case "bytes":
                instead = _decoded(was)
            case "quote":
                instead = "”"
            case "hidden":
                instead = ""
            case "break":
                instead = "\n"
            case "form" if was in "\u2010\u2011":
                instead = "-"
            case _:
                instead = unicodedata.normalize("NFC" if len(was) > 1 else "NFKC", was)
        if instead != was:
            yield match.start(), match.end(), instead


def _unescaped(entity: str) -> str:
    import html  # loads the names of 2,200 characters

    while (char := html.unescape(entity)) != entity:
        entity = char
    if char.isspace():
        return " "
    return "" if re.fullmatch(f"[{_HIDDEN}]", char) else char


def _decoded(wrong: str) -> str:
    """The characters whose UTF-8 bytes were taken for Latin-1 or Windows-1252, once or several times."""
    for _ in range(_READ_WRONG_AGAIN):
        try:
            data = b"".join(
                bytes((ord(c),)) if ord(c) < 0x100 else c.encode("cp1252") for c in wrong
            )
            wrong = data.decode("utf-8")
        except UnicodeError:
            break
    return re.sub(f"[{_HIDDEN}]", "", wrong).replace("\xa0", " ")


_NARROW, _WIDE = 30, 120
"""Characters; lines of a text that was broken at a width are as long as that."""
_FULL = 0.75
"""Of the width; a line that long is full, what is shorter ends a paragraph or stands in a list."""
_GOES_ON = 0.3
"""Of the lines; so many full ones before a small letter say that the text was broken at a width."""
_LINE_END = late(r"(?m)^([^\n]*[^\s.!?:;”\"])[^\S\n]*(\r?\n)(?=[^\S\n]*[^\s])")


_DIVIDED = late(r"\b([^\W\d_]{2,})- +([a-zß-öø-ÿ]{2,})")


def _unwrapped(text: str) -> str:
    """``text`` with blanks for the line ends that only a width set; as long as before."""
    lengths = sorted(len(line) for line in text.split("\n") if line and not line.isspace())
    if len(lengths) < 4:
        return text
    width = lengths[len(lengths) * 9 // 10]
    if not _NARROW <= width <= _WIDE:
        return text
    ends = [m for m in _LINE_END.finditer(text) if len(m[1]) >= _FULL * width]
    if sum(_small_follows(text, m.end()) for m in ends) < _GOES_ON * len(lengths):
        return text
    parts: list[str] = []
    at = 0
    for match in ends:
        parts += (text[at : match.start(2)], " " * len(match[2]))
        at = match.end()
    return "".join((*parts, text[at:]))


def _syllables(text: str, body: str) -> Iterator[Edit]:
    """The hyphens that divided a word at a line's end, taken out ("Singa- pura")."""
    for match in _DIVIDED.finditer(text):
        if body[match.end(1) + 1] == " ":
            continue
        doubled = match[1].endswith(match[2][:3]) or match[2].startswith(match[1][:3].lower())
        # "negara- negara" keeps the hyphen, but for the blank.
        yield match.end(1) + doubled, match.start(2), ""


def _small_follows(text: str, at: int) -> bool:
    return text[at : at + 40].lstrip()[:1].islower()
