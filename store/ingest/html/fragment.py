"""A piece of HTML that is no page: an entry of a feed, a column of a content management system."""

from __future__ import annotations

from store.ingest.html.blocks import blocks_of
from store.ingest.html.page import parse_page, strip_page


def markup_text(markup: str) -> str:
    """The text of a piece of HTML (feeds nest it escaped), a line per paragraph."""
    if "<" not in markup and "&" not in markup:
        return " ".join(markup.split())
    root = parse_page(f"<div>{markup}</div>")
    if root is None:
        return ""
    strip_page(root)
    return "\n".join(block.text for block in blocks_of(root) if block.link_share < 1)
