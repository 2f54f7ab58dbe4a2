"""Addresses, against a real server on this machine that also misbehaves."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from store.ingest import read_source
from store.ingest.web import Page, download
from store.records import Article, Failure

SENTENCE = (
    "Menteri kedua negara sepakat memperluas kerja sama perdagangan dan investasi tahun ini. "
)
PAGE = (
    "<html><head><title>Dua Menteri Bertemu di Osaka - Contoh.id</title>"
    '<meta property="article:published_time" content="2019-06-27T10:00:00+07:00"></head>'
    f"<body><h1>Dua Menteri Bertemu di Osaka</h1><div><p>{SENTENCE * 2}</p><p>{SENTENCE * 3}</p></div></body></html>"
).encode()
ROBOTS = b"User-agent: *\nDisallow: /tertutup\n"
RSS = (
    "<rss version='2.0'><channel><title>Contoh</title><link>http://{host}/</link><item><title>Satu</title>"
    "<link>http://{host}/baik</link><description>Ringkasan.</description></item></channel></rss>"
)


class Handler(BaseHTTPRequestHandler):
    """Good at ``/baik``, bad in its own way at every other path."""

    seen: list[str]

    def log_message(self, *_: object) -> None:
        pass

    def answer(self, body: bytes, media_type: str = "text/html", **headers: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if "Content_Length" not in headers:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self) -> None:
        agents.append(self.headers.get("User-Agent", ""))
        path = self.path
        try:
            if path == "/robots.txt":
                self.answer(ROBOTS, "text/plain")
            elif path in ("/baik", "/tertutup"):
                self.answer(PAGE)
            elif path == "/gzip":
                self.answer(gzip.compress(PAGE), Content_Encoding="gzip")
            elif path == "/bom":
                self.answer(gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")
            elif path == "/rusak":
                self.answer(b"bukan gzip", Content_Encoding="gzip")
            elif path == "/latin":
                self.answer(
                    PAGE.replace(b"Osaka", b"S\xe3o Paulo"), "text/html; charset=iso-8859-1"
                )
            elif path == "/gambar":
                self.answer(b"\x89PNG", "image/png")
            elif path == "/putus":
                self.answer(PAGE[:100], Content_Length="5000")
            elif path == "/umpan":
                self.answer(RSS.format(host=self.headers["Host"]).encode(), "application/rss+xml")
            elif path == "/pindah":
                self.redirect("/baik")
            elif path.startswith("/putar"):
                self.redirect(path + "x")
            elif path == "/keluar":
                self.redirect("file:///etc/passwd")
            elif path == "/lambat":
                time.sleep(3)
                self.answer(PAGE)
            elif path == "/tetes":
                self.drip()
            elif path == "/tanpa-akhir":
                self.endless()
            elif path == "/500":
                self.send_error(500)
            else:
                self.send_error(404)
        except OSError:
            self.close_connection = True

    def redirect(self, where: str) -> None:
        self.send_response(302)
        self.send_header("Location", where)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def drip(self) -> None:
        """Headers and body so slowly that every single read succeeds in time."""
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n")
        for _ in range(60):
            self.wfile.write(b"X-A: b\r\n")
            self.wfile.flush()
            time.sleep(0.1)

    def endless(self) -> None:
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n")
        while True:
            self.wfile.write(b"<p>lagi dan lagi</p>" * 5000)


agents: list[str] = []


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/baik", "/gzip", "/pindah"])
def test_a_page_becomes_an_article(site: str, path: str) -> None:
    (found,) = read_source(site + path)
    assert isinstance(found, Article), found
    assert found.title == "Dua Menteri Bertemu di Osaka"
    assert found.date == "2019-06-27"
    # After a redirect the page's own address names it.
    assert found.ref == found.url == site + ("/baik" if path == "/pindah" else path)
    assert found.body.count("sepakat memperluas") == 5
    assert all(agent.startswith("bilat-tui/") for agent in agents)


def test_the_charset_of_the_transport_is_heard(site: str) -> None:
    (found,) = read_source(site + "/latin")
    assert isinstance(found, Article)
    assert found.title == "Dua Menteri Bertemu di São Paulo"


def test_a_feed_may_be_followed_to_its_pages(site: str) -> None:
    (entry,) = read_source(site + "/umpan")
    assert isinstance(entry, Article)
    assert entry.body == "Ringkasan."
    (page,) = read_source(site + "/umpan", follow=True)
    assert isinstance(page, Article)
    assert page.title == "Dua Menteri Bertemu di Osaka"


@pytest.mark.parametrize(
    ("path", "says"),
    [
        ("/tidak-ada", "does not exist (HTTP 404)"),
        ("/500", "HTTP 500"),
        ("/tertutup", "robots.txt"),
        ("/gambar", "image/png"),
        ("/putus", "cut off"),
        ("/rusak", "compression is damaged"),
        ("/bom", "unfolds to more than"),
        ("/putar", "address to address"),
        ("/keluar", "leads away from the web"),
        ("/tanpa-akhir", "larger than"),
    ],
)
def test_what_goes_wrong_is_said_in_a_sentence(site: str, path: str, says: str) -> None:
    (found,) = read_source(site + path)
    assert isinstance(found, Failure)
    assert says in found.error
    assert found.source == site + path


@pytest.mark.parametrize("path", ["/lambat", "/tetes"])
def test_no_server_holds_us_up(site: str, path: str) -> None:
    began = time.monotonic()
    found = download(site + path, time_limit=0.8)
    assert time.monotonic() - began < 2
    assert isinstance(found, Failure)
    assert "within 0.8 seconds" in found.error


def test_nobody_there() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    found = download(f"http://127.0.0.1:{port}/", time_limit=2)
    assert isinstance(found, Failure)
    assert "check the address" in found.error


@pytest.mark.parametrize(
    "url", ["ftp://contoh.id/a", "file:///etc/passwd", "http://", "https:///x"]
)
def test_other_schemes_are_refused(url: str) -> None:
    found = download(url)
    assert isinstance(found, Failure)
    assert "use http or https" in found.error or "check" in found.error
    assert not isinstance(found, Page)
