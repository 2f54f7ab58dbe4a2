"""How much of what is found in clean text is found in dirty text: ``python -m bench.dirt``.

The annotated articles are made dirty in one way at a time, character by character so that the
annotations move along, and read by the shipped models. These know the articles: only the ratio of the
micro F1 (exact spans) to that of the clean text says something.
"""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from html.entities import codepoint2name
from itertools import accumulate
from typing import Any

from bench import corpora
from store.extract import Extractor
from store.kb import KnowledgeBase

Article = dict[str, Any]
Written = list[str]
"""What stands for each character of a text."""
Dirt = Callable[[Article, Written, random.Random], None]
"""Changes what stands for the characters of an article's body."""

BESIDE = {"PERSON", "COUNTRY", "ORG"}
WIDTH = 70
STRAIGHT = {"“": '"', "”": '"', "‘": "'", "’": "'"}
CURLY = {'"': "”", "'": "’"}
ZERO_WIDTH, SOFT_HYPHEN, NO_BREAK = "\u200b", "\u00ad", "\u00a0"


def _blanks_beside(share: float, article: Article, out: Written, chance: random.Random) -> None:
    body = article["body"]
    for mention in article["mentions"]:
        if mention["type"] not in BESIDE:
            continue
        for at in (mention["start"] - 1, mention["end"]):
            if 0 <= at < len(body) and body[at] == " " and chance.random() < share:
                out[at] = ""


def _without(
    pattern: str, share: float, article: Article, out: Written, chance: random.Random
) -> None:
    """The last character of what ``pattern`` finds is lost."""
    for match in re.finditer(pattern, article["body"]):
        if chance.random() < share:
            out[match.end() - 1] = ""


def _each(change: Callable[[str], str], article: Article, out: Written, _: random.Random) -> None:
    out[:] = map(change, article["body"])


def _first_paragraph(article: Article, out: Written, _: random.Random) -> None:
    first = article["body"].partition("\n")[0]
    out[: len(first)] = map(str.upper, first)


def _as_windows_1252(character: str) -> str:
    if character.isascii():
        return character
    return "".join(
        bytes([byte]).decode("cp1252" if byte not in (0x81, 0x8D, 0x8F, 0x90, 0x9D) else "latin-1")
        for byte in character.encode()
    )


def _broken_lines(article: Article, out: Written, _: random.Random) -> None:
    column = 0
    last = None
    for at, character in enumerate(article["body"]):
        column = 0 if character == "\n" else column + 1
        last = at if character == " " else None if character == "\n" else last
        if column > WIDTH and last is not None:
            out[last] = "\n"
            column, last = at - last, None


def _slips(share: float, article: Article, out: Written, chance: random.Random) -> None:
    """Two letters of an ordinary word change places, or one is lost."""
    named = [(m["start"], m["end"]) for m in article["mentions"]]
    for match in re.finditer(r"[a-z]{4,}", article["body"]):
        if any(start < match.end() and match.start() < end for start, end in named):
            continue
        if chance.random() < share:
            at = chance.randrange(match.start(), match.end() - 1)
            out[at], out[at + 1] = out[at + 1], out[at] if chance.random() < 0.5 else ""


def _inserted(sign: str, article: Article, out: Written, chance: random.Random) -> None:
    """The sign stands inside one in ten words of six letters or more."""
    for match in re.finditer(r"\w{6,}", article["body"]):
        if chance.random() < 0.1:
            out[match.start() + 3] = sign + out[match.start() + 3]


def _entity(character: str) -> str:
    name = codepoint2name.get(ord(character))
    return f"&{name};" if name and character not in "<>" else character


def _doubled(article: Article, out: Written, chance: random.Random) -> None:
    for at, character in enumerate(article["body"]):
        if character == " " and chance.random() < 0.2:
            out[at] = "  "


def _apart(character: str) -> str:
    return unicodedata.normalize("NFD", character)


def _bullets(article: Article, out: Written, _: random.Random) -> None:
    for match in re.finditer(r"(?<=\n)(?=\S)", article["body"]):
        out[match.start()] = "• " + out[match.start()]


WAYS: Sequence[tuple[str, Dirt]] = (
    ("10 % of the blanks beside names missing", partial(_blanks_beside, 0.1)),
    ("50 % of the blanks beside names missing", partial(_blanks_beside, 0.5)),
    ("all blanks beside names missing", partial(_blanks_beside, 1.0)),
    ("5 % of the blanks before capitals missing", partial(_without, r" (?=[A-Z])", 0.05)),
    ("no blank after full stops", partial(_without, r"(?<=[a-z][.!?]) ", 1.0)),
    ("no blank after commas", partial(_without, r"(?<=[a-z],) ", 1.0)),
    ("all lower case", partial(_each, str.lower)),
    ("first paragraph in capitals", _first_paragraph),
    ("everything in capitals", partial(_each, str.upper)),
    ("UTF-8 read as Windows-1252", partial(_each, _as_windows_1252)),
    ("one paragraph", partial(_each, lambda c: " " if c == "\n" else c)),
    (f"lines broken at {WIDTH} columns", _broken_lines),
    ("slips in 3 % of ordinary words", partial(_slips, 0.03)),
    ("slips in 10 % of ordinary words", partial(_slips, 0.1)),
    ("no-break spaces", partial(_each, lambda c: NO_BREAK if c == " " else c)),
    ("zero-width characters", partial(_inserted, ZERO_WIDTH)),
    ("soft hyphens", partial(_inserted, SOFT_HYPHEN)),
    ("HTML entities", partial(_each, _entity)),
    ("accents apart from their letters", partial(_each, _apart)),
    ("a fifth of the blanks doubled", _doubled),
    ("straight quotes", partial(_each, lambda c: STRAIGHT.get(c, c))),
    ("curly quotes", partial(_each, lambda c: CURLY.get(c, c))),
    ("bullets", _bullets),
)


def made_dirty(article: Article, dirt: Dirt) -> tuple[str, set[tuple[int, int, str]]]:
    """The body and where its annotated mentions then stand; the same each time."""
    out = list(article["body"])
    dirt(article, out, random.Random(article["id"]))
    at = [0, *accumulate(map(len, out))]
    body = "".join(out)
    spans = set()
    for mention in article["mentions"]:
        start, end = at[mention["start"]], at[mention["end"]]
        inside = body[start:end]
        start += len(inside) - len(inside.lstrip(f"{ZERO_WIDTH}{SOFT_HYPHEN}• "))
        spans.add((start, end, mention["type"]))
    return body, spans


def f1(extractor: Extractor, cases: Iterator[tuple[str, str, set[tuple[int, int, str]]]]) -> float:
    """Micro F1 of exact spans with their types, over (date, body, annotated spans)."""
    right = found_in_all = wanted = 0
    for date, body, spans in cases:
        found = {(m.start, m.end, str(m.type)) for m in extractor.extract(body, date=date).mentions}
        right += len(found & spans)
        found_in_all += len(found)
        wanted += len(spans)
    return 2 * right / (found_in_all + wanted)


def main() -> None:
    """Print for each way the share of the clean text's F1 that is kept."""
    articles = corpora.annotated()
    extractor = Extractor(KnowledgeBase.shipped())

    def of(dirt: Dirt) -> float:
        return f1(extractor, ((a["date"], *made_dirty(a, dirt)) for a in articles))

    clean = of(lambda *_: None)
    for name, dirt in WAYS:
        print(f"  {name:42} {of(dirt) / clean:.3f}")


if __name__ == "__main__":
    main()
