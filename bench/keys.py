"""Key latency in a pseudo-terminal: first byte written after a key, and the last before it is quiet.

The reference of a run is the same key in the smallest library given.
"""

from __future__ import annotations

from pathlib import Path

from bench.terminal import Screen
from bench.timing import percentile

# Down, page down, end, home; then a search typed letter by letter; then back to all.
MOVES = ["j"] * 30 + ["\x1b[6~"] * 10 + ["G", "g"] * 5
QUERY = "kerja sama industri"


def report(name: str, times: list[tuple[float, float]]) -> None:
    first = [t[0] for t in times]
    last = [t[1] for t in times]
    print(
        f"  {name:10}  first byte p50 {percentile(first, 0.5):6.1f}  p95 {percentile(first, 0.95):6.1f}"
        f"   settled p50 {percentile(last, 0.5):6.1f}  p95 {percentile(last, 0.95):6.1f} ms"
    )


def main(libraries: list[Path]) -> None:
    """Print first-byte and settled times per library and kind of key."""
    for library in libraries:
        print(library.stem)
        with Screen(library) as screen:
            screen.wait_for_rows()
            screen.settle(1.0)
            report("move", [screen.press(key) for key in MOVES])
            screen.press("/")
            report("type", [screen.press(letter) for letter in QUERY])
            print(f"  memory      {screen.memory():.0f} MB resident")
            for _ in range(3):
                screen.press("\x1b", quiet=0.4)
