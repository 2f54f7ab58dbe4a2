"""What a page says about its article outside the text: JSON-LD, meta elements, headings, times.

Gathered before scripts are stripped. Several sources may disagree; ``title`` and ``date`` weigh them
by what else the page shows, not by which site it is.
"""

from __future__ import annotations

import html as entities
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from store.dates import parse_date
from store.ingest.html.page import Element
from store.ingest.metadata import outlet_of_url
from store.ingest.publication import date_of_name
from store.text import fold

_ARTICLE_TYPE = re.compile(r"Article|Report|BlogPosting|Posting\Z", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"publi|pubdate|dc\.?date(?!.*modif)|date.?created|datecreated|createdate|originaldate|^date$|^tanggal$",
    re.IGNORECASE,
)
_NOT_PUBLISHED = re.compile(r"modif|updat|publisher|expir", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s+(?:[-–—|•·»]|::)\s+|\s*::\s*|\s+\|\s*")
_DOMAIN = re.compile(r"[\w-]{2,30}\.(?:com|co\.id|co|id|net|news|org|tv)", re.IGNORECASE)
_LONGEST_LABEL = 30
_LAST_COMMA = re.compile(r",\s*([}\]])")
_MEMBER = re.compile(r'"(@type|headline|datePublished)"\s*:\s*"([^"\\]{1,300})"')
_UTC = re.compile(r"(?:z|[+-]00:?00|utc|gmt)\s*\Z", re.IGNORECASE)


@dataclass(slots=True)
class Facts:
    """All candidates, best source first within each list."""

    titles: list[str] = field(default_factory=list)
    headings: list[str] = field(default_factory=list)
    published: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    url: str | None = None
    body: str = ""
    """``articleBody`` of the JSON-LD record."""


def gather(root: Element) -> Facts:
    """Everything the page declares."""
    facts = Facts()
    metas = [(_meta_name(meta), (meta.get("content") or "").strip()) for meta in root.iter("meta")]
    metas = [(name, content) for name, content in metas if name and content]
    records = list(_records(root))
    _titles(facts, root, metas, records)
    _dates(facts, root, metas, records)
    facts.sites += [content for name, content in metas if name == "og:site_name"]
    for record in records:
        publisher = record.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            facts.sites.append(publisher["name"].strip())
        body = record.get("articleBody")
        if isinstance(body, str) and len(body) > len(facts.body):
            facts.body = entities.unescape(re.sub(r"<[^>]{0,300}>", " ", body)).strip()
    facts.url = _address(root, metas)
    host = outlet_of_url(facts.url)
    if host:
        facts.sites.append(host)
    return facts


def _meta_name(meta: Element) -> str:
    return (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").strip().lower()


def _records(root: Element) -> Iterator[dict[str, object]]:
    """The JSON-LD records that describe an article."""
    for script in root.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        waiting = [_loaded(script.text_content().strip().strip(";"))]
        while waiting:
            item = waiting.pop(0)
            if isinstance(item, list):
                waiting.extend(item)
            elif isinstance(item, dict):
                if isinstance(item.get("@graph"), list):
                    waiting.extend(item["@graph"])
                if isinstance(item.get("mainEntity"), dict):
                    waiting.append(item["mainEntity"])
                if _ARTICLE_TYPE.search(str(item.get("@type"))):
                    yield item


def _loaded(text: str) -> object:
    """The JSON; of a broken one, which many templates make, what its plain members say."""
    for attempt in (text, _LAST_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)
        except (ValueError, RecursionError):
            continue
    return dict(_MEMBER.findall(text)[::-1])


def _titles(
    facts: Facts, root: Element, metas: list[tuple[str, str]], records: list[dict[str, object]]
) -> None:
    for wanted in ("og:title", "twitter:title"):
        facts.titles += [content for name, content in metas if name == wanted]
    for record in records:
        headline = record.get("headline") or record.get("name")
        if isinstance(headline, str):
            facts.titles.append(entities.unescape(headline))
    facts.titles += [_text(element) for element in root.xpath("//head/title")]
    facts.titles = [title for title in (" ".join(t.split()) for t in facts.titles) if title]
    found = root.xpath("//*[@itemprop='headline'][not(self::meta)]")
    found += list(root.iter("h1")) + list(root.iter("h2"))
    facts.headings = [text for text in map(_text, found) if 8 <= len(text) <= 300]


def _dates(
    facts: Facts, root: Element, metas: list[tuple[str, str]], records: list[dict[str, object]]
) -> None:
    for record in records:
        for key in ("datePublished", "dateCreated"):
            if isinstance(record.get(key), str):
                facts.published.append(str(record[key]))
    for element in root.xpath("//*[@itemprop='datePublished']"):
        facts.published.append(element.get("content") or element.get("datetime") or _text(element))
    ranked = sorted(
        (
            (0 if name == "article:published_time" else 1, content)
            for name, content in metas
            if _PUBLISHED.search(name) and not _NOT_PUBLISHED.search(name)
        ),
        key=lambda pair: pair[0],
    )
    facts.published += [content for _, content in ranked]
    facts.published = [raw for raw in facts.published if parse_date(raw)]


def _address(root: Element, metas: list[tuple[str, str]]) -> str | None:
    """The page's own address: canonical, else ``og:url``; a bare home page is nobody's address."""
    candidates = [
        link.get("href") or ""
        for link in root.iter("link")
        if (link.get("rel") or "").lower() == "canonical"
    ]
    candidates += [content for name, content in metas if name == "og:url"]
    for candidate in candidates:
        try:
            parts = urlsplit(candidate.strip())
        except ValueError:
            continue
        if (
            parts.scheme in ("http", "https")
            and parts.netloc
            and (parts.path.strip("/") or parts.query)
        ):
            return candidate.strip()
    return None


def _text(element: Element) -> str:
    return " ".join(str(element.text_content()).split())


def title(facts: Facts, shown: list[str]) -> str | None:
    """The headline without the site's name.

    A heading that holds what the page calls its title is the headline as readers see it ("In
    Picture: …"); else the declared title. ``shown`` are the blocks above the text, where a label and
    a colon may stand before the headline without being a heading element.
    """
    names = {key for site in facts.sites for key in _site_keys(site)}
    declared = [cleaned for cleaned in (_without_site(t, names) for t in facts.titles) if cleaned]
    for wanted in declared:
        for heading in facts.headings:
            folded, key = fold(heading), fold(wanted)
            if key in folded and len(folded) <= 1.5 * len(key) and not _names_site(heading, names):
                return heading
            # "Headline - Site" whose site the page does not name elsewhere.
            if folded in (fold(part) for part in _SEPARATORS.split(wanted)[:-1]):
                return heading
        for line in shown:
            # "Headline | Site" above a text whose headline is no heading element.
            first = _SEPARATORS.split(wanted)[0]
            if 2 * len(first) > len(wanted) > len(first) and fold(line).startswith(fold(first)):
                return first
            label, colon, rest = line.partition(": ")
            if colon and len(label) <= _LONGEST_LABEL and fold(rest) == fold(wanted):
                return line
    if declared:
        return declared[0]
    return facts.headings[0] if facts.headings else None


def _site_keys(site: str) -> set[str]:
    """The forms in which a title may name the site: ``kompas.com`` and ``kompas``."""
    site = fold(site).removeprefix("www.")
    keys = {site}
    if "." in site:
        labels = [
            x
            for x in site.split(".")
            if x not in ("com", "co", "id", "net", "news", "org", "go", "ac")
        ]
        keys.update(label for label in labels[-1:] if len(label) > 3)
    return keys


def _names_site(text: str, names: set[str]) -> bool:
    folded = fold(text)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", folded) for name in names)


def _without_site(text: str, names: set[str]) -> str:
    """``text`` without leading or trailing parts that name the site (and sections after it)."""
    parts = _SEPARATORS.split(text)
    while len(parts) > 1 and any(
        _names_site(part, names) or _DOMAIN.fullmatch(part) for part in parts[1:]
    ):
        parts.pop()
    while len(parts) > 1 and len(parts[0].split()) <= 4 and _names_site(parts[0], names):
        parts.pop(0)
    # Cut from the original, so that inner separators stay as they are.
    begin = text.find(parts[0])
    end = text.rfind(parts[-1]) + len(parts[-1])
    cleaned = text[begin:end]
    prefix, colon, rest = cleaned.partition(": ")
    if colon and len(prefix.split()) <= 3 and _names_site(prefix, names):
        cleaned = rest
    return cleaned.strip()


def date(
    facts: Facts, visible: list[str], url: str | None, marked: Sequence[str] = ()
) -> str | None:
    """The day of publication in Jakarta.

    ``visible`` are the date lines around the headline as shown to readers. A site that writes its
    local time with a UTC mark is found out by them. ``marked`` are the moments behind what readers
    may see as "two hours ago", the likeliest first.
    """
    shown = [day for day in map(parse_date, visible) if day]
    for raw in facts.published:
        day = parse_date(raw)
        if day is None:
            continue
        if _UTC.search(raw):
            naive = parse_date(_UTC.sub("", raw).strip())
            if naive and naive != day and naive in shown and day not in shown:
                return naive
        return day
    if shown:
        return shown[0]
    for moment in marked:
        if day := parse_date(moment):
            return day
    return date_of_name(url) if url else None
