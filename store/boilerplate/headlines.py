"""Where the headline of a "Baca juga: …" insert ends when the article goes on in the same line.

Headlines are written in title case without a full stop; the next sentence shows itself by its first
lower-case content word. How many of the capitalised words before that word belong to the sentence is
told by the rest of the article: names recur, ranks and offices stand before names.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice

from store.tables import table_rows
from store.text import late

INSERT = late(r"\s*\b(?:baca|lihat|simak)(?: juga)?\s?:\s*", re.IGNORECASE)
"""What opens an insert; several may stand in a row."""


@cache
def _words(kind: str) -> frozenset[str]:
    """The words of one kind in ``headline_words.csv``.

    ``small``: left in lower case by Indonesian headlines (Pedoman Umum Ejaan Bahasa Indonesia, I.A.6, and
    what sites leave so besides). ``office``: offices and ranks that stand before a name at the start
    of a sentence. ``opener``: capitalised, these begin sentences far more often than they stand in a
    headline.
    """
    return frozenset(
        row["word"] for row in table_rows("boilerplate/headline_words.csv") if row["kind"] == kind
    )


_PREPOSITIONS = frozenset(["atas", "bagi", "dan", "dari", "dengan", "di", "ke", "pada", "untuk"])
_TOKEN = re.compile(r"\S+")
_LONGEST = 260
_SHORT = 110
_LEAST_LARGE = 4
_MOST_TOKENS = 32
_GLUED_END = late(r"[?!](?=[A-Z“\"])")
_ENDS_SENTENCE = late(r"[?!][\"”’')]*\Z")


def headline_end(text: str, start: int) -> int:
    """The end of the headline that begins at ``start``: at most its line's end."""
    line_end = text.find("\n", start)
    line_end = len(text) if line_end < 0 else line_end
    reach = min(line_end, start + _LONGEST)
    # An insert has a colon, and few headlines do.
    following = INSERT.search(text, start + 1, reach) if text.find(":", start, reach) >= 0 else None
    if following:
        line_end = following.start()
    if line_end - start <= _SHORT and text[start:line_end].rstrip()[-1:].isalnum():
        # No sentence ends here: nothing but the headline is left of the line.
        return line_end
    reach = min(line_end, start + 4 * _LONGEST)
    tokens = list(islice(_TOKEN.finditer(text, start, reach), _MOST_TOKENS))
    at = _first_small(tokens)
    glued = _GLUED_END.search(text, start, tokens[at].start() if at is not None else line_end)
    if glued and glued.end() - start <= _LONGEST:
        return glued.end()
    if at is None:
        # All of it is in title case: the headline is the rest of the line, if that is short enough.
        return line_end if line_end - start <= _LONGEST else start
    for earlier in range(at - 1, 0, -1):
        word = tokens[earlier].group()
        if _ENDS_SENTENCE.search(tokens[earlier - 1].group()) and word[:1].isupper():
            return tokens[earlier - 1].end()
        if word[0] in '“"' and not any(
            token.group().rstrip(",.?!")[-1:] in '”"' for token in tokens[earlier:at]
        ):
            # A quotation that opens and goes on: no headline ends inside one.
            return tokens[earlier - 1].end()
    first = _sentence_start(text, tokens, at)
    if 0 < first < at - 1 and tokens[first - 1].group() in _PREPOSITIONS:
        # No headline ends in "di".
        first += 1
    if first <= 1:
        # A headline of one word or none: written in sentence case, its end cannot be told.
        return start
    return tokens[first - 1].end()


def is_headline(line: str) -> bool:
    """Whether a line is written as headlines are: in title case, without a full stop."""
    words = [word.strip("\"“”'‘’(),:;-–") for word in line.split()]
    large = sum(word[:1].isupper() for word in words)
    return (
        large >= _LEAST_LARGE
        and line[-1].isalnum()
        and len(line) <= _LONGEST
        and all(not word[:1].islower() or word in _words("small") for word in words)
    )


def _first_small(tokens: list[re.Match[str]]) -> int | None:
    """The first lower-case word that is no small word of headlines."""
    for at, token in enumerate(tokens):
        word = token.group().strip("\"“”'‘’(),.:;-–")
        if word[:1].islower() and word.lower() not in _words("small"):
            return at
    return None


def _sentence_start(text: str, tokens: list[re.Match[str]], at: int) -> int:
    """The index of the first word of the sentence whose first small word is ``tokens[at]``."""
    # A small word directly before belongs to the sentence too ("Hal dalam …" never ends a headline).
    while at > 1 and tokens[at - 1].group()[:1].islower():
        at -= 1
    run = at
    while run > 0 and at - run < 7 and _continues(tokens, run, at):
        run -= 1
    first = at - 1
    for begin in range(run, at - 1):
        phrase = text[tokens[begin].start() : tokens[at - 1].end()]
        if _elsewhere(text, phrase, tokens[begin].start()):
            first = begin
            break
    openers = [i for i in range(run, at) if _bare(tokens[i]).lower() in _words("opener") and i > 0]
    if openers:
        return openers[-1]
    while first > run and (
        _bare(tokens[first - 1]).lower() in _words("office")
        or _elsewhere(text, _bare(tokens[first - 1]), tokens[first - 1].start())
    ):
        first -= 1
    return max(_envoy(tokens, first), 0)


def _envoy(tokens: list[re.Match[str]], first: int) -> int:
    """ "Duta Besar Australia untuk Indonesia Rod Brazier …" begins at the office, across "untuk"."""
    for at in range(first - 1, max(0, first - 9), -1):
        if tokens[at].group() == "untuk":
            for office in range(at - 1, max(0, at - 6), -1):
                if _bare(tokens[office]) in ("Duta", "Dubes", "Utusan", "Konsul"):
                    return office
    return first


def _bare(token: re.Match[str]) -> str:
    return token.group().strip("\"“”'‘’().,:;?!")


def _continues(tokens: list[re.Match[str]], run: int, at: int) -> bool:
    """Whether ``tokens[run - 1]`` may belong to the same capitalised run as ``tokens[run]``."""
    word = tokens[run - 1].group()
    if not word.lstrip("\"“'‘(")[:1].isupper():
        return False
    return run == at or word[-1] not in ',:;?!."”'


def _elsewhere(text: str, phrase: str, position: int) -> bool:
    """Whether ``phrase`` occurs anywhere but around ``position``."""
    if not phrase:
        return False
    found = text.find(phrase)
    while found >= 0:
        if abs(found - position) > 2:
            return True
        found = text.find(phrase, found + 1)
    return False
