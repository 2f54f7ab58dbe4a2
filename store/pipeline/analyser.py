"""Extraction and matching set up for one knowledge base, each built when first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Self

from store.kb import KnowledgeBase
from store.records import Article, Extraction

if TYPE_CHECKING:
    from store.archive import Archive
    from store.archive.analysed import Analysis
    from store.extract import Extractor
    from store.library import StoredArticle
    from store.match import MatchLinker, NameIndex


class Analyser:
    """Articles → what they speak of. Safe to keep for many articles; not for many threads."""

    def __init__(self, kb: KnowledgeBase) -> None:
        self.kb = kb

    @classmethod
    def for_archive(cls, archive: Archive) -> Self:
        """With the knowledge base that ships, the user's own rows of the library before it."""
        return cls(KnowledgeBase.shipped().with_user(archive.kb_rows()))

    @cached_property
    def analysis(self) -> Analysis:
        """What decides the findings: the rules, and the user's own names."""
        from store.archive.analysed import current

        return current(row for row in self.kb.rows if row.user)

    @cached_property
    def names(self) -> NameIndex:
        from store.match import NameIndex

        return NameIndex.from_rows(self.kb.rows)

    @cached_property
    def linker(self) -> MatchLinker:
        from store.match import MatchLinker

        return MatchLinker(self.names, self.kb)

    @cached_property
    def extractor(self) -> Extractor:
        from store.extract import Extractor

        return Extractor(self.kb, linker=self.linker)

    def analyse(self, article: Article) -> Extraction:
        """Everything found in the article's body."""
        return self.extractor.extract(
            article.body,
            title=None if article.title_derived else article.title,
            date=article.date,
            boilerplate=article.boilerplate or None,
        )

    def again(self, stored: StoredArticle) -> Extraction:
        """Everything found in a stored article now, its boilerplate taken as it is."""
        return self.extractor.extract(
            stored.body,
            title=None if stored.title_derived else stored.title,
            date=stored.date,
            boilerplate=stored.extraction.boilerplate,
        )
