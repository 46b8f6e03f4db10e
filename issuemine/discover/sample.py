"""The bounded sample that discovery looks at."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from issuemine.discover.neighbours import Labels


def stratified_sample(days: npt.NDArray[np.generic], size: int, random_state: int = 0) -> Labels:
    """Draw mentions so that every day has the share in the sample that it has in the whole.

    Mentions are put in order of day, shuffled within a day, and taken at even steps: a day of m mentions
    gives m * size / n, up or down by less than one.

    Parameters
    ----------
    days : ndarray, shape (n,)
        Day of each mention: dates, day numbers or anything that sorts.
    size : int
        Most mentions to draw; all are returned when there are not more.
    random_state : int
        Seed.

    Returns
    -------
    ndarray of int64
        Positions drawn, ascending.
    """
    n = len(days)
    if n <= size:
        return np.arange(n, dtype=np.int64)
    shuffled = np.random.default_rng(random_state).permutation(n)
    order = shuffled[np.argsort(np.asarray(days)[shuffled], kind="stable")]
    steps = (np.arange(size, dtype=np.int64) * n + n // 2) // max(size, 1)
    return np.sort(order[steps]).astype(np.int64)
