"""A selection of articles as a note in Markdown: what a reader would have written, with its proof.

Front matter; per article a heading, its source, people, agreements and programs, money and dates,
quotes on request; every statement has a footnote that names source, date, address and the
characters ``[start:end]`` of the stored text. The same articles give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from store.export.commonmark import code, emphasised, inline, link, opening, plain, quoted
from store.export.forms import number
from store.export.passages import Passage, passages
from store.kb.countries import name_of
from store.library import StoredArticle
from store.records import Mention, MentionType, Money, Person, Post, Span
from store.text import fold

RANGES_SHOWN = 8
"""How many places of one name a footnote lists; more are counted."""


_WORD = re.compile(r"\w+")


class Footnotes:
    """The footnotes of a note, numbered through; each article prints its own."""

    def __init__(self) -> None:
        self._count = 0
        self._pending: list[str] = []
        self._origin = ""

    def begin(self, article: StoredArticle) -> None:
        """From here on statements are those of ``article``."""
        self._origin = ", ".join((*_outlet_and_day(article), _locator(article)))

    def add(self, proof: str) -> str:
        """The mark to put behind a statement; ``proof`` says which characters state it."""
        self._count += 1
        self._pending.append(f"[^{self._count}]: {self._origin}, {proof}.")
        return f"[^{self._count}]"

    def flush(self) -> list[str]:
        """The footnotes since the last call, one block each."""
        blocks, self._pending = self._pending, []
        return blocks


def markdown(articles: Sequence[StoredArticle], *, quotes: bool = False) -> str:
    """The note, ending in a line feed; blocks are separated by one empty line."""
    notes = Footnotes()
    blocks = [front_matter(articles)]
    for article in articles:
        notes.begin(article)
        blocks += article_blocks(article, notes, quotes=quotes)
        blocks += notes.flush()
    return "\n\n".join(blocks) + "\n"


def front_matter(articles: Sequence[StoredArticle]) -> str:
    """YAML that says what the note holds; every text in it is quoted."""
    count = len(articles)
    title = articles[0].title if count == 1 else f"{count} articles"
    dates = sorted(article.date for article in articles if article.date)
    lines = ["---", f"title: {quoted(title)}", f"articles: {count}"]
    if dates:
        lines += [f"from: {quoted(dates[0])}", f"to: {quoted(dates[-1])}"]
    lines += _yaml_list("sources", (a.source for a in articles if a.source))
    lines += _yaml_list("countries", (c for a in articles for c in a.extraction.partners))
    lines += _yaml_list("people", (p.name for a in articles for p in a.extraction.persons))
    return "\n".join([*lines, "generator: bilat-tui", "---"])


def _yaml_list(name: str, values: Iterable[str]) -> list[str]:
    unique = list(dict.fromkeys(values))
    return [f"{name}:", *(f"  - {quoted(value)}" for value in unique)] if unique else []


def article_blocks(article: StoredArticle, notes: Footnotes, *, quotes: bool) -> Iterator[str]:
    """The blocks of one article, without its footnotes."""
    extraction = article.extraction
    yield f"# {inline(article.title) or '(no title)'}"
    yield " · ".join((*_outlet_and_day(article), _locator(article)))
    if article.title_derived:
        yield "*The source gives no title; this is the first sentence.*"
    if extraction.partners:
        named = (f"{inline(name_of(code))} ({inline(code)})" for code in extraction.partners)
        yield "Partner countries: " + ", ".join(named)
    if article.note:
        yield from _note(article.note)
    if extraction.persons:
        yield "## People"
        yield "\n".join(_person(person, notes) for person in extraction.persons)
    agreements = _grouped(extraction.mentions, MentionType.AGREEMENT)
    if agreements:
        yield "## Agreements and programs"
        yield "\n".join(_agreement(group, notes) for group in agreements)
    facts = _facts(extraction.mentions)
    if facts:
        yield "## Money and dates"
        yield "\n".join(_fact_table(facts, notes))
    if quotes and (chosen := passages(article.body, extraction)):
        yield "## Quotes"
        for passage in chosen:
            yield _quote(article.body, passage, notes)


def _outlet_and_day(article: StoredArticle) -> tuple[str, str]:
    return inline(article.source or "") or "unknown source", inline(article.date or "") or "undated"


def _locator(article: StoredArticle) -> str:
    """Where the article stands: its address as a link, else the name its source gave it."""
    if article.url:
        return link(article.url, article.url)
    return code(article.ref) if plain(article.ref) else "no address"


def _note(note: str) -> Iterator[str]:
    lines = [inline(line) for line in note.splitlines() if plain(line)]
    if lines:
        yield "**Note:** " + lines[0]
        yield from (opening(line) for line in lines[1:])


def _person(person: Person, notes: Footnotes) -> str:
    proof = _ranges(person.spans)
    if person.role_span is not None:
        proof += f"; role {_ranges((person.role_span,))}"
    parts = [_strong(person.name)]
    if person.role:
        parts.append(inline(person.role))
    if person.country:
        guessed = "?" if person.country_basis == "guess" else ""
        parts.append(inline(name_of(person.country) + guessed))
    line = f"- {' · '.join(parts)}{notes.add(proof)}"
    if person.post is None or not _adds(person.post, person.role):
        return line
    return f"{line} · *{_post(person.post)}*"


def _adds(post: Post, role: str | None) -> bool:
    """Whether the post says something that the text's own words for the role don't."""
    return not set(_WORD.findall(fold(post.role))) <= set(_WORD.findall(fold(role or "")))


def _post(post: Post) -> str:
    """A post that the text doesn't state, said to be the knowledge base's."""
    term = f", {inline(post.start)} to {inline(post.end or 'now')}" if post.start else ""
    return f"knowledge base: {inline(post.role)}{term}"


def _strong(text: str) -> str:
    return f"**{inline(text)}**" if plain(text) else "(no name)"


def _grouped(mentions: Iterable[Mention], wanted: MentionType) -> list[list[Mention]]:
    """The mentions of a type by entity, in the order of their first place in the text."""
    groups: dict[str, list[Mention]] = {}
    for mention in mentions:
        if mention.type is wanted:
            groups.setdefault(mention.entity or fold(mention.canonical), []).append(mention)
    return list(groups.values())


def _agreement(group: Sequence[Mention], notes: Footnotes) -> str:
    name = group[0].canonical
    others = dict.fromkeys(plain(m.surface) for m in group)
    others.pop(plain(name), None)
    also = f" ({', '.join(inline(o) for o in others)})" if others else ""
    mark = notes.add(_ranges([Span(m.start, m.end) for m in group]))
    return f"- {_strong(name)}{also}{mark}"


def _facts(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """Sums, then dates; those written alike and worth the same are one row."""
    rows: dict[tuple[str, str, str], list[Mention]] = {}
    for wanted in (MentionType.MONEY, MentionType.DATE):
        for mention in mentions:
            if mention.type is wanted:
                key = (mention.type.value, plain(mention.surface), value_text(mention.value))
                rows.setdefault(key, []).append(mention)
    return list(rows.values())


def value_text(value: str | Money | None) -> str:
    """A value for people: ``30,000,000,000 USD`` or the ISO date; empty where there is none."""
    if isinstance(value, Money):
        return f"{number(value.amount):,} {value.currency}"
    return value or ""


def _fact_table(facts: Iterable[Sequence[Mention]], notes: Footnotes) -> Iterator[str]:
    yield "| | As written | Value |"
    yield "|---|---|---|"
    for group in facts:
        first = group[0]
        mark = notes.add(_ranges([Span(m.start, m.end) for m in group]))
        kind = "Money" if first.type is MentionType.MONEY else "Date"
        yield f"| {kind} | {inline(first.surface)}{mark} | {inline(value_text(first.value))} |"


def _quote(body: str, passage: Passage, notes: Footnotes) -> str:
    text = emphasised(body[passage.start : passage.end], passage.bold)
    before = "… " if passage.cut_before else ""
    after = " …" if passage.cut_after else ""
    mark = notes.add(_ranges((Span(passage.start, passage.end),)))
    return f"> {opening(before + text)}{after}{mark}"


def _ranges(spans: Sequence[Span]) -> str:
    listed = ", ".join(f"`[{span.start}:{span.end}]`" for span in spans[:RANGES_SHOWN])
    more = len(spans) - RANGES_SHOWN
    return f"characters {listed}" + (f" and {more} more" if more > 0 else "")
