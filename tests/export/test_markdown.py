"""The note: safe whatever the articles hold, the same every time, and traceable to characters."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store.export.commonmark import plain
from store.export.note import markdown
from store.export.passages import LONGEST, passages
from store.library import StoredArticle
from store.records import Extraction, Mention, MentionType, Money, Person, Post, Span

RENDER = MarkdownIt("commonmark").enable("table")
NASTY = st.text(
    st.one_of(st.sampled_from("*_`[]()<>|~$#-+=.:!&;\\^\"' a1Z\n\r\t"), st.characters()),
    max_size=40,
)


def stored(
    body: str,
    *,
    mentions: tuple[Mention, ...] = (),
    persons: tuple[Person, ...] = (),
    partners: tuple[str, ...] = (),
    boilerplate: tuple[Span, ...] = (),
    title: str = "Judul",
    ref: str = "berita.txt",
    source: str | None = "warta.example",
    url: str | None = None,
    date: str | None = "2019-06-27",
    derived: bool = False,
    note: str | None = None,
) -> StoredArticle:
    """An article of a library with these findings."""
    return StoredArticle(
        id=1,
        docid=201906270000001,
        ref=ref,
        title=title,
        title_derived=derived,
        body=body,
        date=date,
        source=source,
        url=url,
        imported_at="2026-01-01T00:00:00Z",
        extraction=Extraction(mentions, persons, partners, boilerplate),
        note=note,
    )


def mention(body: str, surface: str, kind: MentionType, **more: object) -> Mention:
    """The first place of ``surface`` in ``body``."""
    start = body.index(surface)
    values: dict[str, object] = {"canonical": surface, **more}
    return Mention(start, start + len(surface), surface, kind, **values)  # type: ignore[arg-type]


BODY = (
    "JAKARTA - Menteri Contoh Siti Aminah menandatangani Perjanjian Niaga Bersama senilai "
    "Rp 2,5 triliun, Kamis (27/6/2019).\n\n“Ini langkah awal,” kata Siti.\n\nBACA JUGA: Siti lagi"
)


@pytest.fixture
def article() -> StoredArticle:
    start = BODY.index("Siti Aminah")
    role = BODY.index("Menteri Contoh")
    again = BODY.index("Siti.")
    person = Person(
        "Siti Aminah",
        "Menteri Contoh",
        "ID",
        None,
        (Span(start, start + 11), Span(again, again + 4)),
        Span(role, role + 14),
        Post("Menteri Contoh Republik Indonesia", None, "ID", "2014-10-27", None),
    )
    return stored(
        BODY,
        mentions=(
            mention(BODY, "Siti Aminah", MentionType.PERSON),
            mention(BODY, "Perjanjian Niaga Bersama", MentionType.AGREEMENT),
            mention(BODY, "Rp 2,5 triliun", MentionType.MONEY, value=Money(2.5e12, "IDR")),
            mention(BODY, "Kamis (27/6/2019)", MentionType.DATE, value="2019-06-27"),
        ),
        persons=(person,),
        partners=("JP",),
        boilerplate=(Span(BODY.index("BACA"), len(BODY)),),
    )


def test_every_part_is_there(article: StoredArticle) -> None:
    note = markdown([article], quotes=True)
    for expected in (
        "# Judul\n",
        "warta.example · 2019-06-27 · `berita.txt`",
        "Partner countries: Jepang (JP)",
        "- **Siti Aminah** · Menteri Contoh · Indonesia[^1] · "
        "*knowledge base: Menteri Contoh Republik Indonesia, 2014-10-27 to now*",
        "- **Perjanjian Niaga Bersama**[^2]",
        "| Money | Rp 2,5 triliun[^3] | 2,500,000,000,000 IDR |",
        "| Date | Kamis (27/6/2019)[^4] | 2019-06-27 |",
        "> JAKARTA - Menteri Contoh **Siti Aminah** menandatangani **Perjanjian Niaga Bersama** "
        "senilai **Rp 2,5 triliun**, Kamis (27/6/2019).[^5]",
        "[^5]: warta.example, 2019-06-27, `berita.txt`, characters `[0:",
    ):
        assert expected in note


def test_without_quotes_there_are_none(article: StoredArticle) -> None:
    assert "\n> " not in markdown([article], quotes=False)


def test_every_footnote_is_used_once_and_points_into_the_text(article: StoredArticle) -> None:
    note = markdown([article, article], quotes=True)
    marks = re.findall(r"\[\^(\d+)\](?!:)", note)
    definitions = re.findall(r"^\[\^(\d+)\]: .*$", note, re.MULTILINE)
    assert marks == definitions == [str(n) for n in range(1, len(marks) + 1)]
    ranges = [(int(a), int(b)) for a, b in re.findall(r"`\[(\d+):(\d+)\]`", note)]
    assert all(0 <= start < end <= len(BODY) for start, end in ranges)
    assert BODY[slice(*ranges[0])] == "Siti Aminah"


def test_a_derived_title_is_said_to_be(article: StoredArticle) -> None:
    note = markdown([stored("Teks.", derived=True)], quotes=False)
    assert "*The source gives no title; this is the first sentence.*" in note
    assert "gives no title" not in markdown([article], quotes=False)


def test_addresses_become_links_only_on_the_web() -> None:
    web = markdown([stored("x", url="https://a.example/b_c")], quotes=False)
    assert "[https://a.example/b\\_c](<https://a.example/b_c>)" in web
    script = markdown([stored("x", url="javascript:alert(1)")], quotes=False)
    assert "](" not in script


def test_no_articles_is_still_a_note() -> None:
    assert markdown([], quotes=True).startswith('---\ntitle: "0 articles"\n')


@given(
    NASTY,
    NASTY,
    st.none() | NASTY,
    st.none() | NASTY,
    st.none() | NASTY,
    NASTY.filter(len),
    st.data(),
)
def test_nothing_in_an_article_becomes_markup(
    title: str,
    ref: str,
    source: str | None,
    url: str | None,
    note: str | None,
    body: str,
    data: st.DataObject,
) -> None:
    start = data.draw(st.integers(0, len(body) - 1))
    end = data.draw(st.integers(start + 1, len(body)))
    surface = body[start:end]
    kind = data.draw(st.sampled_from(MentionType))
    role = data.draw(st.none() | NASTY)
    post = Post(role or "", None, None, "2019", None) if data.draw(st.booleans()) else None
    one = stored(
        body,
        mentions=(Mention(start, end, surface, kind, surface),),
        persons=(Person(surface, role, "ID", None, (Span(start, end),), None, post),),
        partners=("JP", "NO"),
        title=title,
        ref=ref,
        source=source,
        url=url,
        note=note,
    )
    text = markdown([one], quotes=True)
    assert text == markdown([one], quotes=True)
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text)
    text.encode("utf-8")
    found = []
    for token in RENDER.parse(text):
        found += [token, *(token.children or ())]
    assert not {"html_block", "html_inline", "image", "code_block", "fence"} & {
        token.type for token in found
    }
    headings = [b for a, b in pairwise(found) if a.type == "heading_open"]
    shown = ["".join(c.content for c in h.children or ()) for h in headings]
    assert (plain(title) or "(no title)") in shown
    links = [t for t in found if t.type == "link_open"]
    assert all(
        str(t.attrGet("href")).startswith(("http://", "https://", "HTTP")) for t in links
    ) or (url is not None and url.lower().startswith("http"))


def test_a_very_long_sentence_is_cut_around_what_it_carries() -> None:
    body = "kata " * 5000 + "Perjanjian Panjang " + "kata " * 5000
    one = stored(body, mentions=(mention(body, "Perjanjian Panjang", MentionType.AGREEMENT),))
    (passage,) = passages(body, one.extraction)
    assert passage.end - passage.start <= LONGEST
    assert "Perjanjian Panjang" in body[passage.start : passage.end]
    assert (passage.cut_before, passage.cut_after) == (True, True)
    note = markdown([one], quotes=True)
    assert "> … kata" in note
    assert f"`[{passage.start}:{passage.end}]`" in note


def test_what_stands_in_clutter_is_not_quoted(article: StoredArticle) -> None:
    body = "BACA JUGA: Perjanjian Lain\n\nIsi."
    one = stored(
        body,
        mentions=(mention(body, "Perjanjian Lain", MentionType.AGREEMENT),),
        boilerplate=(Span(0, 26),),
    )
    assert passages(body, one.extraction) == []


def test_many_places_are_counted() -> None:
    body = "Perjanjian A. " * 12
    places = [m.start() for m in re.finditer("Perjanjian A", body)]
    mentions = tuple(
        Mention(at, at + 12, "Perjanjian A", MentionType.AGREEMENT, "Perjanjian A") for at in places
    )
    assert "and 4 more." in markdown([stored(body, mentions=mentions)], quotes=False)
