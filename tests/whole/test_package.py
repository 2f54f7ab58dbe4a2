"""The built wheel in a clean environment: no dev package, no checkout, the seeds inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the tree as it is."""
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", str(target), str(ROOT)],
        check=True,
        capture_output=True,
    )
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def clean(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ``bin`` folder of an environment that holds the wheel and what it declares, no more."""
    home = tmp_path_factory.mktemp("clean")
    # This environment's pip serves the other, which is then spared one of its own and bytecode.
    venv.create(home)
    pip = [sys.executable, "-m", "pip", "--python", str(home / "bin" / "python")]
    subprocess.run(
        [*pip, "install", "--quiet", "--no-compile", str(wheel)],
        check=True,
        capture_output=True,
    )
    return home / "bin"


def test_wheel_holds_seeds_and_data_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        seeds = {Path(n).name: archive.read(n) for n in names if n.startswith("store/_seeds/")}
    assert seeds == {p.name: p.read_bytes() for p in (ROOT / "seeds").iterdir()}
    tops = {name.split("/")[0] for name in names}
    assert {t for t in tops if not t.endswith(".dist-info")} == {"store", "tui"}
    assert "store/py.typed" in names
    assert "tui/py.typed" in names
    assert "tui/app.tcss" in names


def test_wheel_stays_small(wheel: Path) -> None:
    assert wheel.stat().st_size < 12_000_000


def test_command_works_without_dev_packages(clean: Path, tmp_path: Path) -> None:
    environment = {
        **{k: v for k, v in os.environ.items() if not k.startswith(("BILAT_", "PYTHON"))},
        "HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path / "data"),
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
    }

    def bilat(*arguments: str) -> str:
        done = subprocess.run(
            [clean / "bilat-tui", *arguments],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env=environment,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    listed = subprocess.run(
        [sys.executable, "-m", "pip", "--python", clean / "python", "list", "--format=json"],
        capture_output=True,
        text=True,
        check=True,
    )
    installed = {package["name"].lower() for package in json.loads(listed.stdout)}
    assert not installed & {"pytest", "hypothesis", "ruff", "mypy", "import-linter", "cogapp"}
    assert "bilat-tui" in bilat("--version")
    assert "browse" in bilat("--help")
    found = json.loads(bilat("search", "negara:jepang", "--format", "json"))
    assert [hit["source"] for hit in found["hits"]] == ["jpnn.com"]
    note = tmp_path / "note.md"
    bilat("export", "--query", "", "-o", str(note))
    assert "Airlangga Hartarto" in note.read_text(encoding="utf-8")


def test_both_lists_of_dev_packages_are_one() -> None:
    """One for tools that know dependency groups, one for a pip that does not."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["dependency-groups"]["dev"] == project["project"]["optional-dependencies"]["dev"]
