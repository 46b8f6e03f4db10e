"""What people said of mentions, as constraints on vectors."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from issuemine.discover.neighbours import Labels, Vectors

NEAR_DUPLICATE = 0.95
"""Cosine from which a mention goes the way of one that people excluded."""

_ROUNDS = 10


def split_off(vectors: Vectors, examples: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Tell which members of a topic go with examples that people took out of it.

    Two-means, seeded and constrained by the examples: they stay on their side, all others go to the
    nearer of the two centres, and the centres follow [1]_. Until there is a second centre, it is that of
    all but the examples.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, dim)
        Unit vectors of the topic's members.
    examples : ndarray of bool, shape (n,)
        Which of them are examples; at least one.

    Returns
    -------
    ndarray of bool, shape (n,)
        True for the examples and what goes with them.

    References
    ----------
    .. [1] S. Basu, A. Banerjee and R. Mooney. "Semi-supervised clustering by seeding". ICML 2002.
    """
    taken = examples.copy()
    for _ in range(_ROUNDS):
        if taken.all():
            break
        closer = vectors @ _centre(vectors[taken]) > vectors @ _centre(vectors[~taken])
        moved = examples | closer
        if (moved == taken).all():
            break
        taken = moved
    return taken


def near_duplicates(vectors: Vectors, excluded: Vectors) -> Labels:
    """Find for each mention the excluded one that it is a near-duplicate of (cosine of 0.95 or more).

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, dim)
    excluded : ndarray of float32, shape (n_excluded, dim)
        Unit vectors.

    Returns
    -------
    ndarray of int64, shape (n,)
        Row of the nearest excluded mention, -1 where none is near enough.
    """
    if not len(excluded) or not len(vectors):
        return np.full(len(vectors), -1, dtype=np.int64)
    cosines = vectors @ excluded.T
    nearest = cosines.argmax(axis=1)
    return np.where(cosines[np.arange(len(vectors)), nearest] >= NEAR_DUPLICATE, nearest, -1)


def _centre(vectors: Vectors) -> Vectors:
    total = vectors.sum(axis=0)
    return np.asarray(total / max(float(np.linalg.norm(total)), 1e-12), dtype=np.float32)
