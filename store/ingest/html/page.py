"""A saved or downloaded page → a clean tree: the right characters, no scripts, nothing hidden."""

from __future__ import annotations

import re
from typing import Any

from store.ingest.encoding import decode

# A charset stands in the first kilobytes (WHATWG: 1,024 bytes; sites put scripts before it).
_META = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE)
_META_REACH = 16_384
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>", re.IGNORECASE)
# Elements that never hold an article's words.
_DROPPED = (
    "script", "style", "noscript", "template", "iframe", "svg", "form", "button", "select", "input",
    "textarea", "nav", "footer", "aside", "object", "embed", "video", "audio", "canvas", "map",
)  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

Element = Any
"""lxml ships no types; an ``lxml.html.HtmlElement``."""


def decode_page(data: bytes, declared: str | None = None) -> str | None:
    """The page's characters. Valid UTF-8 wins over any declaration: it does not occur by chance."""
    meta = _META.search(data[:_META_REACH])
    return decode(data, (meta[1].decode("ascii") if meta else None) or declared)


def parse_page(text: str) -> Element | None:
    """The tree of the whole page, None where there is no element in it."""
    from lxml import etree
    from lxml import html as lxml_html

    # libxml2 stops at NUL; other controls are no characters of HTML either.
    text = re.sub(r"[\x00-\x08\x0b\x0e-\x1f]", " ", _XML_DECLARATION.sub("", text))
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        root = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None
    return root


def strip_page(root: Element) -> None:
    """Take scripts, navigation and hidden elements out of the tree (their tails stay)."""
    for element in list(root.iter(*_DROPPED)):
        _drop(element)
    for element in list(root.iterfind(".//*[@style]")):
        if _HIDDEN.search(element.get("style") or ""):
            _drop(element)
    for element in list(root.iterfind(".//*[@hidden]")):
        _drop(element)


def _drop(element: Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()
