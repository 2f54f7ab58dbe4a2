"""The installed command in a real pseudo-terminal: launch, search, mark, export, quit."""

from __future__ import annotations

import contextlib
import json
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pexpect
import pytest

pytestmark = pytest.mark.slow

COMMAND = Path(sys.executable).parent / "bilat-tui"
ESCAPES = re.compile(
    r"\x1b(?:\[[0-9;?<>=]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|[PX^_].*?\x1b\\|[()#].|.)"
)


class Terminal:
    """The program in a pseudo-terminal; ``wait`` reads until the plain text shows what is asked."""

    def __init__(self, folder: Path, *arguments: str, size: tuple[int, int] = (40, 120)) -> None:
        environment = {
            **os.environ,
            "TERM": "xterm-256color",
            "LC_ALL": "C.UTF-8",
            "HOME": str(folder),
            "XDG_DATA_HOME": str(folder / "data"),
            "XDG_CONFIG_HOME": str(folder / "config"),
        }
        environment.pop("BILAT_LIBRARY", None)
        environment.pop("NO_COLOR", None)
        self.child = pexpect.spawn(
            str(COMMAND),
            list(arguments),
            dimensions=size,
            encoding="utf-8",
            timeout=30,
            cwd=folder,
            env=environment,
        )
        self.seen = ""
        self.lines = size[0]

    def wait(self, pattern: str) -> None:
        """Read on until ``pattern`` has appeared since the last wait."""
        expression = re.compile(pattern)
        while not (found := expression.search(ESCAPES.sub("", self.seen))):
            self.seen += self.child.read_nonblocking(65536, timeout=30)
        assert found
        self.seen = ""

    def repaint_until(self, pattern: str) -> None:
        """Have the whole screen painted anew, by another size, until it shows ``pattern``."""
        expression = re.compile(pattern)
        until = time.monotonic() + 30
        while time.monotonic() < until:
            self.lines = 39 if self.lines == 40 else 40
            self.child.setwinsize(self.lines, 120)
            painted = ""
            with contextlib.suppress(pexpect.TIMEOUT):
                while True:
                    painted += self.child.read_nonblocking(65536, timeout=0.4)
            if expression.search(ESCAPES.sub("", painted)):
                return
        pytest.fail(f"{pattern} never appeared")

    def press(self, keys: str) -> None:
        self.child.send(keys)

    def leave(self) -> int:
        self.child.expect(pexpect.EOF)
        self.child.close()
        assert self.child.signalstatus is None
        assert self.child.exitstatus is not None
        return self.child.exitstatus


def test_launch_search_mark_export_quit(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    terminal = Terminal(tmp_path, "--library", str(library), "--lang", "en")
    terminal.wait("Indonesia-Korea Selatan Perkuat")
    terminal.press("/")
    terminal.press("menperin jepang")
    terminal.wait("jpnn")
    terminal.press("\r")
    terminal.press(" ")
    terminal.wait("1 marked")
    terminal.press("e")
    terminal.wait(r"\.md")
    terminal.press("q")
    assert terminal.leave() == 0

    exported = list(tmp_path.rglob("*.md"))
    assert len(exported) == 1
    note = exported[0].read_text(encoding="utf-8")
    assert "Airlangga Hartarto" in note
    assert "jpnn.com" in note

    marked = subprocess.run(
        [COMMAND, "--library", library, "mark", "--list"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert len(json.loads(marked.stdout)) == 1
    same = subprocess.run(
        [COMMAND, "--library", library, "export", "--marked"],
        capture_output=True,
        check=True,
    )
    assert same.stdout == exported[0].read_bytes()


def test_keys_written_at_once_reach_the_line_that_the_first_one_opens(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    terminal = Terminal(tmp_path, "--library", str(library), "--lang", "id")
    terminal.wait("Indonesia-Korea Selatan Perkuat")
    for _ in range(10):
        for keys, query in (
            ("/menperin jepang\r", "menperin jepang"),
            ("pairlanga\r", 'menteri:"Airlangga Hartarto"'),
        ):
            terminal.press(keys)
            terminal.repaint_until(re.escape(query))
            terminal.press("\x1b")
            terminal.repaint_until("cari: kerja sama industri")
    terminal.press("q")
    assert terminal.leave() == 0
    assert not list(tmp_path.rglob("*.md"))


@pytest.mark.parametrize("size", [(24, 80), (50, 200), (5, 20)], ids=["80x24", "200x50", "20x5"])
def test_any_size_opens_and_quits(tmp_path: Path, size: tuple[int, int]) -> None:
    terminal = Terminal(
        tmp_path, "--library", str(tmp_path / "library.db"), "--lang", "en", size=size
    )
    terminal.wait("Indonesia|terminal")
    terminal.press("q")
    assert terminal.leave() == 0


def test_without_a_terminal_there_is_one_sentence(tmp_path: Path) -> None:
    done = subprocess.run(
        [COMMAND, "--library", str(tmp_path / "library.db")],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "terminal" in done.stderr
