"""Anything a person can type is a query, a name or a text; nothing of it is an error."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

Run = Callable[..., Any]

# What a shell can pass: no NUL, and any byte, of which the undecodable become lone surrogates.
TYPED = st.lists(
    st.one_of(
        st.sampled_from("-\"'():*^+=~ \\/<>[]{}.,;%_&|"),
        st.characters(exclude_characters="\0", exclude_categories=("Cs",)),
        st.sampled_from([chr(code) for code in range(0xDC80, 0xDD00)]),
        st.sampled_from(["OR ", "negara:", "sejak:", "-", '"', "kerja sama", "NEAR(", "body:"]),
    ),
    max_size=30,
).map("".join)
MODEST = settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@MODEST
@example("--help")
@example("--")
@example("-" * 200)
@given(TYPED)
def test_any_query(bilat: Run, text: str) -> None:
    found = bilat("search", "--format", "json", "--lang", "id", "--", text)
    assert found.code == (0 if found.json["total"] else 4)
    assert found.json["query"] == text
    assert "Internal" not in found.err


@MODEST
@given(TYPED.filter(lambda text: not text.startswith("--")))
def test_any_word_without_the_marker(bilat: Run, text: str) -> None:
    assert bilat("entities", text, "--format", "json").code == 0
    assert bilat("search", text, "--limit", 1, "--format", "ids").code in (0, 4)


# Each call indexes all names anew; tests/match asks the index itself some thousand times.
@settings(MODEST, max_examples=8)
@given(TYPED, st.booleans())
def test_any_name(run: Run, text: str, as_you_type: bool) -> None:
    found = run(
        "match", "--format", "json", *(["--as-you-type"] if as_you_type else []), "--", text
    )
    assert found.code in (0, 4)
    assert found.json["query"] == text
    assert all(0 <= candidate["score"] <= 1 for candidate in found.json["candidates"])


@MODEST
@given(st.text(max_size=200))
def test_any_body(run: Run, body: str) -> None:
    line = json.dumps({"id": "x", "title": "Judul", "body": body}).encode()
    (item,) = run("extract", "--format", "jsonl", stdin=line).lines
    assert item["id"] == "x"
    for mention in item["mentions"]:
        assert 0 <= mention["start"] < mention["end"] <= len(body)
