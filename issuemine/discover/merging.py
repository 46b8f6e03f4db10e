"""Join communities that cannot be told apart."""

from __future__ import annotations

import numpy as np

from issuemine.discover.neighbours import Labels, Vectors
from issuemine.discover.resolution import sums_by_label

ALIKE = 0.9
_MOST = 4_096


def merge_alike(vectors: Vectors, labels: Labels) -> Labels:
    """Merge communities whose members resemble the other's nearly as much as their own.

    Modularity prefers communities of like size and cuts up large ones. Two are joined, the most alike pair
    first, while the mean cosine between them is at least 0.9 times the geometric mean of the mean cosines
    within them: average-linkage clustering of communities, with a stopping rule that is relative to how
    tight they are. Above 4,096 communities nothing is merged.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, dim)
        Unit vectors.
    labels : ndarray of int64, shape (n,)
        Communities from 0, without gaps.

    Returns
    -------
    ndarray of int64, shape (n,)
        Communities from 0, without gaps.
    """
    n_labels = int(labels.max(initial=-1)) + 1
    if n_labels < 3 or n_labels > _MOST:
        return labels
    sizes = np.bincount(labels, minlength=n_labels).astype(np.float32)
    sums = sums_by_label(vectors, labels, n_labels)
    products = sums @ sums.T
    alive = np.ones(n_labels, dtype=bool)
    target = np.arange(n_labels)
    likeness = np.full((n_labels, n_labels), -1.0, dtype=np.float32)
    for label in range(n_labels):
        likeness[label] = _likeness(label, products, sizes, alive)
    while alive.sum() > 2:
        low, high = sorted(int(at) for at in np.unravel_index(likeness.argmax(), likeness.shape))
        if likeness[low, high] < ALIKE:
            break
        products[low] += products[high]
        products[:, low] += products[:, high]
        sizes[low] += sizes[high]
        target[target == high] = low
        alive[high] = False
        likeness[high] = likeness[:, high] = -1.0
        likeness[low] = likeness[:, low] = _likeness(low, products, sizes, alive)
    return np.unique(target[labels], return_inverse=True)[1].astype(np.int64)


def _likeness(label: int, products: Vectors, sizes: Vectors, alive: np.ndarray) -> Vectors:
    """Mean cosine to each other community over the geometric mean of the two within; -1 for lone ones."""
    pairs = sizes * (sizes - 1)
    within = (np.diag(products) - sizes) / np.maximum(pairs, 1)
    between = products[label] / (sizes[label] * sizes)
    usable = alive & (pairs > 0) & (within > 0)
    usable[label] = False
    if pairs[label] == 0 or within[label] <= 0:
        usable[:] = False
    result = np.full(len(sizes), -1.0, dtype=np.float32)
    result[usable] = between[usable] / np.sqrt(within[label] * within[usable])
    return result
