"""The clusterer: neighbour graph, communities, and what belongs to none of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Self

import numpy as np
import numpy.typing as npt
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils.validation import check_is_fitted, validate_data
from threadpoolctl import threadpool_limits

from issuemine.config import DiscoverSettings
from issuemine.discover.assignment import Assigner, Assignment, topic_centres
from issuemine.discover.cohesion import cohesion, cohesion_threshold
from issuemine.discover.communities import leiden
from issuemine.discover.graph import DistinctVectors, distinct_vectors, family_weights, neighbour_graph
from issuemine.discover.merging import merge_alike
from issuemine.discover.neighbours import Labels, Neighbours, Vectors, nearest_neighbours
from issuemine.discover.rediscovery import Start, in_order, rediscover
from issuemine.discover.resolution import choose_resolution, margins
from issuemine.discover.rows import codes, no_neighbours, of_distinct, sizes
from issuemine.errors import DiscoverError
from issuemine.messages import say

Granularity = Literal["auto", "coarse", "medium", "fine"] | float

FACTORS = {"auto": 1.0, "coarse": 0.25, "medium": 1.0, "fine": 4.0}
"""Resolution by granularity, relative to the automatic choice: about half and twice as many topics."""

_FINAL_ITERATIONS = 3
_FINAL_TRIALS = 2


class NeighbourCommunities(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Finds topics as communities of the nearest-neighbour graph of mention vectors.

    The order of rows has no influence: the same vectors give the same partition. Identical vectors are
    one node of the graph and always share a topic, but count as often as they occur towards its size.

    Parameters
    ----------
    k : int, default=15
        Neighbours of each mention in the graph, and mentions that cohesion is measured on.
    granularity : {'auto', 'coarse', 'medium', 'fine'} or float, default='auto'
        How fine topics are cut. ``auto`` (the same as ``medium``) chooses the resolution from the data;
        ``coarse`` and ``fine`` give about half and twice as many topics; a number is a Leiden resolution.
    min_topic_size : int, default=5
        Fewest records of a topic. Mentions of smaller communities join the topic that assignment gives
        them.
    min_cohesion : float, optional
        Mean cosine to the k nearest mentions below which a mention is left unassigned, from -1 to 1;
        default: calibrated, see ``cohesion_threshold``.
    random_state : int, default=0
        Seed of the Leiden algorithm.
    min_agreement : float, default=0.92
        Where ``fit`` is given a start: least adjusted Rand index of the communities found with it.

    Attributes
    ----------
    labels_ : ndarray of int64, shape (n_mentions,)
        Topic of each mention, from 0 by decreasing size; -1 for unassigned ones and zero vectors.
    centers_ : ndarray of float32, shape (n_topics, dim)
        Normalised mean of each topic's distinct vectors.
    resolution_ : float
        Leiden resolution in use; 0 when there was nothing to cluster.
    resolution_margins_ : dict of float to float
        Mean margin at each resolution that was tried; empty when granularity is a number.
    margins_ : ndarray of float32, shape (n_mentions,)
        Mean cosine to the own topic less that to the next; 0 for unassigned mentions.
    cohesion_ : ndarray of float32, shape (n_mentions,)
        Mean cosine to the k nearest mentions.
    cohesion_threshold_ : float
        Cohesion below which mentions were left unassigned.
    n_features_in_ : int
        Dimensions of the vectors.

    Examples
    --------
    >>> import numpy as np
    >>> rng = np.random.default_rng(0)
    >>> centres = rng.normal(size=(3, 32))
    >>> X = np.repeat(centres, 20, axis=0) + rng.normal(scale=0.3, size=(60, 32))
    >>> labels = NeighbourCommunities().fit_predict(X)
    >>> [len(set(labels[start : start + 20])) for start in (0, 20, 40)]
    [1, 1, 1]
    """

    def __init__(
        self,
        k: int = 15,
        granularity: Granularity = "auto",
        min_topic_size: int = 5,
        min_cohesion: float | None = None,
        random_state: int = 0,
        min_agreement: float = 0.92,
    ) -> None:
        self.k = k
        self.granularity = granularity
        self.min_topic_size = min_topic_size
        self.min_cohesion = min_cohesion
        self.random_state = random_state
        self.min_agreement = min_agreement

    @classmethod
    def of(cls, settings: DiscoverSettings) -> Self:
        """An estimator with the parameters of the settings."""
        return cls(
            settings.k,
            settings.granularity,
            settings.min_topic_size,
            settings.min_cohesion,
            settings.random_state,
            settings.min_agreement,
        )

    def fit(
        self,
        X: npt.ArrayLike,
        y: object = None,
        record_ids: Sequence[object] | npt.NDArray[np.generic] | None = None,
        start: Start | None = None,
    ) -> Self:
        """Find topics.

        Parameters
        ----------
        X : array-like, shape (n_mentions, dim)
            Vectors of any length; only their direction counts.
        y : ignored
        record_ids : sequence, optional
            Record of each mention; a record then counts once towards the size of a topic. Default: every
            mention is a record of its own.
        start : Start, optional
            Topics that are there: the search begins with them and bounds what it changes, see
            ``rediscover``.

        Raises
        ------
        DiscoverError
            If a parameter is out of range or record ids do not run parallel to X.
        ValueError
            If X is not a finite two-dimensional array.
        """
        self._check_parameters()
        rows = validate_data(self, X, dtype=np.float32)
        # Parallel loops here bring their own threads; those of the matrix library would only compete.
        with threadpool_limits(limits=1):
            return self._fit(rows, record_ids, start)

    def _fit(
        self,
        rows: Vectors,
        record_ids: Sequence[object] | npt.NDArray[np.generic] | None,
        start: Start | None,
    ) -> Self:
        records = codes(record_ids, len(rows))
        distinct = distinct_vectors(rows)
        vectors, back = distinct.vectors, distinct.row_to_distinct
        n = len(vectors)
        neighbours = no_neighbours(n) if n < 2 else nearest_neighbours(vectors, min(self.k, n - 1))

        close = cohesion(neighbours, distinct.copies, distinct.copies - 1, self.k)
        self.cohesion_ = (
            np.where(back >= 0, close[back], 0).astype(np.float32) if n else np.zeros(len(rows), np.float32)
        )
        self.cohesion_threshold_ = (
            cohesion_threshold(neighbours.cosines.mean(axis=1) if n > 1 else close)
            if self.min_cohesion is None
            else float(self.min_cohesion)
        )

        beginning = start and Start(of_distinct(start.labels, back, n), start.resolution)
        communities = self._communities(vectors, neighbours, beginning)
        communities[close < self.cohesion_threshold_] = -1
        labels = self._settle(distinct, communities, records)
        self.labels_ = np.where(back >= 0, labels[back], -1) if n else back
        self.centers_ = topic_centres(vectors, labels, int(labels.max(initial=-1)) + 1)
        self.margins_ = np.zeros(len(rows), dtype=np.float32)
        assigned = np.flatnonzero(labels >= 0)
        if len(assigned):
            own = np.zeros(n, dtype=np.float32)
            own[assigned] = margins(vectors[assigned], labels[assigned])
            self.margins_ = np.where(back >= 0, own[back], 0).astype(np.float32)
        self._assigner = Assigner(
            vectors, labels, copies=distinct.copies, k=self.k, threshold=self.cohesion_threshold_
        )
        return self

    def fit_predict(
        self,
        X: npt.ArrayLike,
        y: object = None,
        record_ids: Sequence[object] | npt.NDArray[np.generic] | None = None,
    ) -> Labels:
        """Find topics and return ``labels_``; see ``fit``."""
        return self.fit(X, y, record_ids=record_ids).labels_

    def predict(self, X: npt.ArrayLike) -> Labels:
        """Assign vectors to the topics found: see ``assign``, of which these are the labels."""
        return self.assign(X).labels

    def assign(self, X: npt.ArrayLike) -> Assignment:
        """Assign vectors to the topics found, by the vote of the nearest mentions and the centre.

        Parameters
        ----------
        X : array-like, shape (n_mentions, dim)

        Returns
        -------
        Assignment
            Labels (-1 where cohesion with the assigned mentions lies below ``cohesion_threshold_``),
            scores and cohesion.
        """
        check_is_fitted(self, "labels_")
        rows = validate_data(self, X, dtype=np.float32, reset=False)
        return self._assigner.assign(rows)

    def _check_parameters(self) -> None:
        if self.k < 2 or self.min_topic_size < 1:
            raise DiscoverError(
                say(
                    "k is {k} and min_topic_size is {min_topic_size}.",
                    k=self.k,
                    min_topic_size=self.min_topic_size,
                ),
                say("Set k to 2 or more and min_topic_size to 1 or more."),
            )
        known = self.granularity in FACTORS if isinstance(self.granularity, str) else self.granularity > 0
        if not known:
            raise DiscoverError(
                say("There is no granularity {granularity!r}.", granularity=self.granularity),
                say("Set it to one of {words}, or to a number above 0.", words=", ".join(FACTORS)),
            )

    def _communities(self, vectors: Vectors, neighbours: Neighbours, start: Start | None) -> Labels:
        self.resolution_, self.resolution_margins_ = 0.0, {}
        if len(vectors) < 2:
            return np.zeros(len(vectors), dtype=np.int64)
        graph = neighbour_graph(neighbours)
        factor = 1.0
        if isinstance(self.granularity, str):
            weights = family_weights(neighbours)
            chosen = choose_resolution(graph, vectors, weights, seed=self.random_state)
            self.resolution_margins_ = chosen.margins
            factor = FACTORS[self.granularity]
            self.resolution_ = chosen.value * factor
        else:
            self.resolution_ = float(self.granularity)
        if start is not None:
            tried = {value * factor: margin for value, margin in self.resolution_margins_.items()}
            again = rediscover(
                graph,
                vectors,
                start.labels,
                in_order(self.resolution_, tried, start.resolution),
                min_agreement=self.min_agreement,
                seed=self.random_state,
            )
            self.resolution_ = again.resolution
            return again.labels
        found = leiden(
            graph,
            self.resolution_,
            seed=self.random_state,
            iterations=_FINAL_ITERATIONS,
            trials=_FINAL_TRIALS,
        )
        return merge_alike(vectors, found)

    def _settle(self, distinct: DistinctVectors, communities: Labels, records: Labels) -> Labels:
        """Dissolve communities of too few records, place their members, number topics by size."""
        vectors, back, copies = distinct
        counts = sizes(communities, back, records)
        large = np.flatnonzero(counts[:, 0] >= self.min_topic_size)
        if not len(large):
            return np.full(len(vectors), -1, dtype=np.int64)
        kept = np.where(np.isin(communities, large), communities, -1)
        small = np.flatnonzero((communities >= 0) & (kept < 0))
        if len(small):
            assigner = Assigner(vectors, kept, copies=copies, k=self.k, threshold=self.cohesion_threshold_)
            kept[small] = assigner.assign(vectors[small]).labels
            counts = sizes(kept, back, records)
        first = {int(label): at for at, label in reversed(list(enumerate(kept.tolist())))}
        ranked = sorted(large.tolist(), key=lambda label: (*(-counts[label]).tolist(), first[label]))
        number = np.full(len(counts) + 1, -1, dtype=np.int64)
        number[ranked] = np.arange(len(ranked))
        return number[kept]
