"""Rows of the user's own win over shipped ones in everything that knows names."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from store.kb import KnowledgeBase, row_to_json

Run = Callable[..., Any]


def test_an_alias_of_ones_own_is_used_by_match_search_and_import(
    bilat: Run, tmp_path: Path
) -> None:
    shipped = next(r for r in KnowledgeBase.shipped().rows if r.name == "Airlangga Hartarto")
    assert bilat("match", "Bang Golkariyadi", "--format", "json").json["status"] == "none"
    own = tmp_path / "own.jsonl"
    row = replace(shipped, aliases=(*shipped.aliases, "Bang Golkariyadi"))
    own.write_text(json.dumps(row_to_json(row)), encoding="utf-8")
    assert bilat("kb", "import", own).code == 0

    best = bilat("match", "Bang Golkariyadi", "--format", "json").json["candidates"][0]
    assert best["id"] == shipped.id
    by_alias = bilat("search", 'menteri:"Bang Golkariyadi"', "--format", "json").json
    by_name = bilat("search", 'menteri:"Airlangga Hartarto"', "--format", "json").json
    assert by_alias["total"] == by_name["total"] == 2

    article = tmp_path / "baru.txt"
    article.write_text(
        "Pertemuan di Tokyo\n\nBang Golkariyadi menemui mitranya dari Jepang pada Senin (1/7/2019).",
        encoding="utf-8",
    )
    assert bilat("import", article).code == 0
    assert bilat("search", 'menteri:"Airlangga Hartarto"', "--format", "json").json["total"] == 3

    assert bilat("kb", "remove", shipped.id).code == 0
    assert bilat("match", "Bang Golkariyadi", "--format", "json").json["status"] == "none"
    assert bilat("match", "Airlangga Hartarto", "--format", "json").json["status"] == "match"
