"""The words of the interface, in Indonesian and English, for the screen and the command line.

Must not import Textual: the command line uses it too. The texts are data (``texts.csv``); a text
may hold ``{name}`` fields, filled by ``text``. Names from the library are put in as they are: the
caller makes control characters visible.
"""

from __future__ import annotations

import csv
import locale
import os
from functools import cache
from pathlib import Path
from typing import Literal

from store.library import Notice
from store.records import Reason

Lang = Literal["id", "en"]


def choose(wanted: str | None) -> Lang:
    """The language to speak: ``wanted`` when it is one of ours, else that of the locale.

    Indonesian when the locale's language is Indonesian, else English.
    """
    if wanted in ("id", "en"):
        return "id" if wanted == "id" else "en"
    return "id" if _locale_language() in ("id", "in", "indonesian") else "en"


def _locale_language() -> str:
    """The language part of the locale (POSIX order of variables), lower case; empty when unknown."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(variable):
            return value.replace("-", "_").split("_")[0].split(".")[0].lower()
    name = locale.getlocale()[0] or ""
    return name.split("_")[0].lower()


@cache
def _texts() -> dict[str, dict[Lang, str]]:
    # Not importlib.resources: it costs 6 ms of every start.
    with Path(__file__).with_name("texts.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["key"]: {"id": row["id"], "en": row["en"]}
            for row in csv.DictReader(file)
            if row["key"]
        }


def keys() -> frozenset[str]:
    """Every key that has a text."""
    return frozenset(_texts())


_COUNTS = ("n", "at", "added", "updated", "failed", "folded")
"""The fields of texts that count something."""


def text(key: str, lang: Lang, **args: object) -> str:
    """The text of that key, its fields filled. A key without a text is a fault: ``KeyError``.

    Where ``n`` is one and there is a text of that key with ``.one`` behind it, it is that. Counts
    are written as ``number`` does, other integers as they are.
    """
    texts = _texts()
    pattern = texts.get(f"{key}.one" if args.get("n") in (1, "1") else key, texts[key])[lang]
    for name in _COUNTS:
        value = args.get(name)
        if isinstance(value, int):
            args[name] = number(value, lang)
    return pattern.format(**args) if args else pattern


def number(value: int, lang: Lang) -> str:
    """``value`` with thousands separated as the language does: 1.000 (id), 1,000 (en)."""
    grouped = f"{value:,}"
    return grouped.replace(",", ".") if lang == "id" else grouped


def reason(item: str, lang: Lang) -> str:
    """Why a candidate matched; one that the library kept has only its English sentence."""
    if not isinstance(item, Reason):
        return item
    key = f"reason.{item.kind.replace(' ', '_')}"
    return _texts()[key][lang].format(*item.details) if key in _texts() else str(item)


def notice(item: Notice, lang: Lang) -> str:
    """The sentence for a notice of a search; an unknown kind is shown with its arguments."""
    key = f"notice.{item.kind}"
    if key not in _texts():
        return " ".join((item.kind, *item.args))
    args = list(item.args) + [""] * 4
    return _texts()[key][lang].format(*args)
