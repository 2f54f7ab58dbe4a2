"""MHTML ("web page, single file"): the mail-like container that browsers save pages in."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass

_HEADERS = re.compile(rb"^MIME-Version:", re.IGNORECASE | re.MULTILINE)
_RELATED = re.compile(rb"multipart/related", re.IGNORECASE)
_REACH = 2000


@dataclass(frozen=True, slots=True)
class SavedPage:
    """The page inside: its bytes, its declared charset, the address it was saved from."""

    data: bytes
    charset: str | None
    url: str | None


def unwrap(data: bytes) -> SavedPage | None:
    """The HTML page in an MHTML file, None where ``data`` is none."""
    head = data[:_REACH]
    if not (_HEADERS.search(head) and _RELATED.search(head)):
        return None
    message = email.message_from_bytes(data, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() != "text/html":
            continue
        payload = part.get_payload(decode=True)
        if isinstance(payload, bytes):
            where = part.get("Content-Location") or message.get("Snapshot-Content-Location")
            url = str(where) if where and str(where).startswith(("http://", "https://")) else None
            return SavedPage(payload, part.get_content_charset(), url)
    return None
