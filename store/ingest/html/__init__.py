"""HTML pages → articles: text from the container that holds the prose, facts from what the page declares."""

from __future__ import annotations

import logging
import re

from store.dates import parse_date
from store.ingest.article import make_article
from store.ingest.html import content, facts
from store.ingest.html.blocks import blocks_of
from store.ingest.html.mhtml import unwrap
from store.ingest.html.page import Element, decode_page, parse_page, strip_page
from store.ingest.unit import MAX_TEXT, Part, Unit, too_long
from store.records import Article, Failure, Original

__all__ = ["page_text", "parse_html"]

# A page without one such line holds no article: it is a menu, an index, an error.
_SENTENCE = re.compile(r".{39,}[.!?…][\"'”’)\]]*")
# How many blocks before the first paragraph may hold the date line and the headline.
_REACH = 25
# With menus and blanks; looking for the article in more would take all memory.
_MOST_CHARACTERS = 3 * MAX_TEXT
# What a page shows to readers without scripts: a picture, or that they need scripts.
_NO_SCRIPT = re.compile(r"<noscript\b.*?</noscript\s*>", re.IGNORECASE | re.DOTALL)
_CLOCK = re.compile(r"\d{1,2}[:.]\d{2}")


def parse_html(unit: Unit, part: Part, ref: str) -> Article | Failure:
    """The one article of a page."""
    saved = unwrap(part.data)
    if saved:
        source = decode_page(saved.data, saved.charset)
    else:
        source = decode_page(part.data, unit.charset)
    root = parse_page(source) if source else None
    if source is None or root is None:
        return Failure(unit.name, "It is not an HTML page: check the file, or name its --format.")
    declared = facts.gather(root)
    strip_page(root)
    if len(root.text_content()) > _MOST_CHARACTERS:
        return too_long(unit.name)
    body = page_text(root, source, declared.body)
    if not any(_SENTENCE.search(line) for line in body.split("\n")):
        return Failure(
            unit.name,
            "No article text was found in the page: save the article's own page, or its text.",
        )
    url = declared.url or unit.url or (saved.url if saved else None)
    above = _above(root, body)
    site = next((site for site in declared.sites if site), None)
    return make_article(
        ref=ref,
        body=body,
        title=facts.title(declared, above),
        raw_date=facts.date(declared, _visible_dates(above), url, _moments(root, body)),
        source=None if url else site,
        url=url,
        name=unit.name,
        original=Original(part.data, unit.media_type, unit.name, part.locator),
    )


def page_text(root: Element, source: str, declared_body: str = "") -> str:
    """The article's paragraphs, joined by line breaks; empty where the page has no prose.

    trafilatura costs ten times the other witnesses together; it is asked where they disagree or
    have nothing to say.
    """
    own = [content.marked_text(root), content.container_text(root), declared_body]
    own = [text for text in own if text]
    if len(own) == 1 or (len(own) > 1 and content.agree(own)):
        return own[0]
    return content.most_agreed([*own, _trafilatura(_NO_SCRIPT.sub(" ", source))])


def _trafilatura(source: str) -> str:
    import trafilatura

    # A page without text is no event worth a line on the terminal.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    text = trafilatura.extract(source, include_comments=False, include_tables=False)
    return text or ""


def _above(root: Element, body: str) -> list[str]:
    """The blocks that stand before the article's text, the closest first."""
    start = body[:60]
    before: list[str] = []
    for block in blocks_of(root):
        if start and block.text.startswith(start):
            break
        before.append(block.text)
    return before[: -_REACH - 1 : -1]


def _moments(root: Element, body: str) -> list[str]:
    """What ``<time datetime>`` says above the article's text, the closest first; else a lone one below."""
    start = body[:60]
    first = next((block.element for block in blocks_of(root) if block.text.startswith(start)), None)
    found: list[str] = []
    above = 0
    for element in root.iter():
        if element is first:
            above = len(found)
        if element.tag == "time" and element.get("datetime"):
            found.append(element.get("datetime"))
    return found[:above][::-1] or (found if len(found) == 1 else [])


def _visible_dates(above: list[str]) -> list[str]:
    """The date lines among them, those with a clock time first."""
    lines = [line for line in above if len(line) <= 120 and parse_date(line)]
    return sorted(lines, key=lambda line: _CLOCK.search(line) is None)
