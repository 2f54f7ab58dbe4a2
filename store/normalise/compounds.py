from __future__ import annotations

_PAIRS = {("kerja", "sama"): "kerjasama", ("tanda", "tangan"): "tandatangan"}

def compound(first: str, second: str) -> str:
    return _PAIRS.get((first, second), "")
