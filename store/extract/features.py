"""What the sequence model sees of a token: itself, its neighbours, its word class, its capitalised run.

Everything that depends on one word alone is built once per word and kept, so that a token costs a
dozen additions: of weights where it is tagged, of lists of names where a model is trained.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple

from store.extract import countries as states
from store.extract import offices, organisations, places, rules
from store.extract.gazetteer import Gazetteer
from store.extract.lately import Lately
from store.extract.shares import Common, Shape, Share, Value, Values, shape
from store.extract.tokens import Text, words
from store.extract.weights import FROM_NONE, PLACES, TO_NONE
from store.extract.words import Words
from store.kb import countries

# Words inside a run of capitals. The models were trained with these two lists, so they change only with them.
_LINKS = rules.words("model_links")
# Verbs of saying: what stands before or after one is often a person (IDNer-News-2k, our articles).
_SPEECH = rules.words("model_speech")
_MARGIN = 2
"""Tokens that a model learns on either side of a capital; further on no name is, and leaving that out
saves half of the time."""
_NEAR = 1
"""Tokens that it is asked of instead: before a capital, and after it where a plain word follows. That
changes 2 of 1,000 mentions and leaves a fifth fewer tokens. Learnt so, it finds less (IDNer-News-2k: 89.8
instead of 90.1)."""
_NEVER, _SELDOM = 0, 4
"""Tenths; a word this seldom capitalised inside sentences is no name where it begins one: what a model learns
from, and what it is asked of (of 10,000 such words 6 are names)."""
_OPENING = "“\"‘'(:"
"""Marks that open what begins with a capital."""
_MOST_SHAPES = 1_000
"""Shapes remembered beside one."""
_KEEP = 40_000
"""Words kept, with their share of the features."""


@dataclass(slots=True)
class Region(Generic[Value]):
    """A stretch of tokens ``[first, last)`` to tag, with the features of each."""

    first: int
    last: int
    items: list[Value]


class _Habit(NamedTuple):
    """How often a capitalised word is a name, or part of one."""

    seldom: bool
    never: bool


class Features(Generic[Value]):
    """Builds the features of token ranges; keeps what it learns about words."""

    def __init__(self, table: Words, values: Values[Value], *, learning: bool = False) -> None:
        """``learning``: with a wider margin around names."""
        self.values: Values[Value] = values
        self._learning = learning
        self._margin = _MARGIN if learning else _NEAR
        self._edges: list[Value] = values.each((b"-1B", b"-2B", b"1E", b"2E"))
        self._positions: list[Value] = values.each([b"ri=%d" % n for n in range(4)])
        self._sides: list[Value] = values.each((FROM_NONE, TO_NONE))
        self._run_edges: list[Value] = values.each((b"rb=B", b"ra=E"))
        self._lengths: list[Value] = values.each([b"rl=%d" % n for n in range(7)])
        self._words = table
        self._habits: Lately[str, _Habit] = Lately(_KEEP)
        self._shares: Lately[str, Share[Value]] = Lately(_KEEP)
        self._commons: Lately[
            tuple[bytes, tuple[bytes, ...], tuple[str, str] | None], Common[Value]
        ] = Lately(_KEEP)
        self._classes: dict[tuple[str, str], list[Value]] = {}
        self._by_place: dict[bytes, Sequence[Value]] = {}
        self._kinds: Lately[bytes, Shape[Value]] = Lately(_KEEP)
        office = offices.load()
        self._flags = {
            b"fo": office.head_words | office.prefixes,
            b"fh": office.honorifics,
            b"fp": office.portfolios,
            b"fg": organisations.load().head_words,
            b"ft": organisations.load().tails,
            b"fl": places.load().head_words,
            b"fc": frozenset(word for form in countries.forms() for word in words(form)),
            b"fn": places.load().name_words,
            b"fs": _SPEECH,
        }
        self._lists = Gazetteer.merged(
            (states.gazetteer(), b"g=C"),
            (organisations.load().names, b"g=O"),
            (places.load().names, b"g=L"),
        )
        self._flagged = frozenset().union(*self._flags.values())

    def _habit(self, form: str) -> _Habit:
        """Of a word with a capital."""
        known = self._habits.get(form)
        if known is None:
            low = form.lower()
            habit = self._words.habit(low)
            if habit is None or (form.isupper() and len(form) > 1):
                known = _Habit(seldom=False, never=False)
            else:
                never = habit <= _NEVER and not self._flags_of(low)
                known = _Habit(never if self._learning else habit <= _SELDOM, never)
            self._habits.keep(form, known)
        return known

    def _flags_of(self, low: str) -> list[bytes]:
        if low not in self._flagged:
            return []
        return [flag for flag, members in self._flags.items() if low in members]

    def _share(self, form: str) -> Share[Value]:
        share = self._shares.get(form)
        if share is None:
            low = form.lower()
            kind, flags = shape(form).encode(), tuple(self._flags_of(low))
            common = self._common(kind, flags, self._words.classes(low))
            share = Share(form, common, self.values)
            self._shares.keep(form, share)
        return share

    def _common(
        self, kind: bytes, flags: tuple[bytes, ...], classes: tuple[str, str] | None
    ) -> Common[Value]:
        common = self._commons.get((kind, flags, classes))
        if common is None:
            common = self._built(kind, flags, classes)
            self._commons.keep((kind, flags, classes), common)
        return common

    def _built(
        self, kind: bytes, flags: tuple[bytes, ...], classes: tuple[str, str] | None
    ) -> Common[Value]:
        if classes is not None:
            plain = self._common(kind, flags, None)
            more = self._of_classes(classes)
            by_place = [a + b for a, b in zip(plain.by_place, more, strict=True)]
            return Common(plain.shape, by_place, plain.head)
        values = self.values
        by_place = self._together(values.placed(b"s=" + kind), flags)
        by_place[0] = by_place[0] + values.sum([b"b"])
        head = values.sum([b"r" + flag for flag in flags])
        seen = self._kinds.get(kind)
        if seen is None:
            seen = Shape(kind)
            self._kinds.keep(kind, seen)
        return Common(seen, by_place, head)

    def _together(self, one: Sequence[Value], names: Iterable[bytes]) -> list[Value]:
        """What a feature adds together with classes or flags of these names, by place."""
        together = list(one[: len(PLACES)])
        for more in map(self._kept, names):
            together = [a + b for a, b in zip(together, more, strict=False)]
        return together

    def _kept(self, name: bytes) -> Sequence[Value]:
        """What a class or flag adds, by place: there are few of these, which many words have."""
        known = self._by_place.get(name)
        if known is None:
            known = self._by_place[name] = self.values.placed(name)
        return known

    def _of_classes(self, classes: tuple[str, str]) -> list[Value]:
        """What words of these two classes have in common, by place."""
        known = self._classes.get(classes)
        if known is None:
            coarse, fine = (name.encode() for name in classes)
            known = self._together(self._kept(b"k=" + coarse), [b"K=" + fine])
            self._classes[classes] = known
        return known

    def listed(self, text: Text) -> dict[int, bytes]:
        """Per token of a well-known name its mark: where it begins, goes on, or has just ended."""
        marks: dict[int, bytes] = {}
        for start, end, mark in self._lists.scan(text):
            inside = mark + b"I"
            marks[start] = mark + b"B"
            for at in range(start + 1, end):
                marks[at] = inside
            if text.sentence_of[start] == text.sentence_of[min(end, len(text.forms) - 1)]:
                marks.setdefault(end, b"g=E")
        return marks

    def regions(self, text: Text) -> list[Region[Value]]:
        """The stretches of a text that may hold a name, in order and apart."""
        listed = self.listed(text)
        capitals = text.capitals()
        regions: list[Region[Value]] = []
        at = 0
        for first, last in text.sentences:
            begin = at
            at = bisect_left(capitals, last, begin)
            if at > begin:
                regions += self._sentence(text, first, last, capitals[begin:at], listed)
        return regions

    def _sentence(
        self,
        text: Text,
        first: int,
        last: int,
        capitals: Sequence[int],
        listed: Mapping[int, bytes],
    ) -> Iterator[Region[Value]]:
        """The regions of the sentence ``[first, last)``, whose tokens with a capital are given.

        ``listed``: the marks of the whole text.
        """
        forms = text.forms
        bounds = list(self._bounds(forms, first, last, capitals))
        if not bounds:
            return
        runs = self._runs(text, first, last, capitals, bounds)
        for outer, beyond in bounds:
            start, end = outer, beyond
            if not self._learning:
                start, end = self._trimmed(forms, start, end, last)
            items = self._items(forms, start, end, first, last, runs)
            if start > outer:
                items[0] = items[0] + self._sides[0]
            if end < beyond:
                items[-1] = items[-1] + self._sides[1]
            for at in range(start, end):
                names = [listed[at]] if at in listed else []
                if at + 1 in listed and at + 1 < last:
                    names.append(b"1" + listed[at + 1])
                if names:
                    items[at - start] = items[at - start] + self.values.sum(names)
            yield Region(start, end, items)

    def _bounds(
        self, forms: Sequence[str], first: int, last: int, capitals: Sequence[int]
    ) -> Iterator[tuple[int, int]]:
        """The neighbourhood of capitals that words have not only from beginning a sentence or a quotation."""
        known, margin = self._habits.young, self._margin
        start = end = -1
        for at in capitals:
            form = forms[at]
            habit = known.get(form) or self._habit(form)
            if habit.seldom and _only_begins(forms, at, first, last, never=habit.never):
                continue
            if start < 0:
                start = max(first, at - margin)
            elif at - margin > end:
                yield start, end
                start = at - margin
            end = at + 1 + margin
            if end < last and margin < _MARGIN and not forms[at + 1].isalpha():
                # What begins a quotation is not seen without what follows it.
                end += not _opens(forms, at + 1, last)
            end = min(last, end)
        if start >= 0:
            yield start, end

    def _trimmed(self, forms: Sequence[str], start: int, end: int, last: int) -> tuple[int, int]:
        """A region without what is surely no name at its ends: such words, the sentence's full stop, the mark
        that opens a quotation. It holds a capital.
        """
        shares = self._shares.young
        if forms[end - 1] == "." if end == last else _opens(forms, end - 1, last):
            end -= 1
        while (shares.get(form := forms[start]) or self._share(form)).no_name:
            start += 1
        while (shares.get(form := forms[end - 1]) or self._share(form)).no_name:
            end -= 1
        return start, end

    def _items(
        self,
        forms: Sequence[str],
        start: int,
        end: int,
        first: int,
        last: int,
        runs: Mapping[int, tuple[int, Value]],
    ) -> list[Value]:
        """The features of the tokens ``[start, end)`` of the sentence ``[first, last)``."""
        values, known, shares = self.values, self.values.known, self._shares.young
        edge, edge2, end_edge, end_edge2 = self._edges
        low = max(first, start - 2)
        near = [shares.get(form) or self._share(form) for form in forms[low : min(end + 2, last)]]
        items: list[Value] = []
        for at in range(start, end):
            here = at - low
            word = near[here]
            item = word.own
            if at > first:
                before = near[here - 1]
                item = item + before.before + (near[here - 2].before2 if at > first + 1 else edge2)
                if before.first is not None:
                    pair = before.first + word.low
                    if pair in known:
                        item = item + values[pair]
                told = before.shape.followed.get(word.shape.name)
                if told is None:
                    told = self._shapes(before.shape.followed, b"d=", before, word)
                if told:
                    item = item + told
            else:
                item = item + edge
            if at + 1 < last:
                following = near[here + 1]
                item = item + following.after
                item = item + (near[here + 2].after2 if at + 2 < last else end_edge2)
                told = word.shape.preceding.get(following.shape.name)
                if told is None:
                    told = self._shapes(word.shape.preceding, b"e=", word, following)
                if told:
                    item = item + told
            else:
                item = item + end_edge
            run = runs.get(at)
            if run is not None:
                begin, shared = run
                item = item + shared + self._positions[min(at - begin, 3)]
            items.append(item)
        return items

    def _shapes(
        self, kept: dict[bytes, Value], kind: bytes, one: Share[Value], other: Share[Value]
    ) -> Value:
        """What two shapes in a row add, empty where nothing."""
        told = self.values.sum([kind + one.shape.name + b"|" + other.shape.name])
        if len(kept) < _MOST_SHAPES:
            kept[other.shape.name] = told
        return told

    def _runs(
        self,
        text: Text,
        first: int,
        last: int,
        capitals: Sequence[int],
        bounds: Sequence[tuple[int, int]],
    ) -> dict[int, tuple[int, Value]]:
        """Per token of a capitalised run its first token, and the features all of it share.

        Only of runs that reach into one of the regions with these ``bounds``.
        """
        forms, lows = text.forms, text.lows
        runs: dict[int, tuple[int, Value]] = {}
        held = set(capitals)
        at = region = 0
        for begin in capitals:
            if begin < at:
                continue
            at = begin + 1
            while at in held or (at + 1 in held and lows[at] in _LINKS):
                at += 1
            while region < len(bounds) and bounds[region][1] <= begin:
                region += 1
            if region == len(bounds):
                break
            if bounds[region][0] >= at:
                continue
            before, after = self._run_edges
            if begin > first:
                before = self._share(forms[begin - 1]).run_before
            if at < last:
                after = self._share(forms[at]).run_after
            head, tail = self._share(forms[begin]).run_head, self._share(forms[at - 1]).run_tail
            shared = head + self._lengths[min(at - begin, 6)] + before + after + tail
            run = (begin, shared)
            for inside in range(begin, at):
                runs[inside] = run
        return runs


def _opens(forms: Sequence[str], at: int, last: int) -> bool:
    """Whether a mark opens what begins with a capital."""
    return forms[at] in _OPENING and at + 1 < last and forms[at + 1][0].isupper()


def _only_begins(forms: Sequence[str], at: int, first: int, last: int, *, never: bool) -> bool:
    """Whether a word that is seldom a name stands where any word has a capital, and no other one behind it.

    ``never``: whether it is never one.
    """
    if at + 1 < last and forms[at + 1][0].isupper():
        return False
    if at == first or forms[at - 1] in _OPENING:
        return True
    # Dashes and full stops are also inside names.
    return never and forms[at - 1] in ".-–"
