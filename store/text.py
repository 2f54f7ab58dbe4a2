"""What every room needs of text: visible control characters, folding with an offset map, sentences.

Works on Python strings only; offsets are code points. Never changes stored text: each function
returns a new form beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any, AnyStr, NamedTuple, cast

# Every character that Unicode 15.1 puts into Cc, Cf, Cs, Zl or Zp (controls, formatting and bidi
# marks, lone surrogates, line and paragraph separators), but tab and line feed: what a terminal may
# obey or a reader could not tell from nothing. Generated from the character database.
_HIDDEN = re.compile(
    "["
    "\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2"
    "\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f"
    "]"
)


def visible(text: str, *, line_breaks: bool = True) -> str:
    """``text`` with every hidden character written as ``⟨U+202E⟩``.

    Safe to print to a terminal: no escape, control or bidi character survives. Tabs and line feeds
    stay unless ``line_breaks`` is false, when they become spaces (for one-line output). A carriage
    return before a line feed is dropped silently, being part of the line's end.
    """
    text = text.replace("\r\n", "\n")
    if not line_breaks:
        text = text.replace("\n", " ").replace("\t", " ")
    return _HIDDEN.sub(lambda m: f"⟨U+{ord(m.group()):04X}⟩", text)


def one_of(words: Iterable[str]) -> str:
    """A regular expression for any of the words, the longest that fits; shared beginnings once.

    That makes it half as long as the plain alternatives, and as much quicker to compile.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for char in word:
            node = node.setdefault(char, {})
        node[""] = {}
    return _branches(tree)


def _branches(node: dict[str, Any]) -> str:
    ways = [re.escape(char) + _branches(rest) for char, rest in node.items() if char]
    if not ways:
        return ""
    # A set of characters costs the compiler much less than a group.
    if len(ways) > 1 and all(len(way) == 1 and way.isalnum() for way in ways):
        ways = [f"[{''.join(ways)}]"]
        return f"{ways[0]}?" if "" in node else ways[0]
    if "" in node:
        return (
            f"{ways[0]}?"
            if ways[0].isalnum() and len(ways[0]) == 1 == len(ways)
            else f"(?:{'|'.join(ways)})?"
        )
    return ways[0] if len(ways) == 1 else f"(?:{'|'.join(ways)})"


class _Late:
    """Stands in for a pattern; what is asked of it is kept, so that it is no slower from then on."""

    def __init__(self, pattern: Any, flags: int) -> None:
        self._made_of = (pattern, flags)

    def __getattr__(self, name: str) -> Any:
        pattern, flags = self._made_of
        value = getattr(re.compile(pattern() if callable(pattern) else pattern, flags), name)
        setattr(self, name, value)
        return value


def late(pattern: AnyStr | Callable[[], AnyStr], flags: int = 0) -> re.Pattern[AnyStr]:
    """As ``re.compile``, but compiled when first used: for what many articles do without.

    ``pattern`` may be what builds it, which then waits as well.
    Compiling every pattern is a sixth of a start. A fault in it shows only then, so each needs a test.
    """
    return cast("re.Pattern[AnyStr]", _Late(pattern, flags))


def lettered(
    names: re.Pattern[str],
    letters: Mapping[str | None, str],
    text: str,
    where: Iterable[tuple[int, int]],
) -> str:
    """``text`` with each match of ``names`` as a letter, as often as it is long.

    ``letters``: by the group that matched, None where none did. ``where``: the ranges ``[start, end)`` to
    look in, in order. A pattern with names in many places has the letter there instead: spelt out
    everywhere, they took as long to compile as an article takes to read. Letters are of a script that
    nothing here reads.
    """
    pieces: list[str] = []
    at = 0
    for start, end in where:
        for match in names.finditer(text, max(at, start), end):
            pieces += (text[at : match.start()], letters[match.lastgroup] * len(match[0]))
            at = match.end()
    return "".join((*pieces, text[at:])) if pieces else text


def has_hidden(text: str) -> bool:
    """Whether ``visible`` would change more than line ends."""
    return _HIDDEN.search(text) is not None


def escaped_json(dumped: str) -> str:
    """JSON text with every hidden character inside its strings as a ``\\uXXXX`` sequence.

    ``dumped`` is what ``json.dumps`` gives; the value it stands for stays the same. The result holds
    no lone surrogate, so it can be written as UTF-8.
    """
    return _HIDDEN.sub(_json_escape, dumped)


def _json_escape(match: re.Match[str]) -> str:
    code = ord(match.group())
    if code <= 0xFFFF:
        return f"\\u{code:04x}"
    high, low = divmod(code - 0x10000, 0x400)
    return f"\\u{0xD800 + high:04x}\\u{0xDC00 + low:04x}"


@lru_cache(maxsize=8192)
def fold_char(char: str) -> str:
    """One character folded for comparison: NFKD, marks dropped, casefolded, quotes and dashes unified.

    May be empty (a combining mark) or longer than one character (a ligature).
    """
    if char in "\u2018\u2019\u201a\u201b\u02bc\u2032\u0060\u00b4":
        return "'"
    if char in "\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033":
        return '"'
    if char in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d":
        return "-"
    decomposed = unicodedata.normalize("NFKD", char)
    return "".join(c for c in decomposed.casefold() if not unicodedata.combining(c))


class Folded(NamedTuple):
    """A folded form with its way back: character ``i`` comes from ``source[offsets[i]]``."""

    text: str
    offsets: tuple[int, ...]
    """As long as ``text`` plus one; the last item is the length of the source."""

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The source range ``[a, b)`` that ``text[start:end]`` was folded from."""
        if start >= end:
            at = self.offsets[min(start, len(self.offsets) - 1)]
            return at, at
        return self.offsets[start], self.offsets[end - 1] + 1


# Most texts are ASCII with some quotes and dashes: what lies between them is folded as a whole.
_NOT_ASCII = re.compile(r"([^\x00-\x7f]+)")


def fold(text: str) -> str:
    """``text`` folded for comparison, as ``fold_char`` does each character."""
    if text.isascii():
        return text.lower().replace("`", "'")
    parts = _NOT_ASCII.split(text)
    parts[::2] = [plain.lower().replace("`", "'") for plain in parts[::2]]
    parts[1::2] = ["".join(map(fold_char, other)) for other in parts[1::2]]
    return "".join(parts)


def fold_with_offsets(text: str) -> Folded:
    """As ``fold``, with the offset map back to ``text``."""
    parts: list[str] = []
    offsets: list[int] = []
    for at, char in enumerate(text):
        folded = fold_char(char)
        parts.append(folded)
        offsets.extend([at] * len(folded))
    offsets.append(len(text))
    return Folded("".join(parts), tuple(offsets))


# A sentence ends at . ! ? … (with closing quotes or brackets) before a space and an upper-case
# letter, digit or opening quote, or at a line break. Titles and initials do not end one.
# The search runs from one stop, closing quote or line break to the next.
_SENTENCE_END = re.compile(
    r"[.!?…\"”’)\]\n](?:"
    r"(?<=[.!?…])([\"”’)\]]*\s+)(?=[\"“‘(\[]?[A-Z0-9À-ÖØ-Þ])"
    r"|(?<=[\"”’)\]])[\"”’)\]]*\n\s*|(?<=\n)\s*)"
)
_NOT_AN_END = re.compile(
    r"(?:\b[A-Z]|\b(?:Dr|Drs|Dra|Ir|Prof|H|Hj|KH|No|Jl|Rp|St|Mr|Mrs|Ms|Jend|Letjen|Mayjen|Brigjen|Kol|Tn|Ny|"
    r"Pol|Purn|Komjen|Irjen|Kombes|Laksda|Laksma|Marsda|Marsma|Ph\.D|M\.T|S\.T|M\.Sc|M\.Eng|LL\.M|"
    r"dll|dkk|vs|a\.n|u\.p|d\.a|s\.d|Plt|Pj|Tbk|Ltd|Inc|Co|Corp|Jr|Sr|S\.E|M\.Si|S\.H))\.$"
)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """The ``[start, end)`` of each sentence, blank edges trimmed; headings and lines count as one."""
    start = 0
    for match in _SENTENCE_END.finditer(text):
        end = match.start(match.lastindex or 0)
        tail = text[end : match.end()]
        if (
            text[end - 1] == "."
            and "\n" not in tail
            and _NOT_AN_END.search(text, max(start, end - 12), end)
        ):
            continue
        # Closing quotes belong to the sentence that they close.
        end += len(tail) - len(tail.lstrip('"”’)]'))
        yield from _trimmed(text, start, end)
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end
