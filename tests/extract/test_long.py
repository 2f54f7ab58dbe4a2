"""Texts longer than the features that are kept in memory at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from store.extract import tagging
from store.extract.extractor import Extractor
from store.kb import KnowledgeBase


def test_features_made_anew_are_those_that_were_held(
    seeds_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extractor = Extractor(KnowledgeBase.shipped())
    body = "\n\n".join(path.read_text(encoding="utf-8") for path in sorted(seeds_dir.glob("*.txt")))
    held = extractor.extract(body, date="2019-06-27")
    monkeypatch.setattr(tagging, "_HELD", 200)
    partly = extractor.extract(body, date="2019-06-27")
    monkeypatch.setattr(tagging, "_HELD", 0)
    anew = extractor.extract(body, date="2019-06-27")
    assert held.mentions
    assert held == partly == anew
