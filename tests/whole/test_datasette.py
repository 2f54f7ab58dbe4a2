"""Other programs read a library: a real Datasette, sqlite-utils and SQLite's own shell."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from urllib.request import urlopen

import pytest

from store.pipeline import create_with_seeds

Ask = Callable[..., Any]

PAGE = Path(__file__).resolve().parents[2] / "docs" / "library.md"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("library") / "library.db"
    create_with_seeds(path).close()
    return path


@pytest.fixture(scope="module")
def server(library: Path) -> Iterator[str]:
    """The address of a Datasette that shows the library and a file that is none."""
    other = library.with_name("other.db")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("CREATE TABLE t AS SELECT 1 AS one")
        connection.commit()
    command = [sys.executable, "-m", "datasette", "serve", str(library), str(other), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        try:
            said = ""
            for line in process.stderr:
                said += line
                if found := re.search(r"running on (http://\S+)", line):
                    yield found[1]
                    break
            else:
                pytest.fail(said)
        finally:
            process.terminate()
            process.communicate()


@pytest.fixture
def ask(server: str) -> Ask:
    """The answer to a page of the library, as JSON."""

    def page(path: str, **values: str) -> Any:
        with urlopen(f"{server}/library/{path}.json?{urlencode(values)}") as answer:
            return json.load(answer)

    return page


def counts(page: Any, facet: str) -> dict[str, int]:
    return {item["label"]: item["count"] for item in page["facet_results"][facet]["results"]}


def test_the_library_is_described_and_its_inner_tables_are_out_of_sight(server: str) -> None:
    with urlopen(f"{server}/library.json") as answer:
        told = json.load(answer)
    shown = {table["name"] for table in told["tables"] if not table["hidden"]}
    assert {"articles", "entities", "spans", "persons", "countries", "marks"} <= shown
    assert not shown & {"docs", "docs_data", "terms", "fingerprints", "originals", "meta"}
    assert {query["name"] for query in told["queries"]} == {
        "search",
        "mentions_in_context",
        "countries_by_year",
    }
    with urlopen(f"{server}/library") as answer:
        assert "bertemu" in answer.read().decode()


def test_articles_browse_with_facets(ask: Ask) -> None:
    page = ask("articles")
    assert page["filtered_table_rows_count"] == 2
    assert counts(page, "source") == {"okezone": 1, "jpnn.com": 1}
    assert counts(page, "partners") == {"KR": 1, "JP": 1}
    assert counts(page, "date") == {"2019-06-27": 2}
    assert ask("articles", partners="KR")["filtered_table_rows_count"] == 1


def test_mentions_browse_with_facets_and_names_for_numbers(ask: Ask) -> None:
    page = ask("spans", _labels="on", _size="1")
    assert counts(page, "type")["COUNTRY"] > 5
    assert counts(page, "country")["KR"] > 5
    assert "Airlangga Hartarto" in counts(page, "entity_id")
    assert page["rows"][0]["article_id"]["label"].startswith("Indonesia-Korea Selatan")
    assert ask("spans", type="MONEY")["filtered_table_rows_count"] >= 1


@pytest.mark.parametrize(
    ("typed", "sources"),
    [
        pytest.param("bertemu", {"okezone"}, id="another form of pertemuan"),
        pytest.param("kerjasama", {"okezone", "jpnn.com"}, id="an open compound"),
        pytest.param("pertemaun", {"okezone"}, id="misspelt"),
        pytest.param("korsel -jepang", {"okezone"}, id="a synonym and a word not wanted"),
        pytest.param("industr*", {"okezone", "jpnn.com"}, id="a prefix"),
        pytest.param('judul:"korea selatan"', {"okezone"}, id="a title"),
        pytest.param('" OR * NEAR(', set(), id="signs of the index's own language"),
        pytest.param("negara:JP", set(), id="a field is no text"),
    ],
)
def test_the_search_box_finds_word_forms(ask: Ask, typed: str, sources: set[str]) -> None:
    page = ask("articles", _search=typed, _shape="objects")
    assert {row["source"] for row in page["rows"]} == sources
    assert set(counts(page, "source")) == sources


@pytest.mark.parametrize(
    ("typed", "sources"),
    [
        pytest.param("bertemu", ["okezone"], id="word form"),
        pytest.param("negara:JP", ["jpnn.com"], id="country"),
        pytest.param("menteri:menperin sumber:okezone", ["okezone"], id="minister and source"),
        pytest.param("", ["jpnn.com", "okezone"], id="nothing: all, newest first"),
    ],
)
def test_the_ready_query_is_the_search_of_the_program(
    ask: Ask, typed: str, sources: list[str]
) -> None:
    assert [row["source"] for row in ask("search", query=typed, _shape="array")] == sources


def test_mentions_stand_in_their_context(ask: Ask) -> None:
    rows = ask("mentions_in_context", name="sung yun", _shape="array")
    assert rows
    assert all(row["surface"] in row["context"] for row in rows)


def test_functions_for_own_sql(server: str) -> None:
    sql = "SELECT bilat_forms('Pertemuan bertemu') AS f, bilat_query(NULL) AS q, bilat_forms(NULL) AS n"
    with urlopen(f"{server}/library.json?{urlencode({'sql': sql, '_shape': 'array'})}") as answer:
        assert json.load(answer) == [{"f": "temu temu", "q": '""', "n": ""}]


def test_other_databases_are_left_alone(server: str) -> None:
    with urlopen(f"{server}/other/t.json?_shape=array") as answer:
        assert json.load(answer) == [{"rowid": 1, "one": 1}]
    with urlopen(f"{server}/other.json") as answer:
        assert json.load(answer)["queries"] == []


def test_reading_changes_nothing(ask: Ask, library: Path) -> None:
    before = library.read_bytes()
    ask("articles", _search="bertemu")
    ask("search", query="ekspor")
    assert library.read_bytes() == before


EXAMPLE = re.compile(r"^\$ ((?:sqlite-utils|sqlite3|datasette) .*?)\n```", re.MULTILINE | re.DOTALL)
EXAMPLES = EXAMPLE.findall(PAGE.read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=[e.split()[0] for e in EXAMPLES])
def test_examples_of_the_page_work(example: str, library: Path) -> None:
    command, _, printed = example.partition("\n")
    program = command.split()[0]
    beside = Path(sys.executable).with_name(program)
    if not beside.exists() and shutil.which(program) is None:
        pytest.skip(f"{program} is not installed here")
    done = subprocess.run(
        command.replace(program, str(beside) if beside.exists() else program, 1),
        shell=True,
        cwd=library.parent,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == printed.split()


def test_all_three_programs_have_an_example() -> None:
    assert {example.split()[0] for example in EXAMPLES} == {"datasette", "sqlite-utils", "sqlite3"}
