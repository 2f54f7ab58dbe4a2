"""The reasons why a candidate matched, in words. The interface has the same in its languages."""

from __future__ import annotations

from collections.abc import Mapping

from store.records import Reason

WORDING: Mapping[str, str] = {
    # A typed word and one of the name.
    "sound": "“{0}” is a spelling of “{1}”",
    "variant": "“{0}” is a spelling of “{1}”",
    "surname": "“{0}” is a romanisation of “{1}”",
    "start": "“{0}” = start of “{1}”",
    "initial": "“{0}” = initial of “{1}”",
    "edits": "“{0}” is close to “{1}”",
    "joined": "“{0}” = “{1}”",
    "related": "“{0}” may stand for “{1}”",
    "heard": "“{0}” sounds like “{1}”",
    "some words": "{0} of {1} words the same",
    "word": "same word",
    # The whole of what was typed and the whole name.
    "letters": "same letters as “{0}”",
    "acronym": "“{0}” within the text",
    "acronym edit": "one letter from “{0}”",
    "romanisation": "romanisation of “{0}”",
    "initials": "initials of “{0}”",
    "few edits": "a misspelling of “{0}”",
    "begins": "“{0}” begins “{1}”",
    "typed initials": "“{0}” = initials of “{1}”",
    "alias": "“{0}” is a name of it",
    # What else decided.
    "parties": "parties: {0}",
    "left out": "left out: {0}",
    "in office": "in office on {0}",
    "held office": "held the office “{0}”",
    "term": "{0}, {1} to {2}",
    "present term": "{0}, {1} to now",
}


def because(kind: str, *details: object) -> Reason:
    """The reason of that kind, its details filled in."""
    told = tuple(map(str, details))
    return Reason(WORDING[kind].format(*told), kind, told)
