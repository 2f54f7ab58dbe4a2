"""How many articles' rows an import keeps apart before it takes them to the large tables.

Taking them there in the order of their keys touches nearly every page of those tables, which are more
the larger the library is. The more articles share that the larger it is, the less the cost for each grows.
"""

from __future__ import annotations

LEAST = 8192
"""Articles that any import keeps apart."""

_SHARE = 32
"""One of so many articles of the library, up to what ``bands`` and ``recent`` say."""

_LEFT_SHARE = 128
"""One of so many articles of the library may stay apart when an import ends: beside a million it would
otherwise take as long to put away a thousand articles as to write them. The next import has to learn
their keys of near-duplicates, which takes it a tenth of a second for 8,000."""


def most(articles: int) -> int:
    """Articles to keep apart in a library of that many."""
    return max(LEAST, articles // _SHARE)


def may_stay(kept: int, articles: int) -> bool:
    """Whether ``kept`` articles apart are few enough for a library of that many that nobody imports to."""
    return kept <= articles // _LEFT_SHARE
