"""Knowledge-base rows as files: the contract's shape, CSV and JSONL alike, faults named."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import InputError
from store.kb import read_rows, row_to_json, rows_to_csv
from store.records import KbRow, Post

MINISTER = KbRow(
    id="contoh-menteri",
    kind="minister",
    name="Contoh Menteri",
    aliases=("Pak Contoh", "CM"),
    role="Menteri Contoh",
    country="ID",
    start="2019-10-23",
    posts=(Post("Menteri Contoh", "Kementerian Contoh", "ID", "2019-10-23", None),),
    source="an invented row",
    verified=False,
)
PROGRAM = KbRow(
    id="contoh-cepa",
    kind="program",
    name="Example Agreement",
    partners=("JP", "KR"),
    signed="2020-12-18",
    in_force="2023",
    status="in force",
)


@pytest.mark.parametrize("row", [MINISTER, PROGRAM], ids=["minister", "program"])
def test_json_and_csv_give_the_same_row_back(row: KbRow, tmp_path: Path) -> None:
    as_json = tmp_path / "rows.jsonl"
    as_json.write_text(json.dumps(row_to_json(row), ensure_ascii=False) + "\n", encoding="utf-8")
    as_csv = tmp_path / "rows.csv"
    as_csv.write_text(rows_to_csv([row]), encoding="utf-8")
    assert read_rows(as_json) == [row]
    assert read_rows(as_csv) == [row]


def test_the_first_eight_fields_suffice() -> None:
    line = (
        '{"id":"x","kind":"program","name":"X","aliases":[],"role":"agreement",'
        '"country":"ID-JP","from":"2008","to":null}'
    )
    (row,) = read_rows([line])
    assert (row.country, row.partners, row.start, row.end) == ("JP", ("JP",), "2008", None)


def test_an_agreement_of_several_belongs_to_no_single_country() -> None:
    line = '{"id":"x","kind":"program","name":"X","country":"ASEAN-AU-NZ"}'
    (row,) = read_rows([line])
    assert (row.country, row.partners) == (None, ("ASEAN", "AU", "NZ"))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "not JSON"),
        ("[1]", "CSV header"),
        ('{"id":"x","name":"X"}', "kind"),
        ('{"id":"x","kind":"person","name":"X"}', "person"),
        ('{"kind":"program","name":"X"}', "id and a name"),
        ('{"id":"x","kind":"program","name":"X","aliases":"Y"}', "aliases"),
        ('{"id":"x","kind":"program","name":"X","from":"20 May"}', "from"),
        ('{"id":"x","kind":"minister","name":"X","posts":{}}', "posts"),
        ('{"id":"x","kind":"minister","name":["X"]}', "name"),
    ],
)
def test_a_fault_names_file_and_line(line: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.jsonl"
    good = '{"id":"a","kind":"program","name":"A"}\n' if line.startswith("{") else ""
    path.write_text(good + line, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_rows(path)
    assert said in str(caught.value)
    assert f"mine.jsonl:{2 if good else 1}" in str(caught.value)


def test_an_id_that_comes_twice_is_a_fault() -> None:
    line = '{"id":"x","kind":"program","name":"X"}'
    with pytest.raises(InputError, match="was used in line 1"):
        read_rows([line, line], name="mine.jsonl")


def test_a_missing_file_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read_rows(tmp_path / "none.jsonl")


@given(st.lists(st.text(max_size=60), max_size=5))
def test_any_lines_give_rows_or_an_input_error(lines: list[str]) -> None:
    try:
        rows = read_rows(lines)
    except InputError:
        return
    assert all(isinstance(row, KbRow) for row in rows)
