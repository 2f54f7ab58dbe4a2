"""Fixtures that every test may use: the seeds, the evaluation folder, a library filled with the seeds."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def seeds_dir() -> Path:
    """The folder of the two seed documents."""
    return ROOT / "seeds"


@pytest.fixture(scope="session")
def eval_dir() -> Path:
    """The evaluation folder with real articles; the test is skipped where it is absent."""
    folder = Path(os.environ.get("BILAT_EVAL", ROOT.parent / "shared" / "eval"))
    if not folder.is_dir():
        pytest.skip(f"evaluation data not found in {folder} (set BILAT_EVAL to its path)")
    return folder
