"""The index of names, built when a name is first looked for.

Most queries name no person and no program, and the index is dearer than the search itself.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence

    from store.match import NameIndex
    from store.records import KbRow, Resolution


class LateNames:
    """The names of the shipped and the user's ``own`` rows, indexed when one is looked for."""

    def __init__(self, own: Sequence[KbRow]) -> None:
        self._own = own

    @cached_property
    def _index(self) -> NameIndex:
        from store.kb import KnowledgeBase
        from store.match import NameIndex

        return NameIndex.from_rows(KnowledgeBase.shipped().with_user(self._own).rows)

    def resolve(
        self, text: str, *, kind: Literal["minister", "program"] | None = None
    ) -> Resolution:
        return self._index.resolve(text, kind=kind)
