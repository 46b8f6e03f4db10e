"""Communities of the neighbour graph, by the Leiden algorithm."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import scipy.sparse as sp
from graspologic_native import leiden_csr

from issuemine.discover.neighbours import Labels, workers


def leiden(
    graph: sp.csr_matrix, resolution: float, *, seed: int = 0, iterations: int = 1, trials: int = 1
) -> Labels:
    """Partition a graph into communities of high modularity.

    Parameters
    ----------
    graph : scipy.sparse.csr_matrix, shape (n, n)
        Symmetric, non-negative weights, empty diagonal.
    resolution : float
        Above 0; twice the resolution gives about 1.4 times the communities.
    seed : int
        Of the algorithm's random choices.
    iterations : int
        How often the whole algorithm is run, each time from the partition before.
    trials : int
        How often it is run from the start, with seeds that follow each other; the partition of highest
        modularity is kept, the first of equals.

    Returns
    -------
    ndarray of int64, shape (n,)
        Community of each node, numbered from 0 in order of first appearance.

    References
    ----------
    .. [1] V. A. Traag, L. Waltman and N. J. van Eck. "From Louvain to Leiden: guaranteeing
       well-connected communities". Scientific Reports 9, 5233, 2019.
    """
    n = graph.shape[0]
    if graph.nnz == 0:
        return np.arange(n, dtype=np.int64)
    starts = graph.indptr.astype(np.int64)
    ends = graph.indices.astype(np.int32)
    weights = graph.data.astype(np.float64)

    def run(trial: int) -> tuple[float, dict[int, int]]:
        quality, found = leiden_csr(
            starts, ends, weights, n, resolution=float(resolution), seed=trial, iterations=iterations
        )
        return float(quality), found

    with ThreadPoolExecutor(min(trials, workers())) as pool:
        _, found = max(pool.map(run, range(int(seed), int(seed) + trials)), key=lambda result: result[0])
    communities = np.arange(n, dtype=np.int64) + n
    nodes = np.fromiter(found.keys(), dtype=np.int64, count=len(found))
    communities[nodes] = np.fromiter(found.values(), dtype=np.int64, count=len(found))
    _, first, inverse = np.unique(communities, return_index=True, return_inverse=True)
    rank = np.empty(len(first), dtype=np.int64)
    rank[np.argsort(first)] = np.arange(len(first))
    return rank[inverse]
