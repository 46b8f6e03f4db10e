"""What is said of each topic's counts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from issuemine.trends.drift import rolling
from issuemine.trends.predictive import combined, interval, mid_p
from issuemine.trends.series import Series

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Judgement:
    """How unusual the counts of each topic are.

    Arrays have the shape (n_topics,) where one day was judged (:func:`judge`) and (n_topics, n_judged) where
    several were (:func:`judge_range`), but for ``method`` and ``phi``, which are (n_topics,) in both: those
    of the last day. Everything is NaN where the day's count or exposure is missing, and where nothing at all
    is known of any topic's past; of the week, where all of its days are missing.

    Attributes
    ----------
    observed : ndarray of float
        Records of the day.
    expected : ndarray of float
        Mean count that the past lets expect on such a day at its exposure: level, trend, day of the week,
        time of year, holidays and a recent level that lasts, as far as the history carries them, without
        past outbreaks.
    low, high : ndarray of float
        Ends of the interval in which 95 of 100 such days fall. It holds the scatter of counts and the
        uncertainty of the baseline.
    p_day : ndarray of float
        Probability of a higher count and half that of the same count if nothing is going on (mid-p). Small is
        unusual. Of calm days about 1 in 100 has a value below .01.
    observed_week, expected_week : ndarray of float
        Sums over the seven days that end with the judged one, without missing days.
    low_week, high_week : ndarray of float
        As ``low`` and ``high``, of the sum of the week.
    p_week : ndarray of float
        As ``p_day``, of the sum of the week. It finds what is too small on each day and lasts.
    p : ndarray of float
        Both as one: the p-value to control false discoveries with
        (:func:`~issuemine.trends.predictive.q_values`). The week takes part only on days above their
        expectation, so that what is over is not told again.
    method : ndarray of str
        ``regression`` (a history of its own) or ``pooled`` (little history or few records; the baseline is
        shared with all topics).
    phi : ndarray of float
        Dispersion: variance of the daily counts over their mean about this time of the year, at least 1,
        which is pure chance.
    """

    observed: Floats
    expected: Floats
    low: Floats
    high: Floats
    p_day: Floats
    observed_week: Floats
    expected_week: Floats
    low_week: Floats
    high_week: Floats
    p_week: Floats
    p: Floats
    method: NDArray[np.str_]
    phi: Floats


def judgement(
    whole: Series,
    first: int,
    last: int,
    window: int,
    forecast: dict[str, Floats],
    phi: Floats,
    method: NDArray[np.str_],
) -> Judgement:
    """Set what was observed against what was forecast.

    Parameters
    ----------
    whole : Series
    first, last : int
        Positions of the first and the last judged day.
    window : int
        Days that are judged together.
    forecast : dict of str to ndarray of shape (n_topics, n_judged)
        ``mean`` and ``variance`` of days, ``window_mean`` and ``window_variance``.
    phi, method : ndarray of shape (n_topics,)
    """
    span = slice(first, last + 1)
    present = whole.present[:, span] > 0
    observed = np.where(present, whole.counts[:, span], np.nan)
    head = np.pad(whole.counts[:, : last + 1], ((0, 0), (window - 1, 0)))
    held = np.pad(whole.present[:, : last + 1], ((0, 0), (window - 1, 0)))
    days_seen = rolling(held, window)[:, first:]
    week = np.where(days_seen > 0, rolling(head, window)[:, first:], np.nan)
    mean = np.where(present, forecast["mean"], np.nan)
    window_mean = np.where(days_seen > 0, forecast["window_mean"], np.nan)
    p_day = mid_p(observed, mean, forecast["variance"])
    p_week = mid_p(week, window_mean, forecast["window_variance"])
    low, high = interval(mean, forecast["variance"])
    low_week, high_week = interval(window_mean, forecast["window_variance"])
    return Judgement(
        observed=observed,
        expected=mean,
        low=low,
        high=high,
        p_day=p_day,
        observed_week=week,
        expected_week=window_mean,
        low_week=low_week,
        high_week=high_week,
        p_week=p_week,
        p=np.where(present, combined(p_day, np.where(observed <= mean, 1.0, p_week)), np.nan),
        method=method,
        phi=phi,
    )
