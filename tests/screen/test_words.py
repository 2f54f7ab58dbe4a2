"""Settings, languages, filters, quotes, undo, colours: the small pure parts of the screen."""

from __future__ import annotations

import copy
import json
import pickle
import re
from pathlib import Path

import pytest
from markdown_it import MarkdownIt
from rich.color import Color
from rich.style import Style

from store.errors import InputError
from store.library import Notice, StoredArticle
from store.match.wording import WORDING, because
from store.records import Extraction, MentionType, Span
from store.search import FIELDS, parse
from tui import quotes
from tui.commands import syntax_rows
from tui.config import Config, load
from tui.filters import entity_clause, field_clause, with_clause
from tui.history import DeleteStep, History, MarkStep, QueryStep
from tui.lang import Lang, choose, notice, number, reason, text
from tui.theme import DARK, LIGHT, Look, look


@pytest.mark.parametrize(
    ("wanted", "locale", "lang"),
    [
        (None, "id_ID.UTF-8", "id"),
        (None, "en_US.UTF-8", "en"),
        (None, "C.UTF-8", "en"),
        ("id", "en_US.UTF-8", "id"),
        ("en", "id_ID.UTF-8", "en"),
    ],
)
def test_language(
    wanted: str | None, locale: str, lang: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert choose(wanted) == lang


def test_numbers_and_notices() -> None:
    assert (number(1234567, "id"), number(1234567, "en")) == ("1.234.567", "1,234,567")
    assert "warna" in notice(Notice("unknown-field", ("warna",)), "id")
    assert notice(Notice("never-heard-of", ("a", "b")), "en") == "never-heard-of a b"


def test_reasons_are_told_in_either_language() -> None:
    for kind, sentence in WORDING.items():
        details = tuple("abc"[: sentence.count("{")])
        given = because(kind, *details)
        assert given == reason(given, "en") == sentence.format(*details)
        assert all(detail in reason(given, "id") for detail in details)
    dropped = because("left out", "Menperin")
    assert reason(dropped, "id") == "tidak dihitung: Menperin"
    assert reason("left out: Menperin", "id") == "left out: Menperin"


def test_a_reason_stays_itself_through_copies() -> None:
    given = because("start", "Enggar", "Enggartiasto")
    for other in (pickle.loads(pickle.dumps(given)), copy.deepcopy(given)):
        assert other == given
        assert (other.kind, other.details) == ("start", ("Enggar", "Enggartiasto"))
    assert json.loads(json.dumps([given])) == ["“Enggar” = start of “Enggartiasto”"]


def test_one_is_not_many() -> None:
    assert text("delete.undone", "en", n=1) == "1 article is back"
    assert text("delete.undone", "en", n=2) == "2 articles are back"
    assert text("delete.many", "en", n=3000) == "Delete 3,000 articles?"
    assert text("imports.undo", "id", n=3000, id=1234) == "Batalkan impor 1234 (3.000 artikel)?"
    assert text("copies.folded", "en", n="1").startswith("Copies folded: 1")


def test_settings(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    assert load(path) == Config()
    lines = ['theme = "nord"', 'lang = "id"', "mouse = false", "[keys]", 'export = "e,ctrl+e"']
    path.write_text("\n".join(lines), encoding="utf-8")
    assert load(path) == Config("nord", "id", False, {"export": "e,ctrl+e"})


@pytest.mark.parametrize(
    "wrong",
    [
        "theme = 3",
        "lang = 'fr'",
        "mouse = 'no'",
        "keys = 1",
        "[keys]\nmark = 3",
        "colour = 'x'",
        "= x",
        "\0",
    ],
)
def test_wrong_settings_say_what_to_do(tmp_path: Path, wrong: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        load(path)
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("field", "value", "lang", "clause"),
    [
        ("person", "Airlangga Hartarto", "id", 'orang:"Airlangga Hartarto"'),
        ("country", "JP", "en", "country:JP"),
        ("source", "jpnn.com", "id", "sumber:jpnn.com"),
        ("program", 'New "MIDEC"', "en", 'program:"New MIDEC"'),
        ("date", "2019-06", "id", "tanggal:2019-06"),
    ],
)
def test_field_clause(field: str, value: str, lang: str, clause: str) -> None:
    assert field_clause(field, value, choose(lang)) == clause


def test_entities_become_clauses() -> None:
    assert entity_clause(MentionType.PLACE, "Kota Baru", None, "id") == '"Kota Baru"'
    assert entity_clause(MentionType.DATE, "Kamis", "2019-06-27", "id") == "menyebut:2019-06-27"
    assert with_clause("ekspor", "negara:JP") == "ekspor negara:JP"
    assert with_clause("ekspor negara:JP", "negara:JP") == "ekspor negara:JP"
    assert with_clause("", "negara:JP", exclude=True) == "-negara:JP"


def test_undo_and_redo() -> None:
    history = History()
    history.did(MarkStep(on=(1,)))
    history.did(QueryStep("", "jepang"))
    assert history.take("undo") == QueryStep("", "jepang")
    assert history.take("redo") == QueryStep("", "jepang")
    assert history.take("undo") == QueryStep("", "jepang")
    assert history.take("undo") == MarkStep(on=(1,))
    assert history.take("undo") is None
    history.did(DeleteStep(1, 3))
    assert history.take("redo") is None
    assert history.take("undo") == DeleteStep(1, 3)
    assert history.take("redo") is None


HOSTILE = "Ia berkata *tebal* [tautan](javascript:x) <b>|`kode`</b>.\n# bukan judul\n1. bukan butir\n- ini\x1b[31m"


def stored(body: str) -> StoredArticle:
    return StoredArticle(
        1, 1, "berkas.txt", "Judul *x*", False, body, "2020-01-02", "media.example", None,
        "2020-01-02", Extraction(),
    )  # fmt: skip


def test_a_quote_names_its_source_and_range() -> None:
    body = "Kalimat satu. Kalimat dua. Kalimat tiga."
    span = quotes.sentence_at(body, 16)
    assert body[span.start : span.end] == "Kalimat dua."
    assert quotes.plain(stored(body), span, "id") == (
        "“Kalimat dua.”\n— “Judul *x*”, media.example, 2020-01-02, berkas.txt, karakter 14–26\n"
    )


def test_a_markdown_quote_is_text_whatever_it_holds() -> None:
    article = stored(HOSTILE)
    made = quotes.markdown(article, Span(0, len(HOSTILE)), "id")
    html = MarkdownIt().render(made)
    assert html.count("<p>") == html.count("</p>")
    for tag in ("<em", "<a ", "<b>", "<code", "<h1", "<li", "\x1b"):
        assert tag not in html
    assert "*tebal* [tautan](javascript:x)" in html


def contrast(one: str, other: str) -> float:
    """WCAG 2.1 contrast of two colours."""

    def light(colour: str) -> float:
        parts = []
        for part in Color.parse(colour).get_truecolor():
            share = part / 255
            parts.append(share / 12.92 if share <= 0.03928 else ((share + 0.055) / 1.055) ** 2.4)
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    first, second = sorted((light(one), light(other)), reverse=True)
    return (first + 0.05) / (second + 0.05)


@pytest.mark.parametrize("theme", [DARK, LIGHT], ids=["dark", "light"])
def test_every_style_can_be_read(theme: object) -> None:
    assert theme in (DARK, LIGHT)
    dark = theme is DARK
    background = (DARK if dark else LIGHT).background
    assert background
    shown = look(dark=dark, ansi=False, colour=True)
    styles: list[Style] = [*shown.types.values()]
    styles += [getattr(shown, name) for name in Look.__slots__ if name not in ("glyphs", "types")]
    for style in styles:
        if style.color is None:
            continue
        under = style.bgcolor.name if style.bgcolor else background
        assert contrast(style.color.name, under) >= 4.5, (style, under)


def test_types_differ_without_colour() -> None:
    plain = look(dark=True, ansi=False, colour=False)
    assert len({str(style) for style in plain.types.values()}) == len(MentionType)
    coloured = look(dark=True, ansi=False, colour=True)
    shapes = {str(style.without_color) for style in coloured.types.values()}
    assert len(shapes) == len(MentionType)


@pytest.mark.parametrize("lang", ["id", "en"])
def test_every_field_of_a_query_is_in_the_help(lang: Lang) -> None:
    shown = " ".join(" ".join(row) for row in syntax_rows(lang))
    queries = [parse(example) for example, _ in syntax_rows(lang)]
    assert not any(query.notices for query in queries)
    told = {FIELDS[name] for name in re.findall(r"([a-z]+):", shown) if name in FIELDS}
    assert told == set(FIELDS.values())
