"""The entry point of the command `bilat-tui`: arguments in, exit code out."""

from __future__ import annotations

import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command; returns its exit code (0, 1, 2, 3, 4 or 130) and never raises."""
    try:
        from tui.commandline.run import run

        return run(sys.argv[1:] if arguments is None else arguments)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main())
