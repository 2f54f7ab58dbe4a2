from __future__ import annotations
import re, unicodedata
from functools import lru_cache
from typing import NamedTuple
import Stemmer
from store.text import fold

class Part(NamedTuple):
    form: str
    surface: str
    start: int
    end: int

_STEM = Stemmer.Stemmer("indonesian")

def plain(word: str) -> str:
    folded = unicodedata.normalize("NFC", fold(word))
    return "".join(c for c in folded if c.isalnum())

@lru_cache(maxsize=300_000)
def parts(unit: str) -> tuple[Part, ...]:
    out = []
    chain = re.split("[-\u2010\u2011]", unit)
    at = 0
    for piece in chain:
        p = plain(piece)
        if p:
            f = _STEM.stemWord(p)
            if not (out and out[-1].form == f):
                out.append(Part(f, p, at, at + len(piece)))
            else:
                out[-1] = Part(f, p, out[-1].start, at + len(piece))
        at += len(piece) + 1
    return tuple(out)
