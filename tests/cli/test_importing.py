"""`import` as a person sees it: progress on a terminal, stopping it, feeds, one-off questions."""

from __future__ import annotations

import json
import os
import re
import sys
import threading
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pexpect
import pytest

from store.archive import Archive
from store.library import Progress
from tui.commandline import progress
from tui.commandline.importing import INTERRUPTED

Run = Callable[..., Any]
SENTENCE = "Menteri Perdagangan bertemu Duta Besar Jepang di Jakarta, Kamis (27/6/2019). "


def write_articles(path: Path, count: int) -> Path:
    rows = (
        {"id": str(n), "title": f"Berita {n}", "body": f"Berkas {n}. {SENTENCE * 3}"}
        for n in range(count)
    )
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def start(library: Path, *arguments: object) -> pexpect.spawn:
    environment = {
        **os.environ,
        "COLUMNS": "100",
        "TERM": "xterm",
        "LANG": "C.UTF-8",
        "HOME": str(library.parent),
    }
    words = ["-m", "tui.cli", "--library", str(library), "import", *map(str, arguments)]
    return pexpect.spawn(
        sys.executable, words, env=environment, dimensions=(24, 100), encoding="utf-8", timeout=120
    )


@pytest.mark.slow
def test_terminal_shows_rate_and_counts_and_keeps_nothing_of_it(tmp_path: Path) -> None:
    running = start(tmp_path / "library.db", write_articles(tmp_path / "a.jsonl", 200), "--jobs", 1)
    running.expect(r"\d+ read \(\d+/s\): \d+ added")
    running.expect(r"200 added(?: \(\d+ near-duplicates?\))?, 0 updated, 0 unchanged, 0 failed in")
    running.expect(pexpect.EOF)
    running.close()
    assert running.exitstatus == 0


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_stops_after_the_article_at_hand(tmp_path: Path, jobs: int) -> None:
    library = tmp_path / "library.db"
    running = start(library, write_articles(tmp_path / "a.jsonl", 20_000), "--jobs", jobs)
    running.expect(r"\d+ read")
    running.sendintr()
    running.expect(r"Stopping after the article at hand")
    running.expect(r"stopped: (\d+) added")
    added = int(running.match.group(1))
    running.expect(pexpect.EOF)
    running.close()
    assert running.exitstatus == INTERRUPTED
    with Archive.open(library, "read") as archive:
        assert archive.count() == added
        assert archive.imports(1)[0].report.stopped


def test_a_long_path_gives_way_to_what_is_counted() -> None:
    assert progress._end_of("/arsip/2019/juni.jsonl", 30) == "/arsip/2019/juni.jsonl"
    assert progress._end_of("/arsip/2019/juni.jsonl", 11) == "…juni.jsonl"
    assert progress._end_of("/arsip/2019/juni.jsonl", 1) == ""
    assert progress._end_of("/arsip/2019/juni.jsonl", -9) == ""


def test_merging_is_said_without_a_speed() -> None:
    state = Progress(10, 8, 0, 1, 1, 5.0, merging=True)
    said = (
        "10 read: 8 added, 1 unchanged, 1 failed; merging the index, which Ctrl+C leaves for later"
    )
    assert progress._sentence(state, progress.IMPORT) == said


def test_time_left_is_told_once_it_can_be() -> None:
    def left(seconds: float, share: float | None) -> str:
        return progress._left(Progress(10, 10, 0, 0, 0, seconds, "x", share))

    assert left(1.0, 0.5) == ""
    assert left(60.0, None) == ""
    assert left(60.0, 0.25) == "25%, 3:00 left"
    assert left(3600.0, 0.4) == "40%, 1:30:00 left"
    assert left(60.0, 1.0) == "100%, 0:00 left"


# --- feeds ----------------------------------------------------------------------------------------


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path: Path) -> Iterator[str]:
    """A site with a feed of one entry, and the page that it links to."""
    folder = tmp_path / "situs"
    folder.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=folder)) as server:
        address = f"http://127.0.0.1:{server.server_address[1]}"
        (folder / "berita.html").write_text(
            f"<html><body><article><h1>Halaman penuh</h1><p>{SENTENCE * 4}</p></article></body></html>"
        )
        (folder / "umpan.xml").write_text(
            "<rss version='2.0'><channel><title>C</title><item><title>Satu</title>"
            f"<link>{address}/berita.html</link><description>Ringkasan saja.</description>"
            "</item></channel></rss>"
        )
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield address
        server.shutdown()
        thread.join()


def test_feed_as_it_is_or_followed(run: Run, site: str, tmp_path: Path) -> None:
    said = run("--library", tmp_path / "a.db", "import", f"{site}/umpan.xml", "--json")
    assert said.json["added"] == 1, said.err
    followed = run(
        "--library", tmp_path / "b.db", "import", f"{site}/umpan.xml", "--follow", "--json"
    )
    assert followed.json["added"] == 1, followed.err
    with Archive.open(tmp_path / "a.db", "read") as archive:
        assert archive.article(1).body == "Ringkasan saja."
    with Archive.open(tmp_path / "b.db", "read") as archive:
        assert SENTENCE.strip() in archive.article(1).body


def test_dry_run_makes_no_library(run: Run, tmp_path: Path) -> None:
    source = write_articles(tmp_path / "a.jsonl", 3)
    library = tmp_path / "tiada" / "library.db"
    found = run("--library", library, "import", source, "--dry-run")
    assert re.match(r"would have: 3 added, 0 updated, 0 unchanged, 0 failed", found.out)
    assert not library.parent.exists()


def test_near_duplicates_are_said_and_shown(run: Run, tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    body = " ".join(f"kata{n} menteri{n % 7}" for n in range(80))
    rows = [
        {"id": "a", "title": "Satu", "body": body},
        {"id": "b", "title": "Dua", "body": f"{body} Tambahan."},
    ]
    source = tmp_path / "a.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    assert "2 added (1 near-duplicate)" in run("--library", library, "import", source).out
    for one, other in ((1, 2), (2, 1)):
        shown = run("--library", library, "show", one, "--format", "json").json
        assert shown["near_duplicates"] == [other]
