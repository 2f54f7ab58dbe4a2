"""The searcher over a real library: what is found, in which order, with which words shown."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from store.archive import Archive
from store.errors import Interrupted
from store.library import Notice
from store.records import Article, Extraction, Span
from store.search import Searcher, parse
from store.search.asking import Asking


def refs(searcher: Searcher, typed: str, sort: str = "relevance") -> list[str]:
    return [hit.ref for hit in searcher.search(typed, sort=sort).hits]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        pytest.param("tanda tangan", {"mou", "teken"}, id="compound, inflected, synonym"),
        pytest.param("MoU", {"mou", "teken"}, id="abbreviation"),
        pytest.param("kerja sama", {"teken", "tutup"}, id="open finds closed"),
        pytest.param("bekerjasama", {"teken", "tutup"}, id="closed finds open"),
        pytest.param("berunding", {"tutup"}, id="inflection"),
        pytest.param("negara", {"teken", "tutup"}, id="reduplication"),
        pytest.param("korsel", {"teken"}, id="short name of a country"),
        pytest.param("menlu", {"cepa", "menlu"}, id="short name of an office"),
        pytest.param("ieu cepa", {"cepa"}, id="treaty in small letters"),
        pytest.param("IEU-CEPA", {"cepa"}, id="treaty"),
        pytest.param("industri 4,0", {"teken"}, id="decimals"),
        pytest.param("30000", {"teken"}, id="digits"),
        pytest.param("perundignan", {"tutup"}, id="letters swapped"),
        pytest.param("kesepahman", {"mou"}, id="letter lost"),
        pytest.param("nikel", {"cepa"}, id="boilerplate is not searched"),
        pytest.param("samb*", {"cepa", "kata"}, id="prefix"),
        pytest.param("-menteri -negara", {"cepa", "kata"}, id="minus alone"),
        pytest.param("nikel OR sambutan", {"cepa", "kata"}, id="or"),
        pytest.param('"bekerja sama"', {"teken"}, id="phrase is exact"),
        pytest.param('"Menteri luar negeri"', {"menlu"}, id="phrase"),
        pytest.param('-"bekerja sama" negara ekonomi', {"tutup"}, id="minus phrase"),
        pytest.param("judul:rampung", {"cepa"}, id="title"),
        pytest.param("negara:jepang", {"mou"}, id="country"),
        pytest.param("country:Korsel", {"teken", "menlu"}, id="country by another name"),
        pytest.param("negara:jepangg", {"mou"}, id="country misspelt"),
        pytest.param("negara:jepang OR negara:korsel", {"mou", "teken", "menlu"}, id="or of fields"),
        pytest.param("-negara:jepang menteri", {"menlu"}, id="minus field"),
        pytest.param('orang:"Budi Contoh"', {"mou"}, id="person"),
        pytest.param("orang:contoh", {"mou"}, id="person by surname"),
        pytest.param("orang:contohh", {"mou"}, id="person misspelt"),
        pytest.param("program:IEU-CEPA", {"cepa"}, id="program"),
        pytest.param("sumber:harian", {"teken", "cepa"}, id="source"),
        pytest.param("tanggal:2019", {"mou"}, id="year"),
        pytest.param("sejak:2022", {"cepa", "kata"}, id="since"),
        pytest.param("sampai:2020", {"mou", "teken"}, id="until"),
        pytest.param("tanggal:2020..2021-06", {"teken", "tutup"}, id="between"),
        pytest.param("ditandai:ya", set(), id="marked"),
        pytest.param("sumber:harian kerja sama sejak:2020", {"teken"}, id="all together"),
        pytest.param("-(menteri OR negara)", {"cepa", "kata"}, id="minus brackets"),
    ],
)  # fmt: skip
def test_what_is_found(searcher: Searcher, typed: str, first: set[str]) -> None:
    found = refs(searcher, typed)
    assert set(found[: len(first)]) == first
    if not searcher.prepare(typed).units:
        assert set(found) == first


def test_an_empty_query_is_everything_newest_first(searcher: Searcher) -> None:
    assert refs(searcher, "") == ["kata", "cepa", "tutup", "teken", "mou", "menlu"]
    assert searcher.count(searcher.prepare("")) == (6, True)


@pytest.mark.parametrize(
    ("sort", "order"),
    [("newest", ["kata", "mou"]), ("oldest", ["mou", "kata"])],
)
def test_order_by_date(searcher: Searcher, sort: str, order: list[str]) -> None:
    assert refs(searcher, "perdagangan", sort) == order


def test_the_undated_come_last_either_way(searcher: Searcher) -> None:
    for sort in ("newest", "oldest"):
        assert refs(searcher, "menteri", sort)[-1] == "menlu"


def test_title_first_among_equals(searcher: Searcher) -> None:
    assert refs(searcher, "sambutan")[0] == "kata"


def test_articles_that_miss_a_word_follow(searcher: Searcher) -> None:
    result = searcher.search("perundingan nikel")
    assert {hit.ref for hit in result.hits} == {"tutup", "cepa"}
    assert Notice("some-words-missing", ("0",)) in result.notices
    result = searcher.search("perundingan ekonomi menyambut")
    assert result.hits[0].ref == "tutup"
    assert result.total == len(result.hits)


def test_where_nobody_holds_an_office_its_words_are_wanted_apart(searcher: Searcher) -> None:
    result = searcher.search("menlu jepang")
    assert {hit.ref for hit in result.hits} == {"mou", "menlu", "cepa"}
    assert Notice("some-words-missing", ("0",)) in result.notices


def test_function_words_are_not_required(searcher: Searcher) -> None:
    assert refs(searcher, "kunjungan ke seoul")[0] == "menlu"
    assert refs(searcher, "di")


@pytest.mark.parametrize(
    ("typed", "notice"),
    [
        ("perundignan", Notice("corrected", ("perundignan", "perundingan"))),
        ("orang:Wkwkwkwk", Notice("no-such-name", ("orang", "Wkwkwkwk"))),
        ("warna:nikel", Notice("unknown-field", ("warna",))),
    ],
)
def test_notices(searcher: Searcher, typed: str, notice: Notice) -> None:
    assert notice in searcher.prepare(typed).notices


@pytest.mark.parametrize("typed", ['"perundignan"', "-perundignan", "per", "xq"])
def test_what_is_never_corrected(searcher: Searcher, typed: str) -> None:
    assert not [n for n in searcher.prepare(typed).notices if n.kind == "corrected"]


def test_a_name_that_nothing_has_is_searched_as_words(searcher: Searcher) -> None:
    assert refs(searcher, "sumber:nikel") == ["cepa"]


def test_first_ids_and_count_agree(searcher: Searcher) -> None:
    for typed in ("menteri", "kerja sama", "negara:korsel", '"kerja sama"', "nikel perundingan"):
        for sort in ("relevance", "newest", "oldest"):
            plan = searcher.prepare(typed, sort)  # type: ignore[arg-type]
            everything = searcher.ids(plan)
            assert searcher.first(plan, 2) == everything[:2]
            assert searcher.count(plan) == (len(everything), True)
            assert len(set(everything)) == len(everything)


def test_a_capped_count_says_so(searcher: Searcher) -> None:
    assert searcher.count(searcher.prepare("negara OR menteri"), cap=2) == (2, False)


def test_facets_count_hits(searcher: Searcher) -> None:
    found = searcher.search("", facets=True).facets
    assert [(f.value, f.count, f.label) for f in found["country"]][:1] == [
        ("KR", 2, "Korea Selatan")
    ]
    assert ("contoh.id", 2) in [(f.value, f.count) for f in found["source"]]
    assert [f.value for f in found["year"]] == ["2023", "2022", "2021", "2020", "2019"]
    assert [f.label for f in found["person"]] == ["Budi Contoh"]
    assert len(found["program"]) == 1


def test_highlights_are_surfaces(searcher: Searcher, archive: Archive) -> None:
    plan = searcher.prepare("tanda tangan nota")
    article = archive.by_docid(searcher.first(plan, 1)[0])
    shown = [article.body[s.start : s.end] for s in searcher.highlights(plan, article.body)]
    assert shown == ["menandatangani", "nota kesepahaman"] or shown == ["menandatangani", "nota"]


def test_snippets_show_the_match_and_no_clutter(searcher: Searcher, archive: Archive) -> None:
    plan = searcher.prepare("kunjungan")
    article = archive.by_docid(searcher.first(plan, 1)[0])
    snippet = searcher.snippet(plan, article)
    assert "Advertisement" not in snippet.text
    assert [snippet.text[s.start : s.end] for s in snippet.spans] == [
        "mengunjungi"
    ] or snippet.spans
    assert article.body[snippet.start : snippet.start + len(snippet.text)] == snippet.text


def test_scores_stay_in_range(searcher: Searcher) -> None:
    for typed in ("", "menteri", "kerja sama ekonomi nikel", "negara:jepang", '"kerja sama"'):
        assert all(0.0 <= hit.score <= 1.0 for hit in searcher.search(typed).hits)


def test_a_deleted_article_is_found_no_more(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "l.db", "create") as archive:
        ids = [
            archive.add(Article(f"a{n}", f"Judul {n}", f"Nikel nomor {n}."), Extraction()).id
            for n in range(3)
        ]
        searcher = Searcher(archive)
        assert searcher.search("nikel").total == 3
        archive.delete(ids[:1])
        assert searcher.search("nikel").total == 2


def _ask_for_seconds(searcher: Searcher, seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        searcher.search("negara OR menteri OR nikel OR tel*")


def test_an_interrupted_question_says_so(searcher: Searcher, archive: Archive) -> None:
    stop = threading.Event()

    def hammer() -> None:
        while not stop.is_set():
            archive.interrupt()

    thread = threading.Thread(target=hammer)
    thread.start()
    try:
        with pytest.raises(Interrupted):
            _ask_for_seconds(searcher, 5)
    finally:
        stop.set()
        thread.join()


def test_an_interrupt_between_two_steps_stops_the_question(archive: Archive) -> None:
    asking = Asking(archive)
    with asking.question():
        archive.interrupt()
        for step in (asking.check, lambda: asking.execute("SELECT 1")):
            with pytest.raises(Interrupted):
                step()
    with asking.question():
        assert asking.execute("SELECT 1").fetchone() == (1,)


def test_an_interrupt_before_the_first_step_stops_the_statement(archive: Archive) -> None:
    asking = Asking(archive)

    most = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) SELECT max(i) FROM n"

    def forgotten() -> None:
        with archive.guard(), asking.question():
            # What is left of one that comes while no statement runs: SQLite forgets it.
            archive.interrupts += 1
            archive.connection.execute(most).fetchone()

    with pytest.raises(Interrupted):
        forgotten()
    # Outside of a question nothing is stopped.
    assert archive.connection.execute(most).fetchone() == (100_000,)


_TYPED = st.lists(
    st.sampled_from(
        [
            *(
                '"',
                "(",
                ")",
                "-",
                "*",
                " OR ",
                " ",
                ":",
                "'",
                "^",
                "NEAR(",
                " AND ",
                " NOT ",
                "%",
                "_",
            ),
            *(
                "negara:",
                "orang:",
                "sumber:",
                "judul:",
                "tanggal:",
                "program:",
                "ditandai:",
                "menteri:",
            ),
            *(
                "kerja sama",
                "a",
                "nikel",
                "2019",
                "\x00",
                "é",
                "总统",
                "\ud800",
                "🙂",
                "4.0",
                "ya",
                ";--",
            ),
        ]
    ),
    max_size=8,
).map("".join)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(_TYPED | st.text(max_size=20))
def test_nothing_typed_raises(searcher: Searcher, typed: str) -> None:
    result = searcher.search(typed, limit=5, facets=True)
    plan = searcher.prepare(typed)
    assert result.total >= len(result.hits) or result.total == 0
    for hit in result.hits:
        for span in hit.snippet.spans:
            assert 0 <= span.start < span.end <= len(hit.snippet.text)
    text = "Kerja sama nikel 4.0 总统 é a 2019"
    spans = searcher.highlights(plan, text)
    assert spans == sorted(spans)
    assert all(isinstance(span, Span) and span.end <= len(text) for span in spans)
    assert parse(typed).text == typed
