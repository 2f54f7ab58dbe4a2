"""Opening whatever a path may name: a clear sentence, exit code 3, and never a byte written to it."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from pathlib import Path

import pytest

from store import schema
from store.archive import Archive, opening
from store.errors import LibraryError
from store.records import Article, Extraction

MakeArticle = Callable[..., Article]


def refused(path: Path, mode: opening.Mode) -> str:
    with pytest.raises(LibraryError) as caught, Archive.open(path, mode) as archive:
        archive.count()
    assert caught.value.exit_code == 3
    assert str(path) in str(caught.value)
    assert caught.value.next_step
    return str(caught.value)


@pytest.fixture
def filled(library: Path, make_article: MakeArticle, found: Extraction) -> Path:
    """A closed library of a few hundred articles."""
    with Archive.open(library, "create") as archive:
        archive.add_many([(make_article(f"r{n}", title=f"Judul {n}"), found) for n in range(300)])
    return library


def folder(path: Path) -> None:
    path.mkdir()


def empty(path: Path) -> None:
    path.touch()


def text(path: Path) -> None:
    path.write_text("Ini bukan basis data. " * 100, encoding="utf-8")


def foreign(path: Path) -> None:
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT)")
    other.commit()
    other.close()


def pipe(path: Path) -> None:
    os.mkfifo(path)


def truncated_header(path: Path) -> None:
    path.write_bytes(b"SQLite format 3\0" + b"\0" * 30)


@pytest.mark.parametrize("mode", ["read", "write", "create"])
@pytest.mark.parametrize(
    ("make", "words"),
    [
        (folder, "folder"),
        (empty, "empty"),
        (text, "not a bilat-tui library"),
        (foreign, "another program"),
        (pipe, "ordinary file"),
        (truncated_header, "library"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_what_is_no_library_is_refused_and_left_alone(
    library: Path, make: Callable[[Path], None], words: str, mode: opening.Mode
) -> None:
    make(library)
    before = library.read_bytes() if library.is_file() else None
    assert words in refused(library, mode)
    assert before is None or library.read_bytes() == before
    assert [path.name for path in library.parent.iterdir()] == [library.name]


@pytest.mark.parametrize("mode", ["read", "write"])
def test_missing_library_is_not_made(library: Path, mode: opening.Mode) -> None:
    assert "There is no library" in refused(library, mode)
    assert not library.exists()


def test_creation_makes_folders_and_leaves_only_the_library(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b c" / "perpustakaan?#%.db"
    with Archive.open(path, "create") as archive:
        assert archive.count() == 0
    assert list(path.parent.iterdir()) == [path]
    with Archive.open(path, "create") as archive:
        assert archive.info()["format"] == schema.SCHEMA_VERSION


def test_library_cannot_be_made_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "berkas").touch()
    assert refused(tmp_path / "berkas" / "library.db", "create")


def test_failed_filling_leaves_no_library(library: Path) -> None:
    def fail(archive: Archive) -> None:
        archive.set_state("x", 1)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Archive.create(library, fail)
    assert list(library.parent.iterdir()) == []


def test_library_made_by_another_meanwhile_stays(library: Path) -> None:
    def slow(archive: Archive) -> None:
        archive.set_state("maker", "slow")
        with Archive.open(library, "create") as other:
            other.set_state("maker", "fast")

    Archive.create(library, slow)
    with Archive.open(library, "read") as archive:
        assert archive.state("maker") == "fast"
    assert [path.name for path in library.parent.iterdir() if ".new" in path.name] == []


def leave_a_journal(path: Path) -> None:
    """A library whose last changes are in its journal, without the library."""
    code = (
        "import os, sys; from pathlib import Path; from store.archive import Archive\n"
        "archive = Archive.open(Path(sys.argv[1]), 'write')\n"
        "archive.set_state('maker', 'gone')\n"
        "os._exit(0)"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
    assert Path(f"{path}-wal").stat().st_size
    path.unlink()


def test_journal_of_a_library_that_is_gone_is_set_aside(filled: Path) -> None:
    leave_a_journal(filled)
    with Archive.open(filled, "create") as archive:
        assert archive.count() == 0
        assert archive.state("maker") is None
        assert archive.check() == []
    left = Path(f"{filled}-wal.left")
    assert left.stat().st_size
    assert {path.name for path in filled.parent.iterdir()} == {filled.name, left.name}


def test_many_create_beside_an_old_journal(filled: Path) -> None:
    leave_a_journal(filled)
    code = (
        "import sys; from pathlib import Path; from store.archive import Archive\n"
        "with Archive.open(Path(sys.argv[1]), 'create') as archive:\n"
        "    archive.set_state(sys.argv[2], 1)"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(filled), str(n)]) for n in range(6)
    ]
    assert [process.wait(60) for process in running] == [0] * 6
    with Archive.open(filled, "read") as archive:
        assert [archive.state(str(n)) for n in range(6)] == [1] * 6
        assert archive.check() == []


def test_newer_library_is_refused(filled: Path) -> None:
    plain = sqlite3.connect(filled)
    plain.execute(f"PRAGMA user_version = {schema.SCHEMA_VERSION + 1}")
    plain.close()
    for mode in ("read", "write", "create"):
        assert "newer" in refused(filled, mode)  # type: ignore[arg-type]


@pytest.mark.parametrize("mode", ["read", "write"])
@pytest.mark.parametrize("share", [0.02, 0.3, 0.6, 0.9], ids=str)
def test_damaged_pages_are_noticed(filled: Path, share: float, mode: opening.Mode) -> None:
    size = filled.stat().st_size
    with filled.open("r+b") as file:
        file.seek(int(size * share) // schema.PAGE_SIZE * schema.PAGE_SIZE)
        file.write(os.urandom(3 * schema.PAGE_SIZE))
    before = filled.read_bytes()
    assert "damaged" in refused(filled, mode)
    assert filled.read_bytes() == before


def test_cut_off_file_is_noticed(filled: Path) -> None:
    os.truncate(filled, filled.stat().st_size // 2)
    assert "damaged" in refused(filled, "read")


def test_damage_met_later_is_said(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # As with a large library, which is not read through on opening.
    monkeypatch.setattr(opening, "CHECKED_BYTES", 0)
    size = filled.stat().st_size
    with filled.open("r+b") as file:
        file.seek(8 * schema.PAGE_SIZE)
        file.write(b"\xff" * (size - 8 * schema.PAGE_SIZE))

    def use() -> None:
        with Archive.open(filled, "read") as archive:
            archive.rows(archive.newest(300))
            archive.entities()

    with pytest.raises(LibraryError, match="damaged"):
        use()


def test_locked_library_can_be_read_but_not_written(
    filled: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        assert "locked" in refused(filled, "write")
        with Archive.open(filled, "read") as archive:
            assert archive.count() == 300
    finally:
        other.close()
    with Archive.open(filled, "write") as archive:
        assert archive.count() == 300


def test_wholly_locked_library_says_so(filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "BUSY_SECONDS", 0.1)
    other = sqlite3.connect(filled, isolation_level=None)
    other.execute("PRAGMA locking_mode = EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    try:
        assert "locked" in refused(filled, "read")
    finally:
        other.close()


def test_writing_through_a_reader_is_refused(filled: Path) -> None:
    with Archive.open(filled, "read") as archive:
        assert archive.read_only
        with pytest.raises(LibraryError, match="not written") as caught:
            archive.mark([1])
        assert caught.value.exit_code == 3
        with pytest.raises(sqlite3.OperationalError):
            archive.connection.execute("DELETE FROM articles")
        assert archive.count() == 300


def test_reader_lives_with_side_files_of_a_writer(filled: Path) -> None:
    with Archive.open(filled, "write") as writer:
        writer.mark([1])
        with Archive.open(filled, "read") as reader:
            assert reader.marked() == [1]


def reads_but_cannot_write(path: Path) -> None:
    with Archive.open(path, "read") as archive:
        assert archive.count() == 300
        assert archive.article(1).title == "Judul 0"
    modes: list[opening.Mode] = ["write", "create"]
    for mode in modes:
        assert "not written" in refused(path, mode)


def as_nobody(check: Callable[[Path], None], path: Path) -> None:
    """Run ``check`` without the powers of root, whom permissions do not bind."""
    if os.geteuid() != 0:
        check(path)
        return
    child = os.fork()
    if child == 0:
        code = 1
        try:
            os.seteuid(65534)
            check(path)
            code = 0
        except (Exception, pytest.fail.Exception):  # noqa: BLE001 - the child reports and ends
            traceback.print_exc()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    assert os.waitstatus_to_exitcode(status) == 0


@pytest.mark.parametrize("what", ["file", "folder", "both"])
def test_read_only_medium_can_be_read(filled: Path, what: str) -> None:
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        path = home / "library.db"
        shutil.copy(filled, path)
        home.chmod(0o777)
        path.chmod(0o444 if what != "folder" else 0o666)
        if what != "file":
            home.chmod(0o555)
        try:
            as_nobody(reads_but_cannot_write, path)
        finally:
            home.chmod(0o700)


def test_unreachable_side_files_do_not_stop_reading(filled: Path, tmp_path: Path) -> None:
    # A folder in the place of the side files: what SQLite meets where it may not create them.
    Path(f"{filled}-wal").mkdir()
    Path(f"{filled}-shm").mkdir()
    with Archive.open(filled, "read") as archive:
        assert archive.count() == 300
    with pytest.raises(LibraryError) as caught:
        Archive.open(filled, "write")
    assert caught.value.exit_code == 3


def test_copy_of_a_library_opens_elsewhere(filled: Path, tmp_path: Path) -> None:
    copy = tmp_path / "salinan.db"
    shutil.copy(filled, copy)
    with Archive.open(copy, "write") as archive:
        assert archive.count() == 300
        assert archive.check() == []


def test_many_open_a_missing_library_at_once(library: Path) -> None:
    problems: list[BaseException] = []

    def work() -> None:
        try:
            with Archive.open(library, "create") as archive:
                archive.set_state(threading.current_thread().name, 1)
        except LibraryError as error:
            problems.append(error)

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert problems == []
    with Archive.open(library, "read") as archive:
        assert sum(archive.state(thread.name) == 1 for thread in threads) == 6


def test_opening_does_not_import_what_only_migrations_need(filled: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from store.archive import Archive\n"
        f"Archive.open(Path({str(filled)!r}), 'write').close()\n"
        "assert not {'sqlite_utils', 'click', 'pluggy'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
