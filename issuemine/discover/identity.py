"""Which new topic is which old one, so that ids carry over."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

import numpy as np
import scipy.sparse as sp
from scipy.optimize import linear_sum_assignment

Old = TypeVar("Old", bound=Hashable)
New = TypeVar("New", bound=Hashable)

MIN_JACCARD = 0.3


def match_topics(
    old: Mapping[str, Old], new: Mapping[str, New], min_jaccard: float = MIN_JACCARD
) -> dict[New, Old]:
    """Match new topics to old ones by the members that they share.

    Only mentions in both runs count. The matching maximises the sum of Jaccard indices (shared members
    over members of either) over all one-to-one matchings; pairs below the minimum stay apart, and the new
    topic is then born, the old one retired.

    Parameters
    ----------
    old, new : mapping of mention id to topic
        Topics of assigned mentions, without unassigned ones.
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
    shared = sorted(mention for mention in new if mention in old)
    if not shared:
        return {}
    old_topics = list(dict.fromkeys(old[mention] for mention in shared))
    new_topics = list(dict.fromkeys(new[mention] for mention in shared))
    old_at = {topic: at for at, topic in enumerate(old_topics)}
    new_at = {topic: at for at, topic in enumerate(new_topics)}
    rows = np.array([new_at[new[mention]] for mention in shared])
    columns = np.array([old_at[old[mention]] for mention in shared])
    shape = (len(new_topics), len(old_topics))
    both = sp.coo_matrix((np.ones(len(shared)), (rows, columns)), shape=shape).toarray()
    either = both.sum(axis=1)[:, None] + both.sum(axis=0)[None, :] - both
    jaccard = both / either
    # Pairs below the minimum must not push a good pair aside, so they are worth nothing.
    worth = np.where(jaccard >= min_jaccard, jaccard, 0.0)
    matched = zip(*linear_sum_assignment(worth, maximize=True), strict=True)
    return {new_topics[i]: old_topics[j] for i, j in matched if worth[i, j] > 0}
