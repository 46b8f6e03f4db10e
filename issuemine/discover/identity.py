"""Which new topic is which old one, so that ids carry over, and what became of the rest."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp
from scipy.optimize import linear_sum_assignment

from issuemine.discover.neighbours import Labels

MIN_JACCARD = 0.3
MOSTLY = 0.5
"""Share of a topic's members above which it is said to come from, or go into, another."""


class Event(StrEnum):
    """What can become of a topic."""

    BORN = "born"
    CONTINUED = "continued"
    SPLIT_FROM = "split_from"
    MERGED_INTO = "merged_into"
    RETIRED = "retired"
    REVIVED = "revived"


@dataclass(frozen=True)
class Change:
    """What became of a topic from one partition to the next.

    ``topic`` is a new topic for ``born``, ``continued``, ``split_from`` and ``revived``, an old one for
    ``merged_into`` and ``retired``; ``other`` the old one that it continues or was split from, or the new
    one that it was merged into. ``mentions`` are the members that speak for it, ``share`` their part of
    the topic's members that are in both partitions.
    """

    event: Event
    topic: int
    other: int | None
    mentions: int
    share: float


def match_topics(old: Labels, new: Labels, min_jaccard: float = MIN_JACCARD) -> dict[int, int]:
    """Match new topics to old ones by the members that they share.

    Only mentions that have a topic in both count. The matching maximises the sum of Jaccard indices
    (shared members over members of either) over all one-to-one matchings; pairs below the minimum stay
    apart.

    Parameters
    ----------
    old, new : ndarray of int64, shape (n,)
        Topics of the same mentions before and now, -1 for none.
    min_jaccard : float
        From 0 to 1.

    Returns
    -------
    dict
        Old topic of each new topic that continues one.

    References
    ----------
    .. [1] H. W. Kuhn. "The Hungarian method for the assignment problem". Naval Research Logistics
       Quarterly 2, 1955.
    """
    both = _contingency(old, new)
    if both is None:
        return {}
    counts, old_topics, new_topics = both
    either = counts.sum(axis=1)[:, None] + counts.sum(axis=0)[None, :] - counts
    jaccard = counts / np.maximum(either, 1)
    # Pairs below the minimum must not push a good pair aside, so they are worth nothing.
    worth = np.where(jaccard >= min_jaccard, jaccard, 0.0)
    matched = zip(*linear_sum_assignment(worth, maximize=True), strict=True)
    return {int(new_topics[i]): int(old_topics[j]) for i, j in matched if worth[i, j] > 0}


def lineage(old: Labels, new: Labels, matched: dict[int, int]) -> list[Change]:
    """Tell what became of every topic.

    Parameters
    ----------
    old, new : ndarray of int64, shape (n,)
        Topics of the same mentions before and now, -1 for none.
    matched : dict
        Old topic of each new topic that continues one, as from :func:`match_topics`.

    Returns
    -------
    list of Change
        One for each new topic, in order (``continued``; ``split_from`` when most of its old members come
        from one topic; else ``born``), then one for each old topic that no new one continues
        (``merged_into`` when most of its members are in one topic now, else ``retired``).
    """
    n_old, n_new = int(old.max(initial=-1)) + 1, int(new.max(initial=-1)) + 1
    shared = (old >= 0) & (new >= 0)
    counts = sp.coo_matrix(
        (np.ones(int(shared.sum())), (new[shared], old[shared])), shape=(n_new, n_old)
    ).toarray()
    sizes_new = np.bincount(new[new >= 0], minlength=n_new)
    sizes_old = np.bincount(old[old >= 0], minlength=n_old)
    changes = []
    for topic in range(n_new):
        if topic in matched:
            changes.append(_change(Event.CONTINUED, topic, matched[topic], counts[topic]))
            continue
        parent = int(counts[topic].argmax()) if n_old else 0
        if n_old and counts[topic, parent] > MOSTLY * sizes_new[topic]:
            changes.append(_change(Event.SPLIT_FROM, topic, parent, counts[topic]))
        else:
            changes.append(Change(Event.BORN, topic, None, int(sizes_new[topic]), 1.0))
    for topic in sorted(set(np.flatnonzero(sizes_old).tolist()) - set(matched.values())):
        heir = int(counts[:, topic].argmax()) if n_new else 0
        if n_new and counts[heir, topic] > MOSTLY * sizes_old[topic]:
            changes.append(_change(Event.MERGED_INTO, topic, heir, counts[:, topic]))
        else:
            changes.append(Change(Event.RETIRED, topic, None, int(sizes_old[topic]), 1.0))
    return changes


def _change(event: Event, topic: int, other: int, counts: npt.NDArray[np.float64]) -> Change:
    mentions = int(counts[other])
    return Change(event, topic, other, mentions, round(mentions / max(float(counts.sum()), 1.0), 6))


def _contingency(
    old: Labels, new: Labels
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64], npt.NDArray[np.int64]] | None:
    """Shared members of each pair of topics, shape (n_new, n_old), and the two lists of topics."""
    shared = (old >= 0) & (new >= 0)
    if not shared.any():
        return None
    old_topics, old_at = np.unique(old[shared], return_inverse=True)
    new_topics, new_at = np.unique(new[shared], return_inverse=True)
    shape = (len(new_topics), len(old_topics))
    counts = sp.coo_matrix((np.ones(len(old_at)), (new_at, old_at)), shape=shape).toarray()
    return counts, old_topics, new_topics
