"""Files, folders, pipes and JSON Lines become articles; what is wrong becomes one sentence."""

from __future__ import annotations

import io
import json
import os
import pickle
from pathlib import Path

import pytest

from store.errors import InputError
from store.ingest import Unit, parse, read_bytes, read_file, read_source, scan
from store.records import Article, Failure


def only(items: object) -> Article | Failure:
    found = list(items)  # type: ignore[call-overload]
    assert len(found) == 1
    assert isinstance(found[0], Article | Failure)
    return found[0]


def article(items: object) -> Article:
    found = only(items)
    assert isinstance(found, Article), found
    return found


def failure(items: object) -> Failure:
    found = only(items)
    assert isinstance(found, Failure), found
    assert found.error.endswith(".")
    return found


def test_the_seeds(seeds_dir: Path) -> None:
    first, second = (a for a in read_source(str(seeds_dir)) if isinstance(a, Article))
    assert first.title == "Indonesia-Korea Selatan Perkuat Kerja Sama Industri 4.0"
    assert not first.title_derived
    assert (first.source, first.date) == ("okezone", "2019-06-27")
    assert (second.source, second.date) == ("jpnn.com", "2019-06-27")
    assert second.title_derived
    assert second.title.startswith("Menteri Perindustrian Airlangga Hartarto mengatakan")
    assert len(second.title) <= 121
    for path, read in zip(sorted(seeds_dir.iterdir()), (first, second), strict=True):
        assert read.body.encode() == path.read_bytes()
        assert read.original is not None
        assert read.original.data == path.read_bytes()
        assert read.ref == str(path.absolute())


def test_json_lines_body_is_exact_and_ref_is_the_best_name(tmp_path: Path) -> None:
    path = tmp_path / "artikel.jsonl"
    rows = [
        {"id": 7, "title": "Judul", "body": " \r\nIsi apa adanya. \n", "date": "27 Juni 2019"},
        {"url": "https://contoh.id/a", "title": "T", "body": "Isi."},
        {"title": "T", "body": "Isi."},
    ]
    path.write_text("\n".join(map(json.dumps, rows)) + "\n\n", "utf-8")
    articles = [a for a in read_file(str(path)) if isinstance(a, Article)]
    assert [a.ref for a in articles] == ["7", "https://contoh.id/a", f"{path}:3"]
    assert articles[0].body == " \r\nIsi apa adanya. \n"
    assert articles[0].date == "2019-06-27"
    assert articles[1].source == "contoh.id"
    assert articles[0].original is not None
    assert json.loads(articles[0].original.data)["id"] == 7
    assert articles[0].original.locator == "line 1"


def test_a_malformed_line_is_named_and_the_rest_goes_on() -> None:
    data = b'{"id": "a", "body": "Isi satu."}\n{"id": "b", "body\n[1]\n{"id": "c", "body": "Isi tiga."}\n'
    first, second, third, fourth = read_bytes(data, "x.jsonl")
    assert isinstance(first, Article)
    assert isinstance(second, Failure)
    assert second.source == "x.jsonl:2"
    assert isinstance(third, Failure)
    assert third.source == "x.jsonl:3"
    assert isinstance(fourth, Article)
    assert fourth.ref == "c"


def test_json_lines_are_known_by_their_first_line_through_a_pipe() -> None:
    data = b'{"id": "a", "body": "Isi."}\n{"id": "b", "body": "Isi."}\n'
    refs = [a.ref for a in read_source("-", stdin=io.BytesIO(data)) if isinstance(a, Article)]
    assert refs == ["a", "b"]


def test_piped_text_is_named_after_its_content() -> None:
    once = article(read_source("-", stdin=io.BytesIO(b"Menteri bertemu di Osaka.")))
    again = article(read_source("-", stdin=io.BytesIO(b"Menteri bertemu di Osaka.")))
    other = article(read_source("-", stdin=io.BytesIO(b"Menteri bertemu di Tokyo.")))
    assert once.ref == again.ref != other.ref


@pytest.mark.parametrize(
    ("data", "says"),
    [
        pytest.param(b"", "empty", id="empty"),
        pytest.param(b" \n \n", "empty", id="blank"),
        pytest.param(b"abc\0def\n", "binary", id="nul"),
        pytest.param(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary", id="png"),
    ],
)
def test_bad_content(data: bytes, says: str) -> None:
    assert says in failure(read_bytes(data, "a.txt")).error


@pytest.mark.parametrize(
    ("data", "text"),
    [
        pytest.param("Menlu São Tomé".encode("iso-8859-1"), "Menlu São Tomé", id="latin-1"),
        pytest.param("“Kerja sama”".encode("cp1252"), "“Kerja sama”", id="cp1252-quotes"),
        pytest.param("Kerja sama".encode("utf-16"), "Kerja sama", id="utf-16"),
        pytest.param("Kerja sama".encode("utf-16-le"), "Kerja sama", id="utf-16-no-bom"),
        pytest.param("\ufeffKerja sama".encode(), "Kerja sama", id="utf-8-bom"),
    ],
)
def test_encodings(data: bytes, text: str) -> None:
    assert article(read_bytes(data, "a.txt")).body == text


def test_lone_surrogates_keep_their_place() -> None:
    read = article(read_bytes(b'{"id": "a", "body": "x\\ud800y"}\n', "a.jsonl"))
    assert read.body == "x\ufffdy"


def test_missing_unreadable_special_and_empty_folders(tmp_path: Path) -> None:
    assert "no such file" in failure(read_source(str(tmp_path / "tidak-ada.txt"))).error
    assert "no articles" in failure(read_source(str(tmp_path))).error
    os.mkfifo(tmp_path / "pipa")
    assert "regular file" in failure(read_source(str(tmp_path / "pipa"))).error
    assert "No file matches" in failure(read_source(str(tmp_path / "*.xyz"))).error


def test_folders_are_walked_in_order_without_loops_or_hidden_files(tmp_path: Path) -> None:
    for name in ("b.txt", "a/c.txt", "a/.rahasia.txt", ".git/d.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"Isi berkas {name} tentang kerja sama.")
    (tmp_path / "a" / "lingkaran").symlink_to(tmp_path)
    (tmp_path / "a" / "keluar").symlink_to(tmp_path.parent)
    os.mkfifo(tmp_path / "pipa")
    refs = [item.ref for item in read_source(str(tmp_path)) if isinstance(item, Article)]
    assert refs == [str(tmp_path / "b.txt"), str(tmp_path / "a" / "c.txt")]


def test_a_dangling_or_circular_link_and_a_forbidden_folder_are_reported(tmp_path: Path) -> None:
    (tmp_path / "putus.txt").symlink_to("tidak-ada")
    (tmp_path / "putar.txt").symlink_to("putar.txt")
    (tmp_path / "baik.txt").write_text("Menteri bertemu di Osaka.")
    good, *bad = sorted(read_source(str(tmp_path)), key=lambda item: isinstance(item, Failure))
    assert isinstance(good, Article)
    assert sorted(item.source for item in bad if isinstance(item, Failure)) == [
        str(tmp_path / "putar.txt"),
        str(tmp_path / "putus.txt"),
    ]


def test_a_folder_that_vanishes_while_it_is_walked(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(f"Menteri bertemu di Osaka, kata berkas {name}.")
    walk = read_source(str(tmp_path))
    assert isinstance(next(walk), Article)
    (tmp_path / "b.txt").unlink()
    assert "no such file any more" in failure(walk).error


def test_a_file_name_that_is_no_text_can_be_stored(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/berita-\xff.txt"
    with open(raw, "wb") as out:
        out.write(b"Menteri bertemu di Osaka.")
    found = article(read_source(str(tmp_path)))
    assert found.ref.encode("utf-8")
    assert found.original is not None
    assert found.original.name.encode("utf-8") == found.ref.encode("utf-8")


def test_units_travel_between_processes(seeds_dir: Path) -> None:
    units = [unit for unit in scan(str(seeds_dir)) if isinstance(unit, Unit)]
    assert [parse(u) for u in units] == [parse(pickle.loads(pickle.dumps(u))) for u in units]


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(InputError, match="no such format"):
        scan("x", format="doc")
