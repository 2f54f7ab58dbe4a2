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
                while not expression.search(ESCAPES.sub("", painted)):
                    painted += self.child.read_nonblocking(65536, timeout=0.4)
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
    for _ in range(4):
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


def test_the_terminal_is_lent_to_the_pager_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied = tmp_path / "what the pager was given"
    pager = tmp_path / "pager"
    pager.write_text(f'#!/bin/sh\necho IN THE PAGER; cp "$1" "{copied}"\n', encoding="utf-8")
    pager.chmod(0o755)
    monkeypatch.setenv("PAGER", str(pager))
    terminal = Terminal(tmp_path, "--library", str(tmp_path / "library.db"), "--lang", "en")
    terminal.wait("komprehensif")  # of the text, which is read after the list
    terminal.press("!")
    terminal.wait("IN THE PAGER")
    terminal.repaint_until("Indonesia-Korea Selatan Perkuat")
    terminal.press("q")
    assert terminal.leave() == 0
    assert "Airlangga Hartarto" in copied.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "command", ["no-such-pager-here", "less 'x"], ids=["missing", "open quotation"]
)
def test_a_pager_that_cannot_run_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("PAGER", command)
    terminal = Terminal(tmp_path, "--library", str(tmp_path / "library.db"), "--lang", "en")
    terminal.wait("komprehensif")  # of the text, which is read after the list
    terminal.press("!")
    terminal.wait("cannot be run")
    terminal.press("q")
    assert terminal.leave() == 0


def write_articles(path: Path, count: int) -> Path:
    """Articles that each take some work: names, dates and sums in several sentences."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            body = (
                f"Berkas {number}. Menteri Luar Negeri bertemu Duta Besar Jepang di Jakarta, Kamis "
                f"(27/6/2019). Nilai kerja sama perikanan {number} miliar dolar AS. "
            )
            row = {"id": f"r{number}", "title": f"Kabar Lautan {number}", "date": "2099-03-04",
                   "body": body * 5}  # fmt: skip
            file.write(json.dumps(row) + "\n")
    return path


def test_a_browser_notices_what_another_process_imports(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    terminal = Terminal(tmp_path, "--library", str(library), "--lang", "en")
    terminal.wait("Indonesia-Korea Selatan Perkuat")
    source = write_articles(tmp_path / "kabar.jsonl", 700)
    importing = subprocess.Popen(
        [COMMAND, "--library", library, "import", source, "--jobs", "2", "--json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    # Said while the import still runs, and the browser still answers.
    terminal.wait(r"\d+ new articles in the library")
    terminal.press("/")
    terminal.press("menperin jepang")
    terminal.wait("jpnn")
    terminal.press("\x1b")
    report, _ = importing.communicate(timeout=100)
    assert importing.returncode == 0
    assert json.loads(report)["added"] == 700
    terminal.repaint_until("Kabar Lautan")
    terminal.press("/")
    terminal.press("lautan 699\r")
    terminal.wait("Kabar Lautan 699")
    terminal.press("q")
    assert terminal.leave() == 0


def descendants(pid: int) -> set[int]:
    """The processes that ``pid`` has started and that still run."""
    found: set[int] = set()
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            found.update(map(int, (task / "children").read_text().split()))
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at processes in /proc")
def test_control_c_stops_an_import_of_many_processes(tmp_path: Path) -> None:
    library = tmp_path / "library.db"
    source = write_articles(tmp_path / "kabar.jsonl", 100_000)
    arguments = ("--library", str(library), "--lang", "en", "import", str(source), "--jobs", "2")
    terminal = Terminal(tmp_path, *arguments)
    # Two that work and one that multiprocessing starts to clean up after them.
    until = time.monotonic() + 60
    while len(descendants(terminal.child.pid)) < 3 and time.monotonic() < until:
        terminal.wait(r"\d")
    started = descendants(terminal.child.pid)
    assert len(started) == 3
    terminal.wait(r"[1-9]\d\d")
    # The whole group hears it, as at any terminal.
    terminal.press("\x03")
    terminal.child.expect(r"stopped: (\d+) added[^,]*, 0 updated, 0 unchanged, 0 failed in")
    added = int(terminal.child.match.group(1))
    assert terminal.leave() == 130
    until = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in started) and time.monotonic() < until:
        time.sleep(0.1)
    assert not any(Path(f"/proc/{pid}").exists() for pid in started)
    assert added > 0
    asked = [COMMAND, "--library", library, "info", "--json"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True)
    assert json.loads(told.stdout)["articles"] == added
    assert subprocess.run([COMMAND, "--library", library, "check"], check=False).returncode == 0


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
