"""Ids that a person gave: which of them the library has, and what is said of the others."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from store.errors import NotFoundError
from tui.commandline import output

if TYPE_CHECKING:
    from store.archive import Archive

SOME_FAILED = 1


def known(archive: Archive, ids: Sequence[int]) -> tuple[list[int], int]:
    """The ids that exist, in order and once each, and the exit code so far (0, or 1 with unknown ones).

    Each unknown id is named on standard error; where none exists NotFoundError is raised.
    """
    wanted = list(dict.fromkeys(ids))
    storable = [id for id in wanted if id > 0]
    present = set(archive.ids(archive.docids(storable)))
    unknown = [id for id in wanted if id not in present]
    if unknown and not present:
        raise NotFoundError(
            "There is no such article",
            ", ".join(str(id) for id in unknown),
            "`bilat-tui search` lists the ids that exist",
        )
    for id in unknown:
        output.say(f"There is no such article: {id}. `bilat-tui search` lists the ids that exist.")
    return [id for id in wanted if id in present], SOME_FAILED if unknown else 0
