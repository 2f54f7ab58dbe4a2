"""Kinds of values that several commands take: days, numbers, ids."""

from __future__ import annotations

import datetime

import click


def date(value: object) -> str:
    """``YYYY-MM-DD``; a year or a month alone stands for its first day."""
    text = str(value).strip()
    padded = text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text
    try:
        return datetime.date.fromisoformat(padded).isoformat()
    except ValueError:
        raise click.BadParameter(f"{text[:40]!r} is not a date like 2019-06-27") from None


def number(value: object) -> int:
    """A whole number from 0 on."""
    text = str(value)
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        raise click.BadParameter(f"{text[:40]!r} is not a number from 0 on")
    return int(text)


def article_id(value: object) -> int:
    """The library's number of an article; one that no library can have (-1) is simply unknown."""
    text = str(value)
    if not text.isascii() or not text.removeprefix("-").isdigit():
        raise click.BadParameter(f"{text[:40]!r} is not the number of an article")
    return int(text) if len(text) <= 18 else -1


def batch_code(failed: int, done: int) -> int:
    """The exit code for a batch: 0 all read, 1 some failed, 2 all failed."""
    if not failed:
        return 0
    return 1 if done else 2
