"""The command line in this process: arguments in, exit code, standard output and error out."""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tui.cli import main


@dataclass(frozen=True)
class Result:
    code: int
    raw: bytes
    err: str

    @property
    def out(self) -> str:
        return self.raw.decode("utf-8")

    @property
    def json(self) -> Any:
        """Standard output as one JSON value."""
        return json.loads(self.out)

    @property
    def lines(self) -> list[Any]:
        """Standard output as JSON Lines."""
        return [json.loads(line) for line in self.out.splitlines()]

    def one_sentence(self, *words: str) -> None:
        """Standard error is one line that says these words and a next step, and no traceback."""
        (line,) = self.err.splitlines()
        assert "Traceback" not in line
        assert line.endswith((".", "."))
        for word in words:
            assert word in line


Run = Callable[..., Result]

NOBODY = 65534


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Inside, the rights of files count for the superuser too (who runs the tests in containers).

    Modules that a command imports late must be loaded before: they may lie where only root reads.
    """
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.fixture
def as_ordinary_user() -> Callable[[], AbstractContextManager[None]]:
    return ordinary_user


@pytest.fixture
def place() -> Iterator[Path]:
    """A folder that every user may enter, for tests about rights."""
    folder = Path(tempfile.mkdtemp(prefix="bilat-"))
    folder.chmod(0o777)
    yield folder
    for path in sorted(folder.rglob("*")):
        path.chmod(0o700)
    shutil.rmtree(folder)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs ``bilat-tui`` with the user's folders below ``tmp_path`` and no library named."""
    for name in ("BILAT_LIBRARY", "NO_COLOR", "LC_ALL", "LC_MESSAGES", "_BILAT_TUI_COMPLETE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.chdir(tmp_path)

    def bilat_tui(*arguments: object, stdin: bytes = b"") -> Result:
        out = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
        err = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
        with monkeypatch.context() as streams:
            streams.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
            streams.setattr(sys, "stdout", out)
            streams.setattr(sys, "stderr", err)
            code = main([str(argument) for argument in arguments])
        raw = []
        for stream in (out, err):
            stream.flush()
            stream.buffer.seek(0)
            raw.append(stream.buffer.read())
        return Result(code, raw[0], raw[1].decode("utf-8"))

    return bilat_tui


@pytest.fixture(scope="session")
def seed_library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library with the two seeds; copied for each test, never opened for writing."""
    from store.pipeline import create_with_seeds

    path = tmp_path_factory.mktemp("library") / "library.db"
    create_with_seeds(path).close()
    return path


@pytest.fixture
def library(seed_library: Path, tmp_path: Path) -> Path:
    """A test's own library with the two seeds."""
    return Path(shutil.copy(seed_library, tmp_path / "own.db"))


@pytest.fixture
def bilat(run: Run, library: Path) -> Run:
    """As ``run``, on ``library``."""

    def on_library(*arguments: object, stdin: bytes = b"") -> Result:
        return run("--library", library, *arguments, stdin=stdin)

    return on_library
