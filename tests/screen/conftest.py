"""A library whose records are set by hand, the browser on it, and pictures to compare with.

The two seed texts carry entities chosen here, so that a picture changes only when the screen does.
``BILAT_UPDATE_SNAPSHOTS=1`` writes the pictures anew.
"""

from __future__ import annotations

import asyncio
import inspect
import os
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest
from textual.pilot import Pilot

from store.archive import Archive
from store.records import (
    Article,
    Candidate,
    Extraction,
    Mention,
    MentionType,
    Money,
    Person,
    Post,
    Span,
)
from tui.application import BilatApp
from tui.config import Config
from tui.desk import open_desk
from tui.lang import Lang
from tui.shot import picture, settle, steady

SNAPSHOTS = Path(__file__).resolve().parent.parent / "snapshots"
UPDATE = bool(os.environ.get("BILAT_UPDATE_SNAPSHOTS"))


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    """Run a test that is a coroutine in an event loop of its own."""
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    asyncio.run(pyfuncitem.obj(**{name: pyfuncitem.funcargs[name] for name in names}))
    return True


T = MentionType
Named = tuple[str, MentionType, str, str | None, str | None]

KOREA: list[Named] = [
    ("Airlangga Hartarto", T.PERSON, "Airlangga Hartarto", "id-airlangga", "ID"),
    ("Airlangga", T.PERSON, "Airlangga Hartarto", "id-airlangga", "ID"),
    ("Sung Yun Mo", T.PERSON, "Sung Yun Mo", "kr-sung", "KR"),
    ("Kementerian Perindustrian", T.ORG, "Kementerian Perindustrian", "org-kemenperin", "ID"),
    ("Kemenperin", T.ORG, "Kementerian Perindustrian", "org-kemenperin", "ID"),
    ("Korea Selatan", T.COUNTRY, "Korea Selatan", None, "KR"),
    ("Korsel", T.COUNTRY, "Korea Selatan", None, "KR"),
    (
        "Indonesia-Korea Comprehensive Economic Partnership Agreement",
        T.AGREEMENT,
        "Indonesia-Korea Comprehensive Economic Partnership Agreement",
        "prog-ikcepa",
        None,
    ),
    ("Indonesia", T.COUNTRY, "Indonesia", None, "ID"),
    ("JAKARTA", T.PLACE, "Jakarta", None, "ID"),
    ("Kamis (27/6/2019)", T.DATE, "Kamis (27/6/2019)", None, None),
    ("30 miliar dolar AS", T.MONEY, "30 miliar dolar AS", None, None),
]
JAPAN: list[Named] = [
    ("Airlangga Hartarto", T.PERSON, "Airlangga Hartarto", "id-airlangga", "ID"),
    ("Airlangga", T.PERSON, "Airlangga Hartarto", "id-airlangga", "ID"),
    ("Hiroshige Seko", T.PERSON, "Hiroshige Seko", "jp-seko", "JP"),
    ("New MIDEC", T.AGREEMENT, "New MIDEC", "prog-new-midec", None),
    (
        "Indonesia-Japan Economic Partnership Agreement",
        T.AGREEMENT,
        "Indonesia-Japan Economic Partnership Agreement",
        "prog-ijepa",
        None,
    ),
    ("IJEPA", T.AGREEMENT, "Indonesia-Japan Economic Partnership Agreement", "prog-ijepa", None),
    ("Jepang", T.COUNTRY, "Jepang", None, "JP"),
    ("Indonesia", T.COUNTRY, "Indonesia", None, "ID"),
    ("Osaka", T.PLACE, "Osaka", None, "JP"),
    ("Kamis (27/6)", T.DATE, "Kamis (27/6)", None, None),
]
CLUTTER = re.compile(
    r"^(?:Advertisement|A|Halaman:|Follow WhatsApp.*|Berita Terkait|Telusuri.*|BACA JUGA.*)$", re.M
)
SEKO_POST = Post(
    "Menteri Ekonomi, Perdagangan, dan Industri Jepang", "METI", "JP", "2016-08-03", "2019-09-11"
)


def mentions(body: str, named: list[Named]) -> tuple[Mention, ...]:
    """Every occurrence of the names, those listed first winning."""
    found: list[Mention] = []
    for surface, kind, canonical, entity, country in named:
        for match in re.finditer(re.escape(surface), body):
            if any(m.start < match.end() and match.start() < m.end for m in found):
                continue
            value: str | Money | None = None
            if kind is T.DATE:
                value = "2019-06-27"
            if kind is T.MONEY:
                value = Money(30e9, "USD")
            doubtful = kind is T.PLACE
            candidates = (Candidate("id-x", "organisation", "Kota Contoh", "Kota Contoh", 0.6),)
            found.append(
                Mention(
                    match.start(), match.end(), surface, kind, canonical, entity, country, value,
                    candidates=candidates if doubtful else (),
                )
            )  # fmt: skip
    return tuple(sorted(found, key=lambda m: m.start))


def person(
    found: tuple[Mention, ...], name: str, role: str | None, country: str, post: Post | None = None
) -> Person:
    mine = [m for m in found if m.canonical == name]
    spans = tuple(Span(m.start, m.end) for m in mine)
    return Person(name, role, country, mine[0].entity, spans, None, post)


def article_pairs(seeds_dir: Path) -> list[tuple[Article, Extraction]]:
    """The two seeds with entities set by hand."""
    korea, japan = (path.read_text(encoding="utf-8") for path in sorted(seeds_dir.glob("*.txt")))
    in_korea, in_japan = mentions(korea, KOREA), mentions(japan, JAPAN)
    return [
        (
            Article(
                "seeds/korea.txt",
                "Indonesia-Korea Selatan Perkuat Kerja Sama Industri 4.0",
                korea,
                "2019-06-27",
                "okezone",
            ),
            Extraction(
                in_korea,
                (
                    person(
                        in_korea, "Airlangga Hartarto", "Menteri Perindustrian (Menperin)", "ID"
                    ),
                    person(
                        in_korea,
                        "Sung Yun Mo",
                        "Menteri Perdagangan, Industri dan Energi (MoTIE) Korea Selatan",
                        "KR",
                    ),
                ),
                ("KR",),
                tuple(Span(m.start(), m.end()) for m in CLUTTER.finditer(korea)),
            ),
        ),
        (
            Article(
                "seeds/japan.txt",
                "Menteri Perindustrian Airlangga Hartarto mengatakan, antara pemerintah Indonesia "
                "dan Jepang telah sepakat untuk meningkatkan kerja sama",
                japan,
                "2019-06-27",
                "jpnn.com",
                "https://www.jpnn.com/news/contoh",
                title_derived=True,
            ),
            Extraction(
                in_japan,
                (
                    person(in_japan, "Airlangga Hartarto", "Menteri Perindustrian", "ID"),
                    person(in_japan, "Hiroshige Seko", None, "JP", SEKO_POST),
                ),
                ("JP",),
                tuple(Span(m.start(), m.end()) for m in CLUTTER.finditer(japan)),
            ),
        ),
    ]


@pytest.fixture
def library(tmp_path: Path, seeds_dir: Path) -> Path:
    """A library of the two seeds."""
    path = tmp_path / "library.db"
    with Archive.open(path, "create") as archive:
        archive.add_many(article_pairs(seeds_dir))
    return path


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A library of 300 short articles, some undated."""
    path = tmp_path / "many.db"
    with Archive.open(path, "create") as archive:
        archive.add_many(
            (
                Article(
                    f"n{number}",
                    f"Artikel nomor {number} tentang kerja sama dengan mitra",
                    f"Isi artikel nomor {number}. Pertemuan di Jepang membahas ekspor.",
                    f"20{number % 20:02d}-{number % 12 + 1:02d}-15" if number % 11 else None,
                    f"media{number % 5}.example",
                ),
                Extraction(partners=("JP", "KR", "AU")[: number % 4]),
            )
            for number in range(300)
        )
    return path


Browser = Callable[..., AbstractAsyncContextManager[Pilot[int]]]


@pytest.fixture
def browser(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Browser:
    """Opens the browser on a library; everything is answered and painted when it comes back."""
    monkeypatch.setenv("TEXTUAL_ANIMATIONS", "none")
    monkeypatch.setenv("BILAT_TODAY", "2026-01-02")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.chdir(tmp_path)

    @asynccontextmanager
    async def opened(
        path: Path,
        *,
        size: tuple[int, int] = (120, 40),
        lang: Lang = "id",
        query: str | None = None,
        config: Config | None = None,
    ) -> AsyncIterator[Pilot[int]]:
        desk, state = open_desk(path)
        try:
            app = BilatApp(desk, state, lang=lang, config=config or Config(), query=query)
            async with app.run_test(size=size, notifications=True) as pilot:
                steady(app)
                await settle(pilot)
                yield pilot
        finally:
            desk.close()

    return opened


Same = Callable[[Pilot[int], str], Awaitable[None]]


@pytest.fixture
def same_picture() -> Same:
    """Compares the screen with ``tests/snapshots/NAME.svg``, byte for byte."""

    async def compare(pilot: Pilot[int], name: str) -> None:
        await settle(pilot)
        shown = picture(pilot.app)  # type: ignore[arg-type]
        path = SNAPSHOTS / f"{name}.svg"
        if UPDATE or not path.exists():
            path.parent.mkdir(exist_ok=True)
            path.write_text(shown, encoding="utf-8")
        kept = path.read_text(encoding="utf-8")
        if shown != kept:
            actual = path.with_suffix(".actual.svg")
            actual.write_text(shown, encoding="utf-8")
            pytest.fail(f"the screen differs from {path.name}: look at {actual}")

    return compare
