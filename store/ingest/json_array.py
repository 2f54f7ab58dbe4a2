"""A JSON document of many articles, object by object, whatever its size."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from typing import BinaryIO

from store.ingest.columns import known_fields
from store.ingest.unit import MAX_RECORD, UNIT_BYTES, UNIT_PARTS, Part, Unit
from store.records import Failure

_CHUNK = 2**18
_BLANK = re.compile(r"[\s,]*")
# Members under which exports keep their list of articles.
_LISTS = (
    "articles",
    "items",
    "data",
    "results",
    "posts",
    "docs",
    "documents",
    "rows",
    "records",
    "berita",
    "entries",
    "hits",
    "edges",
    "nodes",
)
_DEEPEST = 3


def scan_json(stream: BinaryIO, name: str) -> Iterator[Unit | Failure]:
    """Units of the objects of a top-level list, streamed; of anything else, read as a whole."""
    head = stream.read(_CHUNK)
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"["):
        yield from _batches(_elements(head, stream, name), name)
        return
    data = head + stream.read(MAX_RECORD + 1 - len(head))
    if len(data) > MAX_RECORD:
        yield Failure(
            name,
            f"One JSON object of more than {MAX_RECORD // 2**20} MB: save the articles as a list or as JSONL.",
        )
        return
    yield from _batches(_whole(data, name), name)


def _batches(parts: Iterator[Part | Failure], name: str) -> Iterator[Unit | Failure]:
    waiting: list[Part] = []
    size = 0
    for part in parts:
        if isinstance(part, Failure):
            if waiting:
                yield Unit(name, "json", tuple(waiting), media_type="application/json")
                waiting, size = [], 0
            yield part
            continue
        waiting.append(part)
        size += len(part.data)
        if size >= UNIT_BYTES or len(waiting) >= UNIT_PARTS:
            yield Unit(name, "json", tuple(waiting), media_type="application/json")
            waiting, size = [], 0
    if waiting:
        yield Unit(name, "json", tuple(waiting), media_type="application/json")


def _elements(head: bytes, stream: BinaryIO, name: str) -> Iterator[Part | Failure]:
    """The elements of a list, decoded as they come. The raw text of each is its part."""
    decoder = json.JSONDecoder()
    characters = codecs.getincrementaldecoder("utf-8-sig")("replace")
    text = characters.decode(head)
    at = text.index("[") + 1
    number = 0
    ended = False
    while True:
        at = _end_of_blank(text, at)
        if at < len(text) and text[at] == "]":
            return
        try:
            if at >= len(text):
                raise ValueError("more is needed")
            _, end = decoder.raw_decode(text, at)
            # A number at the very end of the buffer may go on.
            if end == len(text) and not ended:
                raise ValueError("more is needed")
        except (ValueError, RecursionError) as error:
            if not ended and len(text) - at <= MAX_RECORD:
                # Growing by the size of what is held keeps the retries few.
                chunk = stream.read(max(_CHUNK, len(text) - at))
                ended = not chunk
                text = text[at:] + characters.decode(chunk, final=ended)
                at = 0
                continue
            yield Failure(
                f"{name}:{number + 1}",
                f"The JSON list is broken from element {number + 1} on ({error}): mend the file.",
            )
            return
        number += 1
        yield Part(text[at:end].encode("utf-8", "surrogatepass"), f"element {number}", number)
        at = end


def _end_of_blank(text: str, at: int) -> int:
    match = _BLANK.match(text, at)
    return match.end() if match else at


def _whole(data: bytes, name: str) -> Iterator[Part | Failure]:
    """One object: an article, or a wrapper around a list of them."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        yield Failure(name, f"It is not valid JSON ({error}): mend the file.")
        return
    rows = _list_in(value)
    if rows is None:
        yield Part(data, None, None)
        return
    for number, row in enumerate(rows, 1):
        yield Part(
            json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass"),
            f"element {number}",
            number,
        )


def _list_in(value: object, depth: int = 0) -> list[object] | None:
    """The list of objects that an export wraps: under a name that says so, else within any member."""
    if not isinstance(value, dict) or depth > _DEEPEST:
        return None
    for key in _LISTS:
        inner = value.get(key)
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            return inner
    texts = (name for name, inner in value.items() if isinstance(inner, str))
    if not known_fields(texts).isdisjoint(("body", "title")):
        # An article of its own, whatever else it carries.
        return None
    for inner in value.values():
        if (nested := _list_in(inner, depth + 1)) is not None:
            return nested
    return None
