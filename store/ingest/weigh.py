"""How much there is to read, for an honest estimate of the time left."""

from __future__ import annotations

import os
from collections.abc import Iterable

from store.ingest.walk import is_address, is_companion, is_passed_over, is_special

# What unfolds to more than it weighs.
_PACKED = (".zip", ".gz", ".tgz", ".bz2", ".tbz2", ".xz", ".txz", ".tar")

_MOST_FILES = 100_000
"""Looking at more would take seconds before the first article."""


def weigh(sources: Iterable[str]) -> int | None:
    """Bytes in files and folders; None where a source is an address, a pipe, a pattern or packed."""
    total = files = 0
    for source in sources:
        if source == "-" or is_address(source) or "\0" in source:
            return None
        for path in _files(os.path.expanduser(source)):
            files += 1
            if path.lower().endswith(_PACKED) or files > _MOST_FILES:
                return None
            try:
                total += 0 if is_special(path) else os.path.getsize(path)
            except OSError:
                return None
    return total or None


def _files(source: str) -> Iterable[str]:
    if not os.path.isdir(source):
        yield source
        return
    for where, folders, names in os.walk(source):
        folders[:] = [name for name in folders if not is_companion(name, names)]
        yield from (os.path.join(where, name) for name in names if not is_passed_over(name))
