"""The neighbour graph: which mentions speak of the same thing, and how surely."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from issuemine.discover.neighbours import Labels, Neighbours, Vectors

_FLOOR = 1e-3
_SAME_TEXT = 0.98


class DistinctVectors(NamedTuple):
    """The distinct rows of an array in an order that does not depend on the rows' order."""

    vectors: Vectors
    """Unit vectors, shape ``(n_distinct, dim)``."""
    row_to_distinct: Labels
    """For each row its distinct vector, -1 for a zero row; shape ``(n,)``."""
    copies: Labels
    """How many rows have each vector, shape ``(n_distinct,)``."""


def distinct_vectors(rows: Vectors) -> DistinctVectors:
    """Normalise rows, collapse identical ones and sort them by their bytes.

    A text that 300 customers sent is one node of the graph. As 300 nodes it would be a clique of its own
    whose members have no neighbours but each other, cut off from every similar text. The order makes all
    that follows independent of the order in which mentions come.

    Parameters
    ----------
    rows : ndarray of float32, shape (n, dim)
        Vectors of any length.
    """
    lengths = np.linalg.norm(rows, axis=1)
    used = np.flatnonzero(lengths > 0)
    unit = np.ascontiguousarray(rows[used] / lengths[used, None]) + np.float32(0)
    row_to_distinct = np.full(len(rows), -1, dtype=np.int64)
    if not len(used):
        return DistinctVectors(unit, row_to_distinct, np.empty(0, dtype=np.int64))
    keys = unit.view(np.dtype((np.void, unit.dtype.itemsize * unit.shape[1]))).ravel()
    _, first, inverse, copies = np.unique(keys, return_index=True, return_inverse=True, return_counts=True)
    row_to_distinct[used] = inverse
    return DistinctVectors(unit[first], row_to_distinct, copies.astype(np.int64))


def neighbour_graph(neighbours: Neighbours) -> sp.csr_matrix:
    """Join neighbours by edges of weight (locally scaled cosine)⁴, symmetrised by maximum.

    A cosine counts in proportion to what is usual around its two ends: it is divided by the geometric
    mean of their mean cosines to their own neighbours. Tight and loose topics are then cut alike.

    Parameters
    ----------
    neighbours : Neighbours
        Of every vector among all the others, shape ``(n, k)``.

    Returns
    -------
    scipy.sparse.csr_matrix of float64, shape (n, n)
        Symmetric, with an empty diagonal and sorted indices; at most ``2 * n * k`` edges.

    References
    ----------
    .. [1] L. Zelnik-Manor and P. Perona. "Self-tuning spectral clustering". NIPS 2004.
    """
    n, k = neighbours.indices.shape
    cosines = np.maximum(neighbours.cosines.astype(np.float64), 0.0)
    usual = np.maximum(cosines.mean(axis=1), _FLOOR) if k else np.ones(n)
    weights = (cosines / np.sqrt(usual[:, None] * usual[neighbours.indices])) ** 4
    starts: npt.NDArray[np.int64] = np.arange(n + 1, dtype=np.int64) * k
    directed = sp.csr_matrix((weights.ravel(), neighbours.indices.ravel(), starts), shape=(n, n))
    graph = sp.csr_matrix(directed.maximum(directed.T))
    graph.eliminate_zeros()
    graph.sort_indices()
    return graph


def family_weights(neighbours: Neighbours) -> Vectors:
    """Weigh each vector by one over the size of its family of near copies, itself included.

    Hundreds of texts that differ by a full stop are a tight topic at every resolution; unweighted, they
    would drown what the others say about it. A family counts its members among the k nearest alone, at
    cosines of 0.98 and more.
    """
    copies = (neighbours.cosines >= _SAME_TEXT).sum(axis=1)
    return np.asarray(1 / (1 + copies), dtype=np.float32)
