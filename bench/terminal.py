"""The browser in a pseudo-terminal, timed by the bytes it writes."""

from __future__ import annotations

import os
import re
import select
import sys
import time
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

import pexpect

COMMAND = Path(sys.executable).parent / "bilat-tui"
# Every row of the list begins with its date.
ROW = re.compile(rb"\d{4}-\d{2}-\d{2}")


# As after an installation, which compiles what it brings: without this a shell that writes no
# bytecode would have our modules compiled at every start, and Textual's not.
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"},
    "PYTHONPYCACHEPREFIX": str(Path(__file__).parent / "out" / "bytecode"),
}


class Press(NamedTuple):
    """What became of a key, in milliseconds."""

    first: float
    """Until the first byte was written: the letter in the line, the cursor on its row."""
    rows: float
    """Until rows of the list were painted."""
    settled: float
    """Until the last byte before it was quiet: text and entities too."""
    cpu: float
    """Processor time used meanwhile."""


class Screen:
    """A running browser; use as a context manager, ``q`` is pressed at the end."""

    def __init__(self, library: Path, size: tuple[int, int] = (40, 120)) -> None:
        self.child = pexpect.spawn(
            str(COMMAND),
            ["--library", str(library), "--lang", "en"],
            dimensions=size,
            timeout=60,
            env={**ENVIRONMENT, "TERM": "xterm-256color"},
        )
        # pexpect waits 50 ms before each key unless told not to.
        self.child.delaybeforesend = None

    def __enter__(self) -> Screen:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.child.send("q")
        self.child.expect(pexpect.EOF)
        self.child.close()

    def wait_for_rows(self) -> None:
        """Read until a row of the article list has been written."""
        seen = b""
        while not ROW.search(seen):
            seen += self.child.read_nonblocking(65536, timeout=60)

    def settle(self, quiet: float = 0.25) -> None:
        """Read until nothing has come for ``quiet`` seconds."""
        while select.select([self.child.fileno()], [], [], quiet)[0]:
            self.child.read_nonblocking(65536, timeout=1)

    def press(self, key: str, quiet: float = 0.25) -> Press:
        """Send a key, and read until nothing has come for ``quiet`` seconds."""
        cpu = self.cpu()
        start = time.perf_counter()
        self.child.send(key)
        first = row = last = 0.0
        while select.select([self.child.fileno()], [], [], quiet if last else 5)[0]:
            written = self.child.read_nonblocking(65536, timeout=1)
            last = (time.perf_counter() - start) * 1000
            first = first or last
            if not row and ROW.search(written):
                row = last
        return Press(first, row or last, last, self.cpu() - cpu)

    def cpu(self) -> float:
        """Processor time of the program so far, in milliseconds (Linux; steps of 10)."""
        fields = Path(f"/proc/{self.child.pid}/stat").read_text(encoding="ascii").rsplit(")")[1]
        ticks = sum(map(int, fields.split()[11:13]))
        return ticks * 1000 / os.sysconf("SC_CLK_TCK")

    def memory(self) -> float:
        """Resident memory of the program, in MB (Linux)."""
        status = Path(f"/proc/{self.child.pid}/status").read_text(encoding="ascii")
        found = re.search(r"VmRSS:\s+(\d+)", status)
        return int(found[1]) / 1024 if found else float("nan")
