"""Assign mentions to topics that exist."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from issuemine.discover.cohesion import cohesion
from issuemine.discover.graph import distinct_vectors
from issuemine.discover.neighbours import Labels, Vectors, nearest_neighbours
from issuemine.discover.resolution import sums_by_label
from issuemine.errors import DiscoverError
from issuemine.messages import say

_CHUNK = 8_192


class Assignment(NamedTuple):
    """Where each mention goes."""

    labels: Labels
    """Topic, -1 for none; shape ``(n,)``."""
    scores: Vectors
    """Vote and closeness of the winning topic, 0 to 1.5."""
    cohesion: Vectors
    """Mean cosine to the nearest assigned mentions."""


def topic_centres(vectors: Vectors, labels: Labels, n_topics: int) -> Vectors:
    """Average the vectors of each topic and scale them to length 1, shape (n_topics, dim)."""
    sums = sums_by_label(vectors, labels, n_topics)
    lengths = np.linalg.norm(sums, axis=1, keepdims=True)
    return np.asarray(sums / np.maximum(lengths, np.finfo(np.float32).tiny), dtype=np.float32)


class Assigner:
    """Puts new mentions where their nearest mentions are.

    A topic's score is the share it has in the vote of the 10 nearest assigned mentions, each with weight
    cosine⁴, plus half the cosine to the topic's centre. The best score wins, the lower topic on a tie.
    Memory stays bounded: mentions are taken in chunks.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, dim)
        Mentions that have been assigned before.
    labels : ndarray of int64, shape (n,)
        Their topics; mentions with a negative label are left out.
    copies : ndarray of int64, shape (n,), optional
        How many mentions have each vector, for vectors that are distinct and of length 1 already;
        default: they are normalised and collapsed.
    voters : int
        Nearest mentions that vote.
    k : int
        Nearest mentions that cohesion is measured on.
    threshold : float
        Cohesion below which a mention goes to no topic.
    centers : ndarray of float32, shape (n_topics, dim), optional
        Centres of all topics in ascending order, where the vectors are only some of their members.

    Raises
    ------
    DiscoverError
        If vectors and labels do not run parallel.
    """

    def __init__(
        self,
        vectors: Vectors,
        labels: Labels,
        *,
        copies: Labels | None = None,
        voters: int = 10,
        k: int = 15,
        threshold: float = -1.0,
        centers: Vectors | None = None,
    ) -> None:
        if len(vectors) != len(labels):
            raise DiscoverError(
                say(
                    "There are {vectors} vectors and {labels} labels.",
                    vectors=len(vectors),
                    labels=len(labels),
                ),
                say("Pass one label a vector."),
            )
        keep = np.flatnonzero(labels >= 0)
        self.topics, compact = np.unique(labels[keep], return_inverse=True)
        if copies is not None:
            self._vectors, self._labels, self._copies = vectors[keep], compact, copies[keep]
        else:
            distinct = distinct_vectors(vectors[keep])
            kept = distinct.row_to_distinct >= 0
            self._vectors, self._copies = distinct.vectors, distinct.copies
            self._labels = np.empty(len(distinct.vectors), dtype=np.int64)
            # Copies of one text share a topic unless someone moved one: the last of them decides.
            self._labels[distinct.row_to_distinct[kept]] = compact[kept]
        self.centers = (
            topic_centres(self._vectors, self._labels, len(self.topics)) if centers is None else centers
        )
        self._voters, self._k, self._threshold = voters, k, threshold

    def assign(self, vectors: Vectors, progress: Callable[[int], None] | None = None) -> Assignment:
        """Assign mentions.

        Parameters
        ----------
        vectors : ndarray of float32, shape (n, dim)
            Vectors of any length; zero vectors go to no topic.
        progress : callable, optional
            Called with the number of mentions just done.
        """
        result = Assignment(
            np.full(len(vectors), -1, dtype=np.int64),
            np.zeros(len(vectors), dtype=np.float32),
            np.zeros(len(vectors), dtype=np.float32),
        )
        for start in range(0, len(vectors), _CHUNK):
            part = slice(start, min(start + _CHUNK, len(vectors)))
            if len(self._vectors):
                piece = self._assign(vectors[part])
                result.labels[part] = piece.labels
                result.scores[part] = piece.scores
                result.cohesion[part] = piece.cohesion
            if progress is not None:
                progress(part.stop - part.start)
        return result

    def _assign(self, vectors: Vectors) -> Assignment:
        distinct = distinct_vectors(vectors)
        unit = distinct.vectors
        if not len(unit):
            nothing = np.zeros(len(vectors), dtype=np.float32)
            return Assignment(np.full(len(vectors), -1, dtype=np.int64), nothing, nothing)
        found = nearest_neighbours(self._vectors, min(self._k, len(self._vectors)), unit)
        close = cohesion(found, self._copies, np.zeros(len(unit), dtype=np.int64), self._k)
        weights = np.maximum(found.cosines[:, : self._voters], 0.0) ** 4
        votes = 0.5 * (unit @ self.centers.T)
        share = weights / np.maximum(weights.sum(axis=1, keepdims=True), np.finfo(np.float32).tiny)
        rows = np.repeat(np.arange(len(unit)), weights.shape[1])
        np.add.at(votes, (rows, self._labels[found.indices[:, : self._voters]].ravel()), share.ravel())
        best = votes.argmax(axis=1)
        labels = np.where(close >= self._threshold, self.topics[best], -1)
        back = distinct.row_to_distinct
        used = back >= 0
        return Assignment(
            np.where(used, labels[back], -1),
            np.where(used, votes[np.arange(len(unit)), best][back], 0),
            np.where(used, close[back], 0),
        )
