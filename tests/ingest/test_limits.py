"""What is too large gives one failure and costs little memory; what stands around it is read."""

from __future__ import annotations

import io
import json
import tarfile
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from store.ingest import read_file, read_source
from store.ingest.unit import MAX_RECORD, MAX_TEXT
from store.records import Article, Failure

SENTENCE = "Kedua menteri bertemu di Jakarta untuk membahas perdagangan. "
LINE = 3 * MAX_RECORD
ROOM = 8 * MAX_RECORD
"""Bytes of memory; the inputs are larger."""


def row(ref: str) -> bytes:
    return json.dumps({"id": ref, "title": f"Judul {ref}", "body": SENTENCE}).encode() + b"\n"


def jsonl(long: bytes) -> bytes:
    return row("satu") + b'{"id": "besar", "body": "' + long + b'"}\n' + row("dua")


def csv_bare(long: bytes) -> bytes:
    return b"title,body\nSatu,Isi satu.\n" + long + b"\nDua,Isi dua.\n"


def csv_quoted(long: bytes) -> bytes:
    return b'title,body\nSatu,Isi satu.\nbesar,"' + long + b'"\nDua,Isi dua.\n'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "make"),
    [
        pytest.param("a.jsonl", jsonl, id="jsonl"),
        pytest.param("a.csv", csv_bare, id="csv"),
        pytest.param("b.csv", csv_quoted, id="csv-quoted"),
    ],
)
def test_one_endless_line_among_others(
    tmp_path: Path, name: str, make: Callable[[bytes], bytes]
) -> None:
    path = tmp_path / name
    path.write_bytes(make(b"a" * LINE))
    tracemalloc.start()
    found = list(read_file(str(path)))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert [type(item) for item in found].count(Article) == 2
    (failure,) = (item for item in found if isinstance(item, Failure))
    assert "longer than" in failure.error
    assert failure.source == f"{path}:2"
    assert peak < ROOM


@pytest.mark.slow
@pytest.mark.parametrize("name", ["a.txt", "a.html", "a.md"])
def test_a_text_as_long_as_a_book(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_text(f"<html><body><p>{SENTENCE * (MAX_TEXT // 50)}</p></body></html>")
    (failure,) = read_file(str(path))
    assert isinstance(failure, Failure)
    assert "longer than 2,000,000 characters" in failure.error


def test_header_that_names_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a" * 200_000 + "\nSatu,Isi.\n")
    (failure,) = read_file(str(path))
    assert isinstance(failure, Failure)
    assert "names no columns" in failure.error


@pytest.mark.parametrize(
    "member", ["../../luar.txt", "/etc/luar.txt", "..\\..\\luar.txt", "//luar.txt"]
)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_names_cannot_lead_out_of_an_archive(tmp_path: Path, member: str, kind: str) -> None:
    path = tmp_path / "dalam" / f"a.{kind}"
    path.parent.mkdir()
    if kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(member, SENTENCE)
    else:
        with tarfile.open(path, "w") as archive:
            info = tarfile.TarInfo(member)
            info.size = len(SENTENCE)
            archive.addfile(info, io.BytesIO(SENTENCE.encode()))
    before = sorted(tmp_path.rglob("*"))
    (found,) = read_source(str(path))
    assert isinstance(found, Article)
    inside = found.ref.removeprefix(f"{path}/")
    assert inside in ("luar.txt", "etc/luar.txt")
    assert sorted(tmp_path.rglob("*")) == before
