"""Which blocks of a page are the article: the container that holds its prose, told by the page itself.

Several witnesses are heard - the densest container, an element or a JSON-LD record that calls itself
the article's body, trafilatura - and the one that agrees best with the others is believed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from store import boilerplate
from store.ingest.html.blocks import Block, blocks_of
from store.ingest.html.page import Element

# A container grows to its parent while the parent adds at least this share of prose,
_GROWTH = 0.25
# or less, where what it adds is mostly prose with hardly a link (a lead in its own element).
_MOSTLY_PROSE = 0.6
_FEW_LINKS = 0.2
_WITHIN = frozenset(("p", "span", "font", "strong", "b", "em", "i", "h1", "h2", "h3", "h4"))
_COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?|komentar|disqus|balasan|replies)(?:$|[\s_-])", re.IGNORECASE
)
# Blocks whose characters stand mostly in links are lists of other articles.
_LINKED = 0.6
# Parts that sites name after what they are: captions, comments, share bars, related articles, tags.
# Words of class and id attributes, whole or joined by - and _ (seen on the sites of eval/html and in
# common content management systems).
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:caption|credit|comments?|komentar|related|terkait|baca-?juga|lihat-?juga|read-?also|share|sharing|"
    r"social|sosmed|sidebar|breadcrumbs?|tags?|taglist|newsletter|populars?|terpopuler|promo|banner|ads?|advert\w*|"
    r"iklan|footer|menu|navbar|paging|pagination|recommend\w*|rekomendasi|author-?box|bio|disclaimer)(?:$|[\s_-])",
    re.IGNORECASE,
)
# An element with more of the prose than this is no aside, whatever it is called.
_ASIDE_SHARE = 0.3
_UNLINKED = 0.3
_AGREED = 0.9
_INITIALS = re.compile(r"[(\[][\w*]{2,12}(?:[/\-][\w*]{2,12}){0,4}[)\]]\.?")


def container_text(root: Element) -> str:
    """The text of the container with the most prose, paragraphs joined by line breaks."""
    blocks = blocks_of(root)
    container = _container(blocks)
    if container is None:
        return ""
    inside = set(container.iter())
    return _joined([block for block in blocks if block.element in inside], container)


def marked_text(root: Element) -> str:
    """The text of the element that microdata calls ``articleBody``, else of a lone ``<article>``,
    or of the one that holds the headline.

    What is declared to be the body is the body from its first line to its last.
    """
    declared = root.xpath("//*[contains(concat(' ', @itemprop, ' '), ' articleBody ')]")
    if len(declared) == 1:
        blocks = _without_asides(blocks_of(declared[0]), declared[0])
        blocks = [block for block in blocks if block.link_share <= _LINKED or block.prose]
        while blocks and _is_footer(blocks[-1].text):
            blocks.pop()
        return _lines(blocks)
    articles = root.xpath("//article")
    # Beside the page's own, teasers of others may be articles as well.
    articles = [one for one in articles if next(one.iter("h1"), None) is not None] or articles
    return _joined(blocks_of(articles[0]), articles[0]) if len(articles) == 1 else ""


def _is_footer(line: str) -> bool:
    """A line that is site clutter as a whole; initials of writer and editor stay with the text."""
    return bool(boilerplate.find(line)) and _INITIALS.fullmatch(line) is None


@dataclass(slots=True)
class _Weight:
    """What an element holds: characters in all, in links, in prose, and prose weighted by nearness."""

    text: int = 0
    linked: int = 0
    prose: int = 0
    near: float = 0.0


def _container(blocks: list[Block]) -> Element | None:
    """The element with the most prose close to it, grown while its parent adds to the article."""
    weights: dict[Element, _Weight] = {}
    for block in blocks:
        element = block.element
        if element.tag in _WITHIN and element.getparent() is not None:
            element = element.getparent()
        chain = (element, *element.iterancestors())
        prose = 0 if not block.prose or _in_comments(chain) else len(block.text) - block.linked
        for distance, ancestor in enumerate(chain):
            weight = weights.setdefault(ancestor, _Weight())
            weight.text += len(block.text)
            weight.linked += block.linked
            weight.prose += prose
            if distance < 3:
                weight.near += prose / (1, 2, 4)[distance]
    best = max(weights, key=lambda element: weights[element].near, default=None)
    if best is None or not weights[best].near:
        return None
    while (parent := best.getparent()) is not None and parent.tag not in ("body", "html"):
        if not _adds(weights[parent], weights[best]):
            break
        best = parent
    return best


def _adds(parent: _Weight, child: _Weight) -> bool:
    """Whether what the parent holds besides is more of the article: prose, and few links."""
    text = parent.text - child.text
    prose = parent.prose - child.prose
    if not prose:
        return False
    links = (parent.linked - child.linked) / text
    return (prose >= _GROWTH * child.prose and links < _LINKED) or (
        prose >= _MOSTLY_PROSE * text and links < _FEW_LINKS
    )


def _in_comments(chain: tuple[Element, ...]) -> bool:
    """Whether readers wrote it; an element that holds the headline as well is the page, not that."""
    return any(
        _COMMENTS.search(f"{element.get('class') or ''} {element.get('id') or ''}")
        and next(element.iter("h1"), None) is None
        for element in chain
        if element.tag not in ("body", "html")
    )


def _joined(blocks: list[Block], container: Element) -> str:
    """From the first to the last prose block of ``container``; asides and link lists left out."""
    blocks = _without_asides(blocks, container)
    prose = [at for at, block in enumerate(blocks) if block.prose]
    if not prose:
        return ""
    end = prose[-1] + 1
    # An article may end in a list ("Berikut daftarnya:"); lists of links are none of its own.
    while (
        end < len(blocks) and blocks[end].element.tag == "li" and blocks[end].link_share < _UNLINKED
    ):
        end += 1
    for at in range(end, min(end + 3, len(blocks))):
        if _INITIALS.fullmatch(blocks[at].text):
            end = at + 1
            break
    return _lines([block for block in blocks[prose[0] : end] if block.link_share <= _LINKED])


def _lines(blocks: list[Block]) -> str:
    return "\n".join(block.text for block in blocks)


def _without_asides(blocks: list[Block], container: Element) -> list[Block]:
    """The blocks that stand in no part of ``container`` which calls itself an aside."""
    weights: dict[Element, int] = {}
    for block in blocks:
        for element in _up_to(block.element, container):
            weights[element] = weights.get(element, 0) + (len(block.text) if block.prose else 0)
    whole = weights.get(container, 0)
    asides = {
        element
        for element, weight in weights.items()
        if element is not container and weight <= _ASIDE_SHARE * whole and _is_aside(element)
    }
    kept = [
        block for block in blocks if not any(e in asides for e in _up_to(block.element, container))
    ]
    # Where the prose stands in captions, they are the article: a gallery of pictures.
    prose = sum(len(block.text) for block in kept if block.prose)
    return kept if prose > _ASIDE_SHARE * whole else blocks


def _is_aside(element: Element) -> bool:
    if element.tag == "figcaption":
        return True
    name = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _ASIDE.search(name) is not None


def _up_to(element: Element, container: Element) -> list[Element]:
    """``element`` and its ancestors, the container last."""
    chain = [element]
    while chain[-1] is not container and (parent := chain[-1].getparent()) is not None:
        chain.append(parent)
    return chain


def most_agreed(candidates: list[str]) -> str:
    """The candidate whose words agree best with those of the others; earlier ones win ties."""
    texts = [text for text in candidates if text]
    if len(texts) < 3:
        return max(texts, key=len, default="") if len(texts) < 2 else texts[0]
    bags = [Counter(re.findall(r"\w+", text.lower())) for text in texts]
    scores = [
        sum(agreement(bag, other) for at, other in enumerate(bags) if at != mine)
        for mine, bag in enumerate(bags)
    ]
    return texts[scores.index(max(scores))]


def agree(texts: list[str]) -> bool:
    """Whether the first text has at least ``_AGREED`` of its words in common with another."""
    first, *others = (Counter(re.findall(r"\w+", text.lower())) for text in texts)
    return any(agreement(first, other) >= _AGREED for other in others)


def agreement(one: Counter[str], other: Counter[str]) -> float:
    """F1 of two bags of words, 0-1."""
    shared = sum((one & other).values())
    return 2 * shared / (sum(one.values()) + sum(other.values())) if shared else 0.0
