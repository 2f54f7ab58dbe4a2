"""A passage with its source, for the clipboard. Pure.

The source names outlet, day, link or reference, and the character range in the stored text, so that
a reader of the note can go back to it.
"""

from __future__ import annotations

import re

from store.library import StoredArticle
from store.records import Span
from store.text import sentences, visible
from tui.lang import Lang, text

_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~$&!])")


def sentence_at(body: str, offset: int) -> Span:
    """The sentence around an offset, else the whole line."""
    start = body.rfind("\n", 0, offset) + 1
    end = body.find("\n", offset)
    end = len(body) if end < 0 else end
    for first, last in sentences(body[start:end]):
        if start + first <= offset < start + last:
            return Span(start + first, start + last)
    return Span(start, end)


def plain(article: StoredArticle, span: Span, lang: Lang) -> str:
    """The passage in quotation marks, and its source on the next line."""
    passage = visible(article.body[span.start : span.end]).strip()
    return f"“{passage}”\n— {_source(article, span, lang)}\n"


def markdown(article: StoredArticle, span: Span, lang: Lang) -> str:
    """The passage as a block quote with its source; whatever it holds is text, never markup."""
    passage = _escape(visible(article.body[span.start : span.end]).strip())
    lines = [f"> {line}".rstrip() for line in passage.split("\n")]
    return "\n".join([*lines, ">", f"> — {_escape(_source(article, span, lang))}"]) + "\n"


def _source(article: StoredArticle, span: Span, lang: Lang) -> str:
    facts = [
        f"“{article.title}”",
        article.source,
        article.date,
        article.url or article.ref,
        text("quote.range", lang, start=span.start, end=span.end),
    ]
    return visible(", ".join(fact for fact in facts if fact), line_breaks=False)


def _escape(value: str) -> str:
    """Markdown's own characters with a backslash; list and number signs at a line's start too."""
    escaped = _MARKDOWN.sub(r"\\\1", value)
    escaped = re.sub(r"(?m)^(\s*)([-+=])", r"\1\\\2", escaped)
    return re.sub(r"(?m)^(\s*\d+)([.)])", r"\1\\\2", escaped)
