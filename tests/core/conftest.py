"""What the tests of the library share: a place for one, and articles with true mentions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.records import (
    Article,
    Candidate,
    Extraction,
    Mention,
    MentionType,
    Money,
    Original,
    Person,
    Post,
    Span,
)

BODY = (
    "IKLAN\n\nMenteri Perdagangan Rara Wulandari menandatangani kerja sama senilai 30 miliar dolar AS "
    "dengan Jepang di Jakarta pada 27 Juni 2019. Rara menyebut Jepang mitra lama."
)


def mention(
    body: str,
    surface: str,
    type: MentionType,
    *,
    after: int = 0,
    canonical: str | None = None,
    entity: str | None = None,
    country: str | None = None,
    value: str | Money | None = None,
    candidates: tuple[Candidate, ...] = (),
) -> Mention:
    """A mention of ``surface`` where it first stands in ``body`` from ``after`` on."""
    start = body.index(surface, after)
    return Mention(
        start,
        start + len(surface),
        surface,
        type,
        canonical or surface,
        entity,
        country,
        value,
        0.9,
        "test:rule",
        candidates,
    )


def findings(body: str = BODY) -> Extraction:
    """What stands in ``BODY``, with every field of every record used."""
    maybe = Candidate(
        "rara-lain",
        "minister",
        "Rara Lain",
        "Rara",
        0.5,
        ("nama depan sama",),
        (Span(0, 4),),
        "Menteri Luar Negeri",
        "ID",
        "2014-10-27",
        None,
    )
    full = "Rara Wulandari"
    first = body.index(full)
    short = body.index("Rara menyebut")
    mentions = (
        mention(body, full, MentionType.PERSON, entity="rara-wulandari", country="ID"),
        mention(body, "30 miliar dolar AS", MentionType.MONEY, value=Money(3e10, "USD")),
        mention(body, "Jepang", MentionType.COUNTRY, country="JP"),
        mention(body, "Jakarta", MentionType.PLACE, country="ID"),
        mention(body, "27 Juni 2019", MentionType.DATE, value="2019-06-27"),
        mention(body, "Rara", MentionType.PERSON, after=short, canonical=full, candidates=(maybe,)),
        mention(body, "Jepang", MentionType.COUNTRY, after=short, country="JP"),
    )
    role = body.index("Menteri Perdagangan")
    person = Person(
        full,
        "Menteri Perdagangan",
        "ID",
        "rara-wulandari",
        (Span(first, first + len(full)), Span(short, short + 4)),
        Span(role, role + 19),
        Post("Menteri Perdagangan", "Kementerian Perdagangan", "ID", "2016-07-27", None),
    )
    return Extraction(mentions, (person,), ("JP",), (Span(0, 5),))


def article(ref: str = "satu", **changes: object) -> Article:
    """An article about a signing; ``changes`` are fields of the record."""
    fields: dict[str, object] = {
        "title": "Rara teken kerja sama dengan Jepang",
        "body": BODY,
        "date": "2019-06-27",
        "source": "contoh.id",
    }
    return Article(ref, **{**fields, **changes})  # type: ignore[arg-type]


def original(data: bytes = b"<p>asli</p>") -> Original:
    return Original(data, "text/html", "/unduhan/satu.html", "line 3")


@pytest.fixture
def library(tmp_path: Path) -> Path:
    """Where a library could be."""
    return tmp_path / "library.db"


@pytest.fixture
def archive(library: Path) -> Iterator[Archive]:
    """An empty library, open for writing."""
    with Archive.open(library, "create") as opened:
        yield opened


@pytest.fixture(scope="session")
def make_article() -> Callable[..., Article]:
    return article


@pytest.fixture(scope="session")
def found() -> Extraction:
    return findings()


@pytest.fixture
def html_original() -> Original:
    return original()
