"""Truncated SVD of a product of sparse matrices, without ever multiplying it out."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.linalg import solve_triangular
from threadpoolctl import threadpool_limits

Dense = npt.NDArray[np.float32]

_OVERSAMPLING = 10
_NEGLIGIBLE = 1e-6
_PARTS = 4
"""Blocks are cut into as many parts on every machine, so that sums keep their order."""


def leading_directions(
    counts: sparse.csr_matrix, features: sparse.csr_matrix, rank: int, seed: int, iterations: int = 1
) -> tuple[Dense, Dense]:
    """Right singular vectors of ``counts @ features`` with the largest singular values.

    Randomised subspace iteration [1]_. Every right singular vector is ``features.T @ y``, so the blocks that
    are iterated hold the y: one row a word (or a text, where there are fewer of them) instead of one a
    feature. Words of a text times features of a word have far fewer entries than features of a text, so each
    step multiplies by one factor after the other. The Cholesky factor of its Gram matrix, with a shift [2]_,
    makes a block orthonormal enough for the next step at the cost of one matrix product.

    Parameters
    ----------
    counts : scipy.sparse.csr_matrix, shape (n_texts, n_words)
        First factor.
    features : scipy.sparse.csr_matrix, shape (n_words, n_features)
        Second factor.
    rank : int
        Most directions wanted, at least 1.
    seed : int
        Of the starting block.
    iterations : int
        Steps, at least 1; more of them separate close singular values better.

    Returns
    -------
    tuple of ndarray of float32
        Directions, shape ``(n_features, r)`` with r at most ``rank`` and the rank of the product, and
        singular values, shape ``(r,)``, in falling order.

    References
    ----------
    .. [1] N. Halko, P. G. Martinsson, J. A. Tropp. "Finding structure with randomness". SIAM Review 53,
       2011, algorithm 4.4.
    .. [2] T. Fukaya and others. "Shifted Cholesky QR for computing the QR factorization of ill-conditioned
       matrices". SIAM Journal on Scientific Computing 42, 2020.
    """
    if counts.shape[0] < counts.shape[1]:
        counts, features = None, (counts @ features).tocsr()
    threads = min(_PARTS, len(os.sched_getaffinity(0)))
    # On matrices this small BLAS's own threads only wait for each other.
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(threads) as executor:
        return _Iteration(counts, features, executor).run(rank, seed, iterations)


class _Iteration:
    """Subspace iteration on ``counts @ features``; without counts, on the features alone."""

    def __init__(
        self, counts: sparse.csr_matrix | None, features: sparse.csr_matrix, executor: ThreadPoolExecutor
    ) -> None:
        self._features, self._back_features = features, features.T.tocsr()
        self._counts = counts
        self._back_counts = None if counts is None else counts.T.tocsr()
        self._executor = executor

    def run(self, rank: int, seed: int, iterations: int) -> tuple[Dense, Dense]:
        rows = self._features.shape[0]
        width = min(rank + _OVERSAMPLING, *self._features.shape)
        block = np.random.default_rng(seed).standard_normal((rows, width), dtype=np.float32)
        for _ in range(iterations):
            block = self._normal(self._columns(self._step, block))
        image = self._columns(self._featured, block)
        values, vectors = _eigen(self._product(block, image))
        scaled = (vectors / np.sqrt(values)).astype(np.float32)
        image = self._rows(image, scaled)
        values, vectors = _eigen(self._product(image, self._columns(self._counted, image)))
        turned = (scaled @ vectors[:, :rank]).astype(np.float32)
        directions = self._columns(self._back, self._rows(block, turned))
        return directions, np.sqrt(values[:rank]).astype(np.float32)

    def _step(self, block: Dense) -> Dense:
        return self._counted(self._featured(block))

    def _featured(self, block: Dense) -> Dense:
        return np.asarray(self._features @ self._back(block))

    def _back(self, block: Dense) -> Dense:
        return np.asarray(self._back_features @ block)

    def _counted(self, block: Dense) -> Dense:
        return block if self._counts is None else np.asarray(self._back_counts @ (self._counts @ block))

    def _normal(self, block: Dense) -> Dense:
        gram = self._product(block, block)
        gram[np.diag_indices_from(gram)] += _NEGLIGIBLE * np.trace(gram) / len(gram)
        inverse = solve_triangular(np.linalg.cholesky(gram), np.eye(len(gram)), lower=True)
        return self._rows(block, inverse.T.astype(np.float32))

    def _columns(self, function: Callable[[Dense], Dense], block: Dense) -> Dense:
        """Apply a function to parts of a block's columns, side by side."""
        parts = [np.ascontiguousarray(part) for part in np.array_split(block, _PARTS, axis=1)]
        return np.hstack(list(self._executor.map(function, parts)))

    def _rows(self, block: Dense, factor: Dense) -> Dense:
        """``block @ factor``, its rows side by side."""
        return np.vstack(list(self._executor.map(factor.__rmatmul__, np.array_split(block, _PARTS))))

    def _product(self, left: Dense, right: Dense) -> npt.NDArray[np.float64]:
        """``left.T @ right``, summed over parts of the rows."""
        pairs = zip(np.array_split(left, _PARTS), np.array_split(right, _PARTS), strict=True)
        products = self._executor.map(lambda pair: pair[0].T @ pair[1], pairs)
        return np.asarray(np.sum(list(products), axis=0, dtype=np.float64))


def _eigen(gram: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Eigenvalues that are not negligible, in falling order, and their vectors."""
    values, vectors = np.linalg.eigh(gram)
    kept = np.flatnonzero(values > max(values[-1], 0) * _NEGLIGIBLE)[::-1]
    return values[kept], vectors[:, kept]
