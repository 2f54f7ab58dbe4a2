"""Knowledge-base rows as files: JSONL (one object a line) or CSV, read leniently, named in errors.

The shape is the contract's; the first eight fields suffice. ``country`` is an ISO code; a joined
one ("ID-JP", as files of agreements have it) is read as the parties of the agreement, Indonesia
left out. Lists in CSV cells are joined by ``|``, the posts of a person are JSON there.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import cast

from store.errors import InputError
from store.records import KbKind, KbRow, Post

FIELDS = (
    *("id", "kind", "name", "aliases", "role", "country", "from", "to"),
    *("posts", "partners", "signed", "in_force", "status", "source", "verified"),
)
"""The columns of a row, in the order in which they are written."""

KINDS = ("minister", "program", "organisation")
_DAY = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")
_CODE = re.compile(r"[A-Z]{2}")
_LISTS = ("aliases", "partners")


def read_rows(source: Path | str | Iterable[str], *, name: str = "") -> list[KbRow]:
    """The rows of a JSONL or CSV file, or of its lines; ``name`` stands for lines in errors.

    Raises InputError naming file and line for what is not a row, and for an id that comes twice.
    """
    if isinstance(source, (Path, str)):
        path = Path(source)
        name = name or path.name
        try:
            text = path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
            raise InputError(
                f"The knowledge base cannot be read ({reason})",
                str(path),
                "Give a JSONL or CSV file in UTF-8",
            ) from error
        # Only line feeds end a line: a JSON string may hold U+2028 or a form feed.
        lines = text.split("\n")
    else:
        lines = [line.rstrip("\n") for line in source]
    first = next((line.strip() for line in lines if line.strip()), "")
    numbered = _from_json(lines, name) if first.startswith("{") else _from_csv(lines, name)
    rows: list[KbRow] = []
    seen: dict[str, int] = {}
    for number, item in numbered:
        row = _row(item, f"{name or 'line'}:{number}")
        if row.id in seen:
            raise _fault(f"The id {row.id} was used in line {seen[row.id]}", f"{name}:{number}")
        seen[row.id] = number
        rows.append(row)
    return rows


def row_to_json(row: KbRow) -> dict[str, object]:
    """The row as the contract's object; empty optional fields are left out."""
    item: dict[str, object] = {
        "id": row.id,
        "kind": row.kind,
        "name": row.name,
        "aliases": list(row.aliases),
        "role": row.role,
        "country": row.country,
        "from": row.start,
        "to": row.end,
    }
    if row.posts:
        item["posts"] = [
            {
                "role": post.role,
                "ministry": post.ministry,
                "country": post.country,
                "from": post.start,
                "to": post.end,
            }
            for post in row.posts
        ]
    if row.partners:
        item["partners"] = list(row.partners)
    for field in ("signed", "in_force", "status", "source"):
        if (value := getattr(row, field)) is not None:
            item[field] = value
    item["verified"] = row.verified
    return item


def rows_to_csv(rows: Iterable[KbRow]) -> str:
    """The rows as CSV with the same columns; ``read_rows`` gives the same rows back."""
    out = io.StringIO()
    writer = csv.DictWriter(out, FIELDS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        item = row_to_json(row)
        cells = {key: value for key, value in item.items() if value is not None}
        for field in _LISTS:
            cells[field] = "|".join(cast("list[str]", item.get(field, [])))
        if row.posts:
            cells["posts"] = json.dumps(item["posts"], ensure_ascii=False)
        cells["verified"] = "true" if row.verified else "false"
        writer.writerow(cells)
    return out.getvalue()


def _from_json(lines: Iterable[str], name: str) -> Iterable[tuple[int, Mapping[str, object]]]:
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            item = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise _fault("This line is not JSON", f"{name}:{number}") from error
        if not isinstance(item, dict):
            raise _fault("This line is not a JSON object", f"{name}:{number}")
        yield number, item


def _from_csv(lines: Iterable[str], name: str) -> Iterable[tuple[int, Mapping[str, object]]]:
    reader = csv.DictReader(line + "\n" for line in lines)
    try:
        if not {"id", "kind", "name"} <= set(reader.fieldnames or ()):
            raise _fault("Neither JSON objects nor a CSV header with id, kind, name", f"{name}:1")
        for cells in reader:
            item: dict[str, object] = {
                key: value for key, value in cells.items() if key and value not in (None, "")
            }
            for field in _LISTS:
                item[field] = [x for x in str(item.get(field) or "").split("|") if x]
            if "posts" in item:
                item["posts"] = json.loads(str(item["posts"]))
            item["verified"] = str(item.get("verified", "true")).lower() not in ("false", "0", "no")
            yield reader.line_num, item
    except (csv.Error, ValueError, RecursionError) as error:
        raise _fault("This row is not CSV", f"{name}:{reader.line_num}") from error


def _row(item: Mapping[str, object], where: str) -> KbRow:
    identity, kind, title, role, country, status, source = _texts(item, _TEXTS, where)
    if not identity or not title:
        raise _fault("A row needs an id and a name", where)
    if kind not in KINDS:
        raise _fault(f"The kind is {kind or 'missing'}, not one of {', '.join(KINDS)}", where)
    partners = _strings(item, "partners", where)
    if country and not _CODE.fullmatch(country):
        partners = partners or tuple(c for c in country.split("-") if c and c != "ID")
        # An agreement with one other country is that country's; with several, nobody's.
        country = partners[0] if len(partners) == 1 and _CODE.fullmatch(partners[0]) else None
    verified = item.get("verified", True)
    start, end, signed, in_force = _days(item, _DAYS, where)
    return KbRow(
        id=identity,
        kind=cast("KbKind", kind),
        name=title,
        aliases=_strings(item, "aliases", where),
        role=role,
        country=country or None,
        start=start,
        end=end,
        posts=_posts(item, country, where),
        partners=partners,
        signed=signed,
        in_force=in_force,
        status=status,
        source=source,
        verified=verified if isinstance(verified, bool) else True,
    )


def _posts(item: Mapping[str, object], country: str | None, where: str) -> tuple[Post, ...]:
    posts = item.get("posts")
    posts = [] if posts is None else posts
    if not isinstance(posts, list) or not all(isinstance(post, dict) for post in posts):
        raise _fault("posts is not a list of objects", where)
    found: list[Post] = []
    for post in posts:
        role, ministry, state = _texts(post, _POST_TEXTS, where)
        start, end = _days(post, _POST_DAYS, where)
        found.append(Post(role or "", ministry, state or country, start, end))
    return tuple(found)


_TEXTS = ("id", "kind", "name", "role", "country", "status", "source")
_DAYS = ("from", "to", "signed", "in_force")
_POST_TEXTS = ("role", "ministry", "country")
_POST_DAYS = ("from", "to")


def _texts(item: Mapping[str, object], keys: Iterable[str], where: str) -> list[str | None]:
    """The texts under these keys, None for what is missing or blank."""
    found: list[str | None] = []
    for key in keys:
        value = item.get(key)
        if value is not None and not isinstance(value, str):
            raise _fault(f"{key} is not a text", where)
        found.append(value.strip() or None if value else None)
    return found


def _strings(item: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    value = item.get(key)
    if not value and (value is None or isinstance(value, list)):
        return ()
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise _fault(f"{key} is not a list of texts", where)
    return tuple(part.strip() for part in value if part.strip())


def _days(item: Mapping[str, object], keys: Iterable[str], where: str) -> list[str | None]:
    """The dates under these keys, None for what is missing."""
    found: list[str | None] = []
    for key in keys:
        value = item.get(key)
        if value is None or value == "":
            found.append(None)
            continue
        day = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
        if not isinstance(day, str) or not _DAY.fullmatch(day):
            raise _fault(f"{key} is {value}, not a date like 2019-10-23 or 2019", where)
        found.append(day)
    return found


def _fault(what: str, where: str) -> InputError:
    return InputError(what, where, "Correct the row and try again")
