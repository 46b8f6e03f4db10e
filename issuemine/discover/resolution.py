"""How finely to cut: the resolution at which topics stand apart best."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from threadpoolctl import threadpool_limits

from issuemine.discover.communities import leiden
from issuemine.discover.neighbours import Labels, Vectors, workers

GRID: npt.NDArray[np.float64] = 2.0 ** np.arange(0, 9.5, 0.5)
"""Resolutions from 1 to 512, each about 1.4 times the one before."""

STANDARD_ERRORS = 2.0
_WORTH_A_LOOK = 0.95
_PAST_THE_PEAK = 0.5
_SAMPLE = 4_096
_CHUNK = 1_024


@dataclass(frozen=True)
class Resolution:
    """The chosen resolution and what spoke for it."""

    value: float
    margins: dict[float, float]
    """Mean margin at each resolution that was tried."""


def sums_by_label(vectors: Vectors, labels: Labels, n_labels: int) -> Vectors:
    """Sum the vectors of each label, shape (n_labels, dim); negative labels are left out."""
    used = np.flatnonzero(labels >= 0)
    members = sp.csr_matrix(
        (np.ones(len(used), dtype=np.float32), (labels[used], used)), shape=(n_labels, len(vectors))
    )
    return np.asarray(members @ vectors, dtype=np.float32)


def margins(vectors: Vectors, labels: Labels, rows: Labels | None = None) -> Vectors:
    """Measure how much nearer each mention is to its own topic than to the next.

    A mention's margin is its mean cosine to the other members of its topic (0 when it has none) minus its
    largest mean cosine to the members of another topic: the numerator of the silhouette coefficient for
    cosine distance [1]_. Means of cosines do not depend on how many members they run over, whereas a
    cosine to a centre does: a centre of few is short, and small topics would look worse than they are.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, dim)
        Unit vectors.
    labels : ndarray of int64, shape (n,)
        Topics from 0, without gaps; every mention has one.
    rows : ndarray of int64, optional
        Mentions to measure; default: all.

    Returns
    -------
    ndarray of float32, shape (n,) or (len(rows),)
        From -2 to 2.

    References
    ----------
    .. [1] P. J. Rousseeuw. "Silhouettes: a graphical aid to the interpretation and validation of cluster
       analysis". Journal of Computational and Applied Mathematics 20, 1987.
    """
    rows = np.arange(len(vectors)) if rows is None else rows
    sizes = np.bincount(labels).astype(np.float32)
    sums = sums_by_label(vectors, labels, len(sizes))
    means = (sums / sizes[:, None]).T
    result = np.empty(len(rows), dtype=np.float32)
    for start in range(0, len(rows), _CHUNK):
        part = rows[start : start + _CHUNK]
        own = labels[part]
        cosines = vectors[part] @ means
        at = np.arange(len(part))
        with_itself = cosines[at, own] * sizes[own]
        cosines[at, own] = -np.inf
        other = cosines.max(axis=1) if len(sizes) > 1 else np.zeros(len(part), dtype=np.float32)
        inside = np.where(sizes[own] > 1, (with_itself - 1) / np.maximum(sizes[own] - 1, 1), 0)
        result[start : start + _CHUNK] = inside - other
    return result


def choose_resolution(
    graph: sp.csr_matrix, vectors: Vectors, weights: Vectors | None = None, *, seed: int = 0
) -> Resolution:
    """Take the largest resolution whose mean margin cannot be told from the best.

    That is, not below it by more than two standard errors: as in the one-standard-error rule of model
    selection [1]_, few mentions cannot vouch for small differences, and between equals the finer cut
    wins. Mean margins are averaged over three neighbouring grid points. Octaves are tried first, from
    coarse to fine until two in a row lie at half the best or below (not earlier: where topics fall into
    families, margins have a peak for each level); the points between are tried next to good octaves and
    interpolated elsewhere. Above 4,096 mentions the margin is that of an even sample.

    Parameters
    ----------
    graph : scipy.sparse.csr_matrix, shape (n, n)
        The neighbour graph.
    vectors : ndarray of float32, shape (n, dim)
        Unit vectors of its nodes.
    weights : ndarray of float32, shape (n,), optional
        Weight of each mention in the mean margin; default: equal.
    seed : int
        Of the Leiden algorithm.

    References
    ----------
    .. [1] T. Hastie, R. Tibshirani and J. Friedman. "The elements of statistical learning", 2nd edition,
       section 7.10. Springer 2009.
    """
    n = len(vectors)
    rows = np.unique(np.linspace(0, n - 1, min(n, _SAMPLE)).astype(np.int64))
    weight = np.ones(n) if weights is None else weights.astype(np.float64)
    effective = weight.sum() ** 2 / (weight**2).sum()
    found: dict[int, float] = {}
    spread: dict[int, float] = {}

    def measure(step: int) -> tuple[int, float, float]:
        values = margins(vectors, leiden(graph, GRID[step], seed=seed), rows).astype(np.float64)
        mean = np.average(values, weights=weight[rows])
        return step, float(mean), float(np.sqrt(np.average((values - mean) ** 2, weights=weight[rows])))

    def try_steps(steps: list[int]) -> None:
        for step, mean, deviation in pool.map(measure, steps):
            found[step], spread[step] = mean, deviation

    # Threads of the matrix library under ours would only wait for each other.
    with threadpool_limits(limits=1), ThreadPoolExecutor(min(2, workers())) as pool:
        octaves = list(range(0, len(GRID), 2))
        for pair in zip(octaves[::2], octaves[1::2], strict=True):
            try_steps(list(pair))
            if max(found[step] for step in pair) < _below(max(found.values()), _PAST_THE_PEAK):
                break
        floor = _below(max(found.values()), _WORTH_A_LOOK)
        good = [step for step, mean in found.items() if mean >= floor]
        between = {step + side for step in good for side in (-1, 1)}
        try_steps(sorted(step for step in between if 0 <= step <= max(found)))
    best = _choose(found, spread, effective)
    tried = sorted(found)
    return Resolution(float(GRID[best]), {float(GRID[step]): found[step] for step in tried})


def _choose(found: dict[int, float], spread: dict[int, float], effective: float) -> int:
    """Pick the last step within two standard errors of the best, over interpolated, smoothed margins."""
    tried = sorted(found)
    values = np.interp(np.arange(tried[-1] + 1), tried, [found[step] for step in tried])
    smooth = np.convolve(np.concatenate([values[:1], values, values[-1:]]), np.ones(3) / 3, mode="valid")
    error = spread[max(tried, key=lambda step: found[step])] / np.sqrt(effective)
    return int(np.flatnonzero(smooth >= smooth.max() - STANDARD_ERRORS * error)[-1])


def _below(best: float, share: float) -> float:
    return best - (1 - share) * abs(best)
