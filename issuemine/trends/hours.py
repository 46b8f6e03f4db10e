"""The last hours as a series of days, for sources that know the hour."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from issuemine.errors import TrendsError
from issuemine.messages import say

Floats = NDArray[np.float64]

_DAY = 24


def same_hours(hourly: ArrayLike, hours: int) -> Floats:
    """Sums of the last hours and of the same hours of the day on each day before.

    What comes out is judged like days (:func:`~issuemine.trends.surveillance.judge`, with the exposure of the
    same hours): the hour of the day is then in the baseline, and the day of the week as ever.

    Parameters
    ----------
    hourly : array-like of shape (n_topics, n_hours) or (n_hours,)
        Counts or exposure of consecutive hours, oldest first; NaN where missing.
    hours : int
        How many hours make the span that ends with the last one, 1 to 24.

    Returns
    -------
    ndarray of shape (n_topics, n_days) or (n_days,)
        The last entry is the span that has just ended. Days before a whole span are left out; a span with
        a missing hour is missing.

    Raises
    ------
    TrendsError
        If ``hours`` is not within a day, or there are fewer hours than that.

    Examples
    --------
    >>> same_hours([1] * 24 + [2] * 24, 3).tolist()
    [3.0, 6.0]
    """
    values = np.asarray(hourly, dtype=np.float64)
    if not 1 <= hours <= _DAY or values.shape[-1] < hours:
        raise TrendsError(
            say(
                "The last {hours} hours cannot be judged: there are {known}.",
                hours=hours,
                known=values.shape[-1],
            )
        )
    sums = np.lib.stride_tricks.sliding_window_view(values, hours, axis=-1).sum(axis=-1)
    return np.asarray(sums[..., ::-1][..., ::_DAY][..., ::-1])
