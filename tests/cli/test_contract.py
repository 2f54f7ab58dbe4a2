"""Every JSON shape that scripts rely on, key by key and type by type, on the two seeds."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
NULL = type(None)
Shape = dict[str, Any]

# What a value must be: types, a list with one shape for its items, or an object with named keys.
SPAN = {"start": int, "end": int}
MONEY = {"amount": (int, float), "currency": str}
MENTION: Shape = {
    **SPAN,
    "text": str,
    "type": str,
    "canonical": str,
    "entity": (str, NULL),
    "country": (str, NULL),
    "value": (str, dict, NULL),
    "score": (int, float),
}
PERSON: Shape = {
    "name": str,
    "role": (str, NULL),
    "country": (str, NULL),
    "country_code": (str, NULL),
    "entity": (str, NULL),
    "mentions": int,
}
EXTRACT: Shape = {
    "id": str,
    "title": (str, NULL),
    "date": (str, NULL),
    "source": (str, NULL),
    "mentions": [MENTION],
    "persons": [PERSON],
    "partners": [str],
    "partner_codes": [str],
    "boilerplate": [SPAN],
}
SHOW: Shape = {
    **EXTRACT, "id": int, "body": str, "ref": str, "url": (str, NULL), "imported_at": str
}  # fmt: skip
HIT: Shape = {
    "id": int,
    "ref": str,
    "title": str,
    "date": (str, NULL),
    "source": str,
    "url": (str, NULL),
    "snippet": str,
    "score": (int, float),
    "countries": [str],
    "marked": bool,
}
SEARCH: Shape = {"query": str, "total": int, "total_exact": bool, "hits": [HIT], "facets": dict}
ENTITY: Shape = {
    "entity": (str, NULL),
    "name": str,
    "type": str,
    "articles": int,
    "mentions": int,
    "country": (str, NULL),
}
CANDIDATE: Shape = {
    "id": str,
    "kind": str,
    "name": str,
    "matched": str,
    "score": (int, float),
    "reasons": [str],
    "spans": [[int]],
    "role": (str, NULL),
    "country": (str, NULL),
    "from": (str, NULL),
    "to": (str, NULL),
}
MATCH: Shape = {"query": str, "status": str, "candidates": [CANDIDATE]}
REPORT: Shape = {
    "added": int,
    "updated": int,
    "unchanged": int,
    "near_duplicates": int,
    "failed": [{"source": str, "error": str}],
    "seconds": (int, float),
}
KB_ROW: Shape = {
    "id": str,
    "kind": str,
    "name": str,
    "aliases": [str],
    "role": (str, NULL),
    "country": (str, NULL),
    "from": (str, NULL),
    "to": (str, NULL),
}
TYPES = {"PERSON", "ORG", "COUNTRY", "PLACE", "AGREEMENT", "DATE", "MONEY"}
CODE = re.compile(r"[A-Z]{2}")
DAY = re.compile(r"\d{4}-\d\d-\d\d")


def conforms(value: Any, shape: Any, where: str = "$") -> None:
    """Asserts that ``value`` has at least the keys of ``shape``, each of its type."""
    if isinstance(shape, dict):
        assert isinstance(value, dict), where
        for key, inner in shape.items():
            assert key in value, f"{where}.{key} is missing"
            conforms(value[key], inner, f"{where}.{key}")
    elif isinstance(shape, list):
        assert isinstance(value, list), where
        for at, item in enumerate(value):
            conforms(item, shape[0], f"{where}[{at}]")
    else:
        kinds = shape if isinstance(shape, tuple) else (shape,)
        assert isinstance(value, kinds), f"{where} is {value!r}"
        assert bool in kinds or not isinstance(value, bool), f"{where} is {value!r}"


def means_what_it_says(item: dict[str, Any], body: str) -> None:
    """The content of an extract object: offsets, codes, dates, values."""
    for mention in item["mentions"]:
        assert body[mention["start"] : mention["end"]] == mention["text"]
        assert mention["type"] in TYPES
        assert 0 <= mention["score"] <= 1
        assert mention["country"] is None or CODE.fullmatch(mention["country"])
        if mention["type"] == "MONEY" and mention["value"] is not None:
            conforms(mention["value"], MONEY)
        elif mention["type"] == "DATE":
            assert mention["value"] is None or isinstance(mention["value"], str)
        else:
            assert mention["value"] is None
    for person in item["persons"]:
        assert person["mentions"] > 0
        assert (person["country"] is None) == (person["country_code"] is None)
    assert len(item["partners"]) == len(item["partner_codes"])
    assert all(CODE.fullmatch(code) for code in item["partner_codes"])
    assert item["date"] is None or DAY.fullmatch(item["date"])


def test_extract_a_text(run: Run, seeds_dir: Path) -> None:
    for path in sorted(seeds_dir.glob("*.txt")):
        found = run("extract", path, "--format", "json")
        assert found.code == 0
        conforms(found.json, EXTRACT)
        means_what_it_says(found.json, path.read_text(encoding="utf-8"))
        assert found.json["mentions"]
        assert found.json["persons"]
        assert found.json["boilerplate"]


def test_extract_says_what_the_text_says_and_what_is_known(run: Run, seeds_dir: Path) -> None:
    item = run("extract", seeds_dir / "004_902d00309b1eaa23.txt").json
    assert item["partners"] == ["Jepang"]
    assert item["partner_codes"] == ["JP"]
    assert (item["date"], item["source"]) == ("2019-06-27", "jpnn.com")
    assert item["title_derived"] is True
    by_name = {person["name"]: person for person in item["persons"]}
    assert by_name["Hiroshige Seko"]["role"] is None
    assert by_name["Hiroshige Seko"]["country"] == "Jepang"
    assert by_name["Hiroshige Seko"]["post"]["country"] == "JP"
    assert by_name["Airlangga Hartarto"]["country_code"] == "ID"


def test_extract_money_is_an_amount_in_a_currency(run: Run) -> None:
    item = run("extract", stdin=b"Nilainya 30 miliar dolar AS.").json
    (money,) = [m for m in item["mentions"] if m["type"] == "MONEY"]
    assert money["value"] == {"amount": 30000000000, "currency": "USD"}
    assert isinstance(money["value"]["amount"], int)


def test_extract_explains_who_found_what(run: Run) -> None:
    result = run("extract", "--explain", stdin=b"Rapat digelar Kamis (27/6/2024) di Jepang.")
    assert result.code == 0
    heading = next(line for line in result.out.splitlines() if line.startswith("start"))
    assert heading.split()[-3:] == ["score", "found", "by"]
    day = next(line for line in result.out.splitlines() if " DATE " in line)
    assert day.split()[-1].startswith("dates:")


def test_extract_json_lines_correspond(run: Run) -> None:
    rows = [
        {"id": "b", "title": None, "body": "  Jepang dan  Korea Selatan.", "date": "2020-02-03"},
        {"id": "a", "title": "Judul", "body": "Presiden Joko Widodo", "extra": {"x": 1}},
        {"id": "kosong", "body": ""},
        {"id": "c", "body": "Uni Eropa"},
    ]
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    lines.insert(3, "{rusak")
    found = run("extract", "--format", "jsonl", stdin="\n".join(lines).encode())
    assert found.code == 1
    assert [item["id"] for item in found.lines[:3]] == ["b", "a", "kosong"]
    assert found.lines[4]["id"] == "c"
    assert len(found.lines) == 5
    for item in found.lines:
        conforms(item, EXTRACT)
    for item, row in zip(found.lines[:2], rows, strict=False):
        means_what_it_says(item, row["body"])
    assert found.lines[0]["date"] == "2020-02-03"
    assert found.lines[0]["mentions"][0]["start"] == 2
    assert "error" in found.lines[3]
    assert len(found.err.splitlines()) == 2


def test_extract_takes_a_day(run: Run) -> None:
    item = run("extract", "--on", "2019-06-27", stdin=b"Diteken Kamis (27/6).").json
    assert item["date"] == "2019-06-27"
    assert [m["value"] for m in item["mentions"] if m["type"] == "DATE"] == ["2019-06-27"]


def test_extract_in_parallel_is_the_same(run: Run, tmp_path: Path) -> None:
    rows = [
        {"id": str(n), "body": f"Menteri ke-{n} bertemu di Tokyo, Jepang. " * 4} for n in range(150)
    ]
    path = tmp_path / "rows.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    alone = run("extract", path)
    assert alone.code == 0
    assert run("extract", path, "--jobs", "2").raw == alone.raw


def test_import(run: Run, tmp_path: Path, seeds_dir: Path) -> None:
    first = run("--library", tmp_path / "new.db", "import", seeds_dir, "--json")
    assert first.code == 0
    conforms(first.json, REPORT)
    assert (first.json["added"], first.json["failed"]) == (2, [])
    again = run("import", "--json", seeds_dir, "--library", tmp_path / "new.db")
    assert (again.json["added"], again.json["unchanged"]) == (0, 2)


def test_a_dry_run_changes_nothing(run: Run, bilat: Run, tmp_path: Path, seeds_dir: Path) -> None:
    missing = tmp_path / "missing.db"
    dry = run("--library", missing, "import", seeds_dir, "--dry-run", "--json")
    conforms(dry.json, REPORT)
    assert (dry.code, dry.json["added"]) == (0, 2)
    assert not missing.exists()
    assert bilat("import", seeds_dir, "--dry-run", "--json").json["unchanged"] == 2
    assert bilat("search", "--format", "json").json["total"] == 2


def test_search(bilat: Run) -> None:
    found = bilat("search", "kerja sama", "--facets", "--format", "json")
    assert found.code == 0
    conforms(found.json, SEARCH)
    assert found.json["query"] == "kerja sama"
    assert found.json["total"] == 2
    assert set(found.json["facets"]) >= {"country"}
    for values in found.json["facets"].values():
        conforms(values, [{"value": str, "count": int}])
    assert {code for hit in found.json["hits"] for code in hit["countries"]} == {"JP", "KR"}
    assert {hit["date"] for hit in found.json["hits"]} == {"2019-06-27"}


def test_search_formats_agree(bilat: Run) -> None:
    whole = bilat("search", "industri", "--format", "json").json
    ids = [hit["id"] for hit in whole["hits"]]
    assert [hit["id"] for hit in bilat("search", "industri", "--format", "jsonl").lines] == ids
    assert bilat("search", "industri", "--format", "ids").out.split() == list(map(str, ids))
    assert len(bilat("search", "industri", "--format", "csv").out.splitlines()) >= len(ids) + 1
    assert all(
        f"{hit['id']}" in bilat("search", "industri").out and hit["title"] for hit in whole["hits"]
    )


def test_search_finding_nothing_still_prints_its_json(bilat: Run) -> None:
    found = bilat("search", "xyzzyx", "--format", "json")
    assert found.code == 4
    conforms(found.json, SEARCH)
    assert (found.json["hits"], found.json["total"]) == ([], 0)


def test_an_empty_query_is_everything(bilat: Run) -> None:
    assert bilat("search", "--format", "json").json["total"] == 2
    assert bilat("search", "", "--format", "json").json["total"] == 2


def test_a_query_may_begin_with_a_hyphen_and_be_several_words(bilat: Run) -> None:
    found = bilat("search", "-jepang", "--format", "json").json
    assert found["query"] == "-jepang"
    assert [hit["countries"] for hit in found["hits"]] == [["KR"]]
    several = bilat("search", "kerja", "sama", "-jepang", "--format", "json", "--limit", 5).json
    assert several["query"] == "kerja sama -jepang"
    assert several["total"] == 1


def test_show(bilat: Run, seeds_dir: Path) -> None:
    for hit in bilat("search", "--format", "json").json["hits"]:
        shown = bilat("show", hit["id"], "--format", "json")
        assert shown.code == 0
        conforms(shown.json, SHOW)
        means_what_it_says(shown.json, shown.json["body"])
        assert shown.json["id"] == hit["id"]
        assert bilat("show", hit["id"]).out == shown.json["body"]
        original = seeds_dir / Path(shown.json["ref"]).name
        assert bilat("show", hit["id"], "--original").raw == original.read_bytes()
        assert shown.json["body"].encode() in {p.read_bytes() for p in seeds_dir.iterdir()}


def test_show_of_an_unknown_id_still_prints_its_json(bilat: Run) -> None:
    for unknown in ("999", "0", "-3", "99999999999999999999999"):
        shown = bilat("show", unknown, "--format", "json")
        assert shown.code == 4
        assert set(SHOW) <= set(shown.json)
        assert shown.json["mentions"] == []
        assert bilat("show", unknown).out == ""


def test_entities(bilat: Run) -> None:
    found = bilat("entities", "--format", "json")
    assert found.code == 0
    conforms(found.json, [ENTITY])
    assert {entity["type"] for entity in found.json} <= TYPES
    airlangga = bilat("entities", "airl", "--type", "PERSON", "--format", "json").json
    assert [(e["name"], e["articles"]) for e in airlangga] == [("Airlangga Hartarto", 2)]
    within = bilat("entities", "airl", "--query", "negara:jepang", "--format", "json").json
    assert [e["articles"] for e in within] == [1]
    assert len(bilat("entities", "--limit", 3, "--format", "csv").out.splitlines()) == 4
    assert bilat("entities", "xyzzyx", "--format", "json").json == []


def test_match_one_name_is_an_object_several_an_array(run: Run) -> None:
    one = run("match", "Airlangga", "Hartarto", "--format", "json")
    assert one.code == 0
    conforms(one.json, MATCH)
    assert one.json["query"] == "Airlangga Hartarto"
    assert one.json["status"] == "match"
    best = one.json["candidates"][0]
    assert (best["id"], best["kind"]) == ("airlangga-hartarto", "minister")
    for start, end in best["spans"]:
        assert 0 <= start < end <= len(best["matched"])
    several = run("match", "Airlangga Hartarto", "IJEPA", "--format", "json")
    conforms(several.json, [MATCH])
    assert [answer["query"] for answer in several.json] == ["Airlangga Hartarto", "IJEPA"]
    words = run("match", "IJEPA", "IK-CEPA", "--format", "json")
    assert [answer["query"] for answer in words.json] == ["IJEPA", "IK-CEPA"]


def test_match_knows_the_day(run: Run) -> None:
    answer = run("match", "Menperin", "--on", "2019-06-27", "--format", "json").json
    assert answer["candidates"][0]["id"] == "airlangga-hartarto"


def test_match_of_nothing(run: Run) -> None:
    answer = run("match", "-xyzzyx", "--format", "json")
    assert answer.code == 4
    conforms(answer.json, MATCH)
    assert answer.json["query"] == "-xyzzyx"
    assert answer.json["status"] == "none"


def test_match_batch_answers_every_line_in_order(run: Run, tmp_path: Path) -> None:
    rows = [
        {"id": "satu", "kind": "minister", "name": "Siti Aminah", "aliases": ["Bu Siti"],
         "role": "Menteri Contoh", "country": "ID", "from": "2014", "to": None},
        {"id": "dua", "kind": "program", "name": "Perjanjian Niaga Bersama", "aliases": ["PNB"],
         "role": None, "country": "JP", "from": None, "to": None},
    ]  # fmt: skip
    kb = tmp_path / "kb.jsonl"
    kb.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    asked = [
        {"query": "siti aminah"},
        {"query": "Airlangga Hartarto"},
        {"query": "PNB", "kind": "program", "on": "2019-01-01", "country": "JP", "gold": "dua"},
    ]
    batch = "\n".join(map(json.dumps, asked)).encode()
    found = run("match", "--batch", "-", "--kb", kb, "--format", "jsonl", stdin=batch)
    assert found.code == 0
    conforms(found.lines, [MATCH])
    assert [answer["query"] for answer in found.lines] == [item["query"] for item in asked]
    best = [a["candidates"][0]["id"] if a["status"] == "match" else None for a in found.lines]
    assert best == ["satu", None, "dua"]


def test_match_batch_exits_0_whatever_it_found(run: Run) -> None:
    assert run("match", "--batch", "-", stdin=b'{"query": "xyzzyx"}').code == 0


def test_marks_are_a_list_of_ids(bilat: Run) -> None:
    first, second = (hit["id"] for hit in bilat("search", "--format", "json").json["hits"])
    assert bilat("mark", "--list").json == []
    assert bilat("mark", first).json == [first]
    assert sorted(bilat("mark", second).json) == sorted([first, second])
    assert bilat("search", "--format", "json").json["hits"][0]["marked"] is True
    assert bilat("mark", first, "--remove").json == [second]
    assert bilat("mark", "--list").json == [second]
    assert bilat("mark", "--clear").json == []


def test_check_and_info(bilat: Run) -> None:
    checked = bilat("check")
    assert checked.code == 0
    assert checked.json == {"ok": True, "problems": []}
    assert isinstance(bilat("info", "--json").json, dict)
    assert bilat("info", "--json").json["articles"] == 2
    (record,) = bilat("info", "--imports", "--json").json
    conforms(record, REPORT)


def test_kb_rows(bilat: Run, tmp_path: Path) -> None:
    assert bilat("kb", "list").out == ""
    row = {"id": "contoh", "kind": "minister", "name": "Siti Aminah", "aliases": ["Bu Siti"],
           "role": "Menteri Contoh", "country": "ID", "from": "2014", "to": None}  # fmt: skip
    source = tmp_path / "own.jsonl"
    source.write_text(json.dumps(row), encoding="utf-8")
    assert bilat("kb", "import", source).code == 0
    (own,) = bilat("kb", "list").lines
    conforms(own, KB_ROW)
    assert {key: own[key] for key in row} == row
    assert bilat("kb", "show", "bu", "siti").json["id"] == "contoh"
    exported = bilat("kb", "export", "--format", "csv").out
    assert exported.startswith("id,kind,name,aliases,role,country,from,to")
    assert bilat("match", "Bu Siti", "--format", "json").json["candidates"][0]["id"] == "contoh"
    conforms(bilat("kb", "list", "--all").lines, [KB_ROW])
    assert len(bilat("kb", "list", "--all").lines) > 100
    added = bilat(
        "kb", "add", "lain", "--kind", "program", "--name", "Program Lain", "--alias", "PL"
    )
    conforms(added.json, KB_ROW)
    assert bilat("kb", "remove", "contoh").code == 0
    assert [item["id"] for item in bilat("kb", "list").lines] == ["lain"]


def test_delete_and_undo(bilat: Run) -> None:
    ids = [hit["id"] for hit in bilat("search", "--format", "json").json["hits"]]
    assert bilat("delete", ids[0], "--yes").json == [ids[0]]
    assert bilat("search", "--format", "json").json["total"] == 1
    assert bilat("delete", "--undo").json == [ids[0]]
    assert bilat("search", "--format", "json").json["total"] == 2
    (record,) = bilat("info", "--imports", "--json").json
    assert sorted(bilat("delete", "--import", record["id"], "--yes").json) == sorted(ids)
    assert bilat("search", "--format", "json").json["total"] == 0
    assert sorted(bilat("delete", "--undo").json) == sorted(ids)


@pytest.mark.parametrize("place", ["before", "after"])
def test_global_options_stand_anywhere(run: Run, library: Path, place: str) -> None:
    shared = ["--library", library, "--lang", "en", "--no-color", "--debug"]
    command = ["search", "industri", "--format", "json"]
    found = run(*shared, *command) if place == "before" else run(*command, *shared)
    assert found.code == 0
    assert found.json["total"] == 2


def test_the_first_look_at_the_default_library_makes_it(run: Run, tmp_path: Path) -> None:
    assert run("mark", "--list").code == 3
    assert run("info").code == 3
    assert run("search", "jepang", "--format", "json").json["total"] >= 1
    assert run("info", "--json").json["path"].startswith(str(tmp_path))


@pytest.mark.parametrize(
    "command",
    [
        ["search", "x"], ["show", "1"], ["entities"], ["export", "1"], ["mark", "--list"],
        ["kb", "list"], ["check"], ["info"], ["delete", "1", "--yes"],
    ],
    ids=lambda command: command[0],
)  # fmt: skip
def test_a_missing_library_is_not_made(run: Run, tmp_path: Path, command: list[str]) -> None:
    missing = tmp_path / "missing.db"
    found = run("--library", missing, *command)
    assert found.code == 3
    found.one_sentence(str(missing), "--library")
    assert not missing.exists()


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("airlanga", "searching also: airlangga"),
        ("negara:xyzzyx", "no name like “xyzzyx”"),
        ("tanggal:kemarin", "“kemarin” is no date"),
        ("ditandai:mungkin", "“mungkin” is neither yes nor no"),
        ("warna:merah", "there is no field “warna”"),
        ("negara:", "“negara” has no value"),
    ],
)
def test_what_could_not_be_understood_is_said(bilat: Run, query: str, said: str) -> None:
    found = bilat("search", query, "--lang", "en")
    assert found.code in (0, 4)
    assert said in found.err
    assert bilat("search", query, "--lang", "id").err != found.err


def test_an_export_follows_the_ending_of_its_file(bilat: Run, tmp_path: Path) -> None:
    for name, start in (("a.json", "["), ("a.csv", "article,"), ("a.txt", "---")):
        assert bilat("export", "1", "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_text(encoding="utf-8").startswith(start)
    assert bilat("export", "1", "-o", tmp_path / "b.csv", "--format", "markdown").code == 0
    assert (tmp_path / "b.csv").read_text(encoding="utf-8").startswith("---")
