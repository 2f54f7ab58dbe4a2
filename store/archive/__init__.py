"""The library behind its one door: a SQLite file that holds articles and what was found in them.

``Archive`` is all that others use; ``entity_key`` says which entity of the library a mention is.
The stored text of an article is never edited, and all SQL that writes lives here.
"""

from __future__ import annotations

from store.archive.door import Archive
from store.archive.entities import entity_key

__all__ = ["Archive", "entity_key"]
