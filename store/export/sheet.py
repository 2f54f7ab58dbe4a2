"""A selection of articles as JSON or CSV: the same facts as the note, for programs and spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from store.export.forms import Object, dumps, number, show_object
from store.export.passages import passages
from store.kb.countries import name_of
from store.library import StoredArticle
from store.records import Mention, Money, Person
from store.text import visible

COLUMNS = (
    *("article", "ref", "title", "date", "source", "url"),
    *(
        "fact",
        "text",
        "name",
        "role",
        "post",
        "country",
        "country_basis",
        "entity",
        "value",
        "currency",
    ),
    *("start", "end"),
)
"""One row per fact: ``fact`` is ``article``, ``person``, a mention's type, or ``quote``."""

Row = dict[str, object]


def json_text(articles: Sequence[StoredArticle], *, quotes: bool = False) -> str:
    """A JSON array of ``show`` objects, one article a line; with ``quotes`` each carries its quotes."""
    lines = [dumps(_article_object(article, quotes)) for article in articles]
    return "[" + ",\n".join(lines) + "]\n"


def _article_object(article: StoredArticle, quotes: bool) -> Object:
    item = show_object(article)
    if quotes:
        item["quotes"] = [
            {"start": p.start, "end": p.end, "text": article.body[p.start : p.end]}
            for p in passages(article.body, article.extraction)
        ]
    return item


def csv_text(articles: Sequence[StoredArticle], *, quotes: bool = False) -> str:
    """CSV, one row per fact; cells that a spreadsheet would run as a formula begin with ``'``."""
    return rows_as_csv(
        COLUMNS, (row for article in articles for row in _article_rows(article, quotes))
    )


def rows_as_csv(columns: Sequence[str], rows: Iterable[Row]) -> str:
    """Rows under a header, line feeds at the ends; hidden characters visible, formulas disarmed."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([cell(row.get(column)) for column in columns])
    return out.getvalue()


def cell(value: object) -> str:
    """A cell as text. Texts beginning with ``= + - @`` (or a tab) get a leading ``'``; numbers don't.

    That is what OWASP advises against CSV injection: https://owasp.org/www-community/attacks/CSV_Injection
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)):
        return str(number(value))
    text = visible(str(value))
    return "'" + text if text.lstrip(" ")[:1] in ("=", "+", "-", "@", "\t") else text


def _article_rows(article: StoredArticle, quotes: bool) -> Iterator[Row]:
    head: Row = {
        "article": article.id,
        "ref": article.ref,
        "title": article.title,
        "date": article.date,
        "source": article.source,
        "url": article.url,
    }
    countries = "|".join(article.extraction.partners)
    yield {**head, "fact": "article", "text": article.note, "country": countries}
    for person in article.extraction.persons:
        yield {**head, **_person_row(person)}
    for mention in article.extraction.mentions:
        yield {**head, **_mention_row(mention)}
    if quotes:
        for p in passages(article.body, article.extraction):
            text = article.body[p.start : p.end]
            yield {**head, "fact": "quote", "text": text, "start": p.start, "end": p.end}


def _person_row(person: Person) -> Row:
    where = person.role_span or (person.spans[0] if person.spans else None)
    return {
        "fact": "person",
        "name": person.name,
        "role": person.role,
        "post": person.post.role if person.post else None,
        "country": name_of(person.country) if person.country else None,
        "country_basis": person.country_basis,
        "entity": person.entity,
        "start": where.start if where else None,
        "end": where.end if where else None,
    }


def _mention_row(mention: Mention) -> Row:
    money = mention.value if isinstance(mention.value, Money) else None
    return {
        "fact": mention.type.value,
        "text": mention.surface,
        "name": mention.canonical,
        "country": mention.country,
        "entity": mention.entity,
        "value": money.amount if money else mention.value,
        "currency": money.currency if money else None,
        "start": mention.start,
        "end": mention.end,
    }
