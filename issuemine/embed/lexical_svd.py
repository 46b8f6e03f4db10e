"""Truncated SVD of a product of sparse matrices, without ever multiplying it out."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
from scipy import sparse
from threadpoolctl import threadpool_limits

Dense = npt.NDArray[np.float32]

_OVERSAMPLING = 10
_NEGLIGIBLE = 1e-7


def leading_directions(
    counts: sparse.csr_matrix, features: sparse.csr_matrix, rank: int, seed: int, iterations: int = 3
) -> tuple[Dense, Dense]:
    """Right singular vectors of ``counts @ features`` with the largest singular values.

    Randomised subspace iteration [1]_. Words of a text times features of a word have far fewer entries
    than features of a text, so each step multiplies by one factor after the other. Bases are made
    orthonormal by the eigenvectors of their Gram matrix, which costs one matrix product where QR would
    take several times as long, and drops directions that the matrix does not have.

    Parameters
    ----------
    counts : scipy.sparse.csr_matrix, shape (n_texts, n_words)
        First factor.
    features : scipy.sparse.csr_matrix, shape (n_words, n_features)
        Second factor.
    rank : int
        Most directions wanted, at least 1.
    seed : int
        Of the starting directions.
    iterations : int
        Steps; more of them separate close singular values better.

    Returns
    -------
    tuple of ndarray of float32
        Directions, shape ``(n_features, r)`` with r at most ``rank`` and the rank of the product, and
        singular values, shape ``(r,)``, in falling order. The largest entry of a direction is positive.

    References
    ----------
    .. [1] N. Halko, P. G. Martinsson, J. A. Tropp. "Finding structure with randomness". SIAM Review 53,
       2011, algorithm 4.4.
    """
    # One thread: on matrices this small more of them only wait for each other, and sums keep their order.
    with threadpool_limits(1, "blas"):
        return _leading_directions(counts, features, rank, seed, iterations)


def _leading_directions(
    counts: sparse.csr_matrix, features: sparse.csr_matrix, rank: int, seed: int, iterations: int
) -> tuple[Dense, Dense]:
    back_features, back_counts = features.T.tocsr(), counts.T.tocsr()

    def forth(block: Dense) -> Dense:
        return np.asarray(counts @ (features @ block), dtype=np.float32)

    def back(block: Dense) -> Dense:
        return np.asarray(back_features @ (back_counts @ block), dtype=np.float32)

    width = min(rank + _OVERSAMPLING, features.shape[1])
    start = np.random.default_rng(seed).standard_normal((features.shape[1], width), dtype=np.float32)
    basis = start
    for _ in range(iterations):
        basis = _orthonormal(back(forth(basis)))
    # Once more, since squaring the block loses half the digits.
    return _rotated(_orthonormal(basis), forth, rank)


def _orthonormal(block: Dense) -> Dense:
    """An orthonormal basis of the columns, up to rounding."""
    values, vectors = np.linalg.eigh((block.T @ block).astype(np.float64))
    kept = values > max(values[-1], 0) * _NEGLIGIBLE
    return np.asarray(block @ (vectors[:, kept] / np.sqrt(values[kept])).astype(np.float32))


def _rotated(basis: Dense, forth: Callable[[Dense], Dense], rank: int) -> tuple[Dense, Dense]:
    """Turn a basis into singular vectors."""
    image = forth(basis)
    values, vectors = np.linalg.eigh((image.T @ image).astype(np.float64))
    order = [i for i in range(len(values))[::-1] if values[i] > values[-1] * _NEGLIGIBLE][:rank]
    directions = basis @ vectors[:, order].astype(np.float32)
    peaks = directions[np.abs(directions).argmax(axis=0), np.arange(directions.shape[1])]
    return directions * np.where(peaks < 0, -1, 1).astype(np.float32), np.sqrt(values[order]).astype(
        np.float32
    )
