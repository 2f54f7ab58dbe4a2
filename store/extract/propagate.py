"""What the article has once named in full it names in short: surnames, first names, repeated names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from store.extract.found import Found
from store.extract.names import PARTICLES
from store.extract.tokens import Text
from store.records import MentionType

_REPEATED = (MentionType.ORG, MentionType.AGREEMENT, MentionType.PERSON, MentionType.PLACE)


def spread(text: Text, mentions: Sequence[Found], common: frozenset[str]) -> list[Found]:
    """Candidates for short and repeated forms that no mention covers yet.

    ``common``: lower-cased words that are no person's short form (offices, portfolios, countries).
    """
    wanted: dict[str, Found] = {}
    for mention in mentions:
        surface = text.body[mention.start : mention.end]
        if (
            mention.type in _REPEATED
            and mention.score >= 0.75
            and (" " in surface or surface.isupper())
        ):
            wanted.setdefault(surface, mention)
        if mention.type is MentionType.PERSON and mention.score >= 0.6:
            for part in short_forms(surface):
                if part.lower() not in common:
                    wanted.setdefault(part, mention)
    if not wanted:
        return []
    forms = sorted(wanted, key=lambda form: (-len(form), form))
    pattern = re.compile(r"(?<![\w-])(?:" + "|".join(map(re.escape, forms)) + r")(?![\w])")
    found = []
    for match in pattern.finditer(text.body):
        if text.is_masked(match.start(), match.end()):
            continue
        source = wanted[match.group()]
        found.append(
            Found(
                match.start(),
                match.end(),
                source.type,
                source.score * 0.9,
                "propagate:repeated" if " " in match.group() else "propagate:short",
                country=source.country,
            )
        )
    return found


def short_forms(name: str) -> list[str]:
    """The single words by which the press goes on to call a person of that full name."""
    words = [w for w in re.findall(r"[^\W\d_][\w'’-]*", name) if w.lower() not in PARTICLES]
    if len(words) < 2:
        return []
    return [word for word in words if len(word) > 2 and word[0].isupper()]
