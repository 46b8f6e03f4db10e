"""What is kept of each topic so that new mentions can be assigned to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from issuemine.discover.assignment import Assigner, topic_centres
from issuemine.discover.neighbours import Labels, Vectors
from issuemine.discover.radius import calibrate_radii


@dataclass(frozen=True)
class TopicModels:
    """Centre, reach and some members of each topic of one space.

    Its size depends on the number of topics, not on their history.
    """

    centres: Vectors
    """Unit vectors, shape ``(n_topics, dim)``."""
    radii: Vectors
    """Least cosine to the centre at which a mention is accepted, shape ``(n_topics,)``."""
    anchors: Vectors
    """Some members of every topic, shape ``(n_anchors, dim)``."""
    anchor_topics: Labels
    """Their topics, shape ``(n_anchors,)``."""

    def assign(
        self, vectors: Vectors, progress: Callable[[int], None] | None = None
    ) -> tuple[Labels, Vectors]:
        """Assign mentions: the vote of the nearest anchors and the centres, within the winner's radius.

        Parameters
        ----------
        vectors : ndarray of float32, shape (n, dim)
            Unit vectors.
        progress : callable, optional
            Called with the number of mentions just done.

        Returns
        -------
        labels : ndarray of int64, shape (n,)
            Topic, -1 where the mention lies outside the radius of the topic that it is nearest to.
        similarities : ndarray of float32, shape (n,)
            Cosine to that topic's centre.
        """
        if not len(self.centres):
            return np.full(len(vectors), -1, dtype=np.int64), np.zeros(len(vectors), dtype=np.float32)
        assigner = Assigner(self.anchors, self.anchor_topics, centers=self.centres)
        found = assigner.assign(vectors, progress).labels
        near = np.einsum("ij,ij->i", vectors, self.centres[found]).astype(np.float32)
        inside = (found >= 0) & (near >= self.radii[found])
        return np.where(inside, found, -1), np.where(found >= 0, near, 0).astype(np.float32)


def topic_models(
    vectors: Vectors, labels: Labels, n_topics: int, *, most_anchors: int = 50, random_state: int = 0
) -> tuple[TopicModels, Labels]:
    """Learn what is kept of topics from their members.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, dim)
        Unit vectors.
    labels : ndarray of int64, shape (n,)
        Topics from 0, -1 for none.
    n_topics : int
        Number of topics; each has a member.
    most_anchors : int
        Anchors of a topic, drawn at random from its members.
    random_state : int
        Seed of the draw.

    Returns
    -------
    models : TopicModels
    anchor_rows : ndarray of int64, shape (n_anchors,)
        Rows of the vectors that became anchors, by topic.
    """
    shuffled = np.random.default_rng(random_state).permutation(len(labels))
    shuffled = shuffled[labels[shuffled] >= 0]
    by_topic = shuffled[np.argsort(labels[shuffled], kind="stable")]
    sizes = np.bincount(labels[by_topic], minlength=n_topics)
    place = np.arange(len(by_topic)) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    rows = by_topic[place < most_anchors]
    models = TopicModels(
        topic_centres(vectors, labels, n_topics),
        calibrate_radii(vectors, labels, n_topics),
        vectors[rows],
        labels[rows],
    )
    return models, rows
