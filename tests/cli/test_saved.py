"""`saved`: kept, listed with what is new, run, renamed and deleted; and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]


def new(bilat: Run, name: str) -> int:
    listed = bilat("saved", "list", "--format", "json").json
    return next(item["new"] for item in listed if item["name"] == name)


def test_a_search_is_kept_and_listed(bilat: Run) -> None:
    empty = bilat("saved", "list", "--format", "json")
    assert (empty.code, empty.json) == (0, [])
    bilat("saved", "list").one_sentence("saved add")
    kept = bilat("saved", "add", "mitra Jepang", "kerja", "sama", "-korea")
    assert (kept.code, kept.json) == (0, {"name": "mitra Jepang", "query": "kerja sama -korea"})
    assert bilat("saved", "list", "--format", "json").json == [
        {"name": "mitra Jepang", "query": "kerja sama -korea", "new": 0, "new_exact": True}
    ]
    assert "kerja sama -korea" in bilat("saved", "list").out


def test_running_prints_what_search_prints_and_takes_the_new(bilat: Run, tmp_path: Path) -> None:
    bilat("saved", "add", "nikel", "nikel")
    assert bilat("saved", "run", "nikel", "--format", "json").code == 4
    text = tmp_path / "a.txt"
    text.write_text("Ekspor nikel naik\n\nEkspor nikel ke Jepang naik tahun ini.", encoding="utf-8")
    assert bilat("import", text).code == 0
    assert new(bilat, "nikel") == 1
    ran = bilat("saved", "run", "NIKEL", "--format", "json", "--limit", 5, "--facets")
    assert ran.json == bilat("search", "nikel", "--format", "json", "--facets").json
    assert ran.json["total"] == 1
    assert new(bilat, "nikel") == 0


def test_rename_and_delete(bilat: Run) -> None:
    bilat("saved", "add", "nikel", "nikel")
    renamed = bilat("saved", "rename", "nikel", "bijih nikel")
    assert renamed.json == {"name": "bijih nikel", "query": "nikel"}
    assert bilat("saved", "delete", "bijih", "nikel").json == renamed.json
    assert bilat("saved", "list", "--format", "json").json == []


def test_a_name_is_not_overwritten_unasked(bilat: Run) -> None:
    bilat("saved", "add", "nikel", "nikel")
    refused = bilat("saved", "add", " nikel ", "tembaga")
    assert refused.code == 2
    refused.one_sentence("nikel", "--force")
    assert bilat("saved", "add", "nikel", "tembaga", "--force").json["query"] == "tembaga"


@pytest.mark.parametrize(
    "arguments", [("run",), ("delete",), ("rename", "new")], ids=["run", "delete", "rename"]
)
def test_an_unknown_name_is_told_its_nearest(bilat: Run, arguments: tuple[str, ...]) -> None:
    bilat("saved", "add", "harga beras", "beras")
    bilat("saved", "add", "nikel", "nikel")
    refused = bilat("saved", arguments[0], "harga bears", *arguments[1:])
    assert (refused.code, refused.raw) == (2, b"")
    refused.one_sentence("harga bears", "harga beras")
    bilat("saved", "run", "xyzzy").one_sentence("xyzzy", "saved list")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add", "", "nikel"), "needs a name"),
        (("add", "baru", " "), "a query"),
        (("add", "nikel"), "QUERY"),
        (("rename", "nikel", ""), "empty"),
        (("rename", "nikel", "beras"), "already"),
        (("run",), "NAME"),
        (("lst",), "list"),
    ],
    ids=["no name", "blank query", "no query", "new empty", "new taken", "run what", "slip"],
)
def test_bad_input(bilat: Run, arguments: tuple[str, ...], said: str) -> None:
    bilat("saved", "add", "nikel", "nikel")
    bilat("saved", "add", "beras", "beras")
    refused = bilat("saved", *arguments)
    assert refused.code == 2
    refused.one_sentence(said)


@pytest.mark.parametrize("arguments", [("list",), ("add", "a", "b"), ("run", "a")])
def test_a_missing_library_is_not_made(
    run: Run, tmp_path: Path, arguments: tuple[str, ...]
) -> None:
    refused = run("--library", tmp_path / "none.db", "saved", *arguments)
    assert refused.code == 3
    assert not (tmp_path / "none.db").exists()
