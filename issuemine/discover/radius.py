"""How far from its centre a topic still reaches, and how often that goes wrong."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from issuemine.discover.assignment import topic_centres
from issuemine.discover.neighbours import Labels, Vectors
from issuemine.discover.resolution import sums_by_label

REACH = 1.64
"""Standard deviations below a topic's mean cosine at which it ends: one member in twenty lies beyond."""

_PRIOR_MEMBERS = 10.0
_FOLDS = 5


@dataclass(frozen=True)
class AcceptanceErrors:
    """What to expect of assignment by radius, measured on members that were held out."""

    accepted: float
    """Share of held-out members that fall inside some topic's radius."""
    wrong: float
    """Of the accepted, the share that went to another topic than their own."""
    strangers: float
    """Share that other topics would accept if their own did not exist: new issues taken for old ones."""


def calibrate_radii(vectors: Vectors, labels: Labels, n_topics: int) -> Vectors:
    """Calibrate for each topic the least cosine to its centre at which a new mention is accepted.

    The mean less 1.64 standard deviations of its members' cosines to the centre of the others (each left
    out in turn). The variance is drawn towards that of all topics with the weight of ten members, so that
    a topic of five does not vouch for its own.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, dim)
        Unit vectors.
    labels : ndarray of int64, shape (n,)
        Topics from 0, -1 for none.
    n_topics : int
        Number of topics.

    Returns
    -------
    ndarray of float32, shape (n_topics,)
        Cosines, from -1 to 1.
    """
    used = np.flatnonzero(labels >= 0)
    own = labels[used]
    sizes = np.bincount(own, minlength=n_topics).astype(np.float64)
    others = sums_by_label(vectors, labels, n_topics)[own] - vectors[used]
    lengths = np.linalg.norm(others, axis=1)
    cosines = np.where(
        lengths > 0,
        np.einsum("ij,ij->i", others, vectors[used]) / np.maximum(lengths, np.finfo(np.float32).tiny),
        1.0,
    ).astype(np.float64)
    count = np.maximum(sizes, 1)
    mean = np.bincount(own, cosines, minlength=n_topics) / count
    squares = np.bincount(own, (cosines - mean[own]) ** 2, minlength=n_topics)
    pooled = squares.sum() / max(len(used) - n_topics, 1)
    variance = (squares + _PRIOR_MEMBERS * pooled) / (sizes + _PRIOR_MEMBERS)
    return np.asarray(np.clip(mean - REACH * np.sqrt(variance), -1.0, 1.0), dtype=np.float32)


def acceptance_errors(
    vectors: Vectors, labels: Labels, n_topics: int, random_state: int = 0
) -> AcceptanceErrors:
    """Measure on held-out members what acceptance by centre and radius gets wrong.

    Each fifth of the members is held out in turn while centres and radii come from the others.

    Parameters
    ----------
    vectors, labels, n_topics
        As for :func:`calibrate_radii`.
    random_state : int
        Seed of the deal into fifths.
    """
    used = np.flatnonzero(labels >= 0)
    if n_topics < 2 or len(used) < 2 * _FOLDS:
        return AcceptanceErrors(0.0, 0.0, 0.0)
    fold = np.random.default_rng(random_state).permutation(len(used)) % _FOLDS
    accepted = wrong = strangers = 0
    for held in range(_FOLDS):
        rest, out = used[fold != held], used[fold == held]
        centres = topic_centres(vectors[rest], labels[rest], n_topics)
        radii = calibrate_radii(vectors[rest], labels[rest], n_topics)
        cosines = vectors[out] @ centres.T
        at, own = np.arange(len(out)), labels[out]
        best = cosines.argmax(axis=1)
        inside = cosines[at, best] >= radii[best]
        accepted += int(inside.sum())
        wrong += int((inside & (best != own)).sum())
        cosines[at, own] = -np.inf
        best = cosines.argmax(axis=1)
        strangers += int((cosines[at, best] >= radii[best]).sum())
    return AcceptanceErrors(accepted / len(used), wrong / max(accepted, 1), strangers / len(used))
