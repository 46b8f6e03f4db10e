"""Belonging to no topic: mentions that nobody else's resemble."""

from __future__ import annotations

import numpy as np

from issuemine.discover.neighbours import Labels, Neighbours, Vectors

TAIL = 3.0
"""Standard deviations below the median at which a cohesion counts as an outlier."""

MOST_LEFT_OUT = 0.1
"""A calibrated threshold leaves out at most this share of the distinct mentions."""


def cohesion(neighbours: Neighbours, copies: Labels, own_copies: Labels, k: int) -> Vectors:
    """Measure how closely other mentions resemble each vector: its mean cosine to the k nearest.

    Neighbours count as often as they occur, and a vector's own further copies come first, at cosine 1: a
    sentence that fifteen customers wrote word for word is no outlier, however unlike it the rest is.

    Parameters
    ----------
    neighbours : Neighbours
        Among distinct vectors, shape ``(n, k')``.
    copies : ndarray of int64
        Occurrences of each distinct vector that neighbours point to.
    own_copies : ndarray of int64, shape (n,)
        Further occurrences of each vector itself, 0 for one that occurs once.
    k : int
        Mentions to take the mean of; fewer when there are not as many.

    Returns
    -------
    ndarray of float32, shape (n,)
        From -1 to 1; 0 where there is no neighbour at all.
    """
    first = np.minimum(own_copies, k)
    counts = copies[neighbours.indices]
    before = first[:, None] + np.cumsum(counts, axis=1) - counts
    taken = np.clip(k - before, 0, counts)
    total = first + taken.sum(axis=1)
    summed = first + (taken * neighbours.cosines.astype(np.float64)).sum(axis=1)
    return np.asarray(summed / np.maximum(total, 1), dtype=np.float32)


def cohesion_threshold(values: Vectors) -> float:
    """Calibrate the cohesion below which a mention belongs to no topic.

    The median less ``TAIL`` standard deviations, but never so high that more than ``MOST_LEFT_OUT`` lie
    below. The deviation is read off quantiles, which outliers hardly move: the larger of the distance from
    the median to the 84th percentile and 1.48 times that to the lower quartile (both are one standard
    deviation of a normal distribution).

    Parameters
    ----------
    values : ndarray of float32, shape (n,)
        Mean cosine of every distinct vector to its nearest others. Copies are left out of it: a text sent
        400 times has a cohesion of 1 and would make everything else an outlier.

    Returns
    -------
    float
        -1 when there is nothing to calibrate on.
    """
    if not len(values):
        return -1.0
    least, lower, middle, upper = np.percentile(
        values.astype(np.float64), [100 * MOST_LEFT_OUT, 25, 50, 84.13]
    )
    deviation = max(upper - middle, 1.4826 * (middle - lower))
    return float(min(middle - TAIL * deviation, least))
