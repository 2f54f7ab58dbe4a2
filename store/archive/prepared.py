"""All of an article that can be worked out without the library: hashes, index text, compressed input.

It is pure and crosses process borders, so that many cores prepare while one writes.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, replace

from store.archive.rows import Rows, rows_of
from store.records import Article, Extraction
from store.schema import DOCIDS_PER_DAY
from store.text import visible

_ISO_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_SURROGATES = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class StoredOriginal:
    """The input as it was read, compressed."""

    sha256: str
    media_type: str
    size: int
    """Bytes before compression."""
    data: bytes


@dataclass(frozen=True, slots=True)
class Identity:
    """What decides whether the library has an article already (CONTRACT.md, Identity)."""

    ref: str
    url: str | None
    content: bytes
    """Digest of title and body."""
    body: bytes
    """Digest of the body."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article ready to be written; ``article.original`` is gone, ``original`` stands for it."""

    article: Article
    rows: Rows
    partners: tuple[str, ...]
    identity: Identity
    day: int
    """First docid of the article's day, 0 for an undated one."""
    title_index: str
    body_index: str
    terms: frozenset[tuple[str, str]]
    """Folded surface forms with what stands for them in the index, but for those known before."""
    fingerprint: bytes
    """By which near-duplicates are found; empty for a text too short to tell."""
    original: StoredOriginal | None = None
    """None where none is kept, or where the library has it already."""
    original_sha256: str | None = None
    original_name: str | None = None
    locator: str | None = None
    docid: int | None = None
    """Where its words stand in the index already, struck out; None for text that is new to it."""
    analysis: int | None = None
    """By what it was analysed (``Archive.analysis``), None where that is not known."""


def prepare(
    article: Article,
    extraction: Extraction,
    *,
    keep_original: bool = True,
    known: set[str] | frozenset[str] | None = None,
    analysis: int | None = None,
) -> Prepared:
    """Everything that writing ``article`` needs.

    ``known``: words whose terms went to the same library before; those of the article are added,
    unless it is frozen.
    ``analysis``: the number in the library of what it was analysed by.
    Raises ValueError where a mention does not stand in the text: nothing untrue enters a library.
    """
    # Whoever only reads is spared the normaliser and its tables.
    from store import normalise
    from store.archive.fingerprint import fingerprint

    article = storable(article)
    body, title = article.body, article.title
    for mention in extraction.mentions:
        if not mention.surface or body[mention.start : mention.end] != mention.surface:
            raise ValueError(f"mention {mention.surface!r} does not stand at {mention.start}")
    boilerplate = extraction.boilerplate or article.boilerplate
    source = article.original if keep_original else None
    original = _compressed(source.data, source.media_type) if source else None
    title_index, title_terms = normalise.indexed(title, known=known)
    body_index, body_terms = normalise.indexed(body, boilerplate, known)
    return Prepared(
        article=replace(article, original=None, boilerplate=boilerplate),
        rows=rows_of(extraction),
        partners=extraction.partners,
        identity=identity(article),
        day=first_docid(article.date),
        title_index=title_index,
        body_index=body_index,
        terms=frozenset(title_terms | body_terms),
        fingerprint=fingerprint(title, body, boilerplate),
        original=original,
        original_sha256=original.sha256 if original else None,
        original_name=visible(source.name) if source else None,
        locator=source.locator if source else None,
        analysis=analysis,
    )


def identity(article: Article) -> Identity:
    """The digests of ``article``; cheap enough to ask before paying for extraction."""
    from hashlib import blake2b  # loads OpenSSL, of no use to a reader

    article = storable(article)
    body = article.body.encode()
    return Identity(
        article.ref,
        article.url or None,
        blake2b(article.title.encode() + b"\0" + body, digest_size=16).digest(),
        blake2b(body, digest_size=16).digest(),
    )


def first_docid(date: str | None) -> int:
    """Where the docids of that day begin; 0 where ``date`` is None or no ISO day."""
    match = _ISO_DAY.fullmatch(date) if date else None
    if match is None:
        return 0
    year, month, day = map(int, match.groups())
    return (year * 10_000 + month * 100 + day) * DOCIDS_PER_DAY


def storable(article: Article) -> Article:
    """``article`` with lone surrogates, which are no characters and fit no file, as U+FFFD.

    Lengths stay, so spans do. Nearly always the article itself.
    """
    texts = (article.ref, article.title, article.body, article.source or "", article.url or "")
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        pass
    else:
        return article
    return replace(
        article,
        ref=_without_surrogates(article.ref),
        title=_without_surrogates(article.title),
        body=_without_surrogates(article.body),
        source=_without_surrogates(article.source) if article.source else None,
        url=_without_surrogates(article.url) if article.url else None,
    )


def _without_surrogates(text: str) -> str:
    return _SURROGATES.sub("\ufffd", text)


def _compressed(data: bytes, media_type: str) -> StoredOriginal:
    from hashlib import sha256

    # An input is mostly a few kilobytes: with less memory to clear first it takes a fifth less time.
    packer = zlib.compressobj(level=6, memLevel=6)
    packed = packer.compress(data) + packer.flush()
    return StoredOriginal(sha256(data).hexdigest(), media_type, len(data), packed)
