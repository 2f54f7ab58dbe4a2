"""Patterns made of the forms that a text holds.

A pattern over all names of months or currencies takes as long to compile as an article to read; the few
forms of one article take hardly any time. Who reads many articles soon has the pattern of all forms.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property
from typing import Generic, TypeVar

T = TypeVar("T")

_OWN = 2
"""Sets of forms with a pattern of their own; further ones share that of all. With five of them the first twenty
articles of a process cost 3 % more."""

# What ``re.IGNORECASE`` takes for the same letter and ``str.lower`` does not; and the apostrophe of "Jum’at".
_ALIKE = str.maketrans({"ı": "i", "ſ": "s", "’": "'"})


class Present(Generic[T]):
    """Builds what finds some forms, in whatever case and with or without their blanks."""

    def __init__(self, forms: Iterable[str], build: Callable[[tuple[str, ...]], T]) -> None:
        """``build`` is given forms in the order of ``forms``; what it makes of more of them than a text
        holds finds the same in it."""
        self._keys = {form: _key(form) for form in forms}
        self._build = build
        self._built: dict[tuple[str, ...], T] = {}

    @cached_property
    def all(self) -> T:
        """What finds every form."""
        return self._of(tuple(self._keys))

    def in_text(self, body: str) -> T:
        """What finds the forms that ``body`` may hold."""
        if len(self._built) >= _OWN:
            return self.all
        text = _key(body)
        return self._of(tuple(form for form, key in self._keys.items() if key in text))

    def _of(self, forms: tuple[str, ...]) -> T:
        built = self._built.get(forms)
        if built is None:
            built = self._built[forms] = self._build(forms)
        return built


def _key(text: str) -> str:
    return "".join(text.split()).lower().translate(_ALIKE)
