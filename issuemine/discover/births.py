"""New topics among mentions that fit none."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from issuemine.discover.estimator import NeighbourCommunities
from issuemine.discover.models import TopicModels
from issuemine.discover.neighbours import Labels, Vectors
from issuemine.discover.resolution import sums_by_label

_CUSTOMERS_KNOWN = 0.5
_TYPICAL = 0.25
_TRIMS = 10


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


def separations(
    vectors: Vectors, labels: Labels, n_topics: int, centres: Vectors, *, own: bool
) -> npt.NDArray[np.float64]:
    """How much nearer the members of each topic are to each other than to the next topic.

    Parameters
    ----------
    vectors, labels, n_topics
        As for :func:`cohesions`.
    centres : ndarray of float32, shape (n_centres, dim)
        Centres of the topics to stand apart from.
    own : bool
        Whether the first of the centres are the topics' own, in order, and so left out of account.

    Returns
    -------
    ndarray of float64, shape (n_topics,)
        Mean cosine of the members to the centre of the others, less that to the nearest other centre.
    """
    used = np.flatnonzero(labels >= 0)
    topics = labels[used]
    sizes = np.maximum(np.bincount(topics, minlength=n_topics), 1)
    sums = sums_by_label(vectors, labels, n_topics)
    others = sums[topics] - vectors[used]
    lengths = np.maximum(np.linalg.norm(others, axis=1), np.finfo(np.float32).tiny)
    cosines = np.einsum("ij,ij->i", others, vectors[used]) / lengths
    within = np.bincount(topics, cosines, minlength=n_topics) / sizes
    without = (sums @ centres.T) / sizes[:, None]
    if own:
        without[np.arange(n_topics), np.arange(n_topics)] = -1.0
    return np.asarray(within - without.max(axis=1, initial=-1.0), dtype=np.float64)


def find_births(
    estimator: NeighbourCommunities,
    vectors: Vectors,
    records: npt.NDArray[np.generic],
    customers: Sequence[str | None],
    known: TopicModels,
    *,
    min_customers: int,
) -> Labels:
    """Find topics in the residual pool that deserve to be born.

    The pool is clustered as a corpus is, and what lies farther from a community's centre than topics
    usually reach is dropped from it. A community is born if it has enough records (the estimator's
    ``min_topic_size``) of enough customers, and both holds together and stands apart from every topic at
    least as well as the loosest quarter of the topics that are there.

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
    known : TopicModels
        The topics that are there.
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
    labels = _trimmed(vectors, estimator.fit(vectors, record_ids=records).labels_, known)
    n_found = int(labels.max(initial=-1)) + 1
    least_within, least_apart = _least(known)
    within = cohesions(vectors, labels, n_found)
    apart = separations(vectors, labels, n_found, known.centres, own=False)
    named = np.array([customer or "" for customer in customers], dtype=object)
    born = nothing.copy()
    number = 0
    for label in range(n_found):
        members = np.flatnonzero(labels == label)
        names = [name for name in named[members] if name]
        enough = len(np.unique(records[members])) >= estimator.min_topic_size
        several = len(names) < _CUSTOMERS_KNOWN * len(members) or len(set(names)) >= min_customers
        if enough and several and within[label] >= least_within and apart[label] >= least_apart:
            born[members] = number
            number += 1
    return born


def _trimmed(vectors: Vectors, labels: Labels, known: TopicModels) -> Labels:
    """Drop what only clings to a community, having nowhere else to go."""
    if len(known.radii) < 2:
        return labels
    reach = float(np.quantile(known.radii, _TYPICAL))
    trimmed = labels.copy()
    for label in range(int(labels.max(initial=-1)) + 1):
        members = np.flatnonzero(labels == label)
        for _ in range(_TRIMS):
            centre = vectors[members].sum(axis=0)
            cosines = vectors[members] @ centre / max(float(np.linalg.norm(centre)), 1e-12)
            if (cosines >= reach).all():
                break
            trimmed[members[cosines < reach]] = -1
            members = members[cosines >= reach]
    return trimmed


def _least(known: TopicModels) -> tuple[float, float]:
    """Lower quartiles of cohesion and separation of the topics that are there, told by their anchors."""
    n = len(known.centres)
    if n < 2:
        return -1.0, 0.0
    within = cohesions(known.anchors, known.anchor_topics, n)
    apart = separations(known.anchors, known.anchor_topics, n, known.centres, own=True)
    several = np.bincount(known.anchor_topics, minlength=n) > 1
    if not several.any():
        return -1.0, 0.0
    return float(np.quantile(within[several], _TYPICAL)), float(np.quantile(apart[several], _TYPICAL))
