"""Exact nearest neighbours by cosine, in blocks of bounded memory."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from threadpoolctl import threadpool_limits

Vectors = npt.NDArray[np.float32]
Labels = npt.NDArray[np.int64]

_BLOCK_BYTES = 1 << 25
_BLOCK_ROWS = (256, 1024)
_GROUPS = 512


class Neighbours(NamedTuple):
    """Neighbours of each query, nearest first; equal cosines in the order of their rows."""

    indices: npt.NDArray[np.int32]
    """Rows of the base, shape ``(n_queries, k)``."""
    cosines: Vectors
    """Their cosines to the query, shape ``(n_queries, k)``."""


def workers() -> int:
    """Return how many threads the stage's parallel loops take: one a core, at most eight."""
    return min(8, os.cpu_count() or 1)


def nearest_neighbours(
    base: Vectors,
    k: int,
    queries: Vectors | None = None,
    progress: Callable[[int], None] | None = None,
) -> Neighbours:
    """Find the k vectors of the base with the largest inner product to each query, exactly.

    One matrix product a block of queries. To pick the k largest of a row without sorting it, its
    columns are dealt into groups: the k-th largest of the groups' maxima is a lower bound of the row's
    k-th largest value, and what reaches it (little more than k) is sorted. Blocks run in parallel, each
    on one thread, so that neither their result nor the ties depend on the number of cores.

    Parameters
    ----------
    base : ndarray of float32, shape (n, dim)
        Unit vectors.
    k : int
        Neighbours of each query; at most n, or n - 1 without queries.
    queries : ndarray of float32, shape (n_queries, dim), optional
        Unit vectors; default: the base itself, where no vector is its own neighbour.
    progress : callable, optional
        Called with the number of queries just done.

    Returns
    -------
    Neighbours
    """
    n, dim = base.shape
    own = queries is None
    queries = base if queries is None else queries
    groups = n if n < 8 * _GROUPS or 4 * k > _GROUPS else _GROUPS
    depth = -(-n // groups)
    padded = base
    if groups * depth != n:
        padded = np.zeros((groups * depth, dim), dtype=np.float32)
        padded[:n] = base
    rows = int(np.clip(_BLOCK_BYTES // (4 * groups * depth), *_BLOCK_ROWS))
    found = Neighbours(
        np.empty((len(queries), k), dtype=np.int32), np.empty((len(queries), k), dtype=np.float32)
    )

    # Fresh memory for every product would take as long as the product itself.
    buffers = threading.local()

    def search(start: int) -> int:
        block = queries[start : start + rows]
        if not hasattr(buffers, "product"):
            buffers.product = np.empty((rows, groups * depth), dtype=np.float32)
        product = np.matmul(block, padded.T, out=buffers.product[: len(block)])
        at = np.arange(len(block))
        product[:, n:] = -np.inf
        if own:
            product[at, at + start] = -np.inf
        dealt = product.reshape(len(block), depth, groups)
        tops = dealt.max(axis=1) if depth > 1 else product
        bound = np.partition(tops, groups - k, axis=1)[:, groups - k]
        row, group = np.nonzero(tops >= bound[:, None])
        values = dealt[row, :, group]
        reaching, place = np.nonzero(values >= bound[row, None])
        row, column = row[reaching], place * groups + group[reaching]
        cosine = values[reaching, place]
        order = np.lexsort((column, -cosine, row))
        first = np.searchsorted(row[order], at)
        pick = order[first[:, None] + np.arange(k)]
        found.indices[start : start + rows] = column[pick]
        found.cosines[start : start + rows] = cosine[pick]
        return len(block)

    starts = range(0, len(queries), rows)
    with threadpool_limits(limits=1), ThreadPoolExecutor(workers()) as pool:
        for done in pool.map(search, starts):
            if progress is not None:
                progress(done)
    np.clip(found.cosines, -1.0, 1.0, out=found.cosines)
    return found
