"""Days on which a source is missing, told apart from days on which nobody wrote."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_WEEKS = 8
_FEWEST_WEEKS = 3
_SURE = 5.0
"""Records that a day should have before its silence is no chance: a Poisson count of this mean is 0 in
less than one of a hundred days."""


def missing_days(records: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Say which days without a record are missing rather than empty.

    A source that brings a few records a week has true zeros, and so has a busy one on days of the week on
    which it is always silent. A silent day is missing where the same day of the eight weeks before had 5 or
    more records in the median. Nothing is known of the days before a source's first record. Only the past is
    looked at, so that a replay judges as the night itself did.

    Parameters
    ----------
    records : ndarray of shape (n_sources, n_days)
        All records of each source and day, consecutive days, 0 or more.

    Returns
    -------
    ndarray of bool, shape (n_sources, n_days)
        Whether the day is missing.

    Examples
    --------
    >>> busy = np.array([[9.0] * 28 + [0.0, 9.0]])
    >>> np.flatnonzero(missing_days(busy)[0]).tolist()
    [28]
    """
    n_sources, n_days = records.shape
    before = np.full((n_sources, n_days, _WEEKS), np.nan)
    for week in range(1, _WEEKS + 1):
        if n_days > 7 * week:
            before[:, 7 * week :, week - 1] = records[:, : -7 * week]
    started = np.cumsum(records > 0, axis=1) > 0
    begun = np.where(started.any(axis=1), started.argmax(axis=1), n_days)
    own = np.arange(n_days)[None, :, None] - 7 * np.arange(1, _WEEKS + 1)[None, None, :]
    before = np.where(own >= begun[:, None, None], before, np.nan)
    known = (~np.isnan(before)).sum(axis=2)
    usual = np.zeros((n_sources, n_days))
    enough = known >= _FEWEST_WEEKS
    usual[enough] = np.nanmedian(before[enough], axis=1)
    return np.asarray((records == 0) & (~started | (usual >= _SURE)))
