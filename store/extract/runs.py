"""Runs of capitalised words, the raw material of names: where they begin, and how far they go."""

from __future__ import annotations

from store.extract import rules
from store.extract.tokens import Text

CONNECTORS = rules.words("run_connectors")
"""Lower-case words inside a name, when a capitalised word follows."""

_LIST_END = frozenset({"dan", "and", "&", "serta"})


def is_capital(form: str) -> bool:
    """Whether a token begins with an upper-case letter."""
    return form[0].isupper()


def adjacent(text: Text, at: int) -> bool:
    """Whether token ``at`` follows its neighbour with nothing or one blank between."""
    return text.starts[at] - text.ends[at - 1] <= 1


def run_end(
    text: Text,
    first: int,
    last: int,
    *,
    stops: dict[int, int] | None = None,
    connectors: frozenset[str] = CONNECTORS,
    lists: bool = False,
    hyphens: bool = True,
) -> int:
    """The end of the capitalised run that begins at ``first`` (which is taken as given), up to ``last``.

    ``stops`` are token positions where something else begins (position → its end). ``lists`` lets
    a comma in when a later "dan" closes the list ("Ekonomi, Kemanusiaan, dan Ilmu Sosial").
    """
    forms, lows = text.forms, text.lows
    at = first + 1
    while at < last:
        form = forms[at]
        if stops and at in stops:
            break
        if form[0].isupper() or (
            form[0].isdigit()
            and is_capital(forms[at - 1])
            and form.replace(".", "").isdigit()
            and adjacent(text, at)
            and at - first > 0
        ):
            at += 1
        elif lows[at] in connectors:
            ahead = at + 1
            while ahead < last and lows[ahead] in connectors and ahead - at < 3:
                ahead += 1
            if ahead < last and is_capital(forms[ahead]) and not (stops and ahead in stops):
                at = ahead + 1
            else:
                break
        elif (
            hyphens
            and form in "-–—"
            and at + 1 < last
            and is_capital(forms[at + 1])
            and adjacent(text, at + 1)
        ):
            at += 2
        elif lists and form == "," and _closes(text, at, last):
            at += 2
            if lows[at - 1] in _LIST_END:
                at += 1
        else:
            break
    return min(at, last)


def _closes(text: Text, comma: int, last: int) -> bool:
    """Whether the list that goes on after ``comma`` is closed by "dan" and a capitalised word."""
    forms, lows = text.forms, text.lows
    at, since = comma + 1, 0
    while at < min(last, comma + 16):
        if lows[at] in _LIST_END:
            return at + 1 < last and is_capital(forms[at + 1])
        if forms[at] == ",":
            since = 0
        elif is_capital(forms[at]) or lows[at] in ("of", "untuk", "for"):
            since += 1
            if since > 4:
                return False
        else:
            return False
        at += 1
    return False
