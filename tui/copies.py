"""Copies of one release in a list: counted, and folded under the first of them.

Articles that are nearly the same text, directly or through others, form a group. Folded, a list
shows of each group the hit that comes first in its order; no hit is lost, each is counted at the
row that stands for it.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


class Copies:
    """The groups of a library. Never changed once made, so that threads may share it."""

    __slots__ = ("_groups", "_sizes")

    def __init__(self, groups: Mapping[int, int]) -> None:
        """``groups``: for each article that has copies, by docid, the docid that names its group."""
        self._groups = groups
        self._sizes = Counter(groups.values())

    def others(self, docid: int) -> int:
        """How many copies an article has in the library, itself not counted."""
        group = self._groups.get(docid)
        return 0 if group is None else self._sizes[group] - 1

    def group(self, docid: int) -> int | None:
        """What the copies of an article have in common; None: it has none."""
        return self._groups.get(docid)

    def listing(self, hits: array[int], *, fold: bool) -> Listing:
        """What a list of these hits shows. Linear in their number (10 ms at 100,000)."""
        if not fold or not self._groups:
            return Listing(hits, hits, self)
        shown: array[int] = array("q")
        stands: dict[int, int] = {}
        under: Counter[int] = Counter()
        for docid in hits:
            group = self._groups.get(docid)
            if group is None:
                shown.append(docid)
            elif group in stands:
                under[stands[group]] += 1
            else:
                stands[group] = docid
                shown.append(docid)
        return Listing(hits, shown, self, under, stands)


@dataclass(frozen=True, slots=True)
class Listing:
    """Hits, and the rows that a list shows for them."""

    hits: array[int]
    """Every docid, in order."""
    shown: array[int]
    """The docids that have a row."""
    copies: Copies
    under: Mapping[int, int] = field(default_factory=dict)
    """How many hits are folded under a row, by its docid; rows with none are left out."""
    stands: Mapping[int, int] = field(default_factory=dict)
    """The row that stands for a group, of groups with a hit."""

    @property
    def folded(self) -> int:
        """Hits without a row of their own."""
        return len(self.hits) - len(self.shown)

    def row_for(self, docid: int | None) -> int | None:
        """The article that has the row: itself, or the one that stands for it."""
        group = None if docid is None else self.copies.group(docid)
        return docid if group is None else self.stands.get(group, docid)

    def sign(self, docid: int) -> str:
        """``+2``: hits folded under the row; ``≈2``: copies in the library, shown or not a hit."""
        if folded := self.under.get(docid):
            return f"+{folded}"
        others = self.copies.others(docid)
        return f"≈{others}" if others else ""


NO_COPIES = Copies({})
NOTHING = Listing(array("q"), array("q"), NO_COPIES)
