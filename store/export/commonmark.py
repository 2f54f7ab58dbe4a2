"""Hostile text made safe for a Markdown file: what goes in is what a reader sees, and no more.

Holds for CommonMark, GFM tables, and what Obsidian and pandoc add (tags, math, highlights,
citations). Nothing here yields HTML. Text is shown on one line: runs of white space are one blank,
control and bidi characters their visible form.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import quote

from store.records import Span
from store.text import visible

# Backslash, code, emphasis, links, HTML, tables (GFM), strike-through, math, tags (Obsidian),
# citations (pandoc), superscripts, attributes; entities, highlights and comments by their pairs.
_SPECIAL = re.compile(r"[\\`*_\[\]<>|~$#@^{}]|&(?=[#A-Za-z])|=(?==)|(?<==)=|%(?=%)|(?<=%)%")
# What opens a list, a rule, a setext underline or a definition at the start of a block; pandoc
# also takes letters and brackets as list markers.
_BULLET = re.compile(r"[-+=:]")
_ENUMERATION = re.compile(r"(\(?)(\w{1,9})([.)])(?=\s|$)")
_NONCHARACTERS = re.compile("[\ufdd0-\ufdef\ufffe\uffff]")
_LINKABLE = re.compile(r"https?://[^\s/]", re.IGNORECASE)
# Reserved and unreserved characters of RFC 3986, and the per cent sign of what is already encoded.
_URL_SAFE = "!#$%&'()*+,-./:;=?@_~[]"


@dataclass(frozen=True, slots=True)
class Shown:
    """Text as shown on one line; ``offsets[i]`` is where source character ``i`` went."""

    text: str
    offsets: tuple[int, ...]
    """As long as the source plus one."""


def shown(text: str) -> Shown:
    """``text`` on one line with its offset map; leading white space is dropped."""
    parts: list[str] = []
    offsets: list[int] = []
    length = 0
    blank = True
    for char in text:
        offsets.append(length)
        if char.isspace() and char not in "\x1c\x1d\x1e\x1f\x85\u2028\u2029\x0b\x0c":
            piece, blank = ("" if blank else " "), True
        else:
            piece, blank = visible(char), False
        parts.append(piece)
        length += len(piece)
    offsets.append(length)
    return Shown("".join(parts), tuple(offsets))


def plain(text: str) -> str:
    """``text`` as a reader of the note sees it: one line, no hidden character."""
    return shown(text).text.rstrip()


def escaped(text: str) -> str:
    """Shown text with a backslash before everything that Markdown would take as syntax."""
    return _SPECIAL.sub(lambda m: "\\" + m.group(), text)


def inline(text: str) -> str:
    """``text`` for the middle of a line, a heading or a table cell."""
    return escaped(plain(text))


def opening(markdown: str) -> str:
    """Escaped text that begins a paragraph: it stays a paragraph."""
    if _BULLET.match(markdown):
        return "\\" + markdown
    if found := _ENUMERATION.match(markdown):
        bracket = "\\" if found[1] else ""
        return f"{bracket}{found[1]}{found[2]}\\{markdown[found.start(3) :]}"
    return markdown


def code(text: str) -> str:
    """``text`` as a code span, whatever backticks it holds; never inside a table."""
    text = plain(text)
    runs = {len(run) for run in re.findall("`+", text)}
    fence = "`" * next(n for n in range(1, len(runs) + 2) if n not in runs)
    pad = " " if text.startswith("`") or text.endswith("`") or not text else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def address(url: str) -> str | None:
    """A web address that may become a link, percent-encoded; None for any other scheme."""
    if not _LINKABLE.match(url):
        return None
    return quote(url.encode("utf-8", "surrogatepass"), safe=_URL_SAFE)


def link(label: str, url: str) -> str:
    """A link where ``url`` is a web address, else the label and the address as text."""
    target = address(url)
    if target is None:
        return f"{inline(label)} {code(url)}"
    return f"[{inline(label)}](<{target}>)"


def quoted(text: str) -> str:
    """``text`` as a YAML string in double quotes; inert also where front matter isn't known."""
    dumped = json.dumps(_NONCHARACTERS.sub("\ufffd", plain(text)), ensure_ascii=False)
    return re.sub(r"[<>\[\]`&]", lambda m: f"\\x{ord(m.group()):02X}", dumped)


def emphasised(text: str, spans: Sequence[Span]) -> str:
    """``text`` as Markdown with the characters of ``spans`` (sorted) in bold.

    A span that Markdown's flanking rules do not let be bold (glued to a letter on its far side of
    a bracket) stays as it is.
    """
    form = shown(text)
    line = form.text.rstrip()
    special = {m.start() for m in _SPECIAL.finditer(line)}
    parts: list[str] = []
    at = 0
    for start, end in _bold_ranges(form, line, spans, special):
        parts += (_escape_range(line, at, start, special), "**")
        parts += (_escape_range(line, start, end, special), "**")
        at = end
    parts.append(_escape_range(line, at, len(line), special))
    return "".join(parts)


def _bold_ranges(
    form: Shown, line: str, spans: Sequence[Span], special: set[int]
) -> list[tuple[int, int]]:
    ranges: list[tuple[int, int]] = []
    for span in spans:
        start, end = form.offsets[span.start], min(form.offsets[span.end], len(line))
        while start < end and line[start] == " ":
            start += 1
        while end > start and line[end - 1] == " ":
            end -= 1
        if start >= end:
            continue
        if ranges and start <= ranges[-1][1]:
            ranges[-1] = (ranges[-1][0], max(end, ranges[-1][1]))
        else:
            ranges.append((start, end))
    return [r for r in ranges if _can_be_bold(line, *r, special)]


def _can_be_bold(line: str, start: int, end: int, special: set[int]) -> bool:
    before = line[start - 1] if start else " "
    first = "\\" if start in special else line[start]
    last = line[end - 1]
    after = " " if end == len(line) else "\\" if end in special else line[end]
    opens = not _maybe_punctuation(first) or before == " " or _punctuation(before)
    closes = not _maybe_punctuation(last) or after == " " or _punctuation(after)
    return opens and closes


def _escape_range(line: str, start: int, end: int, special: set[int]) -> str:
    return "".join("\\" + line[i] if i in special else line[i] for i in range(start, end))


def _punctuation(char: str) -> bool:
    """Punctuation by every version of CommonMark."""
    if char.isascii():
        return not char.isalnum() and not char.isspace()
    return unicodedata.category(char).startswith("P")


def _maybe_punctuation(char: str) -> bool:
    """Punctuation by some version of CommonMark (symbols count since 0.31)."""
    return _punctuation(char) or unicodedata.category(char).startswith("S")
