"""The one code path of screen and command line: golden bytes, and files that are whole or not there."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.errors import InputError, NotFoundError
from store.pipeline import create_with_seeds
from store.publish import FORMATS, SUFFIXES, format_of, publish, write

GOLDEN = Path(__file__).resolve().parent.parent / "golden"
UPDATE = "BILAT_UPDATE_GOLDEN"


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    path = tmp_path_factory.mktemp("library") / "library.db"
    create_with_seeds(path).close()
    with Archive.open(path, "read") as archive:
        yield archive


@pytest.mark.parametrize(
    ("name", "quotes"), [("seeds.md", False), ("seeds-quotes.md", True)], ids=["plain", "quotes"]
)
def test_the_note_of_the_seeds_is_the_golden_one(seeds: Archive, name: str, quotes: bool) -> None:
    """BILAT_UPDATE_GOLDEN=1 writes it anew; look at the difference before committing."""
    ids = seeds.ids(seeds.newest(10))
    text = publish(seeds, ids, format="markdown", quotes=quotes, target=None)
    golden = GOLDEN / name
    if os.environ.get(UPDATE):
        golden.write_bytes(text.encode())
    assert text.encode() == golden.read_bytes()


@pytest.mark.parametrize("form", FORMATS)
def test_a_file_holds_the_bytes_of_the_text(seeds: Archive, tmp_path: Path, form: str) -> None:
    target = tmp_path / f"note{SUFFIXES[form]}"  # type: ignore[index]
    ids = seeds.ids(seeds.newest(10))
    text = publish(seeds, ids, format=form, quotes=True, target=None)  # type: ignore[call-overload]
    assert publish(seeds, ids, format=form, quotes=True, target=target) == target  # type: ignore[call-overload]
    assert target.read_bytes() == text.encode()
    assert [path.name for path in tmp_path.iterdir()] == [target.name]


def test_the_order_is_the_given_one(seeds: Archive) -> None:
    first, second = seeds.ids(seeds.newest(10))
    forwards = publish(seeds, [first, second], format="markdown", quotes=False, target=None)
    backwards = publish(seeds, [second, first], format="markdown", quotes=False, target=None)
    titles = [line for line in forwards.splitlines() if line.startswith("# ")]
    assert [line for line in backwards.splitlines() if line.startswith("# ")] == titles[::-1]


def test_json_and_csv_carry_the_facts_of_the_note(seeds: Archive) -> None:
    import csv
    import io
    import json

    ids = seeds.ids(seeds.newest(10))
    note = publish(seeds, ids, format="markdown", quotes=True, target=None)
    objects = json.loads(publish(seeds, ids, format="json", quotes=True, target=None))
    rows = list(
        csv.DictReader(io.StringIO(publish(seeds, ids, format="csv", quotes=True, target=None)))
    )
    assert [item["id"] for item in objects] == ids
    for item in objects:
        own = [row for row in rows if row["article"] == str(item["id"])]
        people = {row["name"] for row in own if row["fact"] == "person"}
        assert people == {person["name"] for person in item["persons"]}
        assert all(f"**{name}**" in note for name in people)
        assert len([row for row in own if row["fact"] == "quote"]) == len(item["quotes"]) > 0
        mentions = [row for row in own if row["fact"].isupper()]
        assert len(mentions) == len(item["mentions"])
        for row in mentions:
            assert item["body"][int(row["start"]) : int(row["end"])] == row["text"].removeprefix(
                "'"
            )


def test_an_unknown_id_writes_nothing(seeds: Archive, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError, match="999"):
        publish(seeds, [999], format="markdown", quotes=False, target=tmp_path / "n.md")
    assert list(tmp_path.iterdir()) == []


def test_an_existing_file_stays_unless_forced(tmp_path: Path) -> None:
    target = tmp_path / "n.md"
    target.write_text("milik saya", encoding="utf-8")
    target.chmod(0o640)
    with pytest.raises(InputError, match="--force"):
        write(target, "baru")
    assert target.read_text(encoding="utf-8") == "milik saya"
    write(target, "baru", force=True)
    assert target.read_text(encoding="utf-8") == "baru"
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_a_new_file_has_the_usual_rights(tmp_path: Path) -> None:
    usual = tmp_path / "usual"
    usual.touch()
    written = write(tmp_path / "n.md", "x")
    assert written.stat().st_mode == usual.stat().st_mode


def test_a_link_is_followed_only_when_forced(tmp_path: Path) -> None:
    behind = tmp_path / "behind.md"
    behind.write_text("lama", encoding="utf-8")
    link = tmp_path / "link.md"
    link.symlink_to(behind)
    with pytest.raises(InputError):
        write(link, "baru")
    write(link, "baru", force=True)
    assert link.is_symlink()
    assert behind.read_text(encoding="utf-8") == "baru"


@pytest.mark.parametrize("name", ["fifo", "folder", "none/n.md", "a\0b"])
def test_what_is_no_place_for_a_file(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / "fifo")
    (tmp_path / "folder").mkdir()
    with pytest.raises(InputError):
        write(tmp_path / name, "x", force=True)


@pytest.mark.parametrize(
    ("name", "form"),
    [("a.md", "markdown"), ("a.JSON", "json"), ("a.b.csv", "csv"), ("a.txt", None), ("csv", None)],
)
def test_the_ending_of_a_file_stands_for_a_format(name: str, form: str | None) -> None:
    assert format_of(Path(name)) == form
