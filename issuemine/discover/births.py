"""New topics among mentions that fit none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from issuemine.discover.estimator import NeighbourCommunities
from issuemine.discover.neighbours import Labels, Vectors
from issuemine.discover.resolution import sums_by_label

_CUSTOMERS_KNOWN = 0.5
_TYPICAL = 0.25


def cohesions(vectors: Vectors, labels: Labels, n_topics: int) -> npt.NDArray[np.float64]:
    """Mean cosine between two members of each topic, from -1 to 1; 0 for a topic of one.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, dim)
        Unit vectors.
    labels : ndarray of int64, shape (n,)
        Topics from 0, -1 for none.
    n_topics : int
        Number of topics.
    """
    sizes = np.bincount(labels[labels >= 0], minlength=n_topics).astype(np.float64)
    sums = sums_by_label(vectors, labels, n_topics).astype(np.float64)
    pairs = sizes * (sizes - 1)
    return np.where(pairs > 0, ((sums**2).sum(axis=1) - sizes) / np.maximum(pairs, 1), 0.0)


def find_births(
    estimator: NeighbourCommunities,
    vectors: Vectors,
    records: npt.NDArray[np.generic],
    customers: Sequence[str | None],
    centres: Vectors,
    known_cohesions: npt.NDArray[np.float64],
    *,
    min_customers: int,
) -> Labels:
    """Find topics in the residual pool that deserve to be born.

    The pool is clustered as a corpus is. A community is born if it has enough records (the estimator's
    ``min_topic_size``) of enough customers, holds together at least as well as the loosest quarter of the
    topics that are there, and its members are nearer to each other than to any topic's centre.

    Parameters
    ----------
    estimator : NeighbourCommunities
        Not fitted; its settings cluster the pool.
    vectors : ndarray of float32, shape (n, dim)
        Unit vectors of the pool.
    records : ndarray, shape (n,)
        Record of each mention.
    customers : sequence of str or None
        Customer of each mention, where known. Where at least half of a community's are, they are counted.
    centres : ndarray of float32, shape (n_topics, dim)
        Centres of the topics that are there.
    known_cohesions : ndarray, shape (n_topics,)
        Their cohesions, see :func:`cohesions`.
    min_customers : int
        Fewest distinct customers.

    Returns
    -------
    ndarray of int64, shape (n,)
        Newborn topic of each mention, from 0 by decreasing size; -1 for none.
    """
    nothing = np.full(len(vectors), -1, dtype=np.int64)
    if len(vectors) < estimator.min_topic_size:
        return nothing
    labels = estimator.fit(vectors, record_ids=records).labels_
    n_found = int(labels.max(initial=-1)) + 1
    if not n_found:
        return nothing
    usual = known_cohesions[known_cohesions > 0]
    least = float(np.quantile(usual, _TYPICAL)) if len(usual) else -1.0
    within = cohesions(vectors, labels, n_found)
    named = np.array([customer or "" for customer in customers], dtype=object)
    born = nothing.copy()
    number = 0
    for label in range(n_found):
        members = np.flatnonzero(labels == label)
        known = [name for name in named[members] if name]
        several = len(known) < _CUSTOMERS_KNOWN * len(members) or len(set(known)) >= min_customers
        apart = not len(centres) or _to_own(vectors[members]) > _to_nearest(vectors[members], centres)
        if several and apart and within[label] >= least:
            born[members] = number
            number += 1
    return born


def _to_own(members: Vectors) -> float:
    """Mean cosine of each member to the centre of the others."""
    others = members.sum(axis=0) - members
    lengths = np.maximum(np.linalg.norm(others, axis=1), np.finfo(np.float32).tiny)
    return float((np.einsum("ij,ij->i", others, members) / lengths).mean())


def _to_nearest(members: Vectors, centres: Vectors) -> float:
    """Mean cosine of the members to the topic's centre that is nearest to them all."""
    return float((members @ centres.T).mean(axis=0).max())
