"""The last hours as a series of days, for sources that know the hour."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from issuemine.config import DetectSettings
from issuemine.errors import TrendsError
from issuemine.messages import say
from issuemine.trends.predictive import combined
from issuemine.trends.surveillance import judge

Floats = NDArray[np.float64]

SPANS = (1, 3, 6)
"""Hours that are judged together."""
_DAY = 24


@dataclass(frozen=True)
class LastHours:
    """How unusual the last hours of each topic are, in the span that stands out most.

    Attributes
    ----------
    p : ndarray of float, shape (n_topics,)
        Of all spans as one; NaN where nothing is known of these hours.
    hours : ndarray of int, shape (n_topics,)
        Length of the span.
    observed, expected, low, high, exposure : ndarray of float, shape (n_topics,)
        Of that span, as in :class:`~issuemine.trends.judgement.Judgement`.
    """

    p: Floats
    hours: NDArray[np.int64]
    observed: Floats
    expected: Floats
    low: Floats
    high: Floats
    exposure: Floats


def judge_hours(
    counts: ArrayLike, exposure: ArrayLike, days: ArrayLike, settings: DetectSettings
) -> LastHours:
    """Judge the last hours of today against the same hours of the days before.

    Parameters
    ----------
    counts, exposure : array-like of shape (n_topics, n_hours)
        Of consecutive hours up to now, a whole number of days; what the counts are out of.
    days : array-like of datetime64[D], shape (n_hours / 24,)
        Days whose hours these are.
    settings : DetectSettings
        As for :func:`~issuemine.trends.surveillance.judge`.
    """
    base = [same_hours(exposure, hours) for hours in SPANS]
    told = [
        judge(same_hours(counts, hours), out_of, days, settings=settings)
        for hours, out_of in zip(SPANS, base, strict=True)
    ]
    single = np.stack([np.nan_to_num(one.p_day, nan=1.0) for one in told])
    best = (single.argmin(axis=0), np.arange(single.shape[1]))

    def of(name: str) -> Floats:
        return np.asarray(np.stack([getattr(one, name) for one in told])[best])

    return LastHours(
        combined(*(one.p_day for one in told)),
        np.array(SPANS)[best[0]],
        of("observed"),
        of("expected"),
        of("low"),
        of("high"),
        np.stack([out_of[:, -1] for out_of in base])[best],
    )


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
