"""How long until something happens: commands, and the first paint in a pseudo-terminal.

The reference is importing ``textual.app`` in a fresh interpreter, in the same run.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from bench.terminal import ENVIRONMENT, Screen
from bench.timing import interleaved, table

REFERENCE = "import textual.app"
COMMAND = Path(sys.executable).parent / "bilat-tui"


def run(*command: str | Path) -> None:
    subprocess.run(command, check=True, capture_output=True, env=ENVIRONMENT)


def first_paint(library: Path) -> float:
    """Start the browser and quit; milliseconds until rows of the library were on the screen."""
    start = time.perf_counter()
    with Screen(library) as screen:
        screen.wait_for_rows()
        return (time.perf_counter() - start) * 1000


def main(libraries: list[Path], repeats: int = 7) -> None:
    """Print the table; ``libraries`` are opened by the browser and by ``search``."""
    cases: list[tuple[str, Callable[[], object]]] = [
        ("python -c pass", lambda: run(sys.executable, "-c", "pass")),
        (REFERENCE, lambda: run(sys.executable, "-c", "import textual.app")),
        ("--version", lambda: run(COMMAND, "--version")),
        ("--help", lambda: run(COMMAND, "--help")),
    ]
    for library in libraries:
        cases += [
            (
                f"search, {library.stem}",
                lambda library=library: run(
                    COMMAND, "--library", library, "search", "kerja sama industri"
                ),
            ),
            (f"first paint, {library.stem}", lambda library=library: first_paint(library)),
        ]
    print(table(interleaved(cases, repeats), REFERENCE))
