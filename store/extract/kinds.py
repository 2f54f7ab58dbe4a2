"""The types a mention can be, by name.

They are compared hundreds of times an article, and Python 3.11 takes some ten times as long to find an attribute
of an enumeration (100 to 230 ns) as one of a module (16).
"""

from __future__ import annotations

from typing import Final

from store.records import MentionType

PERSON: Final = MentionType.PERSON
ORG: Final = MentionType.ORG
COUNTRY: Final = MentionType.COUNTRY
PLACE: Final = MentionType.PLACE
AGREEMENT: Final = MentionType.AGREEMENT
DATE: Final = MentionType.DATE
MONEY: Final = MentionType.MONEY
