"""One address → its bytes, politely and within limits of time, size and redirects.

Speaks http and https only, names itself, asks robots.txt first (RFC 9309). Whatever the server does -
stalls, cuts off, sends without end - the answer comes within ``TIME_LIMIT`` seconds.
"""

from __future__ import annotations

import http.client
import socket
import threading
import time
import urllib.error
import urllib.request
import urllib.robotparser
import zlib
from dataclasses import dataclass
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from typing import IO, Any
from urllib.parse import urlsplit, urlunsplit

from store.ingest.unit import MAX_DOCUMENT
from store.records import Failure

TIME_LIMIT = 30.0
"""Seconds for one address, redirects and robots.txt included."""
SIZE_LIMIT = MAX_DOCUMENT
MAX_REDIRECTS = 5
_CHUNK = 65536
_LEFT_THE_WEB = "It leads away from the web (not http or https): check the address."
_READABLE = (
    "text/", "application/xhtml", "application/xml", "application/rss", "application/atom", "application/json",
    "application/ld+json", "application/x-ndjson", "application/pdf", "application/zip", "application/gzip",
    "application/x-gzip", "application/x-tar", "application/octet-stream", "application/vnd.openxmlformats",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """What a server answered, decompressed."""

    data: bytes
    url: str
    """Where it came from in the end, after redirects."""
    media_type: str
    charset: str | None


class _RefusedError(Exception):
    """Why an address was not read, as a sentence with the next step."""


def download(url: str, *, time_limit: float = TIME_LIMIT) -> Page | Failure:
    """The page at ``url``, or why it could not be had."""
    deadline = time.monotonic() + time_limit
    try:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise _RefusedError(
                f"Addresses that begin with {parts.scheme}:// are not read: use http or https."
            )
        if not _allowed(url, deadline):
            raise _RefusedError(
                "The site's robots.txt asks programs not to read it: save the page by hand."
            )
        return _get(url, deadline, SIZE_LIMIT)
    except urllib.error.HTTPError as error:
        error.close()
        # urllib says so itself before it asks our handler, and only in words.
        left = "not allowed" in str(error.reason)
        return Failure(url, _LEFT_THE_WEB if left else _status(error.code))
    except _RefusedError as refusal:
        return Failure(url, str(refusal))
    except (
        TimeoutError,
        urllib.error.URLError,
        OSError,
        http.client.HTTPException,
        ValueError,
    ) as error:
        return Failure(url, _trouble(error, deadline, time_limit))


def _status(code: int) -> str:
    if code in (404, 410):
        return f"The page does not exist (HTTP {code}): check the address."
    if code in (401, 402, 403, 451):
        return f"The site refuses it (HTTP {code}): open it in a browser and save the page."
    if 300 <= code < 400:
        return "It sends from address to address without end: check it in a browser."
    if code >= 500:
        return f"The site has a fault (HTTP {code}): try again later."
    return f"The site answered HTTP {code}: check the address in a browser."


def _trouble(error: Exception, deadline: float, time_limit: float) -> str:
    if time.monotonic() >= deadline or isinstance(error, TimeoutError):
        return f"No full answer within {time_limit:g} seconds: try again later, or save the page by hand."
    reason = getattr(error, "reason", error)
    if isinstance(reason, TimeoutError):
        return f"No full answer within {time_limit:g} seconds: try again later, or save the page by hand."
    if isinstance(reason, socket.gaierror):
        return "The site's name is not known: check the address and the network."
    if isinstance(error, http.client.IncompleteRead):
        return "The answer was cut off: try again."
    return (
        f"It cannot be read ({reason or type(error).__name__}): check the address and the network."
    )


def _user_agent() -> str:
    try:
        return f"bilat-tui/{version('bilat-tui')}"
    except PackageNotFoundError:
        return "bilat-tui"


def _allowed(url: str, deadline: float) -> bool:
    """What robots.txt says; none (4xx) allows all, an unreachable one (5xx) allows nothing."""
    parts = urlsplit(url)
    try:
        robots = _get(
            urlunsplit((parts.scheme, parts.netloc, "/robots.txt", "", "")), deadline, 512 * 1024
        )
    except urllib.error.HTTPError as error:
        error.close()
        if error.code >= 500:
            raise _RefusedError(
                f"The site's robots.txt has a fault (HTTP {error.code}): try again later."
            ) from None
        return True
    rules = urllib.robotparser.RobotFileParser()
    rules.parse(robots.data.decode("utf-8", "replace").splitlines())
    return rules.can_fetch(_user_agent(), url)


def _get(url: str, deadline: float, limit: int) -> Page:
    """One request with its redirects. The watchdog cuts the connection at the deadline."""
    watch = _Watchdog(deadline)
    opener = urllib.request.build_opener(_Http(watch), _Https(watch), _Redirects())
    request = urllib.request.Request(  # noqa: S310 - the scheme was checked
        url, headers={"User-Agent": _user_agent(), "Accept-Encoding": "gzip", "Accept": "*/*"}
    )
    with watch, opener.open(request, timeout=max(0.05, deadline - time.monotonic())) as response:
        media_type = response.headers.get_content_type()
        if not media_type.startswith(_READABLE):
            raise _RefusedError(f"It is {media_type}, not a page: name the address of an article.")
        data = _read(response, limit)
        if time.monotonic() >= deadline:
            raise TimeoutError
        if response.headers.get("Content-Encoding", "").lower() in ("gzip", "x-gzip"):
            data = _unzip(data, limit)
        return Page(data, response.geturl(), media_type, response.headers.get_content_charset())


def _read(response: http.client.HTTPResponse, limit: int) -> bytes:
    data = bytearray()
    while chunk := response.read1(_CHUNK):
        data += chunk
        if len(data) > limit:
            raise _RefusedError(
                f"It is larger than {limit // 2**20} MB: download it and import the file."
            )
    declared = response.headers.get("Content-Length", "")
    if declared.isdigit() and len(data) < int(declared):
        raise http.client.IncompleteRead(bytes(data), int(declared) - len(data))
    return bytes(data)


def _unzip(data: bytes, limit: int) -> bytes:
    try:
        inflate = zlib.decompressobj(wbits=31)
        plain = inflate.decompress(data, limit + 1)
    except zlib.error as error:
        raise _RefusedError(f"Its compression is damaged ({error}): try again.") from None
    if len(plain) > limit:
        raise _RefusedError(f"It unfolds to more than {limit // 2**20} MB: save the page by hand.")
    return plain


class _Watchdog:
    """Shuts down the open connections at the deadline, so that no trickle of bytes outlives it."""

    def __init__(self, deadline: float) -> None:
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(max(0.0, deadline - time.monotonic()), self._cut)
        self._timer.daemon = True

    def __enter__(self) -> _Watchdog:
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()

    def watch(self, connection: socket.socket) -> None:
        self._sockets.append(connection)

    def _cut(self) -> None:
        for connection in self._sockets:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue


class _Connection(http.client.HTTPConnection):
    def __init__(self, *args: Any, watchdog: _Watchdog, **options: Any) -> None:
        super().__init__(*args, **options)
        self._watchdog = watchdog

    def connect(self) -> None:
        super().connect()
        self._watchdog.watch(self.sock)


class _SecureConnection(http.client.HTTPSConnection):
    def __init__(self, *args: Any, watchdog: _Watchdog, **options: Any) -> None:
        super().__init__(*args, **options)
        self._watchdog = watchdog

    def connect(self) -> None:
        super().connect()
        self._watchdog.watch(self.sock)


class _Http(urllib.request.HTTPHandler):
    def __init__(self, watchdog: _Watchdog) -> None:
        super().__init__()
        self._watchdog = watchdog

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_Connection, watchdog=self._watchdog), req)


class _Https(urllib.request.HTTPSHandler):
    def __init__(self, watchdog: _Watchdog) -> None:
        super().__init__()
        self._watchdog = watchdog

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(partial(_SecureConnection, watchdog=self._watchdog), req)


class _Redirects(urllib.request.HTTPRedirectHandler):
    max_redirections = MAX_REDIRECTS
    max_repeats = 2

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: http.client.HTTPMessage,
        newurl: str,
    ) -> urllib.request.Request | None:
        if urlsplit(newurl).scheme not in ("http", "https"):
            raise _RefusedError(
                "It leads away from the web (not http or https): check the address."
            )
        return super().redirect_request(req, fp, code, msg, headers, newurl)
