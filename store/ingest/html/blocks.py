"""A tree → its blocks of text, in reading order, each with what it takes to judge it.

A block is what a browser would set as one paragraph: the text between two block-level borders or
two line breaks in a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from store.ingest.html.page import Element

_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em",
    "font", "i", "img", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span", "strike",
    "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
_BREAK = "\x00"
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*(?:\s|$)")
_PROSE_LENGTH = 60
"""Characters from which a block with a full sentence counts as prose."""


@dataclass(slots=True)
class Block:
    """``text`` with single blanks; ``linked`` of its characters stand in links."""

    element: Element
    text: str
    linked: int
    index: int = 0
    prose: bool = field(init=False)

    def __post_init__(self) -> None:
        self.prose = (
            len(self.text) >= _PROSE_LENGTH
            and self.linked <= 0.4 * len(self.text)
            and _SENTENCE_END.search(self.text) is not None
        )

    @property
    def link_share(self) -> float:
        return self.linked / len(self.text) if self.text else 0.0


def blocks_of(root: Element) -> list[Block]:
    """Every block below ``root`` that has text."""
    found: list[Block] = []
    pending: list[tuple[str, bool]] = []
    owner = root

    def flush() -> None:
        for text, linked in _paragraphs(pending):
            found.append(Block(owner, text, linked, len(found)))
        pending.clear()

    # Entering and leaving an element with an explicit stack: pages nest deeper than Python may.
    stack: list[tuple[Element, Iterator[Element], bool, Element]] = []

    def enter(element: Element, in_link: bool) -> None:
        nonlocal owner
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "br":
            pending.append((_BREAK, False))
        elif tag not in _INLINE:
            flush()
        previous = owner
        if tag not in _INLINE and tag != "br":
            owner = element
        if element.text and tag:
            pending.append((element.text, in_link or tag == "a"))
        stack.append((element, iter(element), in_link or tag == "a", previous))

    enter(root, False)
    while stack:
        element, children, in_link, previous = stack[-1]
        child = next(children, None)
        if child is not None:
            enter(child, in_link)
            continue
        stack.pop()
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag not in _INLINE and tag != "br":
            flush()
            owner = previous
        if stack and element.tail:
            pending.append((element.tail, stack[-1][2]))
    return found


def _paragraphs(runs: list[tuple[str, bool]]) -> Iterator[tuple[str, int]]:
    """The runs of one block cut at double line breaks, blanks normalised, linked characters counted."""
    text: list[str] = []
    linked = 0
    breaks = 0
    for run, in_link in [*runs, (_BREAK, False), (_BREAK, False)]:
        if run == _BREAK:
            breaks += 1
            if breaks >= 2:
                joined = " ".join("".join(text).split())
                if joined:
                    yield joined, min(linked, len(joined))
                text, linked = [], 0
            else:
                text.append(" ")
            continue
        if run.strip():
            breaks = 0
        text.append(run)
        if in_link:
            linked += len(" ".join(run.split()))
