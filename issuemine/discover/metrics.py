"""How well topics agree with labels that people gave."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from sklearn.metrics import adjusted_mutual_info_score, adjusted_rand_score, normalized_mutual_info_score

from issuemine.errors import DiscoverError
from issuemine.messages import say


def score(
    labels_true: Sequence[object] | npt.NDArray[np.generic],
    labels_pred: Sequence[int] | npt.NDArray[np.integer],
) -> dict[str, float]:
    """Compare topics with human labels, leaving nothing out: unassigned mentions count as one class.

    Parameters
    ----------
    labels_true : sequence, shape (n,)
        Labels of any kind.
    labels_pred : sequence of int, shape (n,)
        Topics; negative ones mean unassigned.

    Returns
    -------
    dict
        ``nmi`` (normalised mutual information, arithmetic mean, 0 to 1), ``ari`` and ``ami`` (adjusted
        Rand index and mutual information, 1 for agreement, 0 for chance), ``n_topics``,
        ``unassigned_share``.

    Raises
    ------
    DiscoverError
        If the two do not run parallel, or are empty.
    """
    truth = np.unique(np.asarray(labels_true), return_inverse=True)[1]
    found = np.maximum(np.asarray(labels_pred, dtype=np.int64), -1)
    if len(truth) != len(found) or not len(found):
        raise DiscoverError(
            say("There are {truth} true labels and {found} topics.", truth=len(truth), found=len(found)),
            say("Pass one of each a text."),
        )
    return {
        "nmi": float(normalized_mutual_info_score(truth, found)),
        "ari": float(adjusted_rand_score(truth, found)),
        "ami": float(adjusted_mutual_info_score(truth, found)),
        "n_topics": len(np.unique(found[found >= 0])),
        "unassigned_share": float((found < 0).mean()),
    }
