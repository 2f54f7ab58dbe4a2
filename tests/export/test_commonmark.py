"""Hostile text in Markdown: a CommonMark parser must give back what went in, and no HTML."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from store.export import commonmark
from store.records import Span

STRICT = MarkdownIt("commonmark")
TABLES = MarkdownIt("commonmark").enable(["table", "strikethrough"])

HOSTILE = st.text(
    st.one_of(
        st.sampled_from("*_`[]()<>|~#-+=.:!&;\\$@^%{}\"'1a AZ\n\t\r"),
        st.characters(),
        st.sampled_from("\u202e\u200b\x1b\x00\x85\u2028\ufeff\u00a0\u3000é漢"),
    ),
    max_size=60,
)
CASES = [
    "*bold* _it_ **x**",
    "a | b",
    "[link](javascript:alert(1))",
    "![i](x)",
    "<script>alert(1)</script>",
    "`code` ``two``",
    "---",
    "# heading #",
    "1. one",
    "- item",
    "&lt;b&gt; &#60; AT&T",
    "~~gone~~ ==lit== %%hidden%%",
    "$x$ #tag @who [^1] {.cls}",
    "C:\\path\\",
    "https://example.org/a_b?c=*",
    "\x1b[31mred\u202egnp",
    "<https://example.org>",
    "Rp 2,5 triliun (US$ 1.2 billion)",
]


def tokens(parser: MarkdownIt, source: str) -> list[Token]:
    """All tokens, inline ones after their block."""
    flat = []
    for token in parser.parse(source):
        flat.append(token)
        flat.extend(token.children or ())
    return flat


def read_back(parser: MarkdownIt, source: str) -> str:
    """The text that a reader sees."""
    return "".join(
        t.content
        for t in tokens(parser, source)
        if t.type in ("text", "code_inline", "text_special")
    )


def kinds(parser: MarkdownIt, source: str) -> set[str]:
    return {token.type for token in tokens(parser, source)}


def hostile_cases(test):  # type: ignore[no-untyped-def]
    for case in CASES:
        test = example(case)(test)
    return test


@hostile_cases
@given(HOSTILE)
def test_a_heading_reads_as_its_text(text: str) -> None:
    source = f"# {commonmark.inline(text)}"
    assert read_back(STRICT, source) == commonmark.plain(text)
    assert kinds(STRICT, source) <= {
        "heading_open", "inline", "text", "text_special", "heading_close"
    }  # fmt: skip


@hostile_cases
@given(HOSTILE)
def test_a_paragraph_stays_a_paragraph(text: str) -> None:
    source = f"> {commonmark.opening(commonmark.inline(text))}"
    assert read_back(STRICT, source) == commonmark.plain(text)
    assert "blockquote_open" in kinds(STRICT, source)
    assert kinds(STRICT, source) <= {
        "blockquote_open", "paragraph_open", "inline", "text", "text_special",
        "paragraph_close", "blockquote_close",
    }  # fmt: skip


@hostile_cases
@given(HOSTILE)
def test_a_cell_stays_one_cell(text: str) -> None:
    source = f"| a | b |\n|---|---|\n| {commonmark.inline(text)} | end |"
    found = tokens(TABLES, source)
    assert [t.type for t in found].count("td_open") == 2
    assert read_back(TABLES, source) == "ab" + commonmark.plain(text) + "end"
    assert not {"html_inline", "html_block", "s_open", "em_open", "strong_open"} & {
        t.type for t in found
    }


@hostile_cases
@given(HOSTILE)
def test_a_code_span_reads_as_its_text(text: str) -> None:
    if commonmark.plain(text):
        assert read_back(STRICT, f"x {commonmark.code(text)} y") == f"x {commonmark.plain(text)} y"


@hostile_cases
@given(HOSTILE)
def test_front_matter_values_are_inert(text: str) -> None:
    quoted = commonmark.quoted(text)
    assert "\n" not in quoted
    assert not {"html_inline", "html_block", "link_open", "image"} & kinds(
        STRICT, f"---\ntitle: {quoted}\n---"
    )
    # YAML's \xNN is JSON's \u00NN; nothing else differs.
    assert (
        json.loads(quoted.replace("\\x", "\\u00"))
        == commonmark.plain(text).translate(
            dict.fromkeys([*range(0xFDD0, 0xFDF0), 0xFFFE, 0xFFFF], "\ufffd")
        )
        or "\\\\x" in quoted
    )


@given(HOSTILE, st.data())
def test_emphasis_keeps_every_character(text: str, data: st.DataObject) -> None:
    points = sorted(
        data.draw(st.lists(st.integers(0, len(text)), max_size=6).filter(lambda p: len(p) % 2 == 0))
    )
    spans = [Span(a, b) for a, b in zip(points[::2], points[1::2], strict=True)]
    source = f"> {commonmark.opening(commonmark.emphasised(text, spans))}"
    assert read_back(STRICT, source) == commonmark.plain(text)
    assert not {"html_inline", "em_open", "list_item_open", "heading_open"} & kinds(STRICT, source)


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("kata Airlangga.", Span(5, 14), "kata **Airlangga**."),
        ("Presiden RIPrabowo", Span(11, 18), "Presiden RI**Prabowo**"),
        ("(MoU)berkata", Span(0, 5), "(MoU)berkata"),
        ("a_b* c", Span(0, 4), "**a\\_b\\*** c"),
        ("  padded  ", Span(0, 10), "**padded**"),
    ],
    ids=["word", "glued", "no-flank", "escaped", "padded"],
)
def test_emphasis(text: str, span: Span, expected: str) -> None:
    assert commonmark.emphasised(text, [span]) == expected


def test_adjacent_spans_become_one() -> None:
    assert commonmark.emphasised("abcd", [Span(0, 2), Span(2, 4)]) == "**abcd**"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://a.id/x y<z>", "https://a.id/x%20y%3Cz%3E"),
        ("https://a.id/b%20c?d=e#f", "https://a.id/b%20c?d=e#f"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("https://a.id/\u202egnp\n", "https://a.id/%E2%80%AEgnp%0A"),
        ("/srv/notes/a.txt", None),
    ],
    ids=["blanks", "encoded", "script", "file", "bidi", "path"],
)
def test_addresses(url: str, expected: str | None) -> None:
    assert commonmark.address(url) == expected


@given(HOSTILE)
def test_a_link_leads_where_it_says(text: str) -> None:
    source = commonmark.link(text, f"https://example.org/{text}")
    found = tokens(STRICT, source)
    assert [t.type for t in found].count("link_open") == 1
    (target,) = [t.attrGet("href") for t in found if t.type == "link_open"]
    assert str(target).startswith("https://example.org/")
    assert read_back(STRICT, source) == commonmark.plain(text)
