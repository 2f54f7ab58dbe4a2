"""What make says on a machine that lacks something: one sentence that names the package."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
NO_VENV = f"""#!/bin/sh
case "$*" in *ensurepip*) exit 1;; esac
exec {sys.executable} "$@"
"""
TOO_OLD = "#!/bin/sh\nexit 1\n"

pytestmark = pytest.mark.skipif(shutil.which("make") is None, reason="make is not installed")


def make(folder: Path, python: str) -> subprocess.CompletedProcess[str]:
    """``make run`` where every python is the given script."""
    shutil.copy(ROOT / "Makefile", folder)
    tools = folder / "bin"
    tools.mkdir()
    for name in ("python3", "python3.11", "python3.12", "python3.13", "python3.14"):
        script = tools / name
        script.write_text(python, encoding="utf-8")
        script.chmod(0o755)
    found = shutil.which("make")
    assert found is not None
    for tool in ("sh", "mkdir", "rm"):
        real = shutil.which(tool)
        assert real is not None
        (tools / tool).symlink_to(real)
    return subprocess.run(
        [found, "run"], cwd=folder, env={"PATH": str(tools)}, capture_output=True, text=True
    )


@pytest.mark.parametrize(
    ("python", "words"),
    [(NO_VENV, "install the package python3-venv"), (TOO_OLD, "needs Python 3.11 or newer")],
    ids=["no-venv", "too-old"],
)
def test_one_sentence_says_what_to_install(tmp_path: Path, python: str, words: str) -> None:
    done = make(tmp_path, python)
    assert done.returncode != 0
    said = [line for line in done.stderr.splitlines() if not line.startswith("make")]
    assert len(said) == 1
    assert words in said[0]
    assert not (tmp_path / ".venv").exists()
