"""What of a text is in the index: words folded to forms in which their inflections meet.

The same code makes the index and reads a query, so both agree by construction. Stored text is never
changed: a form lives beside its source range. Offsets are code points into the given text.
Every form survives SQLite's ``unicode61 remove_diacritics 2`` as exactly one token.
"""

from __future__ import annotations

from store.normalise.compounds import closed_compounds
from store.normalise.forms import plain
from store.normalise.scan import Token, index_text, indexed, sifted, sifted_each, surfaces, tokens
from store.normalise.stem import strength, strongest

VERSION = 3
"""To be raised with any change of output: an index of another version must be rebuilt."""

__all__ = [
    "VERSION",
    "Token",
    "closed_compounds",
    "index_text",
    "indexed",
    "plain",
    "sifted",
    "sifted_each",
    "strength",
    "strongest",
    "surfaces",
    "tokens",
]
