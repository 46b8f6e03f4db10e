"""How steady topics are: from run to run, and under resampling."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from issuemine.discover.communities import leiden
from issuemine.discover.graph import distinct_vectors, neighbour_graph
from issuemine.discover.neighbours import Labels, Vectors, nearest_neighbours

ROUNDS = 5
KEPT = 0.8
_MOST = 20_000


def agreement_of_pairs(pairs: npt.NDArray[np.int64]) -> float:
    """Adjusted Rand index of two partitions of which only the sizes of the overlaps are known.

    Parameters
    ----------
    pairs : ndarray of int64, shape (n_before, n_now)
        Mentions of each topic before that are in each topic now.

    Returns
    -------
    float
        1 for the same partition, 0 for chance; 1 when there are no mentions.

    References
    ----------
    .. [1] L. Hubert and P. Arabie. "Comparing partitions". Journal of Classification 2, 1985.
    """

    def two(counts: npt.NDArray[np.int64]) -> float:
        exact = counts.astype(object)
        return float((exact * (exact - 1)).sum()) / 2

    both, before, now = two(pairs), two(pairs.sum(axis=1)), two(pairs.sum(axis=0))
    every = two(np.array([pairs.sum()]))
    expected = before * now / every if every else 0.0
    most = (before + now) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def bootstrap_stability(
    vectors: Vectors, labels: Labels, n_topics: int, resolution: float, *, k: int = 15, random_state: int = 0
) -> npt.NDArray[np.float64]:
    """Score each topic by how well it is found again in samples of the mentions.

    Five times, four fifths of the distinct vectors are drawn and the neighbour graph that is left is cut
    at the same resolution; a topic's score is the mean over the rounds of its largest Jaccard index with
    a community found, over the vectors drawn [1]_. Above 20,000 vectors an even sample stands for all.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, dim)
    labels : ndarray of int64, shape (n,)
        Topics from 0, -1 for none.
    n_topics : int
        Number of topics.
    resolution : float
        Leiden resolution that the topics were found with.
    k : int
        Neighbours in the graph.
    random_state : int
        Seed.

    Returns
    -------
    ndarray of float64, shape (n_topics,)
        From 0 to 1; above 0.75 a topic is steady, below 0.5 it is dissolved as often as found. NaN for a
        topic of which the sample has no member.

    References
    ----------
    .. [1] C. Hennig. "Cluster-wise assessment of cluster stability". Computational Statistics & Data
       Analysis 52, 2007.
    """
    used = np.flatnonzero(labels >= 0)
    used = used[np.unique(np.linspace(0, max(len(used) - 1, 0), min(len(used), _MOST)).astype(np.int64))]
    distinct = distinct_vectors(vectors[used]) if len(used) else None
    if distinct is None or len(distinct.vectors) < 3:
        return np.full(n_topics, np.nan)
    own = np.full(len(distinct.vectors), -1, dtype=np.int64)
    back = distinct.row_to_distinct
    own[back[back >= 0]] = labels[used][back >= 0]
    graph = neighbour_graph(nearest_neighbours(distinct.vectors, min(k, len(own) - 1)))
    rng = np.random.default_rng(random_state)
    total, rounds = np.zeros(n_topics), np.zeros(n_topics)
    for trial in range(ROUNDS):
        drawn = np.sort(rng.permutation(len(own))[: max(2, round(KEPT * len(own)))])
        found = leiden(graph[drawn][:, drawn], resolution, seed=random_state + trial)
        counts = np.zeros((n_topics, int(found.max()) + 1))
        np.add.at(counts, (own[drawn], found), 1)
        topic_sizes, found_sizes = counts.sum(axis=1), counts.sum(axis=0)
        jaccard = counts / np.maximum(topic_sizes[:, None] + found_sizes[None, :] - counts, 1)
        there = topic_sizes > 0
        total[there] += jaccard.max(axis=1)[there]
        rounds[there] += 1
    return np.where(rounds > 0, total / np.maximum(rounds, 1), np.nan)
