"""As you type: every typed word is the start of some word of a name, in any order.

Tables of sorted words answer a key within a few milliseconds at ten thousand names; one slip in a
start of four letters or more is forgiven when nothing begins like it.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cached_property
from typing import NamedTuple

from store.match.edits import osa, within
from store.match.normalise import Token, compact, tokens
from store.match.readings import letters_of, sound_of
from store.match.similarity import fold_sound
from store.match.wording import because
from store.records import Reason, Span

_MOST_FORMS = {0: 4000, 1: 500, 2: 1500}
"""Forms looked at, by the letters typed (0: three or more); one letter begins more names than
anybody reads."""
_SHORTEST_SLIP = 4
_MOST_WORDS = 8
_SLIP, _SOUND = 0.72, 0.85
_REASONS = {"start": "start", "sound": "heard", "slip": "edits"}
"""Kinds of reasons for the ways in which a typed word fits one of a name."""
_TOP = 1.2
"""The score of a start that is the whole name, before scores are brought to 0..1."""
BEST_BY_WORDS = 1 / _TOP
"""No start of words or initials scores more; only the start of a whole name does."""


def letters_typed(typed: str) -> str:
    """The letters and digits of its first words: what a name begins with that it is the start of."""
    return "".join(_parts(typed))


def _parts(typed: str) -> list[str]:
    return [token.form for token in tokens(typed)][:_MOST_WORDS]


class _Form(NamedTuple):
    row: int
    text: str
    tokens: tuple[Token, ...]


class Suggester:
    """Build once from (row number, name)."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        read = [(row, text, letters) for row, text in names if (letters := letters_of(text))]
        self._names = [(row, text) for row, text, _ in read]
        self._letters = sorted((letters, at) for at, (_, _, letters) in enumerate(read))
        self._starts: dict[tuple[int, str], list[str]] = {}

    @cached_property
    def _forms(self) -> list[_Form]:
        return [self._form(at) for at in range(len(self._names))]

    def _form(self, at: int) -> _Form:
        row, text = self._names[at]
        return _Form(row, text, tuple(tokens(text)))

    @cached_property
    def _words(self) -> dict[str, list[int]]:
        words: dict[str, list[int]] = defaultdict(list)
        for at, form in enumerate(self._forms):
            for token in form.tokens:
                words[token.form].append(at)
        return dict(words)

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self._words)

    @cached_property
    def _sounds(self) -> list[tuple[str, str]]:
        return sorted((sound_of(word), word) for word in self._words)

    @cached_property
    def _initials(self) -> list[tuple[str, int]]:
        return sorted(
            ("".join(token.form[0] for token in form.tokens), at)
            for at, form in enumerate(self._forms)
            if len(form.tokens) > 1
        )

    def search(self, typed: str, *, least: float = 0.0) -> list[tuple[float, int, int]]:
        """(score, row, number of the form) of each row that fits, in no order.

        What scores less than ``least`` may be left out, which saves most of the time.
        """
        parts = _parts(typed)
        whole = "".join(parts)
        if not whole:
            return []
        best: dict[int, tuple[float, int]] = {}
        for letters, at in _starting(self._letters, whole):
            self._keep(best, at, (1.0 + 0.2 * len(whole) / len(letters)) / _TOP)
        if least <= BEST_BY_WORDS:
            if len(whole) >= 2:
                for _, at in _starting(self._initials, whole):
                    self._keep(best, at, 0.7 / _TOP)
            self._by_words(parts, best, slips=False)
            if not best:
                self._by_words(parts, best, slips=True)
        return [(score, row, at) for row, (score, at) in best.items()]

    def matched(self, at: int, typed: str) -> tuple[str, tuple[Span, ...]]:
        """A form's text and the characters of it that the typed starts stand for."""
        form = self._form(at)
        parts = _parts(typed)
        whole = "".join(parts)
        if compact(form.text).startswith(whole):
            return form.text, _first_letters(form, len(whole))
        pairs = _place(form, parts, slips=False)
        if pairs is None and "".join(t.form[0] for t in form.tokens).startswith(whole):
            return form.text, _first_letters(form, 0)
        spans = sorted(
            _start_of(form, position, len(part))
            for (_, position), part in zip(
                pairs or _place(form, parts, slips=True) or [], parts, strict=False
            )
        )
        return form.text, tuple(dict.fromkeys(spans))

    def reasons(self, at: int, typed: str) -> tuple[Reason, ...]:
        """Why a form fits what was typed, word by word."""
        form = self._form(at)
        items = tokens(typed)[:_MOST_WORDS]
        parts = [token.form for token in items]
        whole, letters = "".join(parts), compact(form.text)
        if letters == whole:
            return (because("letters", form.text),)
        if letters.startswith(whole):
            return (because("begins", typed.strip(), form.text),)
        pairs = _place(form, parts, slips=False)
        if pairs is None and "".join(t.form[0] for t in form.tokens).startswith(whole):
            return (because("typed initials", typed.strip(), form.text),)
        found: list[Reason] = []
        same = 0
        for item, (_, position) in zip(
            items, pairs or _place(form, parts, slips=True) or [], strict=False
        ):
            known = form.tokens[position]
            if item.form == known.form:
                same += 1
                continue
            kind = _REASONS[_how(item.form, known.form)]
            printed = form.text[known.start : known.end]
            found.append(because(kind, typed[item.start : item.end], printed))
        if same:
            count = len(form.tokens)
            found.append(because("some words", same, count) if count > 1 else because("word"))
        return tuple(found)

    def _keep(self, best: dict[int, tuple[float, int]], at: int, score: float) -> None:
        row = self._names[at][0]
        if row not in best or best[row][0] < score:
            best[row] = (score, at)

    def _by_words(
        self, parts: list[str], best: dict[int, tuple[float, int]], *, slips: bool
    ) -> None:
        """Forms in which every part begins a word: found by the longest part, then checked."""
        longest = max(parts, key=len)
        if slips and len(longest) < _SHORTEST_SLIP:
            return
        most = _MOST_FORMS.get(len(longest), _MOST_FORMS[0])
        seen: set[int] = set()
        for word in self._beginning(longest, slips=slips):
            seen.update(self._words[word])
            if len(seen) > most:
                break
        for at in seen:
            form = self._forms[at]
            pairs = _place(form, parts, slips=slips)
            if pairs is None:
                continue
            length = len(form.tokens)
            mean = sum(score for score, _ in pairs) / len(parts)
            score = (mean - 0.02 * (length - len(parts)) / length) / 1.02 / _TOP
            self._keep(best, at, min(1.0, max(0.01, score)))

    def _beginning(self, part: str, *, slips: bool) -> Iterator[str]:
        """The words that begin with the part; with ``slips`` those that almost do, after them."""
        yield from self._starting_with(part)
        if not slips:
            return
        sound = fold_sound(part)
        if len(sound) < _SHORTEST_SLIP - 1:
            sound = part
        place = bisect.bisect_left(self._sounds, (sound, ""))
        while place < len(self._sounds) and self._sounds[place][0].startswith(sound):
            yield self._sounds[place][1]
            place += 1
        for start in self._one_slip(part):
            yield from self._starting_with(start)

    def _starting_with(self, start: str) -> Iterator[str]:
        place = bisect.bisect_left(self._sorted, start)
        while place < len(self._sorted) and self._sorted[place].startswith(start):
            yield self._sorted[place]
            place += 1

    def _one_slip(self, part: str) -> set[str]:
        """Starts of words one edit from the part."""
        found: set[str] = set()
        # The first letter is right, or swapped with the second: it rarely is simply wrong.
        for length in (len(part) - 1, len(part), len(part) + 1):
            for letter in dict.fromkeys((part[0], part[1])):
                starts = self._starts_of(length, letter)
                found.update(start for start, _, _ in within(part, starts, 1, most=20))
        return found

    def _starts_of(self, length: int, letter: str) -> list[str]:
        """The distinct starts of that length of all words with that first letter."""
        starts = self._starts.get((length, letter))
        if starts is None:
            first = bisect.bisect_left(self._sorted, letter)
            last = bisect.bisect_left(self._sorted, letter + "{")
            words = self._sorted[first:last]
            starts = sorted({word[:length] for word in words if len(word) >= length})
            self._starts[length, letter] = starts
        return starts


def _starting(table: list[tuple[str, int]], start: str) -> Iterator[tuple[str, int]]:
    most = _MOST_FORMS.get(len(start), _MOST_FORMS[0])
    first = bisect.bisect_left(table, (start, -1))
    for at in range(first, min(first + most, len(table))):
        if not table[at][0].startswith(start):
            return
        yield table[at]


def _place(form: _Form, parts: list[str], *, slips: bool) -> list[tuple[float, int]] | None:
    """(score, position) of a word of the form for each part, none twice; None if one has none."""
    used: set[int] = set()
    chosen: list[tuple[float, int]] = []
    for part in parts:
        best, place = 0.0, -1
        for position, token in enumerate(form.tokens):
            if position in used:
                continue
            score = _fit(part, token.form, slips=slips)
            if position == 0:
                score *= 1.02
            if score > best:
                best, place = score, position
        if place < 0:
            return None
        used.add(place)
        chosen.append((best, place))
    return chosen


def _fit(part: str, word: str, *, slips: bool) -> float:
    if word.startswith(part):
        return 0.9 + 0.1 * len(part) / len(word)
    if not slips or len(part) < _SHORTEST_SLIP:
        return 0.0
    sound = fold_sound(part)
    if len(sound) >= _SHORTEST_SLIP - 1 and fold_sound(word).startswith(sound):
        return _SOUND
    lengths = (len(part), len(part) - 1, len(part) + 1)
    near = any(osa()(part, word[:length], score_cutoff=1) <= 1 for length in lengths)
    return _SLIP if near else 0.0


def _how(part: str, word: str) -> str:
    """How a part that fits a word does it: ``start``, ``sound`` or ``slip``."""
    if word.startswith(part):
        return "start"
    sound = fold_sound(part)
    if len(sound) >= _SHORTEST_SLIP - 1 and fold_sound(word).startswith(sound):
        return "sound"
    return "slip"


def _start_of(form: _Form, position: int, letters: int) -> Span:
    token = form.tokens[position]
    return Span(token.start, min(token.end, token.start + max(1, letters)))


def _first_letters(form: _Form, letters: int) -> tuple[Span, ...]:
    """The words that the first so many letters of a form cover; 0 means the initials."""
    if not letters:
        return tuple(Span(token.start, token.start + 1) for token in form.tokens)
    spans = []
    for token in form.tokens:
        if letters <= 0:
            break
        spans.append(Span(token.start, min(token.end, token.start + letters)))
        letters -= len(token.form)
    return tuple(spans)
