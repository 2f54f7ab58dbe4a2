"""Draws the picture in README anew: ``python -m docs.screenshot``, or ``make screenshot``.

The two seed articles, imported as at a first launch, at 160 by 40 characters.
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from store.pipeline import create_with_seeds
from tui.shot import keys_of, shoot

PICTURE = Path(__file__).resolve().parent / "screenshot.svg"
SIZE = (160, 40)
KEYS = "3 j"
"""To the entities, and on to the second: the text moves to where he is named."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        library = Path(folder) / "library.db"
        create_with_seeds(library).close()
        svg = asyncio.run(shoot(library, SIZE, keys_of(KEYS), lang="en", theme=None))
    PICTURE.write_text(svg, encoding="utf-8")


if __name__ == "__main__":
    main()
