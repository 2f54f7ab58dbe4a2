"""The ways in which an Indonesian word can be taken apart: prefixes, suffixes, clitics, elision.

Purely formal: every analysis that the grammar allows is listed, also wrong ones; which one holds is
decided against the roots (``stem``). Rules after Sneddon, Adelaar, Djenar and Ewing, "Indonesian: A
Comprehensive Grammar" (2nd ed. 2010), chapters 1.2-1.4.
"""

from __future__ import annotations

from collections.abc import Iterator

_VOWELS = frozenset("aiueo")
_SHORTEST = 3
"""Letters that a root has at least ("uji", "isi")."""

_PARTICLES = ("lah", "kah", "pun", "tah")
_CLITICS = ("nya", "ku", "mu")
_SUFFIXES = ("kan", "an", "i")

# What may stand before a prefix, from the outside in: "memper-", "keber-", "pember-", "dike-" …
_INSIDE = {
    "meN": frozenset(("per", "ber")),
    "di": frozenset(("per", "ber")),
    "ku": frozenset(("per", "ber")),
    "kau": frozenset(("per", "ber")),
    "peN": frozenset(("per", "ber")),
    "ber": frozenset(("ke", "peN", "per")),
    "ke": frozenset(("ber", "ter", "peN")),
    "ter": frozenset(("per",)),
    "per": frozenset(("se", "ber")),
    "se": frozenset(("per", "peN")),
    "pe": frozenset(()),
}

# A nasal prefix before each first letter of a root: what is seen -> the letters it may hide.
_NASAL = (
    ("ny", ("s", "")),
    ("ng", ("k", "")),
    ("n", ("t", "")),
    ("m", ("p", "")),
)


def analyses(word: str) -> Iterator[tuple[str, str]]:
    """Each ``(root, pattern)`` of ``word`` but the word itself; a pattern reads ``meN+per-kan``.

    Clitics and particles show as ``~`` in the pattern. A pair may come more than once.
    """
    for base, ending in _endings(word):
        if ending:
            yield base, "-" + ending
        for root, prefixes in _beginnings(base, None, 3):
            yield root, f"{prefixes}-{ending}"


def _endings(word: str) -> Iterator[tuple[str, str]]:
    for bare, clitic in _clitics(word):
        if clitic:
            yield bare, clitic
        else:
            yield bare, ""
        for suffix in _SUFFIXES:
            rest = bare[: -len(suffix)]
            if bare.endswith(suffix) and len(rest) >= _SHORTEST:
                if suffix == "i" and rest[-1] == "i":
                    continue
                yield rest, suffix + clitic


def _clitics(word: str) -> Iterator[tuple[str, str]]:
    yield word, ""
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) > _SHORTEST:
            yield word[: -len(particle)], "~"
            word_without = word[: -len(particle)]
            for clitic in _CLITICS:
                if word_without.endswith(clitic) and len(word_without) - len(clitic) > _SHORTEST:
                    yield word_without[: -len(clitic)], "~"
    for clitic in _CLITICS:
        if word.endswith(clitic) and len(word) - len(clitic) >= _SHORTEST:
            yield word[: -len(clitic)], "~"


def _beginnings(word: str, outer: str | None, depth: int) -> Iterator[tuple[str, str]]:
    allowed = None if outer is None else _INSIDE[outer]
    for rest, prefix in _prefixes(word):
        if allowed is not None and prefix not in allowed:
            continue
        if len(rest) >= _SHORTEST:
            yield rest, prefix
            if depth > 1:
                for root, inner in _beginnings(rest, prefix, depth - 1):
                    yield root, f"{prefix}+{inner}"


def _prefixes(word: str) -> Iterator[tuple[str, str]]:
    """Each ``(rest, prefix)`` after taking off one prefix."""
    for plain in ("di", "ke", "se", "ku", "kau"):
        if word.startswith(plain):
            yield word[len(plain) :], plain
    for liquid in ("ber", "ter", "per"):
        if word.startswith(liquid):
            yield word[3:], liquid
            if word[3:4] in _VOWELS:
                yield "r" + word[3:], liquid  # berencana: ber + rencana
        elif word.startswith(liquid[:2]) and word[3:5] == "er" and word[2] not in _VOWELS:
            yield word[2:], liquid  # bekerja, tepercaya
    if word.startswith(("belajar", "pelajar")):
        yield word[3:], "ber" if word[0] == "b" else "peN"
    if word.startswith("pe"):
        yield word[2:], "pe"
    for head, prefix in (("me", "meN"), ("pe", "peN")):
        if word.startswith(head):
            for rest in _denasalised(word[2:]):
                yield rest, prefix


def _denasalised(rest: str) -> Iterator[str]:
    """What may follow me- or pe- once the nasal is undone: "ngirim" -> kirim, "mbuat" -> buat."""
    if rest[:1] in ("l", "r", "w", "y", "m", "n"):
        yield rest
    if rest.startswith("nge"):
        yield rest[3:]  # mengesahkan: before one syllable
    for seen, hidden in _NASAL:
        if rest.startswith(seen):
            inner = rest[len(seen) :]
            if inner[:1] in _VOWELS:
                for letter in hidden:
                    if letter or seen == "ng":
                        yield letter + inner
            else:
                yield inner
            break
    if rest.startswith("nc"):
        yield rest[1:]
