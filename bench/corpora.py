"""The inputs of training, pinned by their SHA-256, and the test sentences that stay out of it."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

SHARED = Path(os.environ.get("BILAT_SHARED", Path(__file__).resolve().parents[2] / "shared"))
"""Folder with ``ner/`` and ``eval/``; the project does not contain it (texts are their publishers')."""

SHA256 = {
    "eval/corpus/pool.jsonl.gz": "bc18ab33d75356927d45b8a603d8b91e8e7d032711961e3915e95bc15118371b",
    "eval/gold/gold_dev.jsonl": "437242541180b0c003484f1be447837f755f3b9b891db27e65d162ccfb5eb5a2",
    "eval/gold/gold_train.jsonl": "5fb4a216ca5033699e6091c9ca64ac190326e81f1f68a02b936039943e0aba0e",
    "ner/idner2k.dev.jsonl": "229ed5953889972080b4990bd20ac8b90c826405b157d785a072bc538cbb62f0",
    "ner/idner2k.test.jsonl": "11b5003ea266a2c3cd7217e235efa9aede69802b90b905dd9aac21e60e219979",
    "ner/idner2k.train.jsonl": "3bbba37183c1c9d71810ee6f4ce82b2f6e6c06013f04f7466ff2995a50d52231",
    "ner/nergrit.dev.jsonl": "8a574b581f132daa1f0e4dc26d8dd6bf3206f5655cf59c431e9f3e55601f8b45",
    "ner/nergrit.test.jsonl": "cc26ad176a5b2a7f16d611c9357f964025d25ddd15af56d99a296dbd2f6fc1d2",
    "ner/nergrit.train.jsonl": "904fa98e7a402f59cc98283821d6b54d67f706663d702f9dd7671b7f2c9659d7",
}


def load(name: str) -> bytes:
    """The bytes of an input; fails where they are not the pinned ones."""
    data = (SHARED / name).read_bytes()
    digest = hashlib.sha256(data).hexdigest()
    if digest != SHA256[name]:
        raise SystemExit(f"{SHARED / name} is not the pinned file (SHA-256 {digest}).")
    return data


def rows(name: str) -> list[dict[str, Any]]:
    """The objects of a JSONL input, compressed or not."""
    data = load(name)
    text = (gzip.decompress(data) if name.endswith(".gz") else data).decode("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def key(sentence: str) -> str:
    """What two prints of the same sentence share: its word characters in lower case."""
    return re.sub(r"\W", "", sentence).lower()


def test_keys() -> frozenset[str]:
    """The keys of every sentence of the public test sets."""
    names = ("ner/idner2k.test.jsonl", "ner/nergrit.test.jsonl")
    return frozenset(key("".join(row["tokens"])) for name in names for row in rows(name))


def public(part: str) -> Iterator[tuple[str, list[str], list[str]]]:
    """Set, tokens and tags (BIO; PER, ORG, LOC) of ``train`` (without test sentences) or ``test``."""
    known = test_keys()
    parts = ("train", "dev") if part == "train" else ("test",)
    for dataset in ("idner2k", "nergrit"):
        for name in parts:
            for row in rows(f"ner/{dataset}.{name}.jsonl"):
                if part == "test" or key("".join(row["tokens"])) not in known:
                    yield dataset, row["tokens"], row["tags"]


ANNOTATIONS = Path(__file__).parent / "data" / "annotations.jsonl"
"""Annotations of the beginnings of articles of the pool, as offsets: the project holds no text of them."""


def further() -> list[dict[str, Any]]:
    """Articles annotated besides, by reading after the same guidelines: for training only.

    They have mentions alone, no people and no partners, and end where the annotator stopped.
    """
    pool: dict[str, dict[str, Any]] = {
        hashlib.sha256(row["body"].encode("utf-8")).hexdigest(): row
        for row in rows("eval/corpus/pool.jsonl.gz")
    }
    found: list[dict[str, Any]] = []
    for line in ANNOTATIONS.read_text(encoding="utf-8").splitlines():
        noted = json.loads(line)
        article = pool[noted["body_sha256"]]
        found.append(
            {
                "id": noted["body_sha256"],
                "body": article["body"][: noted["read"]],
                "date": None,
                "source": article.get("source"),
                "mentions": [
                    {"start": start, "end": end, "type": kind}
                    for start, end, kind in noted["mentions"]
                ],
                "ignore_regions": [{"start": a, "end": b} for a, b in noted["ignored"]],
            }
        )
    return found


def annotated() -> list[dict[str, Any]]:
    """The annotated articles, development and training part together."""
    return rows("eval/gold/gold_train.jsonl") + rows("eval/gold/gold_dev.jsonl")
