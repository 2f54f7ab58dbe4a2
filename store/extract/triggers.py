"""Where the words stand that a rule begins at: few texts have them, so most of a text is never looked at."""

from __future__ import annotations

from store.extract.tokens import Text


def stand_in(text: Text, words: frozenset[str]) -> bool:
    """Whether one of the lower-cased ``words`` stands in the text."""
    return not text.places().keys().isdisjoint(words)


def tokens_of(text: Text, words: frozenset[str]) -> list[int]:
    """The tokens that are one of the lower-cased ``words``, in text order."""
    places = text.places()
    found = [at for low in places.keys() & words for at in places[low]]
    found.sort()
    return found


def sentences_of(text: Text, words: frozenset[str]) -> set[int]:
    """The numbers of the sentences that hold one of the lower-cased ``words``."""
    places, number = text.places(), text.sentence_of
    return {number[at] for low in places.keys() & words for at in places[low]}
