"""`reindex`, and what `check`, `info`, `kb` and every writing command say of an older library."""

from __future__ import annotations

import json
import os
import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pexpect
import pytest

from store import schema
from store.archive import Archive
from store.pipeline import import_sources
from store.pipeline.reanalysing import reanalyse
from tui.commandline import progress
from tui.commandline.session import Session

Run = Callable[..., Any]


@pytest.fixture
def named(bilat: Run, tmp_path: Path) -> Run:
    """A library of three articles, one of which names what a row of the user's own explains."""
    article = tmp_path / "baru.txt"
    article.write_text(
        "Pertemuan di Tokyo\n\nBalai Serasi menemui mitranya dari Jepang, Senin (1/7/2019).",
        encoding="utf-8",
    )
    assert bilat("import", article).code == 0
    return bilat


def add(bilat: Run) -> Any:
    return bilat(
        "kb", "add", "lembaga-uji", "--kind", "organisation", "--name", "Lembaga Uji Serasi",
        "--alias", "Balai Serasi",
    )  # fmt: skip


def entities(bilat: Run) -> dict[str, int]:
    found = bilat("entities", "--format", "json").json
    return {entity["entity"]: entity["articles"] for entity in found}


def set_meta(library: Path, key: str, value: int) -> None:
    plain = sqlite3.connect(library)
    plain.execute("UPDATE meta SET value = ? WHERE key = ?", (value, key))
    plain.commit()
    plain.close()


def test_nothing_to_do(named: Run) -> None:
    found = named("reindex", "--json")
    assert found.code == 0
    assert found.err == ""
    assert {**found.json, "seconds": 0} == {
        "analysed": 0, "changed": 0, "failed": [], "left": 0, "indexed": 0, "seconds": 0,
    }  # fmt: skip
    assert named("info", "--json").json["outdated"] == 0
    assert "next step" not in named("info").out


def test_own_names_are_looked_for_again(named: Run) -> None:
    added = add(named)
    assert added.code == 0
    assert "3 articles were analysed before; run `bilat-tui reindex`" in added.err
    info = named("info")
    assert "next step: 3 articles were analysed by other rules or names" in info.out
    assert named("info", "--json").json["outdated"] == 3
    assert "lembaga-uji" not in entities(named)
    trial = named("reindex", "--dry-run")
    assert trial.out.startswith("would have: 3 analysed again, 1 of them with other entities")
    assert "lembaga-uji" not in entities(named)
    done = named("reindex")
    assert done.code == 0
    assert done.out.startswith("3 analysed again, 1 of them with other entities, 0 failed in ")
    assert entities(named)["lembaga-uji"] == 1
    assert named("check").json == {"ok": True, "problems": []}
    assert "3 articles" in named("kb", "remove", "lembaga-uji").err
    assert named("reindex", "--json").json["changed"] == 1
    assert "lembaga-uji" not in entities(named)


def test_import_of_names_says_so_too(named: Run, tmp_path: Path) -> None:
    rows = tmp_path / "own.jsonl"
    row = {"id": "lembaga-uji", "kind": "organisation", "name": "Balai Serasi"}
    rows.write_text(json.dumps(row), encoding="utf-8")
    found = named("kb", "import", rows)
    assert found.out == "1 row imported\n"
    assert "3 articles were analysed before" in found.err


def test_long_work_says_how_far_it_is(
    named: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SECONDS_BETWEEN_LINES", 0.0)
    assert "Checking: 14%" in named("check").err.splitlines()
    said = named("reindex", "--all").err
    assert said.startswith("3 analysed (")
    assert "3 as before" in said
    set_meta(library, "normaliser", 0)
    assert "Checking: 14%" in named("check", "--repair").err


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_stops_and_the_next_run_goes_on(tmp_path: Path, jobs: int) -> None:
    library, source = tmp_path / "library.db", tmp_path / "a.jsonl"
    body = "Menteri Perdagangan bertemu Duta Besar Jepang di Jakarta, Kamis (27/6/2019). " * 3
    rows = [{"id": str(n), "title": f"Berita {n}", "body": f"{n}. {body}"} for n in range(600)]
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    with Archive.open(library, "create") as archive:
        import_sources(archive, [str(source)], jobs=1)
    words = ["-m", "tui.cli", "--library", str(library), "reindex"]
    running = pexpect.spawn(
        sys.executable, [*words, "--all", "--jobs", str(jobs)], encoding="utf-8", timeout=120,
        dimensions=(24, 100), env={**os.environ, "TERM": "xterm", "HOME": str(tmp_path)},
    )  # fmt: skip
    running.expect(r"\d+ analysed \(\d+/s\): \d+ as before")
    running.sendintr()
    running.expect("Stopping after the article at hand")
    running.expect(
        r"stopped: (\d+) analysed again, 0 of them with other entities, 0 failed, (\d+) left"
    )
    assert running.match
    done, left = map(int, running.match.groups())
    running.expect(pexpect.EOF)
    running.close()
    assert running.exitstatus == 130
    assert done + left == 600
    with Archive.open(library, "write") as archive:
        assert archive.count_outdated() == left
        assert reanalyse(archive).articles == left
        assert archive.check() == []


def test_only_what_a_query_finds(named: Run) -> None:
    add(named)
    assert named("reindex", "--query", "serasi", "--json").json["analysed"] == 1
    assert entities(named)["lembaga-uji"] == 1
    assert named("info", "--json").json["outdated"] == 2
    assert named("reindex", "--query", "serasi", "--all", "--json").json["analysed"] == 1
    assert named("reindex", "--all", "--json").json["analysed"] == 3
    nothing = named("reindex", "--query", "judul:xyzzyx")
    assert nothing.code == 4
    nothing.one_sentence("xyzzyx")


def test_index_of_other_word_forms(named: Run, library: Path) -> None:
    set_meta(library, "normaliser", 0)
    assert "next step: other word forms made the index" in named("info").out
    assert named("check").code == 3
    assert named("reindex", "--dry-run", "--json").json["indexed"] == 0
    found = named("reindex")
    assert found.code == 0
    assert found.out.startswith("3 indexed anew, 0 analysed again")
    assert named("check").json == {"ok": True, "problems": []}
    assert named("search", "serasi", "--format", "json").json["total"] == 1


def test_only_the_index(named: Run, library: Path) -> None:
    add(named)
    set_meta(library, "normaliser", 0)
    found = named("reindex", "--index", "--json")
    assert (found.code, found.json["indexed"], found.json["analysed"]) == (0, 3, 0)
    assert named("info", "--json").json["outdated"] == 3
    both = named("reindex", "--index", "--all")
    assert both.code == 2
    both.one_sentence("--index", "--help")


def test_library_that_is_missing_or_read_only(run: Run, tmp_path: Path) -> None:
    found = run("--library", tmp_path / "tiada.db", "reindex")
    assert found.code == 3
    found.one_sentence("tiada.db", "Import something")


@pytest.mark.parametrize("bad", ["-1", "banyak"])
def test_numbers_that_are_none(named: Run, bad: str) -> None:
    for line in (["reindex", "--jobs", bad], ["check", "--sample", bad]):
        found = named(*line)
        assert found.code == 2
        found.one_sentence(bad, "--help")


@pytest.mark.parametrize("sample", ["0", "1", "99"])
def test_check_of_a_sample(named: Run, library: Path, sample: str) -> None:
    assert named("check", "--sample", sample).json == {"ok": True, "problems": []}
    plain = sqlite3.connect(library)
    plain.execute("DELETE FROM terms")
    plain.commit()
    plain.close()
    found = named("check", "--sample", sample)
    assert found.code == 3
    assert "table of terms" in found.json["problems"][0]
    assert "--repair" in found.err
    assert named("check", "--repair").json == {"ok": True, "problems": []}
    assert named("check", "--sample", sample).code == 0


def test_repair_says_what_is_left(named: Run, library: Path) -> None:
    plain = sqlite3.connect(library)
    plain.execute("UPDATE articles SET body = body || 'x' WHERE id = 1")
    plain.execute("DELETE FROM mentions")
    plain.commit()
    plain.close()
    found = named("check", "--repair")
    assert found.code == 3
    assert [p for p in found.json["problems"] if "mention counts" in p] == []
    assert [p for p in found.json["problems"] if "text of article 1" in p]


@pytest.fixture
def first_format(tmp_path: Path) -> Path:
    """An empty library as the first migration made it."""
    path = tmp_path / "lama.db"
    connection = sqlite3.connect(path)
    schema.migrate(connection, to=1)
    connection.close()
    return path


def test_older_library_is_upgraded_with_a_sentence(
    run: Run, first_format: Path, tmp_path: Path
) -> None:
    article = tmp_path / "baru.txt"
    article.write_text("Pertemuan di Tokyo\n\nIsi berita.", encoding="utf-8")
    info = run("--library", first_format, "info")
    assert info.err == ""
    assert "next step: the format is an older one" in info.out
    assert run("--library", first_format, "info", "--json").json["format"] == 1
    first = run("--library", first_format, "import", article)
    assert first.code == 0
    (said,) = first.err.splitlines()
    assert said.startswith("The library was made by an older bilat-tui and is being upgraded")
    assert run("--library", first_format, "import", article).err == ""
    assert run("--library", first_format, "info", "--json").json["format"] == schema.SCHEMA_VERSION


def test_browser_upgrades_before_it_opens(first_format: Path) -> None:
    session = Session(library=str(first_format))
    session.bring_up_to_date()
    with session.open("read") as archive:
        assert not archive.is_older()
    session.bring_up_to_date()


def test_older_library_on_a_read_only_medium_is_opened_as_it_is(first_format: Path) -> None:
    Path(f"{first_format}-wal").mkdir()
    Path(f"{first_format}-shm").mkdir()
    session = Session(library=str(first_format))
    session.bring_up_to_date()
    with session.open("read") as archive:
        assert archive.is_older()
        assert archive.count() == 0


def test_older_library_that_cannot_be_written_to(run: Run, first_format: Path) -> None:
    Path(f"{first_format}-wal").mkdir()
    Path(f"{first_format}-shm").mkdir()
    assert run("--library", first_format, "search", "x").code == 4
    refused = run("--library", first_format, "reindex")
    assert refused.code == 3
    assert "Traceback" not in refused.err
