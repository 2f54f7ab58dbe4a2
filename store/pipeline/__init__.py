"""From sources to a filled library: read, parse, extract, link, store.

The one place where the rooms meet. Workers read, parse and analyse; a single writer stores whole
articles, many to a transaction.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from store.pipeline.analyser import Analyser

if TYPE_CHECKING:
    from store.pipeline.importing import create_with_seeds, import_sources

__all__ = ["Analyser", "create_with_seeds", "import_sources"]


def __getattr__(name: str) -> Any:
    """Importing needs the archive and its worker processes; who only analyses does not wait for them."""
    if name in __all__:
        from store.pipeline import importing

        return getattr(importing, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
