"""Discover anew without turning everything upside down: a warm start whose disruption is bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import scipy.sparse as sp
from graspologic_native import leiden as leiden_from
from sklearn.metrics import adjusted_rand_score

from issuemine.discover.merging import merge_alike
from issuemine.discover.neighbours import Labels, Vectors

STIFFNESS = (1.0, 4.0, 16.0, 64.0)
"""By how much an edge between two mentions of one topic is strengthened, least first."""

_STILL_GOOD = 0.9
_ITERATIONS = 2


@dataclass(frozen=True)
class Start:
    """What a re-discovery starts from."""

    labels: Labels
    """Present topic of each mention, -1 for none."""
    resolution: float | None = None
    """Leiden resolution that the topics were found with; None where it is not known."""


@dataclass(frozen=True)
class Rediscovery:
    """The partition chosen and what it took."""

    labels: Labels
    """Community of each node, from 0."""
    resolution: float
    """Leiden resolution in use; that of the start where its topics were kept as they were."""
    stiffness: float
    """Strengthening in use; infinite where the topics were kept as they were."""
    agreement: float
    """Adjusted Rand index with the start, over the nodes that had a topic."""


def rediscover(
    graph: sp.csr_matrix,
    vectors: Vectors,
    start: Labels,
    resolutions: Sequence[float],
    *,
    min_agreement: float = 0.92,
    seed: int = 0,
) -> Rediscovery:
    """Partition a graph again, starting from topics that are there.

    Leiden runs from the present partition on a graph whose edges within a topic are strengthened: the
    past counts as evidence, as in evolutionary clustering [1]_, and new evidence has to outweigh it. The
    first resolution is tried with ever more stiffness until the wanted agreement with the start is
    reached, then the next. When nothing reaches it the topics stay as they are, and what has none is a
    community of its own.

    Parameters
    ----------
    graph : scipy.sparse.csr_matrix, shape (n, n)
        The neighbour graph.
    vectors : ndarray of float32, shape (n, dim)
        Unit vectors of its nodes.
    start : ndarray of int64, shape (n,)
        Present topic of each node, -1 for none.
    resolutions : sequence of float
        Leiden resolutions, best first.
    min_agreement : float
        Least adjusted Rand index with the start, from 0 to 1.
    seed : int
        Of the Leiden algorithm.

    References
    ----------
    .. [1] D. Chakrabarti, R. Kumar and A. Tomkins. "Evolutionary clustering". KDD 2006.
    """
    topics = start.copy()
    alone = np.flatnonzero(start < 0)
    topics[alone] = start.max(initial=-1) + 1 + np.arange(len(alone))
    known = np.flatnonzero(start >= 0)
    for resolution in resolutions:
        for stiffness in STIFFNESS:
            edges = _stiffened(graph, start, stiffness)
            found = merge_alike(vectors, _leiden_from(edges, topics, resolution, seed))
            agreement = float(adjusted_rand_score(start[known], found[known]))
            if agreement >= min_agreement:
                return Rediscovery(found, resolution, stiffness, agreement)
    kept = np.unique(topics, return_inverse=True)[1].astype(np.int64)
    return Rediscovery(kept, resolutions[-1], np.inf, 1.0)


def in_order(chosen: float, tried: dict[float, float], before: float | None) -> list[float]:
    """Resolutions to try for a re-discovery, best first.

    The resolution in use is kept while its mean margin is at least 0.9 of the best (what one night's
    mentions say about so flat a curve would make topics finer and coarser by turns); else the one chosen
    anew comes first. Coarser ones follow.

    Parameters
    ----------
    chosen : float
        What the margin rule chose anew.
    tried : dict of float to float
        Mean margin at each resolution that was tried.
    before : float, optional
        Resolution in use until now.
    """
    first = chosen
    if before in tried and tried[before] >= _STILL_GOOD * max(tried.values()):
        first = before
    return sorted((value for value in {*tried, chosen} if value <= first), reverse=True)


def _stiffened(graph: sp.csr_matrix, start: Labels, stiffness: float) -> sp.coo_matrix:
    """Upper half of the graph, its edges within a topic ``1 + stiffness`` times as heavy."""
    edges = sp.triu(graph, k=1).tocoo()
    within = (start[edges.row] >= 0) & (start[edges.row] == start[edges.col])
    heavier = edges.data * np.where(within, 1 + stiffness, 1.0)
    return sp.coo_matrix((heavier, (edges.row, edges.col)), shape=graph.shape)


def _leiden_from(edges: sp.coo_matrix, topics: Labels, resolution: float, seed: int) -> Labels:
    """Communities from 0; the library names nodes by strings."""
    names = [str(node) for node in range(edges.shape[0])]
    pairs = [
        (names[a], names[b], weight)
        for a, b, weight in zip(edges.row.tolist(), edges.col.tolist(), edges.data.tolist(), strict=True)
    ]
    joined = np.union1d(edges.row, edges.col)
    result = np.arange(len(names), dtype=np.int64) + len(names)
    if pairs:
        starting = {
            names[node]: topic for node, topic in zip(joined.tolist(), topics[joined].tolist(), strict=True)
        }
        _, found = leiden_from(
            pairs, starting, resolution=float(resolution), seed=int(seed), iterations=_ITERATIONS
        )
        nodes = np.fromiter((int(name) for name in found), dtype=np.int64, count=len(found))
        result[nodes] = np.fromiter(found.values(), dtype=np.int64, count=len(found))
    return np.unique(result, return_inverse=True)[1].astype(np.int64)
