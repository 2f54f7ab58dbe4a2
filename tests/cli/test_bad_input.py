"""Whatever goes wrong: one clear sentence with the next step, the right exit code, nothing lost."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
AsUser = Callable[[], AbstractContextManager[None]]


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


# --- inputs -------------------------------------------------------------------------------------


@pytest.fixture(params=["missing", "empty", "binary", "folder", "pattern"])
def bad_source(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """One input that holds no article, of each kind."""
    path = tmp_path / "masukan.txt"
    if request.param == "empty":
        path.write_bytes(b"")
    elif request.param == "binary":
        path.write_bytes(bytes(range(256)) * 40)
    elif request.param == "folder":
        path = tmp_path / "kosong"
        path.mkdir()
    elif request.param == "pattern":
        path = tmp_path / "*.none"
    return str(path)


def test_import_of_a_bad_input_alone(bilat: Run, bad_source: str) -> None:
    found = bilat("import", bad_source, "--json")
    assert found.code == 2
    (failure,) = found.json["failed"]
    assert failure["error"]
    found.one_sentence(Path(bad_source).name)
    assert bilat("search", "--format", "json").json["total"] == 2


def test_import_of_a_bad_input_among_good_ones(bilat: Run, bad_source: str, tmp_path: Path) -> None:
    good = tmp_path / "baik.md"
    good.write_text("# Baik\n\nMenteri bertemu di Tokyo, Jepang.", encoding="utf-8")
    found = bilat("import", bad_source, good, "--json")
    assert found.code == 1
    assert (found.json["added"], len(found.json["failed"])) == (1, 1)
    found.one_sentence(Path(bad_source).name)


def test_extract_of_a_bad_input(run: Run, bad_source: str) -> None:
    found = run("extract", bad_source)
    assert found.code == 2
    found.one_sentence(Path(bad_source).name)


def test_an_unreadable_input(run: Run, place: Path, as_ordinary_user: AsUser) -> None:
    path = place / "berita.txt"
    path.write_text("Menteri bertemu di Tokyo, Jepang.", encoding="utf-8")
    assert run("extract", path).code == 0
    assert run("--library", place / "own.db", "import", path, "--dry-run", "--jobs", 1).code == 0
    path.chmod(0)
    with as_ordinary_user():
        extracted = run("extract", path)
        imported = run("--library", place / "other.db", "import", path, "--jobs", 1)
    for found in (extracted, imported):
        assert found.code == 2
        found.one_sentence(str(path))


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig"])
def test_another_encoding_is_read(run: Run, tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "berita.txt"
    path.write_bytes("“Kerja sama” – Menteri bertemu di Tokyo, Jepang, café.".encode(encoding))
    found = run("extract", path)
    assert found.code == 0
    assert "Jepang" in [mention["text"] for mention in found.json["mentions"]]


def test_bytes_that_are_no_utf8_in_json_lines(bilat: Run, tmp_path: Path) -> None:
    path = tmp_path / "baris.jsonl"
    path.write_bytes(b'{"id": "a", "body": "Jepang"}\n{"id": "b", "body": "caf\xe9 \xff"}\n')
    found = bilat("import", path, "--json")
    assert found.code in (0, 1)
    assert found.json["added"] >= 1


def test_a_malformed_line_is_named_with_its_number(bilat: Run, tmp_path: Path) -> None:
    path = tmp_path / "baris.jsonl"
    path.write_text('{"id": "a", "body": "Jepang"}\n{"id": "b", \n', encoding="utf-8")
    found = bilat("import", path, "--json")
    assert found.code == 1
    assert found.json["added"] == 1
    found.one_sentence(f"{path}:2")


@pytest.mark.parametrize(
    ("lines", "code", "answers"),
    [
        (b'{"query": "IJEPA"}\n{"query": 5}\n', 1, 2),
        (b"rusak\n", 2, 1),
        (b'{"query": "x", "on": "kemarin"}\n', 2, 1),
        (b'{"query": "x", "kind": "kota"}\n', 2, 1),
        (b"\n\n", 0, 0),
        (b"\xff\xfe\n", 2, 1),
    ],
    ids=["one of two", "not json", "bad day", "bad kind", "blank", "bytes"],
)
def test_match_batch_with_bad_lines(run: Run, lines: bytes, code: int, answers: int) -> None:
    found = run("match", "--batch", "-", stdin=lines)
    assert found.code == code
    assert len(found.lines) == answers
    assert "Traceback" not in found.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["match", "--batch", "none.jsonl"],
        ["match", "x", "--kb", "none.jsonl"],
        ["extract", "--kb", "none.jsonl"],
        ["kb", "check", "none.jsonl"],
        ["match", "x", "--kb", "."],
    ],
)
def test_a_file_that_an_option_names_and_that_cannot_be_read(
    run: Run, arguments: list[str]
) -> None:
    found = run(*arguments, stdin=b"Jepang")
    assert found.code == 2
    found.one_sentence()


# --- usage --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["serch"], "search"),
        (["--libary", "x"], "--library"),
        (["search", "--limt", "5"], "--limit"),
        (["search", "x", "--limit", "many"], "--limit"),
        (["search", "x", "--limit", "-1"], "--limit"),
        (["search", "x", "--sort", "best"], "relevance"),
        (["search", "x", "--limit"], "--limit"),
        (["show"], "ID"),
        (["show", "abc"], "'abc'"),
        (["show", "1", "2"], "2"),
        (["import"], "SOURCE"),
        (["import", "x", "--format", "docs"], "auto"),
        (["match"], "--batch"),
        (["match", "x", "--on", "kemarin"], "2019-06-27"),
        (["match", "x", "--country", "atlantis"], "--country"),
        (["extract", "--on", "2019-02-30"], "--on"),
        (["export"], "--marked"),
        (["export", "1", "--marked"], "--marked"),
        (["mark"], "--list"),
        (["mark", "1", "--list"], "--list"),
        (["delete"], "--undo"),
        (["entities", "--type", "CITY"], "PERSON"),
        (["completion", "tcsh"], "fish"),
        (["kb"], "kb --help"),
        (["kb", "lst"], "list"),
        (["--lang", "fr", "info"], "id"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
def test_wrong_usage(bilat: Run, arguments: list[str], word: str) -> None:
    found = bilat(*arguments)
    assert found.code == 2
    assert found.out == ""
    found.one_sentence(word, "--help")


def test_deleting_asks_and_without_a_terminal_does_not_guess(bilat: Run) -> None:
    found = bilat("delete", "1")
    assert found.code == 2
    found.one_sentence("--yes")
    assert bilat("search", "--format", "json").json["total"] == 2


@pytest.mark.parametrize(
    "command",
    [["show"], ["export"], ["mark"], ["delete", "--yes"], ["export", "--format", "json"]],
    ids=" ".join,
)
def test_an_unknown_id(bilat: Run, command: list[str]) -> None:
    found = bilat(*command, "999")
    assert found.code == 4
    assert found.out == ""
    found.one_sentence("999", "search")


@pytest.mark.parametrize("command", [["export"], ["mark"], ["delete", "--yes"]], ids=" ".join)
def test_an_unknown_id_among_known_ones(bilat: Run, command: list[str]) -> None:
    found = bilat(*command, "1", "999")
    assert found.code == 1
    assert found.out
    assert "999" in found.err.splitlines()[0]


def test_an_unknown_import(bilat: Run) -> None:
    found = bilat("delete", "--import", "99", "--yes")
    assert found.code == 4
    found.one_sentence("99", "info --imports")


def test_an_unknown_row(bilat: Run) -> None:
    for arguments in (["kb", "show", "xyzzyx"], ["kb", "remove", "xyzzyx"]):
        found = bilat(*arguments)
        assert found.code == 4
        found.one_sentence("xyzzyx")


# --- the library --------------------------------------------------------------------------------

READERS = [["search", "x"], ["show", "1"], ["entities"], ["export", "1"], ["info"], ["check"]]
WRITERS = [
    ["mark", "1"],
    ["delete", "1", "--yes"],
    ["kb", "import", "rows.jsonl"],
    ["import", "a.txt"],
]


@pytest.fixture
def inputs(tmp_path: Path) -> None:
    """The files that ``WRITERS`` name."""
    (tmp_path / "a.txt").write_text("Menteri bertemu di Tokyo, Jepang.", encoding="utf-8")
    (tmp_path / "rows.jsonl").write_text(
        '{"id": "x", "kind": "program", "name": "Program X", "aliases": []}', encoding="utf-8"
    )


@pytest.fixture(params=["folder", "text", "empty", "foreign", "newer", "cut"])
def no_library(request: pytest.FixtureRequest, library: Path, tmp_path: Path) -> Path:
    """Something at the library's path that is none, of each kind."""
    path = tmp_path / "bukan.db"
    if request.param == "folder":
        path.mkdir()
    elif request.param == "text":
        path.write_text("bukan pangkalan data", encoding="utf-8")
    elif request.param == "empty":
        path.write_bytes(b"")
    elif request.param == "foreign":
        with sqlite3.connect(path) as other:
            other.execute("CREATE TABLE recipes (name TEXT)")
        other.close()
    elif request.param == "newer":
        path.write_bytes(library.read_bytes())
        with sqlite3.connect(path) as newer:
            newer.execute("PRAGMA user_version = 4242")
        newer.close()
    else:
        data = library.read_bytes()
        path.write_bytes(data[: len(data) // 2])
    return path


@pytest.mark.usefixtures("inputs")
@pytest.mark.parametrize("command", [*READERS, *WRITERS], ids=lambda command: command[0])
def test_what_is_no_library_is_left_alone(run: Run, no_library: Path, command: list[str]) -> None:
    before = digest(no_library) if no_library.is_file() else ""
    found = run("--library", no_library, *command)
    assert found.code == 3
    found.one_sentence(str(no_library))
    assert (digest(no_library) if no_library.is_file() else "") == before


@pytest.mark.usefixtures("inputs")
@pytest.mark.parametrize("protect", ["file", "folder"])
@pytest.mark.parametrize("command", WRITERS, ids=lambda command: command[0])
def test_a_read_only_library_is_read_and_not_written(
    run: Run,
    library: Path,
    place: Path,
    as_ordinary_user: AsUser,
    monkeypatch: pytest.MonkeyPatch,
    command: list[str],
    protect: str,
) -> None:
    for one in (*READERS, command):
        run("--library", library, *one)
    for name in ("a.txt", "rows.jsonl"):
        shutil.copy(name, place)
    monkeypatch.chdir(place)
    own = place / "own.db"
    shutil.copy(library, own)
    own.chmod(0o444)
    if protect == "folder":
        place.chmod(0o555)
    before = digest(own)
    with as_ordinary_user():
        found = run("--library", own, *command)
        codes = [run("--library", own, *reader).code for reader in READERS]
    assert found.code == 3
    found.one_sentence(str(own))
    assert set(codes) <= {0, 4}
    assert digest(own) == before


def test_a_locked_library_is_said_to_be(
    run: Run, library: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.archive import opening

    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.2)
    other = sqlite3.connect(library, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        found = run("--library", library, "mark", "1")
        assert found.code == 3
        found.one_sentence(str(library))
        assert run("--library", library, "search", "x").code in (0, 4)
    finally:
        other.close()
    assert run("--library", library, "mark", "1").code == 0


# --- exports ------------------------------------------------------------------------------------


def test_an_export_never_overwrites(bilat: Run, tmp_path: Path) -> None:
    note = tmp_path / "catatan.md"
    note.write_text("milik saya", encoding="utf-8")
    found = bilat("export", "1", "-o", note)
    assert found.code == 2
    found.one_sentence(str(note), "--force")
    assert note.read_text(encoding="utf-8") == "milik saya"
    assert bilat("export", "1", "-o", note, "--force").code == 0
    assert note.read_bytes() == bilat("export", "1").raw
    assert [p.name for p in tmp_path.glob(".catatan*")] == []


@pytest.mark.parametrize(
    "target", ["tidak/ada/catatan.md", ".", "berkas.txt/catatan.md", "x" * 300]
)
def test_an_export_to_nowhere(bilat: Run, tmp_path: Path, target: str) -> None:
    (tmp_path / "berkas.txt").write_text("x", encoding="utf-8")
    found = bilat("export", "1", "-o", tmp_path / target)
    assert found.code == 2
    found.one_sentence()


def test_an_export_into_a_protected_folder(
    run: Run, library: Path, place: Path, as_ordinary_user: AsUser
) -> None:
    own = shutil.copy(library, place / "own.db")
    folder = place / "terkunci"
    folder.mkdir()
    assert run("--library", own, "export", "1", "-o", place / "catatan.md").code == 0
    folder.chmod(0o555)
    place.chmod(0o755)
    with as_ordinary_user():
        found = run("--library", own, "export", "1", "-o", folder / "catatan.md")
    assert found.code == 2
    found.one_sentence(str(folder))
    assert list(folder.iterdir()) == []


def test_nothing_to_export(bilat: Run, tmp_path: Path) -> None:
    for selection in (["--marked"], ["--query", "xyzzyx"]):
        found = bilat("export", *selection, "-o", tmp_path / "n.md")
        assert found.code == 4
        assert not (tmp_path / "n.md").exists()
    assert bilat("export", "--marked", "--format", "json").json == []


# --- terminal and streams -----------------------------------------------------------------------


@pytest.mark.parametrize("arguments", [[], ["browse"], ["browse", "-impor"]])
def test_no_terminal(run: Run, tmp_path: Path, arguments: list[str]) -> None:
    found = run(*arguments)
    assert found.code == 2
    assert found.out == ""
    found.one_sentence("terminal", "search")
    assert not (tmp_path / "data").exists()


def test_a_reader_that_goes_away_is_no_error(library: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tui.cli", "--library", str(library), "kb", "list", "--all"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    assert process.wait() == 0


def test_an_interrupt_ends_with_130(tmp_path: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tui.cli", "match", "--batch", "-"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        # A test run started in the background has the signal ignored, and children inherit that.
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(b'{"query": "IJEPA"}\n')
    process.stdin.flush()
    assert process.stdout.readline()
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=30) == 130
    assert process.stderr is not None
    assert process.stderr.read() == b""
    for stream in (process.stdin, process.stdout, process.stderr):
        stream.close()


def test_hidden_characters_never_reach_the_terminal(run: Run, tmp_path: Path) -> None:
    text = "Jepang \x1b]0;judul\x07 \u202ekebalik\u202c \x9b31m\x00 akhir"
    path = tmp_path / "jahat.jsonl"
    path.write_text(
        json.dumps({"id": "\x1b[2J", "title": text, "body": text + "\r\nbaris", "source": text}),
        encoding="utf-8",
    )
    own = tmp_path / "l.db"
    assert run("--library", own, "import", path).code == 0
    for arguments in (
        ["search", "jepang"],
        ["search", "jepang", "--format", "json"],
        ["search", "jepang", "--format", "csv"],
        ["show", "1"],
        ["show", "1", "--format", "json"],
        ["show", "1", "--format", "markdown"],
        ["entities"],
        ["export", "1", "--quotes"],
        ["export", "1", "--format", "csv", "--quotes"],
        ["extract", path],
        ["extract", path, "--format", "table"],
        ["match", text],
        ["show", "1\x1b[2J"],
        ["\x1b[2J"],
        ["export", "1", "-o", "none\x1b[2J/x.md"],
        ["info", "--imports"],
    ):
        found = run("--library", own, *arguments)
        for char in "\x1b\x07\u202e\u202c\x9b\x00":
            assert char not in found.out, arguments
            assert char not in found.err, arguments
    assert "⟨U+202E⟩" in run("--library", own, "show", "1").out
    assert "\r\nbaris" in run("--library", own, "show", "1").raw.decode()
    assert run("--library", own, "show", "1", "--format", "json").json["body"] == text + "\r\nbaris"


def test_an_unforeseen_fault_is_a_sentence_and_debug_shows_it(
    bilat: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    from store.archive import Archive

    def broken(_: object) -> None:
        raise RuntimeError("tak terduga")

    monkeypatch.setattr(Archive, "info", broken)
    found = bilat("info")
    assert found.code == 2
    found.one_sentence("RuntimeError", "tak terduga", "--debug")
    assert "Traceback" in bilat("info", "--debug").err


@pytest.mark.slow
def test_an_interrupted_import_says_what_it_did(tmp_path: Path) -> None:
    """One Ctrl+C: the article at hand is finished, the report printed, nothing lost."""
    library = tmp_path / "l.db"
    process = subprocess.Popen(
        [sys.executable, "-m", "tui.cli", "--library", str(library), "import", "-",
         "--format", "jsonl", "--json", "--jobs", "1"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    assert process.stdin is not None
    numbers = itertools.count()
    started = time.monotonic()
    asked = False
    with contextlib.suppress(BrokenPipeError):
        while True:
            number = next(numbers)
            row = {"id": f"a{number}", "title": f"Judul {number}", "body": f"Isi {number}. " * 50}
            process.stdin.write(json.dumps(row).encode() + b"\n")
            if not asked and time.monotonic() - started > 2 and library.exists():
                process.send_signal(signal.SIGINT)
                asked = True
    with contextlib.suppress(BrokenPipeError):
        process.stdin.close()
    assert process.stdout is not None
    assert process.stderr is not None
    report = json.loads(process.stdout.read())
    said = process.stderr.read().decode()
    assert process.wait() == 130
    process.stdout.close()
    process.stderr.close()
    assert report["stopped"] is True
    assert report["added"] > 0
    assert "Traceback" not in said
    with sqlite3.connect(library) as whole:
        (articles,) = whole.execute("SELECT count(*) FROM articles").fetchone()
    whole.close()
    assert articles == report["added"]


def test_names_that_are_no_text(run: Run, tmp_path: Path) -> None:
    """A file name, a query and a name may hold bytes that no encoding explains."""
    path = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt")
    Path(path).write_text("Menteri bertemu di Tokyo, Jepang.", encoding="utf-8")
    library = tmp_path / "l.db"
    assert run("--library", library, "import", path, "--json").json["added"] == 1
    missing = run("--library", library, "import", path + "x", "--json")
    assert missing.code == 2
    missing.one_sentence("⟨U+DCE9⟩")
    assert run("--library", library, "info", "--imports").code == 0
    assert run("--library", library, "show", "1", "--format", "json").json["ref"]
    assert run("extract", path).code == 0
    assert run("--library", library, "search", "\udce9").code in (0, 4)
    assert run("match", "\udce9").code == 4


def test_closed_streams(library: Path) -> None:
    command = f"{sys.executable} -m tui.cli --library {library}"
    for rest, code in (
        ("search industri <&-", 0),
        ("search industri >&-", 0),
        ("search industri 2>&-", 0),
        ("extract <&-", 2),
        ("import - <&-", 2),
        ("delete 1 <&-", 2),
        ("browse <&- >&-", 2),
    ):
        done = subprocess.run(f"{command} {rest}", shell=True, capture_output=True, text=True)
        assert done.returncode == code, rest
        assert "Traceback" not in done.stderr
        assert "Internal" not in done.stderr


def test_a_library_in_a_folder_that_may_not_be_entered(
    run: Run, library: Path, place: Path, as_ordinary_user: AsUser
) -> None:
    for command in (["search", "x"], ["match", "IJEPA"]):
        run("--library", library, *command)
        folder = place / "terkunci"
        folder.mkdir(exist_ok=True)
        folder.chmod(0)
        with as_ordinary_user():
            found = run("--library", folder / "l.db", *command)
        assert found.code == 3
        found.one_sentence(str(folder))
