"""What goes in comes out: articles, findings, windows of the list, marks, notes, state, names."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.archive import Archive, entity_key
from store.errors import Interrupted, LibraryError, NotFoundError
from store.records import (
    Article,
    Extraction,
    KbRow,
    Mention,
    MentionType,
    Money,
    Original,
    Post,
    Span,
)

MakeArticle = Callable[..., Article]
EMPTY = Extraction()


@contextmanager
def seen_by_reader(archive: Archive) -> Iterator[Archive]:
    with Archive.open(archive.path, "read") as reader:
        yield reader


def test_article_comes_back_whole(
    archive: Archive, make_article: MakeArticle, found: Extraction, html_original: Original
) -> None:
    added = archive.add(make_article(url="https://contoh.id/1", original=html_original), found)
    assert added.outcome == "added"
    stored = archive.article(added.id)
    assert stored.extraction == found
    assert (stored.ref, stored.url, stored.source) == ("satu", "https://contoh.id/1", "contoh.id")
    assert (stored.title_derived, stored.date, stored.docid) == (
        False,
        "2019-06-27",
        20190627_0000001,
    )
    assert archive.by_docid(stored.docid) == stored
    assert archive.original(added.id) == html_original
    with seen_by_reader(archive) as reader:
        assert reader.article(added.id) == stored
        assert reader.count() == 1
    assert archive.check() == []


def test_originals_are_left_out_on_request(
    archive: Archive, make_article: MakeArticle, html_original: Original
) -> None:
    added = archive.add(make_article(original=html_original), EMPTY, keep_original=False)
    assert archive.original(added.id) is None
    assert archive.info()["originals"] == 0


def test_articles_of_one_file_share_its_original(
    archive: Archive, make_article: MakeArticle, html_original: Original
) -> None:
    for ref in ("a", "b"):
        archive.add(make_article(ref, body=f"Isi {ref}.", original=html_original), EMPTY)
    assert archive.info()["originals"] == 1


@pytest.mark.parametrize("key", [0, -1, 99, 1 << 70], ids=str)
def test_unknown_article_is_not_found(archive: Archive, key: int) -> None:
    for ask in (archive.article, archive.by_docid):
        with pytest.raises(NotFoundError):
            ask(key)
    with pytest.raises(NotFoundError):
        archive.mark([key])


def test_mention_that_does_not_stand_in_the_text_is_refused(
    archive: Archive, make_article: MakeArticle
) -> None:
    wrong = Mention(0, 4, "Rara", MentionType.PERSON, "Rara")
    with pytest.raises(ValueError, match="Rara"):
        archive.add(make_article(), Extraction((wrong,)))
    assert archive.count() == 0


def test_lists_run_by_date_with_the_undated_last(
    archive: Archive, make_article: MakeArticle
) -> None:
    dates = {"a": "2019-06-27", "b": None, "c": "2020-01-01", "d": "2019-06-27", "e": None}
    for ref, date in dates.items():
        archive.add(make_article(ref, body=f"Isi {ref}.", date=date), EMPTY)

    def refs(docids: object) -> str:
        return "".join(archive.by_docid(docid).ref for docid in docids)  # type: ignore[attr-defined]

    assert refs(archive.all_docids("newest")) == "cdaeb"
    assert refs(archive.all_docids("oldest")) == "adcbe"
    first = archive.newest(2)
    assert refs(first) == "cd"
    assert refs(archive.newest(10, before=first[-1])) == "aeb"
    assert [row.title for row in archive.rows([*first, 12345])] == [
        "Rara teken kerja sama dengan Jepang"
    ] * 2
    ids = archive.ids(first)
    assert archive.docids([*ids, 999]) == list(first)


def test_row_says_what_the_list_shows(
    archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    at = archive.add(make_article(title_derived=True), found).id
    archive.mark([at])
    archive.set_read(at)
    archive.set_note(at, "tanya lagi")
    (row,) = archive.rows(archive.newest(5))
    assert (row.id, row.countries, row.title_derived) == (at, ("JP",), True)
    assert (row.marked, row.read, row.noted) == (True, True, True)
    assert archive.article(at).note == "tanya lagi"
    assert archive.marked() == [at]
    archive.set_read(at, on=False)
    archive.set_note(at, "  ")
    archive.mark([at], on=False)
    (row,) = archive.rows(archive.newest(5))
    assert (row.marked, row.read, row.noted) == (False, False, False)


def test_marking_an_unknown_article_marks_none(archive: Archive, make_article: MakeArticle) -> None:
    at = archive.add(make_article(), EMPTY).id
    with pytest.raises(NotFoundError):
        archive.mark([at, 99])
    assert archive.marked() == []


def test_update_keeps_id_mark_and_older_text(
    archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    at = archive.add(make_article(), found).id
    archive.mark([at])
    before = archive.article(at)
    after = archive.add(make_article(body="Isi yang baru.", date="2019-06-28"), EMPTY)
    assert (after.outcome, after.id) == ("updated", at)
    stored = archive.article(at)
    assert (stored.body, stored.date, stored.marked) == ("Isi yang baru.", "2019-06-28", True)
    assert stored.docid != before.docid
    assert stored.extraction == EMPTY
    (version,) = archive.versions(at)
    assert (version.number, version.body, version.date) == (1, before.body, "2019-06-27")
    assert archive.rows([before.docid]) == []
    assert archive.count() == 1
    assert archive.check() == []


def test_batch_may_hold_one_article_several_times(
    archive: Archive, make_article: MakeArticle
) -> None:
    bodies = ["Satu.", "Dua.", "Satu.", "Tiga."]
    added = archive.add_many([(make_article(body=body), EMPTY) for body in bodies])
    assert [one.outcome for one in added] == ["added", "updated", "unchanged", "updated"]
    assert {one.id for one in added} == {1}
    assert archive.article(1).body == "Tiga."
    assert [version.body for version in archive.versions(1)] == ["Satu.", "Dua."]
    assert archive.check() == []


def test_entities_are_counted_over_articles(
    archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    archive.add(make_article("a"), found)
    archive.add(make_article("b", title="Lain", date="2020-01-01"), found)
    counts = {entity.name: (entity.articles, entity.mentions) for entity in archive.entities()}
    assert counts["Jepang"] == (2, 4)
    assert counts["USD 30000000000"] == (2, 2)
    assert counts["2019-06-27"] == (2, 2)
    # The linked and the unlinked Rara are two entities until one is linked.
    assert [e.key for e in archive.entities("rara")] == [
        "PERSON:rara wulandari",
        "rara-wulandari",
    ]
    assert [e.name for e in archive.entities("wulan", type=MentionType.PERSON)] == [
        "Rara Wulandari"
    ] * 2
    assert [e.name for e in archive.entities(type=MentionType.PLACE)] == ["Jakarta"]
    newest = archive.newest(1)
    within = {e.name: e.articles for e in archive.entities(within=newest)}
    assert within["Jepang"] == 1
    keys = [entity_key(mention) for mention in found.mentions]
    assert archive.entity_counts([*keys, "nothing"])["COUNTRY:jepang"] == (2, 4)
    assert len(archive.entities(limit=2)) == 2


def test_state_and_names_of_the_user_are_kept(archive: Archive) -> None:
    archive.set_state("view", {"query": "jepang", "widths": [30, 50]})
    row = KbRow(
        "u1",
        "minister",
        "Rara",
        ("R.",),
        posts=(Post("Menteri", None, "ID", "2020", None),),
        partners=("JP",),
    )
    archive.put_kb_rows([row])
    with seen_by_reader(archive) as reader:
        assert reader.state("view") == {"query": "jepang", "widths": [30, 50]}
        assert reader.state("nothing") is None
        (kept,) = reader.kb_rows()
    assert (kept.name, kept.aliases, kept.posts, kept.user) == ("Rara", ("R.",), row.posts, True)
    archive.set_state("view", None)
    assert archive.state("view") is None
    archive.delete_kb_row("u1")
    assert archive.kb_rows() == []
    with pytest.raises(NotFoundError):
        archive.delete_kb_row("u1")


def test_reader_notices_that_another_wrote(archive: Archive, make_article: MakeArticle) -> None:
    with seen_by_reader(archive) as reader:
        before = reader.data_version()
        assert reader.data_version() == before
        archive.add(make_article(), EMPTY)
        assert reader.data_version() != before
        assert reader.count() == 1


def test_failed_write_leaves_nothing_behind(
    archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    broken = Mention(0, 5, "IKLAN", MentionType.ORG, "\ud800")
    good, bad = (make_article("a"), found), (make_article("b", title="Lain"), Extraction((broken,)))
    with pytest.raises(UnicodeEncodeError):
        archive.add_many([good, bad])
    assert archive.count() == 0
    assert archive.entities() == []
    assert archive.check() == []
    assert archive.add(*good).outcome == "added"
    assert archive.check() == []


def test_references_are_looked_up_again_after_adding(
    archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    def checked() -> bool:
        return bool(archive.connection.execute("PRAGMA foreign_keys").fetchone()[0])

    archive.add(make_article("a"), found)
    assert checked()
    bad = found.mentions[0]
    with pytest.raises(ValueError, match="does not stand"):
        archive.add(make_article("b", body="Isi lain."), Extraction((bad,)))
    assert checked()
    archive.connection.execute("PRAGMA query_only = 1")
    with pytest.raises(LibraryError):
        archive.add(make_article("c"), found)
    assert checked()
    archive.connection.execute("PRAGMA query_only = 0")
    assert not archive.connection.execute("PRAGMA foreign_key_check").fetchall()


def test_interrupt_stops_a_running_question(archive: Archive) -> None:
    slow = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"
    archive.connection.set_progress_handler(lambda: archive.interrupt() or 0, 10_000)
    with pytest.raises(Interrupted), archive.guard():
        archive.connection.execute(slow).fetchone()


def test_full_disk_is_said_and_undone(
    archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    archive.add(make_article("a"), found)
    (pages,) = archive.connection.execute("PRAGMA page_count").fetchone()
    archive.connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(LibraryError, match="No room") as caught:
        archive.add(make_article("b", body="Isi panjang. " * 20_000), EMPTY)
    assert caught.value.exit_code == 3
    archive.connection.execute("PRAGMA max_page_count = 1073741823")
    assert archive.count() == 1
    assert archive.check() == []


@pytest.mark.parametrize(
    "text",
    [
        "nol\x00di tengah",
        "\ud800 yatim",
        "\x1b[31mmerah\x1b[0m",
        "\u202eterbalik",
        "",
        "🙂" * 50,
        "a" * 200_000,
        "e\u0301 gabungan",
    ],
    ids=["nul", "surrogate", "escape", "bidi", "empty", "emoji", "huge", "combining"],
)
def test_hostile_text_is_stored_as_it_is(archive: Archive, text: str) -> None:
    added = archive.add(Article("ref", text[:80], text, "2020-01-01"), EMPTY)
    stored = archive.article(added.id)
    assert stored.body == text.replace("\ud800", "\ufffd")
    assert archive.check() == []
    assert archive.add(Article("ref", text[:80], text, "2020-01-01"), EMPTY).outcome == "unchanged"


TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60)


@st.composite
def articles(draw: st.DrawFn) -> tuple[Article, Extraction]:
    body = draw(TEXTS)
    cuts = sorted(draw(st.sets(st.integers(0, len(body)), max_size=8)))
    mentions = tuple(
        Mention(
            start,
            end,
            body[start:end],
            draw(st.sampled_from(MentionType)),
            draw(TEXTS),
            draw(st.none() | st.sampled_from(["e1", "e2"])),
            draw(st.none() | st.sampled_from(["JP", "ID"])),
            draw(st.none() | st.builds(Money, st.floats(0, 1e15), st.just("IDR"))),
            draw(st.floats(0, 1)),
        )
        for start, end in pairwise(cuts)
        if draw(st.booleans())
    )
    date = draw(st.none() | st.dates().map(str))
    spans = (Span(0, cuts[0]),) if cuts and cuts[0] else ()
    found = Extraction(mentions, boilerplate=spans)
    return Article(draw(st.sampled_from("abcd")), draw(TEXTS), body, date), found


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(articles(), max_size=6))
def test_twice_is_once_and_spans_hold(
    tmp_path_factory: pytest.TempPathFactory, pairs: list[tuple[Article, Extraction]]
) -> None:
    path = tmp_path_factory.mktemp("h") / "l.db"
    with Archive.open(path, "create") as archive:
        for pair in pairs:
            archive.add(*pair)
        before = [archive.by_docid(docid) for docid in archive.all_docids()]
        for stored in before:
            for mention in stored.extraction.mentions:
                assert stored.body[mention.start : mention.end] == mention.surface
        assert {one.outcome for one in archive.add_many(pairs)} <= {"unchanged"}
        assert [archive.by_docid(docid) for docid in archive.all_docids()] == before
        last = {article.ref: article for article, _ in pairs}
        assert archive.count() <= len(last)
        assert archive.check() == []


def test_full_text_index_holds_the_words(
    library: Path, archive: Archive, make_article: MakeArticle, found: Extraction
) -> None:
    at = archive.add(make_article(), found).id
    docid = archive.docids([at])[0]
    plain = sqlite3.connect(library)
    ask = "SELECT rowid FROM docs WHERE docs MATCH ?"
    assert plain.execute(ask, ("jepang",)).fetchall() == [(docid,)]
    assert plain.execute(ask, ("iklan",)).fetchall() == []  # boilerplate stays out
    assert plain.execute("SELECT count(*) FROM terms").fetchone()[0] > 10
    plain.close()
