"""The entry point of the command `bilat-tui`: arguments in, exit code out."""

from __future__ import annotations

import atexit
import gc
import sys
from collections.abc import Sequence

_COLLECT_AFTER = 100_000
"""New objects between two garbage collections. Nearly all that a command makes, it keeps (tables) or
drops at once (articles): by default collecting walks the tables again and again, a tenth of a start."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code (0, 1, 2, 3, 4 or 130) and never raises."""
    gc.set_threshold(_COLLECT_AFTER, *gc.get_threshold()[1:])
    # What is left at the end goes with the process: looking through the tables once more for garbage
    # is a twentieth of a short run.
    atexit.register(gc.freeze)
    try:
        from tui.commandline.run import run

        return run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
