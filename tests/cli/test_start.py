"""What a command may load: light ones stay light, and nothing but `browse` loads the screen."""

from __future__ import annotations

import gc
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tui.cli import main

HEAVY = {
    "textual", "rich", "sqlite_utils", "trafilatura", "lxml", "feedparser", "pycrfsuite",
    "rapidfuzz", "multiprocessing", "asyncio", "babel", "dateparser",
}  # fmt: skip
STORE = {"store.archive", "store.search", "store.match", "store.extract", "store.ingest"}

PROBE = """
import sys
from tui.cli import main
code = main(sys.argv[1:])
sys.stdout.flush()
print(code, *sorted(sys.modules), file=sys.stderr)
"""


def loaded(*arguments: object) -> tuple[int, set[str]]:
    """Exit code and modules loaded by one command in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
    )
    code, *modules = done.stderr.splitlines()[-1].split()
    return int(code), set(modules)


@pytest.mark.parametrize("option", ["--version", "--help", "version"])
def test_help_and_version_load_nothing_of_the_store(option: str) -> None:
    code, modules = loaded(option)
    assert code == 0
    assert not (HEAVY | STORE | {"sqlite3", "store.records", "platformdirs"}) & modules


@pytest.mark.parametrize(
    "command",
    [
        ["search", "kerja sama industri"],
        ["search", "negara:jepang", "--format", "json", "--facets"],
        ["show", "1"],
        ["show", "1", "--format", "json"],
        ["entities"],
        ["mark", "--list"],
        ["info"],
        ["export", "1"],
    ],
    ids=" ".join,
)
def test_reading_loads_no_more_than_it_needs(library: Path, command: list[str]) -> None:
    code, modules = loaded("--library", library, *command)
    assert code == 0
    # A search may need rapidfuzz: for a word so rare that near ones are looked for.
    allowed = {"rapidfuzz"} if command[0] == "search" else set()
    rooms = {"store.match", "store.extract", "store.ingest", "store.pipeline"}
    assert not ((HEAVY | rooms) - allowed) & modules


@pytest.mark.parametrize(
    "command",
    [
        ["search", "menteri:airlangga"],
        ["match", "IJEPA"],
        ["import", "{seeds}"],
        ["extract", "{seed}"],
    ],
    ids=lambda command: command[0],
)
def test_no_command_loads_the_screen(library: Path, seeds_dir: Path, command: list[str]) -> None:
    seed = min(seeds_dir.iterdir())
    filled = [part.format(seeds=seeds_dir, seed=seed) for part in command]
    code, modules = loaded("--library", library, *filled)
    assert code == 0
    assert not {"textual", "tui.app"} & modules


def test_search_answers_before_textual_could_be_loaded(library: Path) -> None:
    """A ratio in one run, since the machine may be slow or busy; in turns, the best of four each."""
    search = ("-m", "tui.cli", "--library", library, "search", "industri")
    commands = [("-c", "import textual.app"), ("-m", "tui.cli", "--version"), search]
    best = [60.0] * len(commands)
    for _ in range(4):
        for at, command in enumerate(commands):
            start = time.perf_counter()
            line = [sys.executable, *map(str, command)]
            subprocess.run(line, capture_output=True, check=True)
            best[at] = min(best[at], time.perf_counter() - start)
    textual, version, found = best
    assert version < textual / 2
    assert found < textual


def test_extracting_transliterates_only_what_it_must(seeds_dir: Path) -> None:
    code, modules = loaded("extract", sorted(seeds_dir.glob("*.txt"))[0])
    assert code == 0
    assert "store.extract" in modules
    assert "anyascii" not in modules


def test_garbage_is_collected_again_after_the_first_article(
    seeds_dir: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for file, code in ((sorted(seeds_dir.glob("*.txt"))[0], 0), (seeds_dir / "none.txt", 2)):
        assert main(["extract", str(file)]) == code
        assert gc.isenabled()
