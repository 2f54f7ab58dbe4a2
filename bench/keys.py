"""Key latency in a pseudo-terminal: first byte after a key, rows painted, and quiet again.

The reference of a run is the same key in the smallest library given.
"""

from __future__ import annotations

from pathlib import Path

from bench.terminal import Press, Screen
from bench.timing import percentile

# Down, page down, end, home; then a search typed letter by letter, back to all; then a name in the finder.
MOVES = ["j"] * 30 + ["\x1b[6~"] * 10 + ["G", "g"] * 5
QUERY = "kerja sama industri"
NAME = "airlanga hart"


def report(name: str, presses: list[Press]) -> None:
    shown = [
        f"{label} {percentile(times, 0.5):6.1f} / {percentile(times, 0.95):6.1f}"
        for label, times in (
            ("first byte", [press.first for press in presses]),
            ("rows", [press.rows for press in presses]),
            ("settled", [press.settled for press in presses]),
        )
    ]
    cpu = sum(press.cpu for press in presses) / len(presses)
    print(f"  {name:8}  {'   '.join(shown)}  ms (p50 / p95)   processor {cpu:5.1f} ms a key")


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
            opened: list[Press] = []
            letters: list[Press] = []
            for _ in range(3):
                opened.append(screen.press("p"))
                letters += [screen.press(letter) for letter in NAME]
                screen.press("\x1b", quiet=0.4)
            report("finder", opened)
            report("name", letters)
