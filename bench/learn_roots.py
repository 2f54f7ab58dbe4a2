"""Learns the tables of ``store/normalise/data`` from a corpus: ``python -m bench.learn_roots CORPUS``.

CORPUS is JSONL (``.gz`` or not) of articles with a ``body``; only words, weights and affix patterns
come out of it. Needs numpy, scipy and scikit-learn.

The words of the corpus are taken apart in every way that ``affixes`` allows. Which analysis holds is
decided for all words together, by turns: a root is likelier the more words lead to it, a pattern the
more words show it, and an analysis the more alike the contexts of word and root are (cosine of PPMI
vectors reduced by SVD). Words that the corpus writes with a capital inside sentences are names and
stay whole unless context and pattern speak clearly for a root. Two lists by hand (``data/roots_*``)
correct what reading the outcome showed to be wrong.
"""

from __future__ import annotations

import argparse
import gzip
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
import scipy.sparse as sparse
from sklearn.utils.extmath import randomized_svd

from store.normalise.affixes import analyses

DATA = Path(__file__).parent / "data"
OUT = Path(__file__).parents[1] / "store" / "normalise" / "data"

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|[.!?:\n\"“”(]")
_SELDOM = 3
"""Occurrences from which a word counts."""
_NAME = 0.1
"""Share of small letters inside sentences below which a word is a name."""
_SHORT_ROOTS = frozenset(
    (
        "uji",
        "isi",
        "aju",
        "ada",
        "apa",
        "cek",
        "tua",
        "sah",
        "adu",
        "bom",
        "doa",
        "uap",
        "isu",
        "ibu",
        "air",
    )
)
"""Roots of three letters that are trusted without likeness of context."""
_DERIVED = 9.0
"""Advantage of taking apart over leaving whole, before the pattern's own (natural logarithm)."""
_CONTEXT = 0.4
"""Weight of likeness of context."""
# How little a pattern alone says (natural logarithm): single affixes that many roots begin or end
# with by chance.
_WEAK = {
    "-an": -2, "-i": -2.5, "per-": -4, "pe-": -2, "se-": -2, "ke-": -5, "ku-": -4, "kau-": -4,
    "ter-": -1, "ber-": -0.5, "se-an": -5, "ber-i": -4, "pe-i": -5, "peN-i": -5, "ke-i": -4,
    "ke-kan": -3, "ter-an": -4, "-an~": -1.5, "-i~": -1.5, "pe-an": -0.5,
}  # fmt: skip
# How Indonesian words may begin and end; loans that do otherwise have to be frequent themselves.
_ONSET = re.compile(
    r"(?:[aiueo]|[bcdfghjklmnpqrstvwyz][aiueo]"
    r"|(?:[bcdfgkpt][lr]|sy|kh|ny|st|sp|sk|sw|kw|ps|str|skr|spr|tw|dw|fy)[aiueo])"
)
_CODA = re.compile(r"[aiueo](?:[bcdfghklmnprstvwxyz]|ng|ks|rs|kh|sy|ns|rt|nt|nk|st)?$")

Analysis = tuple[str, str]


@dataclass
class Corpus:
    """Counts of words, of their small letters and capitals inside sentences; likeness of context."""

    count: Counter[str] = field(default_factory=Counter)
    small: Counter[str] = field(default_factory=Counter)
    capital: Counter[str] = field(default_factory=Counter)
    texts: list[list[str]] = field(default_factory=list)
    vectors: dict[str, np.ndarray] = field(default_factory=dict)

    def smallness(self, word: str) -> float:
        return self.small[word] / (self.small[word] + self.capital[word] + 0.5)

    def alike(self, one: str, other: str) -> float | None:
        if one not in self.vectors or other not in self.vectors:
            return None
        return float(self.vectors[one] @ self.vectors[other])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpus", type=Path)
    options = parser.parse_args()
    corpus = read(options.corpus)
    corpus.vectors = contexts(corpus)
    whole = _listed("roots_whole.txt")
    possible = candidates(corpus, whole, _listed("roots_wrong.txt"))
    roots = settled(corpus, possible)
    write(corpus, possible, roots)


def _listed(name: str) -> set[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return {word for line in lines if not line.startswith("#") for word in line.split()}


def read(path: Path) -> Corpus:
    corpus = Corpus()
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        for line in lines:
            text: list[str] = []
            before = "."
            for token in _TOKEN.findall(json.loads(line).get("body") or ""):
                if token[0].isalpha():
                    word = token.lower()
                    text.append(word)
                    corpus.count[word] += 1
                    if token.islower():
                        corpus.small[word] += 1
                    elif before[0].isalpha() and token[0].isupper() and before.islower():
                        corpus.capital[word] += 1
                before = token
            corpus.texts.append(text)
    return corpus


def contexts(corpus: Corpus, most: int = 45_000, around: int = 6_000) -> dict[str, np.ndarray]:
    """Unit vectors of 100 numbers for the commonest words: SVD of PPMI within four words."""
    words = [word for word, n in corpus.count.most_common(most) if n >= 5]
    number = {word: at for at, word in enumerate(words)}
    row: list[int] = []
    for text in corpus.texts:
        row.extend(number.get(word, -1) for word in text)
        row.extend([-1] * 5)
    ids = np.array(row, dtype=np.int32)
    pairs = sparse.csr_matrix((len(words), around))
    for gap in range(1, 5):
        for left, right in ((ids[:-gap], ids[gap:]), (ids[gap:], ids[:-gap])):
            both = (left >= 0) & (right >= 0) & (right < around)
            found = (np.full(both.sum(), 1.0 / gap), (left[both], right[both]))
            pairs = pairs + sparse.coo_matrix(found, shape=pairs.shape).tocsr()
    rows = np.asarray(pairs.sum(1)).ravel()
    columns = np.asarray(pairs.sum(0)).ravel() ** 0.75
    columns = columns / columns.sum() * rows.sum()
    cells = pairs.tocoo()
    value = np.log(cells.data * rows.sum() / (rows[cells.row] * columns[cells.col] + 1e-9))
    more = value > 0
    ppmi = sparse.csr_matrix((value[more], (cells.row[more], cells.col[more])), shape=pairs.shape)
    left, strength, _ = randomized_svd(ppmi, 100, n_iter=3, random_state=0)
    vectors = left * np.sqrt(strength)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    return dict(zip(words, vectors.astype(np.float32), strict=True))


def candidates(corpus: Corpus, whole: set[str], wrong: set[str]) -> dict[str, list[Analysis]]:
    """Each word with itself and the analyses that are worth weighing."""
    words = [
        w
        for w, n in corpus.count.items()
        if n >= _SELDOM and len(w) >= 3 and w.isascii() and w.isalpha()
    ]
    every = {word: sorted(set(analyses(word))) for word in words}
    patterns: dict[str, set[str]] = defaultdict(set)
    for word, found in every.items():
        if corpus.smallness(word) > _NAME:
            for root, pattern in found:
                patterns[root].add(pattern.replace("~", ""))

    def plausible(root: str) -> bool:
        if root in wrong:
            return False
        known = corpus.count[root] >= _SELDOM
        shaped = _ONSET.match(root) and _CODA.search(root)
        if not shaped and not (corpus.count[root] >= 40 and corpus.smallness(root) > _NAME):
            return False
        return (known and corpus.smallness(root) > 0.05) or len(patterns[root]) >= 3

    return {
        word: [(word, "")]
        + [
            (root, pattern)
            for root, pattern in found
            if word not in whole
            and plausible(root)
            and _near_enough(corpus, word, root, pattern)
            and (corpus.smallness(word) >= _NAME or _despite_name(corpus, word, root, pattern))
        ]
        for word, found in every.items()
    }


def _near_enough(corpus: Corpus, word: str, root: str, pattern: str) -> bool:
    """Roots of three letters need context to speak for them."""
    if len(root) != 3 or root in _SHORT_ROOTS:
        return True
    alike = corpus.alike(word, root)
    if corpus.count[root] < _SELDOM or (alike is None and "~" not in pattern):
        return False
    return alike is None or alike >= 0.3


def _despite_name(corpus: Corpus, word: str, root: str, pattern: str) -> bool:
    strong = (
        pattern.startswith("meN")
        or (pattern.startswith(("peN", "per", "ke")) and "-an" in pattern)
        or (pattern.startswith("di") and "kan" in pattern)
    )
    alike = corpus.alike(word, root) or 0.0
    return alike > (0.15 if strong else 0.35) and corpus.smallness(root) > _NAME


def _habit(corpus: Corpus, word: str, root: str, pattern: str) -> float:
    """What the pattern says for itself."""
    value = float(_WEAK.get(pattern, 0))
    if pattern.startswith(("ku", "kau")):
        value -= 4
    if pattern.startswith("se+"):
        value -= 2
    if pattern.startswith("ke") and "-an" not in pattern:
        value -= 2
    if len(root) == 3:
        value -= 2
    # An imperative that also has its passive or its mem- is no accident.
    passive, active = corpus.count["di" + word] >= _SELDOM, corpus.count["mem" + word] >= _SELDOM
    if pattern in ("-i", "-kan") and passive:
        value = max(value, 0.0)
    if pattern in ("per-", "per-i", "per-kan") and (passive or active):
        value = 1.0
    return value


def settled(corpus: Corpus, possible: dict[str, list[Analysis]]) -> dict[str, str]:
    """The root of each word, after the analyses have been weighed against each other by turns."""
    weight = {
        w: math.log(1 + corpus.count[w]) * (1 if corpus.smallness(w) > 0.3 else 0.3)
        for w in possible
    }
    letters = _letter_model(possible)
    prior = {r: 1_000 * math.exp(letters(r)) for found in possible.values() for r, _ in found}
    bonus = {
        (word, root, pattern): _DERIVED
        + _habit(corpus, word, root, pattern)
        + _CONTEXT * _context(corpus.alike(word, root))
        for word, found in possible.items()
        for root, pattern in found[1:]
    }
    roots: Counter[str] = Counter()
    habits: Counter[str] = Counter()
    for word, found in possible.items():
        for root, pattern in found:
            roots[root] += weight[word] / len(found)  # type: ignore[assignment]
            habits[pattern] += weight[word] / len(found)  # type: ignore[assignment]
    chosen: dict[str, Analysis] = {}
    chance = random.Random(0)
    order = list(possible)
    for turn in range(12):
        chance.shuffle(order)
        all_roots, all_habits = sum(roots.values()), sum(habits.values())
        new_roots: Counter[str] = Counter()
        new_habits: Counter[str] = Counter()
        changed = 0
        for word in order:
            found = possible[word]
            own = weight[word] / len(found) if turn == 0 else weight[word]

            scored = []
            for root, pattern in found:
                mine = turn == 0 or chosen[word][0] == root
                count = max(roots[root] - (own if mine else 0.0), 0.0)
                likely = math.log((count + prior[root] + 1e-9) / all_roots)
                usual = math.log((habits[pattern] + 0.01) / all_habits)
                extra = bonus[word, root, pattern] if pattern else 0.0
                scored.append(likely + usual + extra)
            best = found[scored.index(max(scored))]
            if turn == 0:
                new_roots[best[0]] += own * len(found)  # type: ignore[assignment]
                new_habits[best[1]] += own * len(found)  # type: ignore[assignment]
                chosen[word] = best
            elif best != chosen[word]:
                changed += 1
                for counter, at in ((roots, 0), (habits, 1)):
                    counter[chosen[word][at]] -= own  # type: ignore[assignment]
                    counter[best[at]] += own  # type: ignore[assignment]
                chosen[word] = best
        if turn == 0:
            roots, habits = new_roots, new_habits
        elif changed < 20:
            break
    return _followed(corpus, possible, chosen)


def _context(alike: float | None) -> float:
    return 0.0 if alike is None else max(-2.5, min(3.0, 10 * (alike - 0.22)))


def _letter_model(words: dict[str, list[Analysis]]) -> Callable[[str], float]:
    pairs: Counter[tuple[str, str]] = Counter()
    single: Counter[str] = Counter()
    for word in words:
        marked = f"^{word}$"
        for a, b in pairwise(marked):
            pairs[a, b] += 1
            single[a] += 1

    def value(word: str) -> float:
        marked = f"^{word}$"
        return sum(math.log((pairs[a, b] + 0.1) / (single[a] + 3)) for a, b in pairwise(marked))

    return value


def _followed(
    corpus: Corpus, possible: dict[str, list[Analysis]], chosen: dict[str, Analysis]
) -> dict[str, str]:
    """Roots of roots, as far as the word itself can be taken apart to them.

    A root with derivations that cannot lead farther is one, whatever its own analysis says:
    "kemenangan" comes from "menang", so that "menang" is no meN- of anything.
    """
    direct = {word: {root for root, _ in found} for word, found in possible.items()}
    derived: dict[str, list[str]] = defaultdict(list)
    for word, found in direct.items():
        for root in found - {word}:
            derived[root].append(word)
    true: set[str] = set()
    for root, (farther, _) in chosen.items():
        if farther == root:
            continue
        proof = [
            corpus.count[word]
            for word in derived[root]
            if farther not in direct[word]
            and chosen[word][0] == root
            and any(r == root and p not in ("", "-~") for r, p in possible[word])
        ]
        if len(proof) >= 2 and sum(proof) >= max(8, 0.03 * corpus.count[root]):
            true.add(root)

    def follow(word: str) -> str:
        at, seen = word, set()
        while at in chosen and at not in seen and at not in true and chosen[at][0] != at:
            seen.add(at)
            if chosen[at][0] not in direct[word]:
                break
            at = chosen[at][0]
        return at

    return {word: follow(word) for word in chosen}


def write(corpus: Corpus, possible: dict[str, list[Analysis]], roots: dict[str, str]) -> None:
    """The tables, and the words whose root the tables' weights alone would miss."""
    weight = {
        w: math.log(1 + corpus.count[w]) * (1 if corpus.smallness(w) > 0.3 else 0.3)
        for w in possible
    }
    strength: Counter[str] = Counter()
    habits: Counter[str] = Counter()
    children: Counter[str] = Counter()
    for word, root in roots.items():
        strength[root] += weight[word]  # type: ignore[assignment]
        if root != word:
            children[root] += 1
            pattern = next((p for r, p in analyses(word) if r == root), None)
            if pattern is not None:
                habits[pattern] += weight[word]  # type: ignore[assignment]
    known = {
        root: round(2 * math.log(strength[root]))
        for root in strength
        if len(root) >= 3 and children[root] >= (1 if corpus.count[root] >= _SELDOM else 2)
    }
    everything = sum(habits.values())
    usual = {p: round(2 * math.log(n / everything)) for p, n in habits.items() if n >= 8}

    def weighed(word: str) -> str:
        options = [
            (known[root] + usual[pattern], root)
            for root, pattern in analyses(word)
            if root in known and pattern in usual
        ]
        return max(options, key=lambda item: item[0])[1] if options and len(word) > 3 else word

    missed = {w: r for w, r in roots.items() if w not in known and weighed(w) != r}
    _write_grouped(
        "roots.txt",
        "Roots of Indonesian by weight: a line per weight, twice the natural logarithm of how strongly\n"
        "# the words of a news corpus of 54 million characters speak for the root.",
        known,
    )
    lines = [f"{w} {p}" for p, w in sorted(usual.items(), key=lambda item: (-item[1], item[0]))]
    _write(
        "patterns.txt",
        "Affix patterns (see affixes.py) by weight: twice the natural logarithm of their share among\n"
        "# the words of the same corpus. A pattern not listed is not taken apart.",
        lines,
    )
    _write(
        "whole.txt",
        "Words that look like derivations and are none.",
        sorted(word for word, root in missed.items() if root == word),
    )
    _write(
        "irregular.txt",
        "Words whose root the weights alone would miss, as their contexts decided.",
        sorted(f"{w} {r}" for w, r in missed.items() if r != w and corpus.count[w] > _SELDOM),
    )


def _write_grouped(name: str, title: str, weights: dict[str, int]) -> None:
    groups: dict[int, list[str]] = defaultdict(list)
    for word, value in weights.items():
        groups[value].append(word)
    _write(
        name, title, [f"{v} {' '.join(sorted(groups[v]))}" for v in sorted(groups, reverse=True)]
    )


def _write(name: str, title: str, lines: list[str]) -> None:
    text = f"# {title}\n# Learnt by bench/learn_roots.py.\n" + "\n".join(lines) + "\n"
    (OUT / name).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
