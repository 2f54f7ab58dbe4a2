"""From sources to a filled library: read, parse, extract, link, store.

The one place where the rooms meet. Workers read, parse and analyse; a single writer stores whole
articles, many to a transaction.
"""

from __future__ import annotations

from store.pipeline.analyser import Analyser
from store.pipeline.importing import create_with_seeds, import_sources

__all__ = ["Analyser", "create_with_seeds", "import_sources"]
