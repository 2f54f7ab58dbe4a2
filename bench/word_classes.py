"""Compute ``store/extract/words.tsv``: classes and habits of the press's words, from unlabelled text.

    OMP_NUM_THREADS=1 python -m bench.word_classes

Per word: a coarse (96) and a fine (1000) class of words that keep the same company, and how often it
is capitalised inside a sentence, in tenths. Method: contexts of one word on either side over the
3,000 commonest, positive pointwise mutual information (context smoothing 0.75), truncated SVD (80),
k-means, seed 0. No text is kept. Needs numpy, scipy, scikit-learn; about 3 minutes and 3 GB.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.cluster import MiniBatchKMeans
from sklearn.utils.extmath import randomized_svd

from bench import corpora
from store.extract.tokens import TOKEN
from store.text import sentences

TABLE = Path(__file__).resolve().parent.parent / "store" / "extract" / "words.tsv"
LEAST, WORDS, CONTEXTS, DIMENSIONS = 4, 40_000, 3_000, 80
DIGIT = re.compile(r"\d")


def read() -> tuple[list[list[str]], Counter[str], Counter[str]]:
    """Sentences as lower-cased words, and per word how often it stood inside one, and capitalised."""
    skip = corpora.test_keys()
    read_sentences: list[list[str]] = []
    inside: Counter[str] = Counter()
    capitalised: Counter[str] = Counter()
    for row in corpora.rows("eval/corpus/pool.jsonl.gz"):
        body = row["body"]
        for start, end in sentences(body):
            if corpora.key(body[start:end]) in skip:
                continue
            forms = [match.group() for match in TOKEN.finditer(body, start, end)]
            lows = [DIGIT.sub("0", form.lower()) for form in forms]
            read_sentences.append(lows)
            if not body[start:end].isupper():
                inside.update(lows[1:])
                capitalised.update(
                    low for form, low in zip(forms[1:], lows[1:], strict=True) if form[0].isupper()
                )
    return read_sentences, inside, capitalised


def associations(read_sentences: list[list[str]], words: list[str]) -> sp.csr_matrix:
    """Word × (left and right context) positive pointwise mutual information."""
    index = {word: number for number, word in enumerate(words)}
    rows: list[np.ndarray] = []
    columns: list[np.ndarray] = []
    for chunk in range(0, len(read_sentences), 20_000):
        line: list[int] = []
        for sentence in read_sentences[chunk : chunk + 20_000]:
            line.append(-1)
            line.extend(index.get(word, -1) for word in sentence)
        line.append(-1)
        ids = np.array(line)
        for shift, base in ((-1, 0), (1, CONTEXTS)):
            word, context = (ids[1:], ids[:-1]) if shift < 0 else (ids[:-1], ids[1:])
            keep = (word >= 0) & (context >= 0) & (context < CONTEXTS)
            rows.append(word[keep])
            columns.append(context[keep] + base)
    row, column = np.concatenate(rows), np.concatenate(columns)
    counts = sp.coo_matrix(
        (np.ones(len(row)), (row, column)), shape=(len(words), 2 * CONTEXTS)
    ).tocsr()
    by_row = np.asarray(counts.sum(1)).ravel()
    by_column = np.asarray(counts.sum(0)).ravel()
    smooth = by_column**0.75 / (by_column**0.75).sum()
    cells = counts.tocoo()
    pmi = np.log(cells.data / (by_row[cells.row] * smooth[cells.col]) + 1e-9)
    pmi[pmi < 0] = 0
    return sp.csr_matrix((pmi, (cells.row, cells.col)), shape=counts.shape)


def main() -> None:
    read_sentences, inside, capitalised = read()
    counts = Counter(word for sentence in read_sentences for word in sentence)
    words = [w for w, n in sorted(counts.items(), key=lambda x: (-x[1], x[0])) if n >= LEAST][
        :WORDS
    ]
    left, strengths, _ = randomized_svd(
        associations(read_sentences, words), n_components=DIMENSIONS, random_state=0
    )
    vectors = left * np.sqrt(strengths)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True) + 1e-9
    coarse = MiniBatchKMeans(96, random_state=0, n_init=3, batch_size=4096).fit_predict(vectors)
    fine = MiniBatchKMeans(1000, random_state=0, n_init=1, batch_size=8192).fit_predict(vectors)
    lines = []
    for number, word in sorted(enumerate(words), key=lambda item: item[1]):
        habit = round(10 * capitalised[word] / inside[word]) if inside[word] else 0
        lines.append(f"{word}\t{coarse[number]}\t{fine[number]}\t{habit}\n")
    TABLE.write_text("".join(lines), encoding="utf-8")
    print(len(words), "words,", sum(counts.values()), "tokens,", TABLE.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
