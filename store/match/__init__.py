"""A typed or printed name → ranked candidates with reasons. One scorer for screen, CLI and links."""

from store.match.finder import find
from store.match.index import NameIndex
from store.match.linker import MatchLinker

__all__ = ["MatchLinker", "NameIndex", "find"]
