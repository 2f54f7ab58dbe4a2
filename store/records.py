"""The records that pass between the rooms: frozen, slotted, and importing nothing of ours.

Offsets are half-open ``[start, end)`` code points into the *stored* text of an article (its body,
unless said otherwise). Dates are ISO ``YYYY-MM-DD`` strings of Asia/Jakarta. Countries are ISO
3166-1 alpha-2 codes (``EU`` for the European Union). A ``score`` runs from 0 to 1, higher is better;
a ``rank`` is bm25, lower is better.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Literal, Protocol, Self


class MentionType(StrEnum):
    """What a mention can be; the order is that of the entity pane and of exports."""

    PERSON = "PERSON"
    ORG = "ORG"
    COUNTRY = "COUNTRY"
    PLACE = "PLACE"
    AGREEMENT = "AGREEMENT"
    DATE = "DATE"
    MONEY = "MONEY"

    # That of Enum is written in Python, and mentions are looked up by type all the time.
    __hash__ = str.__hash__


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open range of code points."""

    start: int
    end: int


# --- knowledge base ---------------------------------------------------------------------------

KbKind = Literal["minister", "program", "organisation"]


@dataclass(frozen=True, slots=True)
class Post:
    """One term of office. ``start``/``end`` are ISO days (a year or month where no more is known).

    ``end`` None: still in office when the row was written. Both ends are inclusive.
    """

    role: str
    ministry: str | None
    country: str | None
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class KbRow:
    """One entity of the knowledge base (CONTRACT.md, knowledge-base row)."""

    id: str
    kind: KbKind
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None
    country: str | None = None
    start: str | None = None
    end: str | None = None
    posts: tuple[Post, ...] = ()
    partners: tuple[str, ...] = ()
    signed: str | None = None
    in_force: str | None = None
    status: str | None = None
    source: str | None = None
    verified: bool = True
    user: bool = False
    """Added by the user; wins over a shipped row of the same id or alias."""


class Reason(str):
    """Why a candidate matched: an English sentence that also knows which one it is, so that an
    interface can say it in its own language."""

    __slots__ = ("details", "kind")

    kind: str
    details: tuple[str, ...]

    def __new__(cls, sentence: str, kind: str, details: tuple[str, ...] = ()) -> Self:
        reason = super().__new__(cls, sentence)
        reason.kind, reason.details = kind, details
        return reason

    def __getnewargs__(self) -> tuple[str, str, tuple[str, ...]]:  # type: ignore[override]
        return str(self), self.kind, self.details


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible entity for a name, with the reason a person understands.

    ``spans`` are the matched characters inside ``matched`` (the alias that was hit).
    ``role``/``start``/``end`` are those of the post that decided, else of the row. ``reasons`` are
    ``Reason`` where the matcher has just given them, plain text where the library kept them.
    """

    id: str
    kind: KbKind
    name: str
    matched: str
    score: float
    reasons: tuple[str, ...] = ()
    spans: tuple[Span, ...] = ()
    role: str | None = None
    country: str | None = None
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Resolution:
    """The answer to a name: candidates best first, whatever the status."""

    query: str
    status: Literal["match", "ambiguous", "none"]
    candidates: tuple[Candidate, ...] = ()

    @property
    def best(self) -> Candidate | None:
        """The accepted candidate, None unless the status is ``match``."""
        return self.candidates[0] if self.status == "match" else None


class Linker(Protocol):
    """What extraction needs of the matcher; the pipeline hands one in."""

    def link(
        self,
        surface: str,
        type: MentionType,
        *,
        on: str | None = None,
        country: str | None = None,
        every: bool = False,
    ) -> Resolution:
        """Candidates for a printed name of that type on that day; beside a match the others only if
        ``every`` one is asked for."""
        ...

    def holder(self, role: str, *, on: str | None = None, country: str | None = None) -> Resolution:
        """Who held the office that ``role`` names ("Menperin", "Menteri Perdagangan Jepang")."""
        ...

    def post(self, entity: str, *, on: str | None = None) -> Post | None:
        """The most senior post of the person on that day, None where none is known."""
        ...


# --- extraction -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in major units of an ISO 4217 currency."""

    amount: float
    currency: str


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence in one text: ``text[start:end] == surface`` always."""

    start: int
    end: int
    surface: str
    type: MentionType
    canonical: str
    """The fullest form in the article, or the entity's name where linked."""
    entity: str | None = None
    """Id in the knowledge base of an accepted link; None is *unlinked*."""
    country: str | None = None
    value: str | Money | None = None
    """DATE: ISO date, month, year or ``a/b`` interval. MONEY: the amount. Else None."""
    score: float = 1.0
    stage: str = ""
    """Which stage and rule produced it, e.g. ``dates:weekday-slash``."""
    candidates: tuple[Candidate, ...] = ()
    """Possible entities of an unlinked mention, best first."""


@dataclass(frozen=True, slots=True)
class Person:
    """One person of an article, all short forms folded in.

    ``role`` is what the text states, longest form, None where it states none; ``post`` is what the
    knowledge base knows of the linked entity on the article's date (and is shown as such).
    """

    name: str
    role: str | None
    country: str | None
    entity: str | None
    spans: tuple[Span, ...]
    role_span: Span | None = None
    post: Post | None = None
    country_basis: Literal["text", "knowledge base", "guess"] | None = None
    """Where ``country`` is from: the role or clause, the linked entity, or, where neither says it,
    an inference from the name and the article (shown with a question mark); None without a country."""

    @property
    def mentions(self) -> int:
        return len(self.spans)


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything found in one text. ``mentions`` are sorted and do not overlap."""

    mentions: tuple[Mention, ...] = ()
    persons: tuple[Person, ...] = ()
    partners: tuple[str, ...] = ()
    """Codes of the countries Indonesia deals with here, most prominent first."""
    boilerplate: tuple[Span, ...] = ()


# --- articles ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Original:
    """The input as it was read, before any decoding."""

    data: bytes = field(repr=False)
    media_type: str
    name: str
    """The path, URL or archive member it came from."""
    locator: str | None = None
    """Where in it the article stands, e.g. ``line 12``; None: it is the whole."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article as ingest makes it; the library gives it an id later."""

    ref: str
    """The name the source gave it: JSONL ``id``, else URL, else file path."""
    title: str
    body: str
    date: str | None = None
    source: str | None = None
    """The outlet, e.g. ``jpnn.com``."""
    url: str | None = None
    title_derived: bool = False
    """The source gave no title; it is the first sentence of the body."""
    boilerplate: tuple[Span, ...] = ()
    original: Original | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that could not be read, and why: one sentence with the next step."""

    source: str
    error: str
