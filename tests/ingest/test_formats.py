"""Tables, notes, feeds, archives, documents: every shape in which people keep articles."""

from __future__ import annotations

import builtins
import bz2
import gzip
import io
import json
import lzma
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.ingest import read_bytes, read_file, read_source
from store.records import Article, Failure

BODY = "Menteri kedua negara bertemu di Osaka."
DAY = "2019-06-27"


def articles(data: bytes, name: str, format: str = "auto") -> list[Article]:
    found = list(read_bytes(data, name, format))
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


def failure(data: bytes, name: str) -> Failure:
    (found,) = read_bytes(data, name)
    assert isinstance(found, Failure), found
    return found


def zipped(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


def tarred(files: dict[str, bytes], mode: str = "w:gz") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return out.getvalue()


COLUMNS = [
    ("title", "body", "date", "source", "url"),
    ("judul", "isi", "tanggal", "sumber", "tautan"),
    ("headline", "content", "published_at", "outlet", "link"),
    ("Title", "Text", "Published", "Media", "URL"),
    ("judul", "konten", "tgl", "media", "link"),
]


@pytest.mark.parametrize("columns", COLUMNS, ids="-".join)
@pytest.mark.parametrize("kind", ["csv", "semicolon", "tsv", "json", "jsonl", "wrapped"])
def test_common_column_names(columns: tuple[str, ...], kind: str) -> None:
    values = ("Dua Menteri, Satu Meja", BODY, "27 Juni 2019", "contoh.id", "https://contoh.id/a")
    row = dict(zip(columns, values, strict=True))
    name = "x." + {"semicolon": "csv", "wrapped": "json"}.get(kind, kind)
    if kind in ("csv", "semicolon", "tsv"):
        delimiter = {"csv": ",", "semicolon": ";", "tsv": "\t"}[kind]
        lines = [delimiter.join(columns), delimiter.join(f'"{value}"' for value in values)]
        data = "\n".join(lines)
    else:
        wrap: dict[str, Callable[[], object]] = {
            "json": lambda: [row],
            "jsonl": lambda: row,
            "wrapped": lambda: {"status": "ok", "articles": [row]},
        }
        data = json.dumps(wrap[kind]())
    (found,) = articles(data.encode(), name)
    assert (found.title, found.body, found.date, found.source, found.url) == (
        values[0],
        BODY,
        DAY,
        values[3],
        values[4],
    )
    assert found.ref == values[4]
    assert not found.title_derived


@pytest.mark.parametrize(
    ("data", "title"),
    [
        pytest.param(b"judul;isi\nDua Menteri;Isi.\n", "Dua Menteri", id="csv"),
        pytest.param(b"title\tcontent\turl\nDua Menteri\tIsi.\t\n", "Dua Menteri", id="tsv"),
        pytest.param(b"---\ntitle: Dua Menteri\n---\nIsi.\n", "Dua Menteri", id="note"),
        pytest.param(b'[{"title": "Dua Menteri", "body": "Isi."}]', "Dua Menteri", id="json"),
        pytest.param(
            b"<html><head><title>Dua Menteri</title></head><p>" + b"Menteri itu bertemu di kota Osaka. " * 4,
            "Dua Menteri",
            id="html",
        ),
        pytest.param(b"Isi, teks, dan lain-lain; semuanya satu kalimat.\nLagi.", "Isi, teks, dan lain-lain; semuanya satu kalimat.", id="text"),
    ],
)  # fmt: skip
def test_a_pipe_has_no_name_but_a_format(data: bytes, title: str) -> None:
    (found,) = read_source("-", stdin=io.BytesIO(data))
    assert isinstance(found, Article), found
    assert found.title == title


ROW = {"title": "Dua Menteri", "content": BODY, "date": DAY}


@pytest.mark.parametrize(
    "document",
    [
        pytest.param({"hits": {"total": 1, "hits": [{"_id": "7", "_source": ROW}]}}, id="elastic"),
        pytest.param({"response": {"numFound": 1, "docs": [ROW]}}, id="solr"),
        pytest.param({"data": {"berita": {"edges": [{"node": ROW}]}}}, id="graphql"),
        pytest.param({"data": [{"type": "x", "id": "7", "attributes": ROW}]}, id="json-api"),
        pytest.param({"ekspor": {"hasil": {"rows": [ROW]}}}, id="deep"),
        pytest.param([{**ROW, "title": {"main": "Dua Menteri"}}], id="headline-object"),
    ],
)
def test_envelopes_are_opened(document: object) -> None:
    (found,) = articles(json.dumps(document).encode(), "a.json")
    assert (found.title, found.body, found.date) == ("Dua Menteri", BODY, DAY)


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(
            json.dumps(
                [{"title": {"rendered": "Dua &#8220;Menteri&#8221;"}, "date": DAY + "T10:00:00",
                  "content": {"rendered": f"<p>{BODY}</p>\n<p>Sudah.</p>"}}]
            ),
            "a.json",
            id="wordpress-service",
        ),
        pytest.param(
            f"post_title,post_date,post_content\nDua “Menteri”,{DAY},<p>{BODY}</p><p>Sudah.</p>\n",
            "a.csv",
            id="wordpress-table",
        ),
    ],
)  # fmt: skip
def test_what_is_markup_by_its_name_becomes_text(data: str, name: str) -> None:
    (found,) = articles(data.encode(), name)
    assert (found.title, found.body, found.date) == ("Dua “Menteri”", f"{BODY}\nSudah.", DAY)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8-sig"])
@pytest.mark.parametrize("name", ["a.jsonl", "a.json", "a.csv", "tanpa-nama"])
def test_wide_characters_are_read_line_by_line(name: str, encoding: str) -> None:
    rows = [
        {"title": f"Dua Menteri {number}", "body": f"“{BODY}” {number}"} for number in range(200)
    ]
    if name == "a.csv":
        lines = ["title,body", *(f'{row["title"]},"{row["body"]}"' for row in rows)]
    elif name == "a.json":
        lines = [json.dumps(rows, ensure_ascii=False)]
    else:
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    found = articles("\n".join(lines).encode(encoding), name)
    assert [(item.title, item.body) for item in found] == [
        (row["title"], row["body"]) for row in rows
    ]


def test_a_table_keeps_line_breaks_quotes_and_its_raw_records() -> None:
    data = 'judul;isi\n"A; ""satu""";"Baris satu.\nBaris dua."\nB;Isi tiga.\n'.encode("cp1252")
    first, second = articles(data, "tabel.csv")
    assert (first.title, first.body) == ('A; "satu"', "Baris satu.\nBaris dua.")
    assert first.original is not None
    assert first.original.data == b'"A; ""satu""";"Baris satu.\nBaris dua."\n'
    assert second.ref == "tabel.csv:2"


@settings(deadline=None)
@given(st.lists(st.text(alphabet='ab",;\n ', min_size=1).filter(str.strip), min_size=1, max_size=8))
def test_any_text_survives_a_table(bodies: list[str]) -> None:
    quoted = ['"' + body.replace('"', '""') + '"' for body in bodies]
    data = "title,body\n" + "".join(f"Judul,{value}\n" for value in quoted)
    assert [found.body for found in articles(data.encode(), "x.csv")] == bodies


def test_a_long_json_list_is_read_in_pieces() -> None:
    rows = [{"id": n, "body": f'{BODY} {{}}[]" {n} é'} for n in range(20_000)]
    data = json.dumps(rows, indent=1, ensure_ascii=False).encode()
    found = articles(data, "x.json")
    assert [item.ref for item in found] == [str(n) for n in range(20_000)]
    assert found[-1].body == rows[-1]["body"]


def test_a_broken_json_list_gives_what_comes_before_the_break() -> None:
    *good, bad = read_bytes(
        b'[{"id": 1, "body": "Isi."}, {"id": 2, "body": "Isi."}, {"id": ', "x.json"
    )
    assert [item.ref for item in good if isinstance(item, Article)] == ["1", "2"]
    assert isinstance(bad, Failure)
    assert "element 3" in bad.error


def test_a_note_with_front_matter() -> None:
    note = f'---\ntitle: "Dua Menteri: Satu Meja"\ntanggal: 27 Juni 2019\nsumber: contoh.id\ntags: [a, b]\n---\n\n# Lain\n\n{BODY}\n'
    (found,) = articles(note.encode(), "catatan.md")
    assert (found.title, found.date, found.source) == ("Dua Menteri: Satu Meja", DAY, "contoh.id")
    assert found.body == f"\n# Lain\n\n{BODY}\n"
    (bare,) = articles(f"# Dua Menteri Bertemu\n\n{BODY}\n".encode(), "catatan.md")
    assert bare.title == "Dua Menteri Bertemu"
    assert bare.body.startswith("# Dua")


def test_a_text_with_leading_fields() -> None:
    text = f"Judul: Dua Menteri Bertemu\nTanggal: Kamis, 27 Juni 2019\nSumber: contoh.id\nURL: https://contoh.id/a\n\n{BODY}\n"
    (found,) = articles(text.encode(), "a.txt")
    assert (found.title, found.date) == ("Dua Menteri Bertemu", DAY)
    assert (found.source, found.url) == ("contoh.id", "https://contoh.id/a")
    assert found.body == text


def test_facts_from_the_file_name() -> None:
    (found,) = articles(BODY.encode(), "/arsip/2019-06-27_nasional-kompas-com_ab12.txt")
    assert (found.date, found.source) == (DAY, "nasional.kompas.com")


RSS = """<?xml version="1.0" encoding="iso-8859-1"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Contoh</title><link>https://www.contoh.id/</link>
<item><title>Dua Menteri &amp; São Paulo</title><link>https://contoh.id/a</link><pubDate>Wed, 26 Jun 2019 23:30:00 GMT</pubDate>
<description>Ringkasan.</description><content:encoded><![CDATA[<p>Menteri bertemu.</p><p>Mereka <b>sepakat</b>.</p>]]></content:encoded></item>
</channel></rss>"""
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Contoh</title><link href="https://contoh.id/"/>
<entry><id>tag:contoh.id,2019:1</id><title>Dua Menteri</title><published>2019-06-27T08:00:00+07:00</published>
<content type="html">&lt;p&gt;{BODY}&lt;/p&gt;</content></entry></feed>"""


def test_feeds() -> None:
    (rss,) = articles(RSS.encode("iso-8859-1"), "umpan.xml")
    assert (rss.title, rss.date) == ("Dua Menteri & São Paulo", DAY)
    assert rss.body == "Menteri bertemu.\nMereka sepakat."
    assert (rss.ref, rss.source) == ("https://contoh.id/a", "contoh.id")
    (atom,) = articles(ATOM.encode(), "umpan.atom")
    assert (atom.ref, atom.body, atom.date) == ("tag:contoh.id,2019:1", BODY, DAY)
    assert "holds no entries" in failure(b"<rss></rss>", "kosong.rss").error


FILES = {
    "b.txt": BODY.encode(),
    "a.jsonl": json.dumps({"id": "x", "body": BODY}).encode(),
    "gambar/foto.png": b"\x89PNG\0",
    ".rahasia": b"\0",
}


@pytest.mark.parametrize(
    ("data", "name"),
    [
        pytest.param(zipped(FILES), "a.zip", id="zip"),
        pytest.param(tarred(FILES), "a.tar.gz", id="tar.gz"),
        pytest.param(tarred(FILES, "w:xz"), "a.txz", id="txz"),
        pytest.param(tarred(FILES, "w"), "a.tar", id="tar"),
        pytest.param(zipped({"dalam.zip": zipped(FILES)}), "a.zip", id="zip-in-zip"),
        pytest.param(zipped(FILES), "tanpa-akhiran", id="known-by-content"),
    ],
)
def test_archives(data: bytes, name: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    for found in (list(read_file(str(path))), list(read_source("-", stdin=io.BytesIO(data)))):
        refs = sorted(item.ref for item in found if isinstance(item, Article))
        assert len(refs) == len(found) == 2, found
        assert refs[1] == "x"
        assert refs[0].endswith("/b.txt")


@pytest.mark.parametrize(
    "compress", [gzip.compress, bz2.compress, lzma.compress], ids=["gz", "bz2", "xz"]
)
def test_compressed_files(compress: Callable[[bytes], bytes]) -> None:
    data = compress(b'{"body": "Isi."}\n' * 3)
    assert [item.ref for item in articles(data, "/a/pool.jsonl.gz")] == [
        f"/a/pool.jsonl.gz:{n}" for n in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "/etc/passwd.txt", "..\\..\\passwd.txt", "a/../../b.txt"]
)
def test_names_cannot_lead_out_of_an_archive(name: str) -> None:
    (found,) = articles(zipped({name: BODY.encode()}), "/arsip/a.zip")
    assert found.ref.startswith("/arsip/a.zip/")
    assert ".." not in found.ref


def locked() -> bytes:
    data = bytearray(zipped({"a.txt": BODY.encode()}))
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        pytest.param(zipped({"a.txt": b" " * 30_000_000}), "a.zip", "zip bomb", id="zip-bomb"),
        pytest.param(gzip.compress(b"a" * 30_000_000), "a.txt.gz", "zip bomb", id="gzip-bomb"),
        pytest.param(tarred({"a.txt": b"a" * 30_000_000}), "a.tgz", "zip bomb", id="tar-bomb"),
        pytest.param(zipped({"a.txt": BODY.encode()})[:-30], "a.zip", "damaged", id="cut-zip"),
        pytest.param(tarred(FILES)[:120], "a.tgz", "damaged", id="cut-tar"),
        pytest.param(gzip.compress(BODY.encode())[:-9], "a.txt.gz", "damaged", id="cut-gzip"),
        pytest.param(locked(), "a.zip", "password", id="locked"),
        pytest.param(zipped({}), "a.zip", "holds no articles", id="empty-zip"),
        pytest.param(b"%PDF-1.4\nrusak", "a.pdf", "PDF", id="pdf"),
        pytest.param(b"[]", "a.json", "empty", id="empty-list"),
        pytest.param(b"", "a.jsonl", "empty", id="empty-jsonl"),
        pytest.param(b"judul,isi\n", "a.csv", "empty", id="csv-without-rows"),
        pytest.param(
            b"nama,umur\nBudi,5\nAni,6\n",
            "a.csv",
            "None of its columns",
            id="csv-of-something-else",
        ),
        pytest.param(
            b'Dua Menteri,"' + BODY.encode() * 5 + b'"\n',
            "a.csv",
            "(Dua Menteri, Menteri kedua negara ber): call",
            id="csv-without-header",
        ),
        pytest.param(b'{"a": ', "a.json", "not valid JSON", id="broken-json"),
    ],
)
def test_what_cannot_be_read_is_said_in_a_sentence(data: bytes, name: str, says: str) -> None:
    assert says in failure(data, name).error


def test_nesting_ends() -> None:
    data = zipped({"a.txt": BODY.encode()})
    for level in range(5):
        data = zipped({f"{level}.zip": data})
    assert "too deep" in failure(data, "a.zip").error


@pytest.mark.parametrize(
    ("name", "head"), [("a.pdf", b"%PDF-1.4"), ("a.docx", zipped({"word/document.xml": b"<w/>"}))]
)
def test_documents_ask_for_their_extra(
    name: str, head: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = builtins.__import__

    def without(module: str, *args: object, **kwargs: object) -> object:
        if module in ("pypdf", "docx"):
            raise ImportError(module)
        return really(module, *args, **kwargs)  # type: ignore[arg-type]

    monkeypatch.setattr(builtins, "__import__", without)
    assert "bilat-tui[documents]" in failure(head, name).error


def test_real_documents(tmp_path: Path) -> None:
    docx = pytest.importorskip("docx", reason="the documents extra is not installed")
    document = docx.Document()
    for paragraph in ("Dua Menteri Bertemu di Osaka", BODY):
        document.add_paragraph(paragraph)
    path = tmp_path / "a.docx"
    document.save(str(path))
    (found,) = read_file(str(path))
    assert isinstance(found, Article)
    assert found.title == "Dua Menteri Bertemu di Osaka"
    assert found.body.endswith(BODY)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="peak memory is read from /proc")
def test_a_huge_line_is_passed_over_without_being_held(tmp_path: Path) -> None:
    """A line of 400 MB (a hole in the file) between two good ones, in a process of its own."""
    path = tmp_path / "besar.jsonl"
    with path.open("wb") as out:
        out.write(b'{"id": "a", "body": "Isi."}\n')
        out.seek(400 * 2**20, io.SEEK_CUR)
        out.write(b'\n{"id": "b", "body": "Isi."}\n')
    code = (
        "import re, sys; from pathlib import Path; from store.ingest import read_file; "
        "print([getattr(x, 'ref', None) or x.error for x in read_file(sys.argv[1])]); "
        # Not ru_maxrss: that begins with what the process held before it became this one.
        "print(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True
    )
    found, kilobytes = done.stdout.splitlines()
    assert "'a'" in found
    assert "'b'" in found
    assert "longer than" in found
    assert int(kilobytes) < 250_000


@settings(deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from(
        ["a.txt", "a.json", "a.jsonl", "a.csv", "a.md", "a.html", "a.xml", "a.zip", "a"]
    ),
)
def test_any_bytes_give_articles_or_failures(data: bytes, name: str) -> None:
    assert all(isinstance(item, Article | Failure) for item in read_bytes(data, name))
