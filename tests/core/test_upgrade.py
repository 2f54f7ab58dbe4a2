"""Libraries made by older formats: read as they are, upgraded by whoever writes, whole in either."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from store import schema
from store.archive import Archive, opening, upgrading
from store.errors import LibraryError
from store.records import Article, Extraction
from store.search import Searcher

MakeArticle = Callable[..., Article]

SHADOWS = ("docs_data", "docs_idx", "docs_docsize", "docs_config")
TYPES = {"COUNTRY", "DATE", "MONEY", "PERSON", "PLACE"}


def as_format(library: Path, target: Path, number: int) -> None:
    """The contents of ``library`` in tables that the migrations up to that one have made."""
    connection = sqlite3.connect(target)
    connection.execute(f"PRAGMA page_size = {schema.PAGE_SIZE}")
    connection.execute("PRAGMA journal_mode = WAL")
    schema.migrate(connection, to=number)
    tables = [
        name
        for (name,) in connection.execute(
            "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE TABLE %'"
            " AND name NOT LIKE 'sqlite%' AND name NOT LIKE '_sqlite%'"
        )
    ]
    assert {"articles", "spans", *SHADOWS} <= {*tables}
    assert ("types" in tables) == (number > 1)
    assert ("facets" in tables) == (number > 2)
    connection.execute("ATTACH ? AS other", (str(library),))
    for table in tables:
        connection.execute(f"DELETE FROM {table}")
        connection.execute(f"INSERT INTO {table} SELECT * FROM other.{table}")
    connection.commit()
    connection.execute("DETACH other")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


@pytest.fixture(scope="module", params=[1, 2, 3], ids="format {}".format)
def made(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    make_article: MakeArticle,
    found: Extraction,
) -> Path:
    """A library of an older format with articles, marks, trash and versions."""
    home = tmp_path_factory.mktemp("old")
    modern, old = home / "modern.db", home / "library.db"
    with Archive.open(modern, "create") as archive:
        for n in range(40):
            archive.add(
                make_article(f"r{n}", title=f"Judul {n}", date=f"2019-06-{n % 28 + 1:02}"), found
            )
        archive.add(make_article("r0", title="Judul baru"), found)
        archive.add(make_article("kosong", title="Kosong", body="Tanpa apa-apa."), Extraction())
        archive.mark([3, 4])
        archive.set_note(3, "catatan")
        archive.delete([2])
    as_format(modern, old, request.param)
    return old


@pytest.fixture
def old(made: Path, library: Path) -> Path:
    return Path(shutil.copy(made, library))


def version(path: Path) -> int:
    plain = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    (found,) = plain.execute("PRAGMA user_version").fetchone()
    plain.close()
    return int(found)


def everything(archive: Archive) -> list[object]:
    seen: list[object] = [archive.by_docid(docid) for docid in archive.all_docids()]
    hits = [hit.row.id for hit in Searcher(archive).search("menteri jepang", limit=100).hits]
    return [*seen, archive.marked(), archive.entities(), archive.trash(), sorted(hits)]


def types(archive: Archive) -> list[tuple[str, int]]:
    return archive.connection.execute("SELECT type, docid FROM types ORDER BY 1, 2").fetchall()


def facets(archive: Archive) -> list[tuple[object, ...]]:
    return archive.connection.execute("SELECT * FROM facets ORDER BY docid").fetchall()


def test_reader_takes_it_as_it_is(old: Path) -> None:
    before, number = old.read_bytes(), version(old)
    with Archive.open(old, "read") as archive:
        assert archive.is_older()
        assert archive.count() == 40
        assert {kind for kind, _ in types(archive)} == TYPES
        assert len(types(archive)) == 39 * len(TYPES)
        found = Searcher(archive).search("mitra lama", facets=True)
        assert found.total == 39
        assert [(facet.value, facet.count) for facet in found.facets["country"]] == [("JP", 39)]
        assert {facet.label for facet in found.facets["person"]} == {"Rara Wulandari"}
        assert len(found.facets["type"]) == (len(TYPES) if number > 1 else 0)
        assert len(facets(archive)) == 40
        assert archive.info()["format"] == number
        assert archive.check() == []
    assert version(old) == number
    assert old.read_bytes() == before


@pytest.mark.parametrize("mode", ["write", "create"])
def test_writer_upgrades_it(old: Path, mode: opening.Mode) -> None:
    with Archive.open(old, "read") as archive:
        before, kinds, counted = everything(archive), types(archive), facets(archive)
    told: list[float] = []
    with Archive.open(old, mode, tell=told.append) as archive:
        assert not archive.is_older()
        assert everything(archive) == before
        assert types(archive) == kinds
        assert facets(archive) == counted
        assert archive.check() == []
        assert archive.undelete() == [2]
        archive.delete([5])
        assert archive.check() == []
    assert told[0] == 0
    assert told[-1] == 1
    assert told == sorted(told)
    told.clear()
    Archive.open(old, mode, tell=told.append).close()
    assert told == []


def test_upgraded_is_as_made_anew(old: Path, tmp_path: Path) -> None:
    Archive.open(old, "write").close()
    Archive.open(tmp_path / "new.db", "create").close()

    def tables(path: Path) -> list[tuple[str, str]]:
        plain = sqlite3.connect(path)
        found = plain.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
        plain.close()
        return found

    assert tables(old) == tables(tmp_path / "new.db")


def test_read_only_one_is_read_and_its_upgrade_refused(old: Path) -> None:
    # A folder in the place of the side files: as on a medium that cannot be written to.
    number = version_of_bytes(old)
    Path(f"{old}-wal").mkdir()
    Path(f"{old}-shm").mkdir()
    with Archive.open(old, "read") as archive:
        assert len(types(archive)) == 39 * len(TYPES)
        assert Searcher(archive).search("mitra lama").total == 39
    with pytest.raises(LibraryError) as caught:
        Archive.open(old, "write")
    assert caught.value.exit_code == 3
    assert version_of_bytes(old) == number


def version_of_bytes(path: Path) -> int:
    """The user version where the header of the file has it."""
    return int.from_bytes(path.read_bytes()[60:64], "big")


def test_locked_one_can_be_read_and_is_waited_for(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upgrading, "PATIENCE", 0.1)
    monkeypatch.setattr(upgrading, "_TURN", 0.1)
    other = sqlite3.connect(old, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Archive.open(old, "read") as archive:
        assert archive.count() == 40
    with pytest.raises(LibraryError, match="locked"):
        Archive.open(old, "write")
    monkeypatch.setattr(upgrading, "PATIENCE", 30.0)
    with pytest.raises(LibraryError, match="locked"):
        Archive.open(old, "write", patience=0.1)
    opened: list[int] = []

    def work() -> None:
        with Archive.open(old, "write") as archive:
            opened.append(archive.count())

    waiting = threading.Thread(target=work)
    waiting.start()
    other.execute("ROLLBACK")
    other.close()
    waiting.join(30)
    assert opened == [40]


OPEN = """
import sys
from pathlib import Path
from store.archive import Archive
with Archive.open(Path(sys.argv[1]), "write") as archive:
    assert archive.check() == []
    print(archive.count())
"""


def test_many_upgrade_at_once(old: Path) -> None:
    running = [
        subprocess.Popen([sys.executable, "-c", OPEN, str(old)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    assert [process.communicate(timeout=60)[0].strip() for process in running] == ["40"] * 4
    assert version(old) == schema.SCHEMA_VERSION


KILLED = """
import sys, time
from pathlib import Path
from store.archive import Archive
def tell(share):
    print(share, flush=True)
    if share >= float(sys.argv[2]):
        time.sleep(60)
Archive.open(Path(sys.argv[1]), "write", tell=tell)
"""


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.8], ids=str)
def test_killed_upgrade_leaves_the_older_format(old: Path, share: float) -> None:
    if share and version(old) == 3:
        pytest.skip("that upgrade is over before a share of it is told")
    with Archive.open(old, "read") as archive:
        before = everything(archive)
    running = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(old), str(share)], stdout=subprocess.PIPE, text=True
    )
    assert running.stdout
    while float(running.stdout.readline()) < share:
        pass
    time.sleep(0.05)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    with Archive.open(old, "read") as archive:
        assert archive.is_older()
        assert everything(archive) == before
    with Archive.open(old, "write") as archive:
        assert not archive.is_older()
        assert everything(archive) == before
        assert archive.check() == []
