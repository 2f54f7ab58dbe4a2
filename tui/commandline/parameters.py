"""Kinds of values that several commands take: days, numbers, ids."""

from __future__ import annotations

import datetime

import click


def text(value: object) -> str:
    """A text that can be stored: bytes that no encoding explains become question marks."""
    return str(value).encode("utf-8", "replace").decode("utf-8")


def date(value: object) -> str:
    """``YYYY-MM-DD``; a year or a month alone stands for its first day."""
    day = str(value).strip()
    padded = day + "-01-01"[len(day) - 4 :] if len(day) in (4, 7) else day
    try:
        return datetime.date.fromisoformat(padded).isoformat()
    except ValueError:
        raise click.BadParameter(f"{day[:40]!r} is not a date like 2019-06-27") from None


def number(value: object) -> int:
    """A whole number from 0 on."""
    digits = str(value)
    if not (digits.isascii() and digits.isdigit()) or len(digits) > 18:
        raise click.BadParameter(f"{digits[:40]!r} is not a number from 0 on")
    return int(digits)


def article_id(value: object) -> int:
    """The library's number of an article; one that no library can have (-1) is simply unknown."""
    digits = str(value)
    if not digits.isascii() or not digits.removeprefix("-").isdigit():
        raise click.BadParameter(f"{digits[:40]!r} is not the number of an article")
    return int(digits) if len(digits) <= 18 else -1


def batch_code(failed: int, done: int) -> int:
    """The exit code for a batch: 0 all read, 1 some failed, 2 all failed."""
    if not failed:
        return 0
    return 1 if done else 2
