"""As you type: every typed word is the start of some word of a name, in any order.

Tables of sorted words answer a key within a few milliseconds at ten thousand names; one slip in a
start of four letters or more is forgiven when nothing begins like it.
"""

from __future__ import annotations

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from store.match.normalise import Token, compact, tokens
from store.match.similarity import fold_sound
from store.records import Span

_MOST_FORMS = 4000
"""Forms looked at for one typed word; a single letter begins more names than anybody reads."""
_MOST_WORDS = 8
_SLIP, _SOUND = 0.72, 0.85


@dataclass(frozen=True, slots=True)
class _Form:
    row: int
    text: str
    tokens: tuple[Token, ...]


class Suggester:
    """Build once from (row number, name)."""

    def __init__(self, names: Iterable[tuple[int, str]]) -> None:
        self._forms: list[_Form] = []
        words: dict[str, list[tuple[int, int]]] = defaultdict(list)
        letters: list[tuple[str, int]] = []
        initials: list[tuple[str, int]] = []
        for row, text in names:
            items = tuple(tokens(text))
            if not items:
                continue
            at = len(self._forms)
            self._forms.append(_Form(row, text, items))
            for position, token in enumerate(items):
                words[token.form].append((at, position))
            letters.append((compact(text), at))
            if len(items) > 1:
                initials.append(("".join(token.form[0] for token in items), at))
        self._words = dict(words)
        self._sorted = sorted(words)
        self._sounds = sorted((fold_sound(word), word) for word in words)
        self._letters = sorted(letters)
        self._initials = sorted(initials)
        self._starts: dict[int, list[str]] = {}

    def search(self, typed: str) -> list[tuple[float, int, str, tuple[Span, ...]]]:
        """(score, row, form, matched spans) of each row that fits, in no order."""
        parts = [token.form for token in tokens(typed)][:_MOST_WORDS]
        whole = "".join(parts)
        if not whole:
            return []
        best: dict[int, tuple[float, int, tuple[Span, ...]]] = {}
        for letters, at in _starting(self._letters, whole):
            self._keep(best, at, (1.0 + 0.2 * len(whole) / len(letters)) / 1.2, len(whole))
        if len(whole) >= 2:
            for _, at in _starting(self._initials, whole):
                self._keep(best, at, 0.7 / 1.2, 0)
        self._by_words(parts, best, slips=False)
        if not best:
            self._by_words(parts, best, slips=True)
        return [
            (score, row, self._forms[at].text, spans) for row, (score, at, spans) in best.items()
        ]

    def _keep(
        self,
        best: dict[int, tuple[float, int, tuple[Span, ...]]],
        at: int,
        score: float,
        letters: int,
    ) -> None:
        form = self._forms[at]
        if form.row in best and best[form.row][0] >= score:
            return
        best[form.row] = (score, at, _first_letters(form, letters))

    def _by_words(
        self,
        parts: list[str],
        best: dict[int, tuple[float, int, tuple[Span, ...]]],
        *,
        slips: bool,
    ) -> None:
        found = [self._near(part, slips=slips) for part in parts]
        if not all(found):
            return
        fewest = min(found, key=len)
        for at in fewest:
            pairs = _place([options.get(at) for options in found])
            if pairs is None:
                continue
            form = self._forms[at]
            mean = sum(score for score, _ in pairs) / len(parts)
            score = mean - 0.02 * (len(form.tokens) - len(parts)) / len(form.tokens)
            score = min(1.0, max(0.01, score / 1.02 / 1.2))
            if form.row not in best or best[form.row][0] < score:
                spans = sorted(
                    _start_of(form, position, len(part))
                    for (_, position), part in zip(pairs, parts, strict=True)
                )
                best[form.row] = (score, at, tuple(dict.fromkeys(spans)))

    def _near(self, part: str, *, slips: bool) -> dict[int, list[tuple[float, int]]]:
        """Form → (score, position) of its words that begin like the part."""
        out: dict[int, list[tuple[float, int]]] = {}
        seen = 0
        for word, score in self._beginning(part, slips=slips):
            for at, position in self._words[word]:
                worth = score * 1.02 if position == 0 else score
                out.setdefault(at, []).append((worth, position))
            seen += len(self._words[word])
            if seen > _MOST_FORMS:
                break
        return out

    def _beginning(self, part: str, *, slips: bool) -> Iterator[tuple[str, float]]:
        exact = set()
        at = bisect.bisect_left(self._sorted, part)
        while at < len(self._sorted) and self._sorted[at].startswith(part):
            word = self._sorted[at]
            exact.add(word)
            yield word, 0.9 + 0.1 * len(part) / len(word)
            at += 1
        if len(part) < 4 or not slips:
            return
        sound = fold_sound(part)
        near: dict[str, float] = {}
        place = bisect.bisect_left(self._sounds, (sound, ""))
        while place < len(self._sounds) and self._sounds[place][0].startswith(sound):
            near[self._sounds[place][1]] = _SOUND
            place += 1
        for start in self._one_slip(part):
            place = bisect.bisect_left(self._sorted, start)
            while place < len(self._sorted) and self._sorted[place].startswith(start):
                near.setdefault(self._sorted[place], _SLIP)
                place += 1
        for word, score in near.items():
            if word not in exact:
                yield word, score

    def _one_slip(self, part: str) -> set[str]:
        """Starts of words one edit from the part."""
        from rapidfuzz import process
        from rapidfuzz.distance import OSA

        found: set[str] = set()
        for length in (len(part) - 1, len(part), len(part) + 1):
            starts = self._starts.get(length)
            if starts is None:
                starts = sorted({word[:length] for word in self._sorted if len(word) >= length})
                self._starts[length] = starts
            for start, _, _ in process.extract(
                part, starts, scorer=OSA.distance, score_cutoff=1, limit=20
            ):
                if start[0] == part[0] or length == len(part):
                    found.add(start)
        return found


def _starting(table: list[tuple[str, int]], start: str) -> Iterator[tuple[str, int]]:
    at = bisect.bisect_left(table, (start, -1))
    count = 0
    while at < len(table) and table[at][0].startswith(start) and count < _MOST_FORMS:
        yield table[at]
        at += 1
        count += 1


def _place(
    options: list[list[tuple[float, int]] | None],
) -> list[tuple[float, int]] | None:
    """A word of the form for each part, none twice; None where that cannot be."""
    used: set[int] = set()
    chosen: list[tuple[float, int]] = []
    for candidates in options:
        free = [c for c in candidates or () if c[1] not in used]
        if not free:
            return None
        choice = max(free)
        used.add(choice[1])
        chosen.append(choice)
    return chosen


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
