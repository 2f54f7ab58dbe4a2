"""What cog writes into README.md and the pages of docs/: help texts and tables from the program itself.

``make docs`` writes them, ``make lint`` fails when they are out of date. Prints only; changes nothing.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def run(*arguments: str) -> str:
    """What ``bilat-tui ARGUMENTS`` prints, at 88 columns, in English, without colour."""
    environment = {
        **os.environ,
        "COLUMNS": "88",
        "NO_COLOR": "1",
        "LC_ALL": "C.UTF-8",
        "BILAT_LIBRARY": "",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tui.cli", *arguments],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env=environment,
        check=True,
    )
    return done.stdout.rstrip()


def help_block(*arguments: str) -> None:
    """The help of a command as a fenced block."""
    print("```text")
    print(run(*arguments, "--help"))
    print("```")


def key_table() -> None:
    """The keys of the screen, from the one command table."""
    from tui.commands import key_table_markdown

    print(key_table_markdown("en"))
