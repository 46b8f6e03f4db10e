"""How much more, or less, a topic comes up than in the window before."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from issuemine.errors import TrendsError
from issuemine.messages import say


def growth(
    recent: ArrayLike, previous: ArrayLike, recent_exposure: float, previous_exposure: float
) -> NDArray[np.float64]:
    """Ratio of each topic's rate in the recent window to its rate in the window before.

    A rate is the topic's records over all records of the window, so that a busier window does not make
    every topic grow. Half a record is added to each count and one to each exposure (the Haldane-Anscombe
    correction), so that a topic with no past has a finite ratio and small counts do not make large ones.

    Parameters
    ----------
    recent, previous : array-like of shape (n_topics,)
        Records of each topic in the two windows, 0 or more.
    recent_exposure, previous_exposure : float
        All records of the two windows, 0 or more.

    Returns
    -------
    ndarray of shape (n_topics,)
        Ratios above 0: 1 is no change, 2 is twice the rate.

    Raises
    ------
    TrendsError
        If the counts differ in length or one is negative.

    References
    ----------
    Anscombe, F. J. (1956). On estimating binomial response relations. Biometrika 43, 461-464.

    Examples
    --------
    >>> growth([20], [10], 100, 100).round(2).tolist()
    [1.95]
    """
    now = np.atleast_1d(np.asarray(recent, dtype=np.float64))
    before = np.atleast_1d(np.asarray(previous, dtype=np.float64))
    if now.shape != before.shape:
        raise TrendsError(
            say(
                "Counts of {now} and of {before} topics cannot be compared.", now=now.size, before=before.size
            )
        )
    if min(now.min(initial=0), before.min(initial=0), recent_exposure, previous_exposure) < 0:
        raise TrendsError(say("Counts and exposures cannot be negative."))
    return ((now + 0.5) / (recent_exposure + 1)) / ((before + 0.5) / (previous_exposure + 1))
