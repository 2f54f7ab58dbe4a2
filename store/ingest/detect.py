"""Which format an input has: by its name, else by its first bytes."""

from __future__ import annotations

import json
import os
import re
from urllib.parse import urlsplit

from store.ingest.columns import known_fields
from store.text import late

HEAD = 64 * 1024
"""How many bytes are looked at."""

_EXTENSIONS = {
    ".txt": "text", ".text": "text", ".log": "text",
    ".html": "html", ".htm": "html", ".xhtml": "html", ".shtml": "html", ".mhtml": "html", ".mht": "html",
    ".md": "markdown", ".markdown": "markdown", ".mdown": "markdown",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".jl": "jsonl",
    ".json": "json", ".geojson": "json",
    ".csv": "csv", ".tsv": "csv", ".tab": "csv",
    ".rss": "feed", ".atom": "feed", ".rdf": "feed",
    ".pdf": "pdf", ".docx": "docx",
}  # fmt: skip
_HTML = late(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b",
    re.I | re.S,
)
_FEED = late(rb"<(?:rss|feed|rdf:RDF)[\s>]", re.I)


_FRONT_MATTER = re.compile(rb"---[ \t]*\r?\n(?:\s*#.*\r?\n)*[\w-]{1,40}[ \t]*:", re.A)
_LONGEST_HEADER = 1000
_FEWEST_FIELDS = 2
_SECOND_OBJECT = re.compile(rb"\n\s*\{")


def by_name(name: str) -> str | None:
    """The format that the extension tells, None where it tells none."""
    return _EXTENSIONS.get(os.path.splitext(name)[1].lower())


def detect(name: str, head: bytes) -> str:
    """The format of a file called ``name`` whose first bytes are ``head``."""
    named = by_name(name)
    if named == "text" or named is None:
        return by_content(head) or "text"
    if named == "json" and _is_json_lines(head) and _SECOND_OBJECT.search(head):
        # One object alone may wrap a list; only several in lines are JSON Lines under a wrong name.
        return "jsonl"
    return named


def by_content(head: bytes) -> str | None:
    """The format that the first bytes prove, None where they prove nothing."""
    if head.startswith(b"%PDF-"):
        return "pdf"
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"{" and _is_json_lines(start):
        return "jsonl"
    if start[:1] in b"[{" and start[:1] and _looks_like_json(start):
        return "json"
    if start[:1] == b"<":
        if _HTML.match(start):
            return "html"
        if _FEED.search(start[:2000]):
            return "feed"
    if _FRONT_MATTER.match(start):
        return "markdown"
    return "csv" if _is_table_header(start.partition(b"\n")[0]) else None


def _is_table_header(line: bytes) -> bool:
    """A first line that names, between delimiters, a text and at least one more field of an article."""
    if len(line) > _LONGEST_HEADER or not re.search(rb"[\t;,|]", line):
        return False
    names = [name.strip(" \"'\r") for name in re.split(r"[\t;,|]", line.decode("utf-8", "replace"))]
    return "body" in known_fields(names) and len(known_fields(names)) >= _FEWEST_FIELDS


def _is_json_lines(start: bytes) -> bool:
    """The first line is a whole JSON object (a longer one than we look at counts by its looks)."""
    start = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    line, end, rest = start.partition(b"\n")
    if not line.startswith(b"{"):
        return False
    if not end and len(start) >= HEAD - 64:
        return _looks_like_json(start)
    try:
        whole = isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        # A broken first line among good ones: the second decides.
        second = rest.partition(b"\n")[0]
        return line.rstrip().endswith(b"}") and second.startswith(b"{")
    return whole


def _looks_like_json(start: bytes) -> bool:
    return re.match(rb'(?:\[\s*)?\{\s*"|\[\s*\]|\{\s*\}', start) is not None


def by_media_type(media_type: str, url: str, head: bytes) -> str:
    """The format of a web answer: what it is by its bytes, else what the server or the name says."""
    found = by_content(head)
    if found:
        return found
    for mark, name in (
        ("html", "html"),
        ("json", "json"),
        ("csv", "csv"),
        ("markdown", "markdown"),
        ("pdf", "pdf"),
    ):
        if mark in media_type:
            return name
    return by_name(urlsplit(url).path) or "text"
