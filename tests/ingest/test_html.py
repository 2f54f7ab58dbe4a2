"""Pages as sites really build them: the article's text and nothing else, its headline, its day."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.ingest import read_bytes, read_file, read_source
from store.records import Article, Failure

TITLE = "Dua Menteri Sepakati Kerja Sama Industri"
LEAD = "JAKARTA, CONTOH.ID - Menteri kedua negara sepakat memperluas kerja sama industri di Osaka, Kamis (27/6/2019)."
SECOND = "Kesepakatan itu mencakup enam sektor, antara lain otomotif, tekstil, dan kimia, serta pelatihan tenaga ahli."
THIRD = "“Kami ingin hasilnya terasa tahun depan,” kata menteri itu dalam keterangan resmi setelah pertemuan selesai."
BODY = "\n".join((LEAD, SECOND, THIRD))
PARAGRAPHS = f"<p>{LEAD}</p><p>{SECOND}</p><p>{THIRD}</p>"
NAV = (
    "<nav><ul>"
    + "".join(
        f"<li><a href='/{n}'>Rubrik {n} dan berita lain yang panjang</a></li>" for n in range(30)
    )
    + "</ul></nav>"
)
RELATED = (
    "<div class='terkait'><h3>Berita Terkait</h3>"
    + "".join(
        f"<p><a href='/{n}'>Ekspor mobil ke Jepang naik {n} persen, begini penjelasan menteri perdagangan.</a></p>"
        for n in range(12)
    )
    + "</div>"
)


def read(page: str | bytes, name: str = "halaman.html") -> Article:
    data = page if isinstance(page, bytes) else page.encode()
    (found,) = read_bytes(data, name)
    assert isinstance(found, Article), found
    return found


def page(content: str, head: str = "") -> str:
    return (
        f"<!doctype html><html><head><title>{TITLE} - Contoh.id</title>{head}</head>"
        f"<body>{NAV}<h1>{TITLE}</h1>{content}{RELATED}<footer>Hak cipta</footer></body></html>"
    )


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(f"<div class='isi'>{PARAGRAPHS}</div>", id="paragraphs"),
        pytest.param(f"<article>{PARAGRAPHS}</article>", id="article"),
        pytest.param(f"<div>{LEAD}<br><br>{SECOND}<br/><br/>{THIRD}</div>", id="line-breaks"),
        pytest.param(f"<div itemprop='articleBody'>{PARAGRAPHS}</div>", id="microdata"),
        pytest.param(f"<table><tr><td>{PARAGRAPHS}</td></tr></table>", id="table-layout"),
        pytest.param(
            f"<div><p>{LEAD}</p><p><strong>Baca juga: <a href='/x'>Ekspor Mobil ke Jepang Naik</a></strong></p>"
            f"<p>{SECOND}</p><script>var x='Iklan.';</script><p>{THIRD}</p></div>",
            id="inserts",
        ),
        pytest.param(
            f"<div>{PARAGRAPHS}</div><div id='komentar'>"
            + "<p>Menurut saya kerja sama ini bagus sekali dan harus diteruskan.</p>" * 2
            + "</div>",
            id="comments",
        ),
        pytest.param(
            f"<div>{PARAGRAPHS}</div><div class='daftar-komentar'>"
            + "<p>Menurut saya kerja sama ini bagus sekali dan harus diteruskan sampai tahun depan.</p>"
            * 9
            + "</div>",
            id="more-comments-than-text",
        ),
        pytest.param(
            f"<div><div class='lead'><p>{LEAD}</p></div><div class='isi'><p>{SECOND}</p><p>{THIRD}</p></div></div>",
            id="lead-apart",
        ),
        pytest.param(
            f"<div>{PARAGRAPHS}</div>"
            + "".join(
                f"<div><a href='/{n}'>Ekspor mobil ke Jepang naik lagi tahun ini, ini sebabnya</a><p>Kementerian menyebut ekspor mobil naik {n} persen pada tahun ini.</p></div>"
                for n in range(3)
            ),
            id="teasers",
        ),
        pytest.param(
            f"<div>{PARAGRAPHS}<p style='display:none'>{SECOND * 3}</p></div>", id="hidden"
        ),
        pytest.param(
            f"<figure><img><figcaption>Menteri berjabat tangan di depan hotel tempat pertemuan. Foto: Dok.</figcaption></figure><div>{PARAGRAPHS}</div>",
            id="caption",
        ),
    ],
)
def test_the_text_and_nothing_else(content: str) -> None:
    assert read(page(content)).body.split("\n") == BODY.split("\n")


def test_a_page_saved_as_a_single_file(tmp_path: Path) -> None:
    from email.message import EmailMessage

    saved = EmailMessage()
    saved["Snapshot-Content-Location"] = "https://contoh.id/read/dua-menteri"
    saved.set_content(page(f"<div>{PARAGRAPHS}</div>"), subtype="html", cte="quoted-printable")
    saved.add_related(b"\x89PNG", "image", "png")
    path = tmp_path / "halaman.mhtml"
    path.write_bytes(saved.as_bytes())
    (found,) = read_file(str(path))
    assert isinstance(found, Article)
    assert (found.title, found.body) == (TITLE, BODY)
    assert found.url == "https://contoh.id/read/dua-menteri"


def test_what_a_browser_saves_beside_a_page_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text(page(f"<div>{PARAGRAPHS}</div>"), "utf-8")
    (tmp_path / "a_files").mkdir()
    (tmp_path / "a_files" / "iklan.html").write_text("<html><p>Iklan.</p></html>")
    (tmp_path / "logo.png").write_bytes(b"\x89PNG")
    assert len(list(read_source(str(tmp_path)))) == 1


def test_a_list_at_the_end_belongs_to_the_article() -> None:
    listed = "<ul><li>Otomotif</li><li>Tekstil</li></ul><ul><li><a href='/t'>Tag satu</a></li></ul>"
    assert read(page(f"<div>{PARAGRAPHS}{listed}</div>")).body == f"{BODY}\nOtomotif\nTekstil"


def test_a_page_that_scripts_fill_still_has_its_record() -> None:
    record = {
        "@context": "https://schema.org",
        "@graph": [
            {"@type": "WebSite", "name": "Contoh"},
            {
                "@type": "NewsArticle",
                "headline": TITLE,
                "articleBody": BODY,
                "datePublished": "2019-06-27T01:00:00Z",
            },
        ],
    }
    found = read(
        page(
            "<div id='app'></div>",
            f"<script type='application/ld+json'>{json.dumps(record)}</script>",
        )
    )
    assert found.body == BODY
    assert (found.title, found.date) == (TITLE, "2019-06-27")


@pytest.mark.parametrize(
    ("head", "shown", "day"),
    [
        pytest.param("<meta property='article:published_time' content='2019-06-27T23:30:00Z'>", "", "2019-06-28", id="utc-is-next-day-in-jakarta"),
        pytest.param("<meta name='pubdate' content='2019-06-27T23:30:00Z'>", "Kamis, 27/06/2019 23:30 WIB", "2019-06-27", id="local-time-with-a-utc-mark"),
        pytest.param("<meta itemprop='datePublished' content='2019-06-27T10:00:00+07:00'><meta property='article:modified_time' content='2020-01-01T00:00:00+07:00'>", "", "2019-06-27", id="not-the-modified-day"),
        pytest.param("", "Kamis, 27 Juni 2019 | 10:00 WIB", "2019-06-27", id="shown-only"),
        pytest.param("<link rel='canonical' href='https://contoh.id/read/2019/06/28/dua-menteri'>", "", "2019-06-28", id="address"),
        pytest.param("", "", "2019-06-27", id="report-day"),
        pytest.param("<script type='application/ld+json'>{\"@type\": \"WebPage\", \"mainEntity\": {\"@type\": \"NewsArticle\", \"datePublished\": \"2019-06-28\"}}</script>", "", "2019-06-28", id="record-within-the-page's"),
        pytest.param("<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"datePublished\": \"2019-06-28\",}</script>", "", "2019-06-28", id="record-with-one-comma-too-many"),
        pytest.param("<script type='application/ld+json'>{\"@type\": \"NewsArticle\", \"headline\": \"Kata \"kerja\" sama\", \"datePublished\": \"2019-06-28\"}</script>", "", "2019-06-28", id="broken-record"),
        pytest.param("", "<time datetime='2019-06-28T08:00:00+07:00'>dua hari lalu</time>", "2019-06-28", id="moment-behind-words"),
        pytest.param("", "<time datetime='2019-06-27T23:30:00Z'></time>", "2019-06-28", id="moment-alone-in-utc"),
        pytest.param("", "Oleh Sari Dewi | Jumat, 28 Juni 2019 - 09:15 WITA", "2019-06-28", id="byline-of-the-centre"),
        pytest.param("", "Penulis: Sari — Diterbitkan 28-06-2019 11.15 WIT", "2019-06-28", id="byline-of-the-east"),
        pytest.param("", "Jumat, 28 Juni 2019 00:30 WIT", "2019-06-27", id="after-midnight-in-the-east"),
    ],
)  # fmt: skip
def test_the_day_of_publication(head: str, shown: str, day: str) -> None:
    assert read(page(f"<div>{shown}</div><div>{PARAGRAPHS}</div>", head)).date == day


@pytest.mark.parametrize(
    ("encoded", "declared"),
    [
        pytest.param("utf-8", "iso-8859-1", id="utf-8-called-latin-1"),
        pytest.param("cp1252", "iso-8859-1", id="windows-1252-called-latin-1"),
        pytest.param("cp1252", "utf-8", id="windows-1252-called-utf-8"),
        pytest.param("utf-8", "", id="undeclared"),
        pytest.param("utf-16", "utf-16", id="utf-16"),
    ],
)
def test_characters_survive_a_wrong_declaration(encoded: str, declared: str) -> None:
    source = page(f"<div>{PARAGRAPHS}</div>", f"<meta charset='{declared}'>" if declared else "")
    assert THIRD in read(source.encode(encoded)).body


@pytest.mark.parametrize(
    ("titles", "expected"),
    [
        pytest.param(f"<title>{TITLE} | Contoh.id</title>", TITLE, id="suffix"),
        pytest.param(f"<meta property='og:site_name' content='Contoh.id'><meta property='og:title' content='Contoh.id: {TITLE}'>", TITLE, id="prefix"),
        pytest.param("<title>Ekspor - Impor Naik</title>", "Ekspor - Impor Naik", id="inner-dash"),
        pytest.param("", "Menteri kedua negara sepakat memperluas kerja sama industri di Osaka, Kamis (27/6/2019).", id="none"),
    ],
)  # fmt: skip
def test_the_headline_without_the_site(titles: str, expected: str) -> None:
    found = read(f"<html><head>{titles}</head><body><div>{PARAGRAPHS}</div></body></html>")
    assert found.title == expected
    assert found.title_derived == (titles == "")


@pytest.mark.parametrize(
    "element", ["<div class='judul'>{}</div>", "<b>{}</b><br>27/06/2019 09:15<br><br>"]
)
def test_a_headline_that_is_no_heading_tells_where_the_title_ends(element: str) -> None:
    head = f"<title>{TITLE} | Kabar Kita</title>"
    body = element.format(TITLE) + f"<div>{PARAGRAPHS}</div>"
    assert read(f"<html><head>{head}</head><body>{body}</body></html>").title == TITLE


def test_teasers_of_other_articles_are_none_of_it() -> None:
    other = "Harga cabai rawit di pasar induk turun lagi pekan ini karena pasokan melimpah, kata pedagang."
    teasers = f"<article><h3><a href='/a'>Harga Turun</a></h3><p>{other}</p></article>" * 5
    own = f"<article><h1>{TITLE}</h1>{PARAGRAPHS}</article>"
    found = read(f"<html><head><title>{TITLE}</title></head><main>{own}{teasers}</main></html>")
    assert found.body == BODY


def test_a_gallery_is_made_of_its_captions() -> None:
    pictures = "".join(
        f"<figure><img src='a.jpg'><figcaption>{text}</figcaption></figure>"
        for text in (LEAD, SECOND, THIRD)
    )
    assert read(page(f"<article>{pictures}</article>")).body == BODY


def test_what_readers_without_scripts_are_told_is_no_article() -> None:
    told = "You need to enable JavaScript to run this app. Please enable it and reload."
    shell = f"<html><body><div id='root'></div><noscript>{told}</noscript></body></html>"
    (found,) = read_bytes(shell.encode(), "a.html")
    assert isinstance(found, Failure)


@pytest.mark.parametrize(
    "source",
    ["<html></html>", "<html><body><a href='/'>Beranda</a></body></html>", "<html><p>Pendek.</p>"],
)
def test_a_page_without_an_article_says_so(source: str) -> None:
    (found,) = read_bytes(source.encode(), "a.html")
    assert isinstance(found, Failure)
    assert "save the article's own page" in found.error


def test_deep_nesting_does_not_break_the_reader() -> None:
    def nested(depth: int) -> bytes:
        return page("<div>" * depth + PARAGRAPHS + "</div>" * depth).encode()

    assert THIRD in read(nested(150)).body
    # Beyond its own limit the parser gives up, in peace.
    assert len(list(read_bytes(nested(20_000), "a.html"))) == 1


@settings(deadline=None)
@given(st.text(alphabet="<>ap/div='\" !-\x00é", max_size=200))
def test_any_markup_gives_an_article_or_a_failure(markup: str) -> None:
    assert all(
        isinstance(x, Article | Failure) for x in read_bytes(("<html>" + markup).encode(), "a.html")
    )


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def test_quality_on_saved_pages(eval_dir: Path) -> None:
    """Floors below what was measured (F1 .992, titles 14/14, days 14/14); raise them, do not lower them."""
    folder = eval_dir / "html"
    scores, titles, days = [], [], []
    for expected in json.loads((folder / "expected.json").read_text("utf-8")):
        (found,) = read_file(str(folder / expected["file"]))
        assert isinstance(found, Article)
        got, want = words(found.body), words(expected["content"])
        scores.append(2 * sum((got & want).values()) / (got.total() + want.total()))
        titles.append(found.title == expected["title"])
        moment = datetime.fromtimestamp(expected["date"] / 1000, timezone(timedelta(hours=7)))
        days.append(found.date == moment.date().isoformat())
    assert sum(scores) / len(scores) >= 0.985
    assert sum(titles) / len(titles) >= 0.9
    assert all(days)
